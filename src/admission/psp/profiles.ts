/**
 * Seccomp and AppArmor profiles: both are steered by annotations of the policy (podsecuritypolicy/seccomp
 * and /apparmor strategy.go). Seccomp fields of a pod are judged by the annotation values they stand for.
 */
import { forbidden, goQuote, type Failure, type Place } from '../scc/failure.ts';
import type { ContainerView, PodView, SeccompProfile } from './read.ts';
import type { ProfileAnnotations, Psp } from './types.ts';

export const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/';
const RUNTIME_DEFAULT = 'runtime/default';
/** The older name of the same profile. */
const DOCKER_DEFAULT = 'docker/default';
const LOCALHOST = 'localhost/';

/** The annotation value that a field stands for; empty for a localhost profile without file. */
function annotationOf({ type, localhostProfile }: SeccompProfile): string {
  if (type === 'Unconfined') return 'unconfined';
  if (type === 'RuntimeDefault') return RUNTIME_DEFAULT;
  return localhostProfile === undefined ? '' : LOCALHOST + localhostProfile;
}

/** The field that the server writes beside an annotation when it stores a pod (KEP-135); undefined for none. */
export function fieldOfAnnotation(annotation: string | undefined): SeccompProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === RUNTIME_DEFAULT || annotation === DOCKER_DEFAULT)
    return { type: 'RuntimeDefault' };
  const file = annotation?.startsWith(LOCALHOST) ? annotation.slice(LOCALHOST.length) : '';
  return file === '' ? undefined : { type: 'Localhost', localhostProfile: file };
}

/** The annotation of a container, which is also what its field is synchronised with. */
export function containerSeccomp(pod: PodView, container: string): string | undefined {
  return pod.annotations[SECCOMP_CONTAINER + container];
}

/**
 * The value of the pod's annotation after mutation; empty when it stays without. A pod that has only
 * the field gets the annotation written, so every policy changes it, a blanket one too.
 */
export function generateSeccomp(psp: Psp, pod: PodView): string {
  const annotation = pod.annotations[SECCOMP_POD] ?? '';
  if (annotation !== '') return annotation;
  const field = pod.context.seccompProfile;
  return field === undefined ? (psp.seccomp.default ?? '') : annotationOf(field);
}

/** The profiles that are named, `*` apart. */
function namedProfiles({ allowed }: ProfileAnnotations): { any: boolean; named: Set<string> } {
  const all = allowed === undefined ? [] : allowed.split(',');
  const named = new Set(all.filter((profile) => profile !== '*'));
  return { any: all.includes('*'), named };
}

function checkSeccomp(psp: Psp, aliases: boolean, profile: string, at: Place): Failure[] {
  if (psp.seccomp.allowed === '*') return [];
  const { any, named } = namedProfiles(psp.seccomp);
  if (any || (named.size === 0 && profile === '') || named.has(profile)) return [];
  if (named.size === 0) return [forbidden(at, 'seccomp may not be set')];
  // Both names mean the same since the field exists, so who allows one allows both.
  const isDefault = profile === RUNTIME_DEFAULT || profile === DOCKER_DEFAULT;
  if (aliases && isDefault && (named.has(RUNTIME_DEFAULT) || named.has(DOCKER_DEFAULT))) return [];
  const allowed = psp.seccomp.allowed ?? '';
  return [
    forbidden(at, `${profile} is not an allowed seccomp profile. Valid values are ${allowed}`),
  ];
}

/** The plugin names the annotation whatever was written; `path` is where the user finds it. */
function annotationPlace(key: string, path = `metadata.annotations[${key}]`): Place {
  return { field: `pod.metadata.annotations[${key}]`, named: true, path };
}

/** Failures of the pod's own profile; `pod` is the pod after mutation. `aliases`: from 1.19 on. */
export function checkPodSeccomp(psp: Psp, pod: PodView, aliases: boolean): Failure[] {
  const annotation = pod.annotations[SECCOMP_POD] ?? '';
  const field = pod.context.seccompProfile;
  const profile = annotation === '' && field !== undefined ? annotationOf(field) : annotation;
  const path = field === undefined ? undefined : 'spec.securityContext.seccompProfile';
  return checkSeccomp(psp, aliases, profile, annotationPlace(SECCOMP_POD, path));
}

/** The profile of a container: its field, its annotation, the pod's field, the pod's annotation. */
function effectiveSeccomp(pod: PodView, container: ContainerView): string {
  if (container.seccompProfile !== undefined) return annotationOf(container.seccompProfile);
  const own = containerSeccomp(pod, container.name);
  if (own !== undefined) return own;
  const field = pod.context.seccompProfile;
  return field === undefined ? (pod.annotations[SECCOMP_POD] ?? '') : annotationOf(field);
}

/** Failures of the profile that a container runs with; `pod` is the pod after mutation. */
export function checkContainerSeccomp(
  psp: Psp,
  pod: PodView,
  container: ContainerView,
  aliases: boolean,
): Failure[] {
  const own = `${container.path}.securityContext.seccompProfile`;
  const path = container.seccompProfile === undefined ? undefined : own;
  const place = annotationPlace(SECCOMP_CONTAINER + container.name, path);
  return checkSeccomp(psp, aliases, effectiveSeccomp(pod, container), place);
}

/** The annotation key of a container's AppArmor profile. */
export function appArmorKey(container: string): string {
  return APP_ARMOR_CONTAINER + container;
}

/** Failures of a container's AppArmor profile; a policy without the annotation allows every one. */
export function checkAppArmor(psp: Psp, pod: PodView, container: ContainerView): Failure[] {
  const { allowed } = psp.appArmor;
  if (allowed === undefined) return [];
  const key = appArmorKey(container.name);
  const profile = pod.annotations[key] ?? '';
  const at = annotationPlace(key);
  if (profile === '') return [forbidden(at, 'AppArmor profile must be set')];
  // No wildcard here: the server refuses a policy that has one.
  if (allowed.split(',').includes(profile)) return [];
  const detail = `${profile} is not an allowed profile. Allowed values: ${goQuote(allowed)}`;
  return [forbidden(at, detail)];
}
