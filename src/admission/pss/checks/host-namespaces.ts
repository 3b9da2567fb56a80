/**
 * A pod may not share the network, the process table or the IPC of its node.
 *
 * Restricted fields: spec.hostNetwork, spec.hostPID, spec.hostIPC.
 * Allowed values: false, unset.
 * Since: 1.0. Source: policy/check_hostNamespaces.go.
 */
import { booleanOf, type PodView } from '../../pod.ts';
import type { Check, Refusal } from '../types.ts';

const FIELDS = ['hostIPC', 'hostNetwork', 'hostPID'] as const;

function check(pod: PodView): Refusal | null {
  let shared: string[] | null = null;
  for (const field of FIELDS) {
    if (booleanOf(pod.spec, field) === true) (shared ??= []).push(field);
  }
  if (shared === null) return null;
  return {
    reason: 'host namespaces',
    detail: shared.map((field) => `${field} is true`).join(', '),
    fields: shared.map((field) => `spec.${field}`),
  };
}

export const hostNamespaces: Check = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
