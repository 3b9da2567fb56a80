/** What the rules on root share. */
import { effective, type Effective } from './context.ts';
import type { AuditContainer, AuditPod } from './types.ts';

/** The user that the manifest sets, if any; the image decides otherwise. */
export function userOf(pod: AuditPod, container: AuditContainer): Effective {
  return effective(pod, container, 'runAsUser');
}

/** True where an exception allows root, or no limit speaks of it. */
export function mayBeRoot({ limits }: AuditContainer): boolean {
  const limit = limits.runAsNonRoot;
  return limit.rule === 'free' || !limit.value;
}
