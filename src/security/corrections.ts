/** Rows of `pod_security.catalog` merged into the catalog: they correct an entry by id, or add one. */
import type {
  ContainerRow,
  Evidence,
  ExceptionRow,
  PodEntry,
  WorkloadKind,
  WorkloadName,
} from '../catalog/types.ts';
import type { CatalogCorrection } from '../deploy/options.ts';

/** The catalog with the user's rows: entries keep their place, new ones come last. */
export function correctedCatalog(
  catalog: readonly PodEntry[],
  corrections: readonly CatalogCorrection[],
): readonly PodEntry[] {
  if (corrections.length === 0) return catalog;
  const entries = [...catalog];
  for (const correction of corrections) {
    const index = entries.findIndex(({ id }) => id === correction.id);
    const old = entries[index];
    if (old === undefined) entries.push(corrected(blank(correction), correction));
    else entries[index] = corrected(old, correction);
  }
  return entries;
}

function evidenceOf(correction: CatalogCorrection): Evidence {
  return {
    confidence: correction.confidence ?? 'documented',
    source: 'USER',
    ...(correction.source === undefined ? {} : { note: correction.source }),
  };
}

function blank(correction: CatalogCorrection): PodEntry {
  const evidence = evidenceOf(correction);
  return {
    id: correction.id,
    component: 'added',
    title: 'A pod that the configuration adds to the catalog.',
    name: evidence,
    workloads: [],
    namespace: { key: 'platform', ...evidence },
    containers: [],
    needs: [{ since: '0', exceptions: {}, complete: evidence, why: 'The configuration says so.' }],
    installedWhen: { condition: { always: true }, ...evidence },
    reductions: [],
  };
}

function corrected(entry: PodEntry, correction: CatalogCorrection): PodEntry {
  const evidence = evidenceOf(correction);
  const { namespace, release, installed } = correction;
  return {
    ...entry,
    workloads: workloadsOf(entry, correction, evidence),
    ...(namespace === undefined ? {} : { namespace: { key: namespace, ...evidence } }),
    ...(release === undefined ? {} : { release: { name: release, ...evidence } }),
    containers: containersOf(entry, correction, evidence),
    needs: needsOf(entry, correction, evidence),
    ...(installed === undefined
      ? {}
      : {
          installedWhen: {
            condition: installed
              ? { always: true as const }
              : { never: 'pod_security.catalog says that it is not installed' },
            ...evidence,
          },
        }),
  };
}

/** The user's names stand before the catalog's; a kind alone changes the kind of every name. */
function workloadsOf(
  entry: PodEntry,
  { kind, names, id }: CatalogCorrection,
  evidence: Evidence,
): readonly WorkloadName[] {
  const fallback = (kind ?? entry.workloads[0]?.kind ?? 'Deployment') as WorkloadKind;
  const own = (names ?? (entry.workloads.length === 0 ? [id] : [])).map((name): WorkloadName => ({
    kind: fallback,
    name,
    ...evidence,
  }));
  const rest =
    kind === undefined
      ? entry.workloads
      : entry.workloads.map((row) => ({ ...row, kind: fallback }));
  return [...own, ...rest];
}

function containersOf(
  entry: PodEntry,
  { containers }: CatalogCorrection,
  evidence: Evidence,
): readonly ContainerRow[] {
  if (containers === undefined) return entry.containers;
  return containers.map((row) => {
    const need = entry.containers.find(({ name }) => name === row.name)?.need;
    return { ...row, ...evidence, ...(need === undefined ? {} : { need }) };
  });
}

/** A corrected list of exceptions holds for every Domino version: the user speaks of his own. */
function needsOf(
  entry: PodEntry,
  { exceptions, capabilities, why }: CatalogCorrection,
  evidence: Evidence,
): readonly ExceptionRow[] {
  if (exceptions === undefined && capabilities === undefined) return entry.needs;
  return entry.needs.map((row) => ({
    ...row,
    ...(exceptions === undefined
      ? {}
      : {
          exceptions: Object.fromEntries(exceptions.map((name) => [name, evidence])),
          complete: evidence,
        }),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(why === undefined ? {} : { why }),
  }));
}
