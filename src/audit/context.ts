/** A pod as rules see it: every container with its limits, and the effective value of each field. */
import { identityOf } from '../security/identity.ts';
import { standingOf, type PolicyContext } from '../security/standing.ts';
import type { EffectiveValue } from '../report/report.ts';
import type { Subject } from '../diagnostics.ts';
import type { Container, ManifestObject, PodTemplate } from '../workloads/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import type { AuditContainer, AuditPod, AuditTarget, Json } from './types.ts';

const NONE: Json = {};

/** The value as a mapping; anything else (a list, null, text) reads as an empty one. */
export function mapOf(value: unknown): Json {
  return isMapping(value) ? value : NONE;
}

/** The entries of a list; anything else reads as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list, other entries left out. */
export function textsOf(value: unknown): string[] {
  return listOf(value).filter((entry) => typeof entry === 'string');
}

/** The standing and the limits of one pod template. Pure; reads the template tolerantly. */
export function auditPod(
  object: ManifestObject,
  pod: PodTemplate,
  policy: PolicyContext,
  target: AuditTarget,
): AuditPod {
  const standing = standingOf(identityOf(object, pod), pod.spec, policy);
  const containers = pod.containers.map((container): AuditContainer => ({
    name: container.name,
    label: labelOf(container),
    container,
    context: mapOf(container.value.securityContext),
    limits: standing.limitsOf(container.name),
  }));
  return {
    object,
    pod,
    target,
    standing,
    context: mapOf(pod.spec.securityContext),
    annotations: mapOf(pod.metadata.annotations),
    containers,
  };
}

/** The subject of every finding on an object. */
export function subjectOf(object: ManifestObject, namespace: string | undefined): Subject {
  return {
    kind: object.kind === '' ? 'Object' : object.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: object.name || `${object.generateName ?? ''}*`,
  };
}

const TYPES: Readonly<Record<Container['type'], string>> = {
  init: 'Init container',
  sidecar: 'Sidecar',
  container: 'Container',
  ephemeral: 'Ephemeral container',
};

function labelOf({ type, name, index }: Container): string {
  return `${TYPES[type]} ${name === '' ? `number ${index + 1}` : `"${shortened(name)}"`}`;
}

/** A value as messages quote it; a name may be made of anything, and of any length. */
export function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

/** A field of a container as it takes effect, where it comes from, and where it is written. */
export interface Effective {
  value: unknown;
  origin: 'container' | 'pod' | 'default';
  /** Of the field, or of the container where no field is written. */
  path: Path;
}

/**
 * The container's value, else the pod's, else Kubernetes' default (undefined). null is unset. A map
 * (seLinuxOptions, ...) of the container hides the pod's whole map, as in the kubelet.
 */
export function effective(pod: AuditPod, container: AuditContainer, field: string): Effective {
  const own = container.context[field];
  if (own !== undefined && own !== null) {
    const path = [...container.container.path, 'securityContext', field];
    return { value: own, origin: 'container', path };
  }
  const inherited = pod.context[field];
  if (inherited !== undefined && inherited !== null) {
    return { value: inherited, origin: 'pod', path: podContextPath(pod, field) };
  }
  return { value: undefined, origin: 'default', path: container.container.path };
}

/** A field that only a container has (privileged, capabilities, ...). */
export function ownField(container: AuditContainer, field: string): Effective {
  const value = container.context[field];
  const isSet = value !== undefined && value !== null;
  const { path } = container.container;
  return isSet
    ? { value, origin: 'container', path: [...path, 'securityContext', field] }
    : { value: undefined, origin: 'default', path };
}

/** The path of a field of the pod's security context, from the root of the object. */
export function podContextPath({ pod }: AuditPod, field: string): Path {
  return [...pod.specPath, 'securityContext', field];
}

/** An effective value as reports show it. */
export function shown(
  container: AuditContainer,
  field: string,
  { value, origin }: Effective,
): EffectiveValue {
  return {
    field: `securityContext.${field}`,
    value: value ?? null,
    origin,
    ...(container.name === '' ? {} : { container: container.name }),
  };
}

/** `(set on the pod)`, where that is not obvious from the place. */
export function from({ origin }: Effective): string {
  return origin === 'pod' ? ' (set on the pod)' : '';
}
