/**
 * Only the SELinux types made for containers may be set, and neither user nor role.
 *
 * Restricted fields: seLinuxOptions.type, .user and .role in the securityContext of the pod and of every container.
 * Allowed values: type container_t, container_init_t, container_kvm_t, from 1.31 on container_engine_t,
 *   empty, unset; user and role empty, unset. The level is free.
 * Since: 1.0; 1.31 container_engine_t. Source: policy/check_seLinuxOptions.go.
 */
import { mapOf, stringOf, type Json, type PodView } from '../../pod.ts';
import { offendingContexts, type BadField } from '../offences.ts';
import type { Check, CheckPod, Refusal } from '../types.ts';

const TYPES_1_0 = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const TYPES_1_31 = [...TYPES_1_0, 'container_engine_t'];

function badOptions(securityContext: Json, types: readonly string[]): readonly BadField[] | null {
  const options = mapOf(securityContext, 'seLinuxOptions');
  if (options === undefined) return null;
  const type = stringOf(options, 'type') ?? '';
  const user = stringOf(options, 'user') ?? '';
  const role = stringOf(options, 'role') ?? '';
  let bad: BadField[] | null = null;
  if (!types.includes(type)) {
    (bad ??= []).push({ field: 'seLinuxOptions.type', value: `type ${JSON.stringify(type)}` });
  }
  if (user !== '') (bad ??= []).push({ field: 'seLinuxOptions.user', value: 'a user' });
  if (role !== '') (bad ??= []).push({ field: 'seLinuxOptions.role', value: 'a role' });
  return bad;
}

function allowing(types: readonly string[]): CheckPod {
  const test = (securityContext: Json) => badOptions(securityContext, types);
  return (pod: PodView): Refusal | null => {
    const found = offendingContexts(pod, test);
    if (found === null) return null;
    return {
      reason: 'forbidden SELinux options',
      detail: `${found.who} must not set ${found.values.join(', ')} in securityContext.seLinuxOptions`,
      fields: found.fields,
    };
  };
}

export const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: '1.0', check: allowing(TYPES_1_0) },
    { since: '1.31', check: allowing(TYPES_1_31) },
  ],
};
