/** The smallest set of SCCs that admits all pods of a namespace, and what forces it. */
import { assign } from '../scc/assign.ts';
import { namespaceValues } from '../scc/namespace.ts';
import { sortSccs } from '../scc/order.ts';
import { makeProvider, type Provider } from '../scc/provider.ts';
import { readPod, type PodView } from '../scc/read.ts';
import type { AnyScc, NamespaceInfo, SccFeatures } from '../scc/types.ts';
import { reasonAt } from './reason.ts';
import { reasonTally, reasonsInWords, type ReasonTally } from './tally.ts';

export interface PodSccs {
  /** The SCCs that would admit the pod if it might use them, the strictest first; null: every one, or not to be told. */
  readonly admitting: readonly string[] | null;
  /** What keeps it from the SCC that refuses it for the fewest reasons. */
  readonly reasons: readonly string[];
}

export type SccsOf = (pod: unknown, namespace: NamespaceInfo) => PodSccs;

/** A cache that grows past this is emptied. */
const CACHE_LIMIT = 1000;
/** Above so many SCCs a search through all sets would take too long. */
const MAX_SEARCHED = 16;

/** In the order of trial among equals of priority: by what they permit. */
function byRestriction(sccs: readonly AnyScc[]): AnyScc[] {
  return sortSccs(sccs.map((scc) => ({ ...scc, priority: 0 })));
}

/** What SCCs look at, as text: pods of one workload share it, whatever their other annotations say. */
function relevant(view: PodView): string {
  const annotations = Object.entries(view.annotations).filter(([key]) =>
    /seccomp|apparmor/.test(key),
  );
  return JSON.stringify({ ...view, annotations, serviceAccountName: undefined });
}

/** A field that is not set is no demand of the pod, unless there is nothing else to say. */
function telling(reasons: readonly string[]): readonly string[] {
  const demands = reasons.filter((reason) => !reason.endsWith(' not set'));
  return [...new Set(demands.length > 0 ? demands : reasons)];
}

/** For each pod the SCCs that would admit it alone. An annotation that is not known is taken to fit. */
export function createSccsOf(sccs: readonly AnyScc[], features: SccFeatures): SccsOf {
  const sorted = byRestriction(sccs);
  const providers = new Map<string, Provider[]>();
  const cache = new Map<string, PodSccs>();
  const ready = (namespace: NamespaceInfo, key: string): Provider[] => {
    let found = providers.get(key);
    if (found !== undefined) return found;
    if (providers.size >= CACHE_LIMIT) providers.clear();
    const values = namespaceValues(namespace);
    found = sorted
      .map((scc) => makeProvider(scc, values, features))
      .filter((provider) => 'scc' in provider);
    providers.set(key, found);
    return found;
  };
  return (pod, namespace) => {
    const view = readPod(pod);
    if (view.windows || view.notes.length > 0) return { admitting: null, reasons: [] };
    const place = JSON.stringify(namespace.annotations ?? null);
    const key = place + relevant(view);
    let found = cache.get(key);
    if (found !== undefined) return found;
    if (cache.size >= CACHE_LIMIT) cache.clear();
    const admitting: string[] = [];
    let nearest: readonly (string | null)[] | undefined;
    for (const provider of ready(namespace, place)) {
      const certain = assign(provider, view).failures.filter(({ unless }) => unless === undefined);
      if (certain.length === 0) admitting.push(provider.scc.name);
      else if (nearest === undefined || certain.length <= nearest.length)
        nearest = certain.map(({ path }) => path);
    }
    found = { admitting, reasons: telling((nearest ?? []).map((path) => reasonAt(pod, path))) };
    cache.set(key, found);
    return found;
  };
}

interface NamespaceSccs {
  readonly pods: number;
  /** The smallest set beside what everybody may use; undefined: some pods are admitted by none. */
  readonly sccs: readonly string[] | undefined;
  readonly because: string;
}

