/**
 * Privileged containers have nearly all that root on the node has.
 *
 * Restricted fields: privileged in the securityContext of every container.
 * Allowed values: false, unset.
 * Since: 1.0. Source: policy/check_privileged.go.
 */
import { booleanOf, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const BAD: readonly BadField[] = [{ field: 'securityContext.privileged', value: 'true' }];

function isPrivileged(container: ContainerView): readonly BadField[] | null {
  return booleanOf(container.securityContext, 'privileged') === true ? BAD : null;
}

function check(pod: PodView): Refusal | null {
  const found = offendingContainers(pod, isPrivileged);
  if (found === null) return null;
  return {
    reason: 'privileged containers',
    detail: `${found.who} must not set securityContext.privileged to true`,
    fields: found.fields,
  };
}

export const privileged: Check = {
  id: 'privileged',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
