/** Which documented exceptions of a catalog pod its containers use. */
import type { Exception } from '../catalog/types.ts';
import { effective, mapOf, textsOf } from './context.ts';
import type { AuditContainer, AuditPod } from './types.ts';

/** The exceptions that a container may use, and does. */
export function exceptionsIn(pod: AuditPod, container: AuditContainer): Exception[] {
  if (pod.standing.state !== 'catalog') return [];
  const used: Exception[] = [];
  const { limits, context } = container;
  if (limits.privileged.rule === 'atMost' && limits.privileged.value && context.privileged === true)
    used.push('privileged');
  if (limits.runAsNonRoot.rule === 'atMost' && !limits.runAsNonRoot.value) {
    // An image without a stated user may be root, so the exception may be in use.
    const user = effective(pod, container, 'runAsUser').value;
    const nonRoot = effective(pod, container, 'runAsNonRoot').value;
    if (nonRoot !== true && (user === 0 || typeof user !== 'number')) used.push('root');
  }
  if (limits.capabilities.rule === 'atMost' && !limits.capabilities.value.drop.includes('ALL')) {
    const { add, drop } = mapOf(context.capabilities);
    if (textsOf(add).length > 0 || !textsOf(drop).includes('ALL')) used.push('capabilities');
  }
  return used;
}

/** The documented exceptions of the pod: those that a container uses, and those that none does. */
export function exceptionUse(pod: AuditPod): { used: Exception[]; unneeded: Exception[] } {
  const documented = Object.keys(pod.standing.pod?.exceptions ?? {}) as Exception[];
  if (pod.standing.state !== 'catalog' || documented.length === 0) {
    return { used: [], unneeded: [] };
  }
  const inUse = new Set(pod.containers.flatMap((container) => exceptionsIn(pod, container)));
  return {
    used: documented.filter((name) => inUse.has(name)),
    unneeded: documented.filter((name) => !inUse.has(name)),
  };
}
