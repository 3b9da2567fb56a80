/**
 * The seccomp profile may be the runtime's or one of the node, but not switched off.
 *
 * Restricted fields: up to 1.18 the annotations seccomp.security.alpha.kubernetes.io/pod and
 *   container.seccomp.security.alpha.kubernetes.io/NAME of existing containers; from 1.19 on
 *   seccompProfile.type in the securityContext of the pod and of every container.
 * Allowed values: RuntimeDefault, Localhost, no profile; in annotations runtime/default,
 *   docker/default, localhost/*, no annotation.
 * Since: 1.0; 1.19 fields. Source: policy/check_seccompProfile_baseline.go.
 */
import { mapOf, stringOf, type Json, type PodView } from '../../pod.ts';
import { distinct, offendingContexts, quoted, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

export const SECCOMP_REASON = 'forbidden seccomp profile';

const POD_KEY = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_PREFIX = 'container.seccomp.security.alpha.kubernetes.io/';

function badAnnotation(annotations: Json, key: string): boolean {
  const value = stringOf(annotations, key);
  if (value === undefined || value === 'runtime/default' || value === 'docker/default')
    return false;
  return !value.startsWith('localhost/');
}

function byAnnotations(pod: PodView): Refusal | null {
  const { annotations } = pod;
  if (annotations === undefined) return null;
  const bad = badAnnotation(annotations, POD_KEY) ? [POD_KEY] : [];
  for (const { name } of pod.containers) {
    const key = CONTAINER_PREFIX + name;
    if (badAnnotation(annotations, key)) bad.push(key);
  }
  if (bad.length === 0) return null;
  const keys = distinct(bad);
  const words = keys.map((key) => `${key} must not be ${quoted([String(annotations[key])])}`);
  return {
    reason: SECCOMP_REASON,
    detail: `${keys.length === 1 ? 'annotation' : 'annotations'} ${words.join(', ')}`,
    fields: keys.map((key) => `metadata.annotations[${key}]`),
  };
}

function badProfile(securityContext: Json): readonly BadField[] | null {
  const profile = mapOf(securityContext, 'seccompProfile');
  if (profile === undefined) return null;
  const type = stringOf(profile, 'type') ?? '';
  if (type === 'RuntimeDefault' || type === 'Localhost') return null;
  return [{ field: 'seccompProfile.type', value: type }];
}

/** Refuses profiles that are set and bad; a missing profile is none of its business. */
export function byFields(pod: PodView): Refusal | null {
  const found = offendingContexts(pod, badProfile);
  if (found === null) return null;
  const values = quoted(found.values);
  return {
    reason: SECCOMP_REASON,
    detail: `${found.who} must not set securityContext.seccompProfile.type to ${values}`,
    fields: found.fields,
  };
}

export const seccompProfileBaseline: Check = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { since: '1.0', check: byAnnotations },
    { since: '1.19', check: byFields },
  ],
};
