/** The lowest level of Pod Security that admits all pods of a namespace, and what forces it. */
import { readPod } from '../pod.ts';
import { evaluateView, type Level } from '../pss/index.ts';
import { reasonAt } from './reason.ts';
import { reasonTally, reasonsInWords, type ReasonTally } from './tally.ts';

export interface PodNeed {
  /** The strictest level that admits the pod. */
  readonly level: Level;
  /** Fields that keep it from the next stricter level. */
  readonly reasons: readonly string[];
}

/** The strictest level that a pod passes by the rules of Kubernetes 1.`minor`. */
export function needOf(pod: unknown, minor: number): PodNeed {
  const view = readPod(pod);
  const version = `v1.${minor}` as const;
  const restricted = evaluateView(view, { level: 'restricted', version });
  if (restricted.admitted) return { level: 'restricted', reasons: [] };
  const baseline = evaluateView(view, { level: 'baseline', version });
  const { results } = baseline.admitted ? restricted : baseline;
  return {
    level: baseline.admitted ? 'baseline' : 'privileged',
    reasons: results.flatMap(({ id, fields }) =>
      fields.length === 0 ? [id] : fields.map((field) => reasonAt(pod, field)),
    ),
  };
}

interface NamespaceNeed {
  readonly pods: number;
  readonly level: Level;
  /** `seLinuxOptions.type spc_t on 41 of 41`; empty at restricted. */
  readonly because: string;
}

export interface PsaNeeds {
  add: (namespace: string, need: PodNeed) => void;
  /** By namespace, in the order of the input. */
  all: () => ReadonlyMap<string, NamespaceNeed>;
}

interface Entry {
  pods: number;
  readonly counts: Record<Level, number>;
  readonly reasons: Record<Level, ReasonTally>;
}

function newEntry(): Entry {
  const reasons = { privileged: reasonTally(), baseline: reasonTally(), restricted: reasonTally() };
  return { pods: 0, counts: { privileged: 0, baseline: 0, restricted: 0 }, reasons };
}

function lowest({ counts }: Entry): Level {
  if (counts.privileged > 0) return 'privileged';
  return counts.baseline > 0 ? 'baseline' : 'restricted';
}

export function psaNeeds(): PsaNeeds {
  const entries = new Map<string, Entry>();
  return {
    add(namespace, { level, reasons }) {
      let entry = entries.get(namespace);
      if (entry === undefined) entries.set(namespace, (entry = newEntry()));
      entry.pods++;
      entry.counts[level]++;
      entry.reasons[level].add(reasons);
    },
    all: () =>
      new Map(
        [...entries].map(([name, entry]) => {
          const level = lowest(entry);
          const because =
            level === 'restricted' ? '' : reasonsInWords(entry.reasons[level], entry.pods);
          return [name, { pods: entry.pods, level, because }];
        }),
      ),
  };
}
