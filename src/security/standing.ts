/** What a workload is to the policy, and therefore which limits its containers have. */
import type { Confidence, HostAccess, PodEntry } from '../catalog/types.ts';
import type { DeployOptions } from '../deploy/options.ts';
import { decide, defaultLimits, type DecisionOptions } from './decide.ts';
import {
  matchWorkload,
  nameMatches,
  type Match,
  type NamespaceNames,
  type WorkloadIdentity,
} from './match.ts';
import { rowAt } from './select.ts';
import { isWindows, type Json } from './template.ts';
import { versionInRange } from './version.ts';
import type { ContainerLimits, OmittedPod, SelectedPod, Selection } from './types.ts';

/** Everything that standing depends on; built once a run. */
export interface PolicyContext {
  /** The catalog with the user's corrections. */
  catalog: readonly PodEntry[];
  /** undefined: no configuration; every catalog pod may then appear. */
  options?: DeployOptions;
  selection?: Selection;
  namespaces?: NamespaceNames;
  /** For a run without configuration, with --domino-version. */
  dominoVersion?: string;
  /** False when neither configuration nor Domino version is known: only the default policy. */
  useCatalog: boolean;
  /** --namespace: of objects that state none. */
  defaultNamespace?: string;
  /** --also-namespace: treated as Domino's own. */
  alsoNamespaces: readonly string[];
  decision: DecisionOptions;
}

export interface Standing {
  state:
    | 'catalog' // a pod of the catalog that the configuration installs, or may
    | 'not-expected' // a pod of the catalog that the configuration does not install
    | 'default' // no row: the default policy
    | 'user-workload'
    | 'unknown-namespace' // no row, and no namespace to tell whose it is
    | 'foreign' // in a namespace that is not Domino's
    | 'windows';
  /** The namespace that was judged by; undefined: unknown. */
  namespace: string | undefined;
  match?: Match;
  /** Further rows that match, and pods that it merely resembles. */
  others: readonly Match[];
  near: readonly { entry: PodEntry; because: string }[];
  /** Of a pod without a row that the chart of an installed pod brings: its known access to the node. */
  companion?: HostAccess;
  pod?: Pick<SelectedPod, 'entry' | 'row' | 'exceptions' | 'reduced'>;
  omitted?: OmittedPod;
  limitsOf: (container: string) => ContainerLimits;
}

/** @param spec the pod spec, for Windows; read tolerantly */
export function standingOf(
  identity: WorkloadIdentity,
  spec: Json,
  context: PolicyContext,
): Standing {
  const namespace = identity.namespace ?? context.defaultNamespace;
  const place = { ...identity, ...(namespace === undefined ? {} : { namespace }) };
  const { matches, near } = context.useCatalog
    ? matchWorkload(forMatching(place, context), context.catalog, context.namespaces)
    : { matches: [], near: [] };
  const preferred = preferSelected(matches.filter(isOfVersion(context)), context);
  const [match] = preferred;
  const base = { namespace, others: preferred.slice(1), near };
  const limits = defaultLimits(context.decision);
  const plain = { ...base, limitsOf: () => limits };
  if (isWindows(spec)) return { ...plain, state: 'windows' };
  if (isForeign(namespace, context)) return { ...plain, state: 'foreign' };
  if (match === undefined) {
    const companion = companionHost(identity, context);
    const known = companion === undefined ? {} : { companion };
    return { ...plain, ...known, state: unmatchedState(namespace, context) };
  }
  return { ...base, match, ...catalogStanding(match, context, limits) };
}

function companionHost(
  { kind, name }: WorkloadIdentity,
  { catalog, selection, useCatalog }: PolicyContext,
): HostAccess | undefined {
  if (!useCatalog) return undefined;
  const entries = selection?.selected ?? catalog.map((entry) => ({ entry }));
  for (const { entry } of entries) {
    const found = entry.companions?.find(
      ({ workload }) => workload.kind === kind && nameMatches(workload, name),
    );
    if (found !== undefined) return found.host;
  }
  return undefined;
}

/** An extra namespace is Domino's by the user's word: names decide there, not the place. */
function forMatching(identity: WorkloadIdentity, context: PolicyContext): WorkloadIdentity {
  if (identity.namespace === undefined || !context.alsoNamespaces.includes(identity.namespace)) {
    return identity;
  }
  const rest: WorkloadIdentity = { ...identity };
  delete rest.namespace;
  return rest;
}

function isForeign(namespace: string | undefined, context: PolicyContext): boolean {
  if (namespace === undefined || context.namespaces === undefined) return false;
  return (
    !Object.values(context.namespaces).includes(namespace) &&
    !context.alsoNamespaces.includes(namespace)
  );
}

function unmatchedState(
  namespace: string | undefined,
  { namespaces }: PolicyContext,
): 'user-workload' | 'unknown-namespace' | 'default' {
  if (namespaces === undefined) return 'default';
  if (namespace === undefined) return 'unknown-namespace';
  return namespace === namespaces.compute ? 'user-workload' : 'default';
}

/**
 * A row of other Domino versions says nothing about this one: the pod may well be there, only
 * without an exception, so it is judged like any other.
 */
function isOfVersion(context: PolicyContext): (match: Match) => boolean {
  const version = context.options?.dominoVersion ?? context.dominoVersion;
  return ({ entry }) =>
    entry.otherVersions !== true ||
    entry.versions === undefined ||
    versionInRange(version, entry.versions);
}

/** Of several rows, those that the configuration installs come first. */
function preferSelected(matches: readonly Match[], { selection }: PolicyContext): Match[] {
  const isSelected = (match: Match): boolean =>
    selection?.selected.some(({ entry }) => entry === match.entry) === true;
  return [...matches].sort((left, right) => Number(isSelected(right)) - Number(isSelected(left)));
}

function omittedPod(entry: PodEntry, { selection }: PolicyContext): OmittedPod | undefined {
  return selection?.omitted.find((pod) => pod.entry === entry);
}

function catalogStanding(
  match: Match,
  context: PolicyContext,
  limits: ContainerLimits,
): Pick<Standing, 'state' | 'pod' | 'omitted' | 'limitsOf'> {
  const { entry } = match;
  const omitted = omittedPod(entry, context);
  if (omitted?.excluded === true) {
    return { state: 'not-expected', omitted, limitsOf: () => limits };
  }
  const version = context.options?.dominoVersion ?? context.dominoVersion;
  const row = rowAt(entry, version);
  const pod = context.selection?.selected.find((candidate) => candidate.entry === entry) ?? {
    entry,
    row,
    exceptions: row.exceptions,
    reduced: [],
  };
  const confidence: Confidence = match.confidence;
  return {
    state: 'catalog',
    pod,
    ...(omitted === undefined ? {} : { omitted }),
    limitsOf: (container) => decide(pod, container, confidence, context.decision),
  };
}
