/** What the catalog records of a pod's access to its node, and what follows for findings on it. */
import type { HostAccess } from '../catalog/types.ts';
import type { Severity } from '../diagnostics.ts';
import { isAssumed } from './over-limit.ts';
import type { AuditPod } from './types.ts';

/** The recorded access of a catalog pod, or of one that its chart brings; undefined where there is none. */
export function recordedHost({ standing }: AuditPod): HostAccess | undefined {
  return standing.state === 'catalog' ? standing.match?.entry.host : standing.companion;
}

/**
 * Recorded access is a note. So is access of a catalog pod of which little is known: the catalog
 * does not claim that its record is whole. Anything else is a warning.
 */
function hostSeverity(pod: AuditPod, isRecorded: boolean): Severity {
  if (isRecorded) return 'note';
  const unknown = pod.standing.state === 'catalog' && recordedHost(pod) === undefined;
  const limit = pod.containers[0]?.limits.privileged;
  return unknown && limit !== undefined && isAssumed(limit) ? 'note' : 'warning';
}

/** The end of a message. */
export function recordedText(isRecorded: boolean): string {
  return isRecorded ? '; the catalog records it for this pod' : '';
}

/** Severity and remedy of a finding on host access. */
export function hostVerdict(
  pod: AuditPod,
  isRecorded: boolean,
): { severity: Severity; fix?: string } {
  const severity = hostSeverity(pod, isRecorded);
  return isRecorded ? { severity, fix: 'Nothing: the pod is known to need it.' } : { severity };
}
