/** All that is said of a pod: the verdict, what it needs, what admission writes into it. */
import { changesOf, type Change } from '../admission/changes.ts';
import { oncePerKind } from '../admission/judge/equal-pods.ts';
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

/** Judges pods on one cluster, in bounded memory. */
export function podJudge(
  judge: Judge,
  needsOf: Tallies['needsOf'],
): (request: Request) => JudgedPod {
  return oncePerKind((request) => {
    const { pod, namespace } = request;
    const { judgedPod, ...judgement } = judge(request);
    const needs = needsOf({ pod, namespace, judgedPod });
    const changes = judgement.mutated === null ? [] : changesOf(pod, judgedPod);
    return { judgement, needs, changes };
  });
}
