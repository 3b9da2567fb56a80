/** What the reader of manifests reports, as findings of an audit. */
import type { Diagnostic } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import { fingerprint } from './fingerprint.ts';

/**
 * True where part of the input could not be judged: the exit code is 2 then. A key given twice is a
 * finding, since kubectl's reading of it is known.
 */
export function isUnreadable({ code, severity }: Diagnostic): boolean {
  if (code === 'DPS7006') return false;
  return severity === 'error' && (code.startsWith('DPS7') || code.startsWith('DPS1'));
}

/** With a fingerprint of its words and its file, so that a baseline can hold it. */
export function readingFinding(problem: Diagnostic): Finding {
  const place = `${problem.location?.file ?? ''}\0${problem.message}`;
  return { ...problem, fingerprint: fingerprint(problem.code, problem.subject, undefined, place) };
}
