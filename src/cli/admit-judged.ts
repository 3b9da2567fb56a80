/** All that is said of a pod, found once for all pods of the input that no engine can tell apart. */
import { changesOf, type Change } from '../admission/changes.ts';
import { podKey } from '../admission/judge/pod-key.ts';
import type { Judge, Judgement, PodRequest } from '../admission/judge/types.ts';
import type { PodNeeds, Tallies } from './admit-tallies.ts';

/** Without the pod itself: it may be that of an equal one. */
export type Verdict = Omit<Judgement, 'judgedPod'>;

export interface JudgedPod {
  readonly judgement: Verdict;
  /** What the pod needs at least. */
  readonly needs: PodNeeds;
  /** What admission writes into it. */
  readonly changes: readonly Change[];
}

interface Request extends PodRequest {
  readonly pod: Readonly<Record<string, unknown>>;
}

const MAX_KNOWN = 500;
/** After this many pods of their own kind, looking for equals must pay off or is given up. */
const TRIAL = 2000;

/** Judges pods on one cluster, in bounded memory. */
export function podJudge(
  judge: Judge,
  needsOf: Tallies['needsOf'],
): (request: Request) => JudgedPod {
  const known = new Map<string, JudgedPod>();
  let [hits, misses] = [0, 0];
  const judged = (request: Request): JudgedPod => {
    const { pod, namespace } = request;
    const { judgedPod, ...judgement } = judge(request);
    const needs = needsOf({ pod, namespace, judgedPod });
    const changes = judgement.mutated === null ? [] : changesOf(pod, judgedPod);
    return { judgement, needs, changes };
  };
  return (request) => {
    if (misses > TRIAL && hits < misses) return judged(request);
    const { pod, kind, isTemplate, namespace } = request;
    const own = podKey(pod);
    if (own === undefined) return judged(request);
    const key = JSON.stringify([kind, isTemplate, namespace ?? 0]) + own;
    const found = known.get(key);
    if (found !== undefined) {
      hits++;
      return found;
    }
    misses++;
    const made = judged(request);
    if (known.size >= MAX_KNOWN) known.clear();
    // A copy: texts of the pod are parts of its document, which must not stay for them.
    known.set(key, JSON.parse(JSON.stringify(made)) as JudgedPod);
    return made;
  };
}
