/** Which catalog entry a workload of a manifest is: by kind, name, namespace and containers. */
import type { Confidence, NamespaceKey, PodEntry, WorkloadName } from '../catalog/types.ts';
import { weakest } from './decide.ts';

/** What matching needs to know of a workload; read from a manifest or from a live object. */
export interface WorkloadIdentity {
  kind: string;
  name: string;
  generateName?: string;
  /** undefined: the manifest states none and none was given. */
  namespace?: string;
  /** Controllers that own it, nearest first. */
  owners: readonly { kind: string; name: string }[];
  containers: readonly string[];
}

export interface Match {
  entry: PodEntry;
  /** The weakest fact that the match rests on. */
  confidence: Confidence;
  /** What was compared: the object's own name, its owner's, or the generated one. */
  via: 'name' | 'owner' | 'generateName';
  by: WorkloadName;
}

export interface MatchResult {
  /** In catalog order; more than one is reported. */
  matches: readonly Match[];
  /** Same kind and similar name, or a match but for namespace or containers: never an exception. */
  near: readonly { entry: PodEntry; because: string }[];
}

/** Real namespace names by key, from the configuration. */
export type NamespaceNames = Readonly<Record<NamespaceKey, string>>;

interface Candidate {
  kind: string;
  name: string;
  via: Match['via'];
}

/**
 * @param entries catalog entries, corrections merged in; users' workloads are passed over
 * @param namespaces undefined when there is no configuration: then no namespace is compared
 */
export function matchWorkload(
  identity: WorkloadIdentity,
  entries: readonly PodEntry[],
  namespaces: NamespaceNames | undefined,
): MatchResult {
  const matches: Match[] = [];
  const near: { entry: PodEntry; because: string }[] = [];
  const candidates = candidatesOf(identity);
  for (const entry of entries) {
    if (entry.userWorkload === true) continue;
    const named = byName(entry, candidates);
    if (named === undefined) continue;
    const place = placeOf(entry, identity.namespace, namespaces);
    if (typeof place === 'object') near.push({ entry, because: place.but });
    else if (!sharesContainer(entry, identity.containers)) {
      near.push({ entry, because: `it has none of the containers ${containerNames(entry)}` });
    } else {
      const confidence = weakest(named.by.confidence, place);
      matches.push({ entry, confidence, via: named.via, by: named.by });
    }
  }
  if (matches.length === 0) {
    const others =
      near.length === 0
        ? entries
        : entries.filter((entry) => !near.some((found) => found.entry === entry));
    near.push(...namedAlike(identity, others));
  }
  return { matches, near };
}

function namedAlike(
  identity: WorkloadIdentity,
  entries: readonly PodEntry[],
): { entry: PodEntry; because: string }[] {
  const alike: { entry: PodEntry; because: string }[] = [];
  for (const entry of entries) {
    const similar = entry.userWorkload === true ? undefined : similarName(entry, identity);
    if (similar === undefined) continue;
    alike.push({ entry, because: `its name is only like "${similar}"` });
  }
  return alike;
}

/** The names to compare, the most telling first: the controller's, the object's own, the generated. */
function candidatesOf(identity: WorkloadIdentity): Candidate[] {
  const list: Candidate[] = [];
  for (const owner of identity.owners) {
    list.push({ ...owner, via: 'owner' }, ...ownersOwner(owner));
  }
  list.push({ kind: identity.kind, name: identity.name, via: 'name' });
  if (identity.generateName !== undefined) {
    const name = identity.generateName.replace(/-$/, '');
    list.push({ kind: 'Pod', name, via: 'generateName' });
    for (const kind of ['DaemonSet', 'StatefulSet', 'Job'] as const) {
      list.push({ kind, name, via: 'generateName' });
    }
    list.push(...ownersOwner({ kind: 'ReplicaSet', name }, 'generateName'));
    list.push(...ownersOwner({ kind: 'Job', name }, 'generateName'));
  }
  return list;
}

/** A ReplicaSet is named after its Deployment and a hash, a Job after its CronJob and a time. */
function ownersOwner(
  owner: { kind: string; name: string },
  via: Match['via'] = 'owner',
): Candidate[] {
  if (owner.kind === 'ReplicaSet') {
    const name = /^(.+)-[a-z0-9]{5,10}$/.exec(owner.name)?.[1];
    return name === undefined ? [] : [{ kind: 'Deployment', name, via }];
  }
  if (owner.kind === 'Job') {
    const name = /^(.+)-\d{6,}$/.exec(owner.name)?.[1];
    return name === undefined ? [] : [{ kind: 'CronJob', name, via }];
  }
  return [];
}

function byName(
  entry: PodEntry,
  candidates: readonly Candidate[],
): { by: WorkloadName; via: Match['via'] } | undefined {
  for (const candidate of candidates) {
    for (const by of entry.workloads) {
      if (by.kind === candidate.kind && nameMatches(by, candidate.name)) {
        return { by, via: candidate.via };
      }
    }
  }
  return undefined;
}

const compiled = new Map<string, RegExp>();

/** Exact, or the row's own pattern from the first to the last character; never a mere prefix (T46). */
export function nameMatches(by: WorkloadName, name: string): boolean {
  if (by.name !== undefined) return by.name === name;
  let expression = compiled.get(by.pattern);
  if (expression === undefined) {
    expression = new RegExp(`^(?:${by.pattern})$`);
    compiled.set(by.pattern, expression);
  }
  return expression.test(name);
}

/** How sure the place is, or why it is not the entry's place. */
function placeOf(
  entry: PodEntry,
  namespace: string | undefined,
  namespaces: NamespaceNames | undefined,
): Confidence | { but: string } {
  if (namespaces === undefined || namespace === undefined) return 'documented';
  const expected = namespaces[entry.namespace.key];
  if (namespace === expected) return 'documented';
  const own = Object.values(namespaces).includes(namespace);
  // A namespace that is itself a guess does not rule out another one of Domino's.
  if (own && entry.namespace.confidence === 'assumed') return 'assumed';
  if (entry.namespace.alsoSeen?.includes(namespace) === true) return 'derived';
  return { but: `it is expected in namespace ${expected}, not ${namespace}` };
}

function sharesContainer(entry: PodEntry, containers: readonly string[]): boolean {
  if (entry.containers.length === 0) return true;
  return entry.containers.some((row) => containers.includes(row.name));
}

function containerNames(entry: PodEntry): string {
  return entry.containers.map(({ name }) => name).join(', ');
}

/** A catalog name of the same kind inside the workload's name, or the other way round. */
function similarName(entry: PodEntry, identity: WorkloadIdentity): string | undefined {
  const name = identity.name || (identity.generateName ?? '');
  if (name.length < 4) return undefined;
  return entry.workloads.find(
    (by) =>
      by.kind === identity.kind &&
      by.name !== undefined &&
      by.name.length >= 4 &&
      (name.includes(by.name) || by.name.includes(name)),
  )?.name;
}