export interface SccNeeds {
  add: (namespace: string, pod: PodSccs) => void;
  all: () => ReadonlyMap<string, NamespaceSccs>;
}

interface Entry {
  pods: number;
  /** Pods whose admitting SCCs are the same, by their names. */
  readonly classes: Map<
    string,
    { readonly sccs: readonly string[]; readonly reasons: ReasonTally }
  >;
}

/** Sets of SCCs of one size, the strictest first. */
function* subsets(names: readonly string[], size: number, from = 0): Generator<readonly string[]> {
  if (size === 0) yield [];
  for (let at = from; size > 0 && at <= names.length - size; at++) {
    const name = names[at] ?? '';
    for (const rest of subsets(names, size - 1, at + 1)) yield [name, ...rest];
  }
}

/** The SCC that covers most classes, again and again. */
function greedy(names: readonly string[], classes: readonly (readonly string[])[]): string[] {
  const chosen: string[] = [];
  let open = classes;
  while (open.length > 0) {
    const covers = (name: string): number => open.filter((sccs) => sccs.includes(name)).length;
    const [best] = [...names].sort((a, b) => covers(b) - covers(a));
    if (best === undefined || covers(best) === 0) return chosen;
    chosen.push(best);
    open = open.filter((sccs) => !sccs.includes(best));
  }
  return chosen;
}

/** The smallest set that meets every class; `names` are sorted by what they permit, the strictest first. */
function smallestSet(
  names: readonly string[],
  classes: readonly (readonly string[])[],
): readonly string[] {
  if (classes.length === 0) return [];
  const useful = names.filter((name) => classes.some((sccs) => sccs.includes(name)));
  if (useful.length > MAX_SEARCHED) return greedy(useful, classes);
  for (let size = 1; size <= useful.length; size++) {
    for (const set of subsets(useful, size)) {
      if (classes.every((sccs) => sccs.some((name) => set.includes(name)))) return set;
    }
  }
  return [];
}

/** @param free what everybody may use without a binding: it costs nothing */
export function sccNeeds(sccs: readonly AnyScc[], free: readonly string[]): SccNeeds {
  const names = byRestriction(sccs).map(({ name }) => name);
  const entries = new Map<string, Entry>();
  return {
    add(namespace, { admitting, reasons }) {
      let entry = entries.get(namespace);
      if (entry === undefined) entries.set(namespace, (entry = { pods: 0, classes: new Map() }));
      entry.pods++;
      if (admitting === null || admitting.some((name) => free.includes(name))) return;
      const key = admitting.join(' ');
      let found = entry.classes.get(key);
      if (found === undefined) {
        entry.classes.set(key, (found = { sccs: admitting, reasons: reasonTally() }));
      }
      found.reasons.add(reasons);
    },
    all: () => new Map([...entries].map(([name, entry]) => [name, summary(names, entry)])),
  };
}

function summary(names: readonly string[], { pods, classes }: Entry): NamespaceSccs {
  const all = [...classes.values()];
  // What forces the largest SCC is said: the class with the fewest choices.
  const hardest = [...all].sort((a, b) => a.sccs.length - b.sccs.length)[0];
  const because = hardest === undefined ? '' : reasonsInWords(hardest.reasons, pods);
  if (all.some(({ sccs }) => sccs.length === 0)) return { pods, sccs: undefined, because };
  return {
    pods,
    sccs: smallestSet(
      names,
      all.map(({ sccs }) => sccs),
    ),
    because,
  };
}

/** The SCCs that every service account may use: from 4.11 on restricted-v2, before restricted. */
export function freeSccs(sccs: readonly AnyScc[]): string[] {
  return sccs
    .filter(
      (scc) =>
        scc.name === 'restricted-v2' ||
        (!('notChecked' in scc) && scc.groups.includes('system:authenticated')),
    )
    .map(({ name }) => name);
}
