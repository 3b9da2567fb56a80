/**
 * The masks over /proc stay in place; a pod in its own user namespace may lift them from 1.35 on.
 *
 * Restricted fields: procMount in the securityContext of every container.
 * Allowed values: Default, unset; any value from 1.35 on where spec.hostUsers is false.
 * Since: 1.0; 1.35 hostUsers. Source: policy/check_procMount_baseline.go.
 */
import { hasOwnUsers, stringOf, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, quoted, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

function unmasked(container: ContainerView): readonly BadField[] | null {
  const value = stringOf(container.securityContext, 'procMount');
  if (value === undefined || value === 'Default') return null;
  return [{ field: 'securityContext.procMount', value }];
}

/** Refuses every procMount but the default, wherever the pod's users live. */
export function onlyDefaultProcMount(pod: PodView): Refusal | null {
  const found = offendingContainers(pod, unmasked);
  if (found === null) return null;
  return {
    reason: 'procMount',
    detail: `${found.who} must not set securityContext.procMount to ${quoted(found.values)}`,
    fields: found.fields,
  };
}

export const procMount: Check = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { since: '1.0', check: onlyDefaultProcMount },
    { since: '1.35', check: (pod) => (hasOwnUsers(pod) ? null : onlyDefaultProcMount(pod)) },
  ],
};
