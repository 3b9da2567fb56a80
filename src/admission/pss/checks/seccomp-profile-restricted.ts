/**
 * Every container must have a seccomp profile, the runtime's or one of the node.
 *
 * Restricted fields: seccompProfile.type in the securityContext of the pod and of every container.
 * Allowed values: RuntimeDefault, Localhost; unset in a container where the pod sets one of them.
 *   Windows pods are exempt from 1.25 on.
 * Since: 1.19; 1.25 Windows. Overrides seccompProfile_baseline. Source: policy/check_seccompProfile_restricted.go.
 */
import { isWindows, mapOf, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';
import { byFields, SECCOMP_REASON } from './seccomp-profile-baseline.ts';

const MISSING: readonly BadField[] = [
  { field: 'securityContext.seccompProfile.type', value: 'unset' },
];

function hasNone(container: ContainerView): readonly BadField[] | null {
  return mapOf(container.securityContext, 'seccompProfile') === undefined ? MISSING : null;
}

function everywhere(pod: PodView): Refusal | null {
  const explicit = byFields(pod);
  if (explicit !== null) return explicit;
  // A bad profile of the pod has been refused above, so one that is set is good.
  if (mapOf(pod.securityContext, 'seccompProfile') !== undefined) return null;
  const missing = offendingContainers(pod, hasNone);
  if (missing === null) return null;
  return {
    reason: SECCOMP_REASON,
    detail: `pod or ${missing.who} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    fields: missing.fields,
  };
}

const OVERRIDES = ['seccompProfile_baseline'];

export const seccompProfileRestricted: Check = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  versions: [
    { since: '1.19', check: everywhere, overrides: OVERRIDES },
    {
      since: '1.25',
      check: (pod) => (isWindows(pod) ? null : everywhere(pod)),
      overrides: OVERRIDES,
    },
  ],
};
