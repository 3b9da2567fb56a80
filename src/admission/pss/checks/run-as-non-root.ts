/**
 * Every container must ask not to run as root; a user id other than 0 is no such request.
 *
 * Restricted fields: runAsNonRoot in the securityContext of the pod and of every container.
 * Allowed values: true; unset in a container where the pod sets true. Any value from 1.35 on where
 *   spec.hostUsers is false.
 * Since: 1.0; 1.35 hostUsers. Source: policy/check_runAsNonRoot.go.
 */
import { booleanOf, hasOwnUsers, type ContainerView, type Json, type PodView } from '../../pod.ts';
import { offendingContainers, offendingContexts, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const REASON = 'runAsNonRoot is not true';
const EXPLICIT: readonly BadField[] = [{ field: 'runAsNonRoot', value: 'false' }];
const MISSING: readonly BadField[] = [{ field: 'securityContext.runAsNonRoot', value: 'unset' }];

function asksForRoot(securityContext: Json): readonly BadField[] | null {
  return booleanOf(securityContext, 'runAsNonRoot') === false ? EXPLICIT : null;
}

function saysNothing(container: ContainerView): readonly BadField[] | null {
  return booleanOf(container.securityContext, 'runAsNonRoot') === undefined ? MISSING : null;
}

function check(pod: PodView): Refusal | null {
  const explicit = offendingContexts(pod, asksForRoot);
  if (explicit !== null) {
    const detail = `${explicit.who} must not set securityContext.runAsNonRoot to false`;
    return { reason: REASON, detail, fields: explicit.fields };
  }
  if (booleanOf(pod.securityContext, 'runAsNonRoot') === true) return null;
  const missing = offendingContainers(pod, saysNothing);
  if (missing === null) return null;
  const detail = `pod or ${missing.who} must set securityContext.runAsNonRoot to true`;
  return { reason: REASON, detail, fields: missing.fields };
}

export const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: '1.0', check },
    { since: '1.35', check: (pod) => (hasOwnUsers(pod) ? null : check(pod)) },
  ],
};
