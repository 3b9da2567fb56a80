/** Which pods of the catalog a configuration installs, and which exceptions its options leave. */
import type {
  ContainerRow,
  Exception,
  ExceptionRow,
  PodEntry,
  Reduction,
} from '../catalog/types.ts';
import { valueAt, type DeployOptions } from '../deploy/options.ts';
import { because, holds } from './condition.ts';
import type { OmittedPod, SelectedPod, Selection } from './types.ts';
import { versionInRange } from './version.ts';

/** The row of a pod's needs that is in force at a Domino version (undefined: the newest). */
export function rowAt(entry: PodEntry, dominoVersion: string | undefined): ExceptionRow {
  const rows = entry.needs.filter((row) => versionInRange(dominoVersion, { since: row.since }));
  const row = rows.at(-1) ?? entry.needs[0];
  if (row === undefined) throw new Error(`Catalog entry ${entry.id} has no needs.`);
  return row;
}

/**
 * Sorts the catalog into pods that the configuration installs and pods that it does not.
 * @param catalog entries, corrections already merged in (see corrections.ts)
 */
export function select(catalog: readonly PodEntry[], options: DeployOptions): Selection {
  const selected: SelectedPod[] = [];
  const omitted: OmittedPod[] = [];
  for (const entry of catalog) {
    if (entry.userWorkload === true) continue;
    const omission = whyOmitted(entry, options);
    if (omission === undefined) selected.push(selectedPod(entry, options));
    else omitted.push({ entry, ...omission });
  }
  return { selected, omitted };
}

function whyOmitted(
  entry: PodEntry,
  options: DeployOptions,
): Omit<OmittedPod, 'entry'> | undefined {
  if (entry.versions !== undefined && !versionInRange(options.dominoVersion, entry.versions)) {
    const version = options.dominoVersion ?? 'the newest version';
    return { because: `Domino ${version} does not have it`, excluded: true };
  }
  const release = entry.release?.name;
  if (release !== undefined && options.releases[release]?.installed === false) {
    return { because: `release_overrides.${release}.installed is false`, excluded: true };
  }
  const condition = entry.installedWhen.condition;
  if (holds(condition, options)) return undefined;
  if ('never' in condition) return { because: condition.never, excluded: false };
  if (entry.id === 'istio-cni-node') {
    if (ownIstio(options)) {
      return { because: 'expected from your own Istio (istio.install is false)', excluded: false };
    }
    if (valueAt(options.values, 'istio.cni') === false)
      return { because: ISTIO_INIT, excluded: true };
  }
  return { because: because(condition, options), excluded: true };
}

const ISTIO_INIT =
  'istio.cni is false; every injected pod then gets the init container istio-init, which runs as root with NET_ADMIN and NET_RAW';

/** Istio is in use but not installed by Domino: its pods come with the user's own mesh. */
function ownIstio(options: DeployOptions): boolean {
  return (
    valueAt(options.values, 'istio.enabled') === true &&
    valueAt(options.values, 'istio.install') === false
  );
}

function selectedPod(entry: PodEntry, options: DeployOptions): SelectedPod {
  const row = rowAt(entry, options.dominoVersion);
  const exceptions = { ...row.exceptions };
  const reduced: SelectedPod['reduced'][number][] = [];
  for (const reduction of entry.reductions) {
    if (reduction.effect !== 'less' || !isSet(reduction, options)) continue;
    const removed = reduction.removes.filter((name) => exceptions[name] !== undefined);
    if (removed.length === 0) continue;
    for (const name of removed) Reflect.deleteProperty(exceptions, name);
    const by = reduction.set.map(({ path, value }) => `${path}: ${String(value)}`).join(', ');
    reduced.push({
      exceptions: removed,
      by,
      evidence: reduction,
      leaves: reduction.leaves ?? [],
      drops: reduction.drops ?? [],
    });
  }
  return {
    entry,
    row,
    exceptions,
    reduced,
    because: whySelected(entry, options),
    namespace: options.namespaces[entry.namespace.key].name,
    namespaceKey: entry.namespace.key,
  };
}

function whySelected({ installedWhen: { condition } }: PodEntry, options: DeployOptions): string {
  return 'always' in condition ? 'every installation has it' : because(condition, options);
}

/** True when the configuration already has every key of a reduction. */
function isSet(reduction: Reduction, options: DeployOptions): boolean {
  return (
    versionInRange(options.dominoVersion, reduction.domino ?? {}) &&
    reduction.set.every(({ path, value }) => valueAt(options.values, path) === value)
  );
}

/** The names of a pod's exceptions in the order of the documentation's columns. */
export function exceptionNames(pod: Pick<SelectedPod, 'exceptions'>): Exception[] {
  return (['capabilities', 'privileged', 'root'] as const).filter(
    (name) => pod.exceptions[name] !== undefined,
  );
}

/** The containers that the pod has with the reductions of the configuration. */
export function presentContainers({ entry, reduced }: SelectedPod): readonly ContainerRow[] {
  const dropped = reduced.flatMap(({ drops }) => drops);
  return entry.containers.filter(({ name }) => !dropped.includes(name));
}
