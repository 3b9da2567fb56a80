/** What is said of a pod beside the rules: how it was recognised, and what is not judged. */
import { codes } from '../codes/index.ts';
import type { Subject } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import { describeSubject, standingRemarks } from '../security/plan.ts';
import type { AuditPod } from './types.ts';

/** Where an audit has to say something else than patch does. */
const WORDS: Readonly<Record<string, string>> = {
  DPS3010: 'A Windows pod: the fields of the policy are for Linux and do not apply to it.',
  DPS3011: 'User workload, not judged: its capabilities are not published.',
};

/** What a reviewer can do about it. */
const FIXES: Readonly<Record<string, string>> = {
  DPS3004: codes.DPS3004.fix,
  DPS3005: codes.DPS3005.fix,
  DPS3006: codes.DPS3006.fix,
  DPS3008: codes.DPS3008.fix,
  DPS3012: codes.DPS3012.fix,
};

/** How matching says that the name is a catalog pod's and the namespace is not. */
const ELSEWHERE = 'it is expected in namespace';

/** The remarks of `patch` and `generate` in the form of findings, whose heading names the workload. */
export function remarksOn({ standing }: AuditPod, subject: Subject): Finding[] {
  const prefix = `${describeSubject(subject)}: `;
  const remarks: Finding[] = standingRemarks(standing, subject).map((remark) => {
    const text = remark.message.slice(prefix.length);
    const message = WORDS[remark.code] ?? text.charAt(0).toUpperCase() + text.slice(1);
    const fix = remark.fix ?? FIXES[remark.code];
    return { ...remark, message, ...(fix === undefined ? {} : { fix }) };
  });
  if (standing.state === 'foreign') {
    for (const { entry, because } of standing.near) {
      if (!because.startsWith(ELSEWHERE)) continue;
      remarks.push({
        code: 'DPS3006',
        severity: 'note',
        message: `Perhaps ${entry.id}, but ${because}.`,
        subject,
        fix: 'If the pod is of Domino, name its namespace with --also-namespace.',
      });
    }
  }
  if (standing.state === 'unknown-namespace') {
    remarks.push({
      code: 'DPS3008',
      severity: 'warning',
      message:
        'It states no namespace, so it is judged by the default policy as if it were of Domino.',
      subject,
      fix: 'Say where the chart is installed with --namespace NS.',
    });
  }
  return remarks;
}
