/**
 * No process may gain more privileges than its parent.
 *
 * Restricted fields: allowPrivilegeEscalation in the securityContext of every container.
 * Allowed values: false. Windows pods may leave it unset from 1.25 on.
 * Since: 1.8, when the field came; 1.25 Windows. Source: policy/check_allowPrivilegeEscalation.go.
 */
import { booleanOf, isWindows, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const BAD: readonly BadField[] = [
  { field: 'securityContext.allowPrivilegeEscalation', value: 'not false' },
];

function mayEscalate(container: ContainerView): readonly BadField[] | null {
  return booleanOf(container.securityContext, 'allowPrivilegeEscalation') === false ? null : BAD;
}

function everywhere(pod: PodView): Refusal | null {
  const found = offendingContainers(pod, mayEscalate);
  if (found === null) return null;
  return {
    reason: 'privilege escalation is not switched off',
    detail: `${found.who} must set securityContext.allowPrivilegeEscalation to false`,
    fields: found.fields,
  };
}

export const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: '1.8', check: everywhere },
    { since: '1.25', check: (pod) => (isWindows(pod) ? null : everywhere(pod)) },
  ],
};
