/**
 * A Windows container may not run as a process of its node.
 *
 * Restricted fields: windowsOptions.hostProcess in the securityContext of the pod and of every container.
 * Allowed values: false, unset.
 * Since: 1.0. Source: policy/check_windowsHostProcess.go.
 */
import { booleanOf, mapOf, type Json, type PodView } from '../../pod.ts';
import { offendingContexts, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const BAD: readonly BadField[] = [{ field: 'windowsOptions.hostProcess', value: 'true' }];

function isHostProcess(securityContext: Json): readonly BadField[] | null {
  const options = mapOf(securityContext, 'windowsOptions');
  return booleanOf(options, 'hostProcess') === true ? BAD : null;
}

function check(pod: PodView): Refusal | null {
  const found = offendingContexts(pod, isHostProcess);
  if (found === null) return null;
  return {
    reason: 'hostProcess',
    detail: `${found.who} must not set securityContext.windowsOptions.hostProcess to true`,
    fields: found.fields,
  };
}

export const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
