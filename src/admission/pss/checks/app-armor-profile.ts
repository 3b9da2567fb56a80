/**
 * The runtime's AppArmor profile may be replaced by a profile of the node, but not switched off.
 *
 * Restricted fields: appArmorProfile.type in the securityContext of the pod and of every container;
 *   annotations container.apparmor.security.beta.kubernetes.io/*, whether or not such a container exists.
 * Allowed values: RuntimeDefault, Localhost, no profile; in annotations runtime/default, localhost/*, empty.
 * Since: 1.0; field and annotation count at every version. Source: policy/check_appArmorProfile.go.
 */
import { mapOf, stringOf, type Json, type PodView } from '../../pod.ts';
import { offendingContexts, quoted, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const PREFIX = 'container.apparmor.security.beta.kubernetes.io/';

function badProfile(securityContext: Json): readonly BadField[] | null {
  const profile = mapOf(securityContext, 'appArmorProfile');
  if (profile === undefined) return null;
  const type = stringOf(profile, 'type') ?? '';
  if (type === 'RuntimeDefault' || type === 'Localhost') return null;
  return [{ field: 'appArmorProfile.type', value: type }];
}

function allowedAnnotation(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}

/** Keys of the annotations that switch AppArmor off, sorted; null when there are none. */
function badAnnotations(annotations: Json | undefined): string[] | null {
  let keys: string[] | null = null;
  for (const key in annotations) {
    if (!key.startsWith(PREFIX)) continue;
    const value = stringOf(annotations, key);
    if (value !== undefined && !allowedAnnotation(value)) (keys ??= []).push(key);
  }
  return keys === null ? null : keys.sort();
}

function check(pod: PodView): Refusal | null {
  const contexts = offendingContexts(pod, badProfile);
  const keys = badAnnotations(pod.annotations);
  if (contexts === null && keys === null) return null;
  const details: string[] = [];
  const fields: string[] = [];
  if (contexts !== null) {
    details.push(`${contexts.who} must not set the profile type ${quoted(contexts.values)}`);
    fields.push(...contexts.fields);
  }
  for (const key of keys ?? []) {
    const value = stringOf(pod.annotations, key) ?? '';
    details.push(`annotation ${key} must not be ${quoted([value])}`);
    fields.push(`metadata.annotations[${key}]`);
  }
  return { reason: 'forbidden AppArmor profile', detail: details.join('; '), fields };
}

export const appArmorProfile: Check = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
