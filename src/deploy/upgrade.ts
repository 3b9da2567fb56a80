/** Brings old forms of keys to those of the newest schema, in memory; every value remembers where it stands in the file. */
import { copyTree, isMapping, put } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import { valueOf } from './issues.ts';
import { sameTree } from './same-tree.ts';

/** A key that was brought to another place. Dotted paths as a user writes them. */
interface Move {
  from: string;
  to: string;
}

/** Two spellings of one option that say different things. */
interface Conflict {
  old: readonly string[];
  current: readonly string[];
}

export interface Canonical {
  values: Record<string, unknown>;
  moved: Move[];
  conflicts: Conflict[];
  /** The path in the user's file of a canonical path. */
  origin(path: readonly string[]): readonly string[];
}

interface State {
  values: Record<string, unknown>;
  moved: Move[];
  conflicts: Conflict[];
  origins: { to: readonly string[]; from: readonly string[] }[];
}

/**
 * `tree` must hold only values that the schema takes; it is left as it is. Sources of the forms: the
 * public installer configurations of schema 1.0 to 1.4 and the generator's change from 1.0 to 1.2.
 */
export function upgrade(tree: Record<string, unknown>): Canonical {
  const values = copyTree(tree) as Record<string, unknown>;
  const state: State = { values, moved: [], conflicts: [], origins: [] };
  for (const key of ['platform', 'compute', 'system', 'istio']) shortNamespace(state, key);
  for (const [from, to] of renamed) move(state, from.split('.'), to.split('.'));
  distribution(state);
  releases(state);
  imageRegistry(state);
  fileSystem(state);
  internalRegistry(state);
  const { moved, conflicts, origins } = state;
  return { values, moved, conflicts, origin: (path) => originOf(origins, path) };
}

/** Keys that were only renamed. */
const renamed: readonly (readonly [from: string, to: string])[] = [
  ['istio.namespace', 'namespaces.istio.name'],
  ['istio.nginx_annotations', 'ingress_controller.istio_annotations'],
  ['create_ingress_controller', 'ingress_controller.install'],
  ['ingress_controller.create', 'ingress_controller.install'],
  ['gpu_monitoring_enabled', 'monitoring.gpu_metrics'],
];

function originOf(origins: State['origins'], path: readonly string[]): readonly string[] {
  const best = origins
    .filter(({ to }) => to.length <= path.length && to.every((step, index) => step === path[index]))
    .sort((a, b) => b.to.length - a.to.length)[0];
  return best === undefined ? path : [...best.from, ...path.slice(best.to.length)];
}

/** Takes the value at `from` to `to`, unless another value stands there already. */
function move(
  state: State,
  from: readonly string[],
  to: readonly string[],
  value = valueOf(state.values, from),
): void {
  if (value === undefined || value === null) return;
  drop(state.values, from);
  const present = valueOf(state.values, to);
  if (present === undefined || present === null) {
    place(state.values, to, value);
    state.origins.push({ to, from });
    state.moved.push({ from: from.join('.'), to: to.join('.') });
  } else if (!sameTree(present, value)) {
    state.conflicts.push({ old: from, current: originOf(state.origins, to) });
  }
}

function place(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let target = values;
  for (const step of path.slice(0, -1)) {
    const next = Object.hasOwn(target, step) ? target[step] : undefined;
    if (isMapping(next)) target = next;
    else {
      const created = {};
      put(target, step, created);
      target = created;
    }
  }
  put(target, path.at(-1) ?? '', value);
}

function drop(values: Record<string, unknown>, path: Path): void {
  const parent = valueOf(values, path.slice(0, -1));
  if (isMapping(parent)) Reflect.deleteProperty(parent, path.at(-1) ?? '');
}

/** `platform: domino-platform` in place of `platform: {name: domino-platform}`. */
function shortNamespace(state: State, key: string): void {
  const path = ['namespaces', key];
  const name = valueOf(state.values, path);
  if (typeof name !== 'string') return;
  place(state.values, path, { name });
  state.origins.push({ to: [...path, 'name'], from: path });
  state.moved.push({ from: path.join('.'), to: `${path.join('.')}.name` });
}

/** `cncf` says only that it is not OpenShift, so it moves nowhere, but it can contradict. */
function distribution(state: State): void {
  const from = ['kubernetes_distribution'];
  const to = ['pod_security', 'platform'];
  const kind = valueOf(state.values, from);
  if (kind === 'openshift') move(state, from, to);
  else if (kind === 'cncf' && valueOf(state.values, to) === 'openshift') {
    state.conflicts.push({ old: from, current: to });
  }
}

/** `services.nginx_ingress` is `release_overrides.nginx-ingress`. */
function releases(state: State): void {
  const services = state.values.services;
  if (!isMapping(services)) return;
  for (const [service, entry] of Object.entries(services)) {
    move(state, ['services', service], ['release_overrides', service.replaceAll('_', '-')], entry);
  }
  Reflect.deleteProperty(state.values, 'services');
}

function imageRegistry(state: State): void {
  const from = ['private_docker_registry'];
  const registry = valueOf(state.values, from);
  if (isMapping(registry)) move(state, from, ['helm', 'image_registries'], [registry]);
}

/** `filesystem_id: "fs-1::fsap-2"`: the file system and its access point in one text. */
function fileSystem(state: State): void {
  const from = ['storage_classes', 'shared', 'efs', 'filesystem_id'];
  const id = valueOf(state.values, from);
  const [fileSystemId, accessPoint] = typeof id === 'string' ? id.split('::') : [];
  if (fileSystemId === undefined || accessPoint === undefined) return;
  place(state.values, from, fileSystemId);
  const to = [...from.slice(0, -1), 'access_point_id'];
  const present = valueOf(state.values, to);
  if (typeof present === 'string' && present !== accessPoint) {
    state.conflicts.push({ old: from, current: to });
    return;
  }
  place(state.values, to, accessPoint);
  state.origins.push({ to, from });
  state.moved.push({ from: from.join('.'), to: `${from.join('.')} and ${to.join('.')}` });
}

/** The map alone switches the registry on (6.x: `internal_docker_registry: {}`); null switches it off. */
function internalRegistry(state: State): void {
  const from = ['internal_docker_registry'];
  const registry = valueOf(state.values, from);
  if (registry === undefined) return;
  const settings = isMapping(registry) ? registry : {};
  if (typeof settings.enabled === 'boolean') return;
  put(state.values, 'internal_docker_registry', { ...settings, enabled: registry !== null });
  state.origins.push({ to: [...from, 'enabled'], from });
}
