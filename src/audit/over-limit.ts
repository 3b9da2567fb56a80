/** How bad it is to be above a limit, by how sure the limit is. */
import type { Severity } from '../diagnostics.ts';
import type { Limit } from '../security/types.ts';
import type { AuditPod } from './types.ts';

/** True where the limit is a guess that takes nothing away (contracts: a decision). */
export function isAssumed(limit: Limit<unknown>): boolean {
  return limit.rule === 'atMost' && limit.reason.confidence === 'assumed';
}

/** Above an assumed ceiling is a note with the row to correct; above any other, an error. */
export function overLimit(
  pod: AuditPod,
  limit: Limit<unknown>,
): { severity: Severity; fix?: string } {
  if (!isAssumed(limit)) return { severity: 'error' };
  const row = pod.standing.match?.entry.id;
  return {
    severity: 'note',
    fix: `The limit is assumed: confirm or correct ${row === undefined ? 'it' : `the row "${row}"`} in pod_security.catalog, or enforce it with --enforce-assumed.`,
  };
}
