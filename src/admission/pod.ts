/**
 * Tolerant reading of pods for every admission engine. A pod comes from a user's file, so any field
 * may be missing, null or of a wrong type: a reader answers `undefined` (or an empty list) then and
 * never throws. What was passed over so is told in words by the engines, not here.
 */

/** A YAML or JSON mapping of unknown content. */
export type Json = Readonly<Record<string, unknown>>;

/** A Pod, or the template of a workload: only these two members are read. */
export interface PodLike {
  readonly metadata?: unknown;
  readonly spec?: unknown;
}

export type ContainerType = 'init' | 'normal' | 'ephemeral';

/** One container with its place; `name` is '' where the file gives none. */
export interface ContainerView {
  readonly type: ContainerType;
  /** Position in its own list, from 0. */
  readonly index: number;
  readonly name: string;
  readonly raw: Json;
  readonly securityContext: Json | undefined;
}

/** The parts of a pod that admission reads, taken apart once so that each check stays cheap. */
export interface PodView {
  readonly metadata: Json | undefined;
  readonly annotations: Json | undefined;
  readonly spec: Json | undefined;
  readonly securityContext: Json | undefined;
  /** Init containers first, then the normal, then the ephemeral ones: the reference's order. */
  readonly containers: readonly ContainerView[];
}

const LISTS = [
  ['init', 'initContainers'],
  ['normal', 'containers'],
  ['ephemeral', 'ephemeralContainers'],
] as const satisfies readonly (readonly [ContainerType, string])[];

const LIST_NAMES: Readonly<Record<ContainerType, string>> = {
  init: 'initContainers',
  normal: 'containers',
  ephemeral: 'ephemeralContainers',
};

const NOTHING: readonly never[] = [];

/** The value as a mapping, or undefined. */
export function asMap(value: unknown): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Json;
}

/** The member as a mapping, or undefined. */
export function mapOf(parent: Json | undefined, key: string): Json | undefined {
  return parent === undefined ? undefined : asMap(parent[key]);
}

/** The member as a list; anything else is the empty list. */
export function listOf(parent: Json | undefined, key: string): readonly unknown[] {
  const value = parent?.[key];
  return Array.isArray(value) ? value : NOTHING;
}

/** The member as a string, or undefined. */
export function stringOf(parent: Json | undefined, key: string): string | undefined {
  const value = parent?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** The member as a boolean, or undefined; the word "true" is not a boolean. */
export function booleanOf(parent: Json | undefined, key: string): boolean | undefined {
  const value = parent?.[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** The member as a whole number, or undefined. */
export function integerOf(parent: Json | undefined, key: string): number | undefined {
  const value = parent?.[key];
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Whether the member is present: null counts as absent, as in the API. */
export function has(parent: Json | undefined, key: string): boolean {
  const value = parent?.[key];
  return value !== undefined && value !== null;
}

/** All containers of a pod spec in the reference's order; entries that are no mappings are left out. */
export function visitContainers(spec: Json | undefined): readonly ContainerView[] {
  const found: ContainerView[] = [];
  for (const [type, list] of LISTS) {
    const items = listOf(spec, list);
    for (let index = 0; index < items.length; index += 1) {
      const raw = asMap(items[index]);
      if (raw === undefined) continue;
      found.push({
        type,
        index,
        name: stringOf(raw, 'name') ?? '',
        raw,
        securityContext: mapOf(raw, 'securityContext'),
      });
    }
  }
  return found;
}

/** The container's path inside the pod, such as `spec.initContainers[0]`. */
export function containerPath(container: ContainerView): string {
  return `spec.${LIST_NAMES[container.type]}[${container.index}]`;
}

/** Takes a pod or pod template apart. Anything that is not a mapping reads as an empty pod. */
export function readPod(pod: unknown): PodView {
  const root = asMap(pod);
  const metadata = mapOf(root, 'metadata');
  const spec = mapOf(root, 'spec');
  return {
    metadata,
    annotations: mapOf(metadata, 'annotations'),
    spec,
    securityContext: mapOf(spec, 'securityContext'),
    containers: visitContainers(spec),
  };
}

/** Whether the pod says that it is a Windows pod: `spec.os.name` alone counts, as on the server. */
export function isWindows(pod: PodView): boolean {
  return stringOf(mapOf(pod.spec, 'os'), 'name') === 'windows';
}

/**
 * Whether the pod runs in a user namespace of its own (`spec.hostUsers: false`), where root is nobody
 * on the node (KEP-127). Servers before 1.35 looked at it only under an alpha gate that is off by
 * default, so Pod Security before policy v1.35 does not.
 */
export function hasOwnUsers(pod: PodView): boolean {
  return booleanOf(pod.spec, 'hostUsers') === false;
}

/** The service account that a pod spec names, by its old name too; `default` where it names none. */
export function serviceAccountOf(spec: unknown): string {
  const { serviceAccountName, serviceAccount } = asMap(spec) ?? {};
  for (const name of [serviceAccountName, serviceAccount])
    if (typeof name === 'string' && name !== '') return name;
  return 'default';
}
