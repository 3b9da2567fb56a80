/**
 * Only capabilities of the container runtimes' common default set may be added; NET_RAW is not one of them.
 *
 * Restricted fields: capabilities.add in the securityContext of every container.
 * Allowed values: those of BASELINE_CAPABILITIES, spelt exactly so; an empty list, no list.
 * Since: 1.0. Source: policy/check_capabilities_baseline.go.
 */
import { listOf, mapOf, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, quoted, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

/** What baseline lets a container add, at every version. */
export const BASELINE_CAPABILITIES: ReadonlySet<unknown> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** Capabilities that the container adds beyond `allowed`; null when there are none. */
export function addedBeyond(
  container: ContainerView,
  allowed: ReadonlySet<unknown>,
): readonly BadField[] | null {
  const added = listOf(mapOf(container.securityContext, 'capabilities'), 'add');
  let bad: BadField[] | null = null;
  for (let index = 0; index < added.length; index += 1) {
    const value = added[index];
    if (typeof value !== 'string' || allowed.has(value)) continue;
    (bad ??= []).push({ field: `securityContext.capabilities.add[${index}]`, value });
  }
  return bad;
}

function beyondDefault(container: ContainerView): readonly BadField[] | null {
  return addedBeyond(container, BASELINE_CAPABILITIES);
}

function check(pod: PodView): Refusal | null {
  const found = offendingContainers(pod, beyondDefault);
  if (found === null) return null;
  return {
    reason: 'capabilities beyond the default set',
    detail: `${found.who} must not add ${quoted(found.values)} in securityContext.capabilities.add`,
    fields: found.fields,
  };
}

export const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
