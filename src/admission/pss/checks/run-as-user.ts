/**
 * No one may ask for user id 0.
 *
 * Restricted fields: runAsUser in the securityContext of the pod and of every container.
 * Allowed values: any but 0, unset; any value from 1.35 on where spec.hostUsers is false.
 * Since: 1.23; 1.35 hostUsers. Source: policy/check_runAsUser.go.
 */
import { hasOwnUsers, integerOf, type Json, type PodView } from '../../pod.ts';
import { offendingContexts, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const BAD: readonly BadField[] = [{ field: 'runAsUser', value: '0' }];

function isRoot(securityContext: Json): readonly BadField[] | null {
  return integerOf(securityContext, 'runAsUser') === 0 ? BAD : null;
}

function check(pod: PodView): Refusal | null {
  const found = offendingContexts(pod, isRoot);
  if (found === null) return null;
  return {
    reason: 'runAsUser is 0',
    detail: `${found.who} must not set securityContext.runAsUser to 0`,
    fields: found.fields,
  };
}

export const runAsUser: Check = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: '1.23', check },
    { since: '1.35', check: (pod) => (hasOwnUsers(pod) ? null : check(pod)) },
  ],
};
