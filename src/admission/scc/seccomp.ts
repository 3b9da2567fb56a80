/**
 * The strategy for seccomp profiles (apiserver-library-go /seccomp). The plugin still thinks in
 * the values of the old annotations: `runtime/default`, `unconfined`, `localhost/<file>`.
 */
import { forbidden, type Failure } from './failure.ts';
import type { PodView, SeccompProfile } from './read.ts';

export const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const RUNTIME_DEFAULT = 'runtime/default';
export const DOCKER_DEFAULT = 'docker/default';
const LOCALHOST = 'localhost/';

export interface SeccompStrategy {
  /** The profiles that are named; `*` is not among them. */
  profiles: string[];
  any: boolean;
  runtimeDefault: boolean;
}

export function seccompStrategy(profiles: readonly string[]): SeccompStrategy {
  const named = profiles.filter((profile) => profile !== '*');
  return {
    profiles: named,
    any: named.length < profiles.length,
    // The two names mean the same since the field exists; whoever allows one allows both.
    runtimeDefault: named.includes(RUNTIME_DEFAULT) || named.includes(DOCKER_DEFAULT),
  };
}

/** The annotation value of a profile; empty for a localhost profile without file. */
function annotationOf(profile: SeccompProfile): string {
  if (profile.type === 'Unconfined') return 'unconfined';
  if (profile.type === 'RuntimeDefault') return RUNTIME_DEFAULT;
  return profile.localhostProfile === undefined ? '' : LOCALHOST + profile.localhostProfile;
}

/** The field that an annotation value means; undefined for a value that means none. */
export function profileOf(annotation: string): SeccompProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === RUNTIME_DEFAULT || annotation === DOCKER_DEFAULT)
    return { type: 'RuntimeDefault' };
  const file = annotation.startsWith(LOCALHOST) ? annotation.slice(LOCALHOST.length) : '';
  return file === '' ? undefined : { type: 'Localhost', localhostProfile: file };
}

/** Whether the API server takes a value of the annotation (Kubernetes validation.go ValidateSeccompProfile). */
export function isValidAnnotation(annotation: string): boolean {
  if (!annotation.startsWith(LOCALHOST)) return profileOf(annotation) !== undefined;
  const file = annotation.slice(LOCALHOST.length);
  return !file.startsWith('/') && !file.split('/').includes('..');
}

/** The annotation value that the pod has after mutation; empty when it stays without. */
export function generateSeccomp(strategy: SeccompStrategy, pod: PodView): string {
  const field = pod.context.seccompProfile;
  if (field !== undefined) return annotationOf(field);
  const annotation = pod.annotations[SECCOMP_POD] ?? '';
  return annotation === '' ? (strategy.profiles[0] ?? '') : annotation;
}

/** The annotation of a container, if it has one: it overrides the container's field. */
export function containerAnnotation(pod: PodView, container: string): string | undefined {
  return pod.annotations[SECCOMP_CONTAINER + container];
}

/** The value that a container is judged by; both profiles are those after mutation. */
export function effectiveSeccomp(
  container: SeccompProfile | undefined,
  annotation: string | undefined,
  pod: SeccompProfile | undefined,
  podAnnotation: string,
): string {
  if (container !== undefined) return annotationOf(container);
  if (annotation !== undefined) return annotation;
  return pod === undefined ? podAnnotation : annotationOf(pod);
}

function allows(strategy: SeccompStrategy, profile: string): boolean {
  if (strategy.any || strategy.profiles.includes(profile)) return true;
  return strategy.runtimeDefault && (profile === RUNTIME_DEFAULT || profile === DOCKER_DEFAULT);
}

/** The failure of a profile; the plugin names the old annotation whatever was written. */
export function checkSeccomp(
  strategy: SeccompStrategy,
  profile: string,
  container?: { name: string; place: string },
): Failure[] {
  if (strategy.profiles.length === 0 && (strategy.any || profile === '')) return [];
  if (allows(strategy, profile)) return [];
  const place = {
    field: `pod.metadata.annotations[${container === undefined ? SECCOMP_POD : SECCOMP_CONTAINER + container.name}]`,
    named: false,
    path: `spec.${container === undefined ? '' : `${container.place}.`}securityContext.seccompProfile`,
  };
  if (strategy.profiles.length === 0) return [forbidden(place, 'seccomp may not be set')];
  const allowed = strategy.profiles.join(' ');
  return [
    forbidden(place, `${profile} is not an allowed seccomp profile. Valid values are [${allowed}]`),
  ];
}
