/** How bad it is that a container switches a filter of the kernel off. */
import type { Severity } from '../diagnostics.ts';
import { exceptionsIn } from './exceptions-used.ts';
import type { AuditContainer, AuditPod } from './types.ts';

/**
 * A note where the filter is off by what is documented: privileged containers have none, and the
 * drivers that the documentation excepts bring their own. A warning elsewhere.
 */
export function unconfinedSeverity(pod: AuditPod, container: AuditContainer): Severity {
  if (container.limits.need?.seccompProfile === 'Unconfined') return 'note';
  return exceptionsIn(pod, container).length > 0 ? 'note' : 'warning';
}
