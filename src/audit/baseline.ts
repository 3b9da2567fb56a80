/** `--baseline report.json`: the findings of an earlier run, so that only what is new fails. */
import { fail } from '../diagnostics.ts';
import { isMapping } from '../yaml/mapping.ts';

/**
 * The fingerprints of a report in the json format.
 * @throws UserError DPS4906 for anything else
 */
export function readBaseline(text: string, file: string): ReadonlySet<string> {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return fail('DPS4906', `${file} is not JSON, so it is no report to compare with.`);
  }
  if (!isMapping(report) || report.schemaVersion !== 1 || !Array.isArray(report.findings)) {
    return fail('DPS4906', `${file} is not a JSON report of domino-podsec.`);
  }
  if (report.command !== 'audit') {
    return fail('DPS4906', `${file} is a report of ${String(report.command)}, not of audit.`);
  }
  const known = new Set<string>();
  for (const finding of report.findings as unknown[]) {
    if (isMapping(finding) && typeof finding.fingerprint === 'string')
      known.add(finding.fingerprint);
  }
  return known;
}
