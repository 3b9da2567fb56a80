/** Judges one pod against one level of Pod Security Standards at one policy version. */
import { readPod, type PodView } from '../pod.ts';
import { CHECKS } from './checks/index.ts';
import { checkLists, type CheckLists } from './registry.ts';
import { notChecked } from './shape.ts';
import { resolveVersion } from './version.ts';
import type { CheckResult, Level, PolicyVersion } from './types.ts';

export interface EvaluateOptions {
  readonly level: Level;
  readonly version: PolicyVersion;
  /** Minor version of the server; it knows no newer rules. Default: the newest that are built in. */
  readonly server?: number;
}

export interface PodVerdict {
  readonly admitted: boolean;
  readonly level: Level;
  /** The version whose rules were applied. */
  readonly version: `v1.${number}`;
  /** True when a newer version was asked for than the server, or these rules, know. */
  readonly clamped: boolean;
  /** The failed checks in the server's order: baseline first, then restricted, each by id. */
  readonly results: readonly CheckResult[];
  /** Sentences on fields that could not be judged (wrong type, unknown). */
  readonly notChecked: readonly string[];
}

/** A verdict without the words on what could not be judged. */
export type LevelVerdict = Omit<PodVerdict, 'notChecked'>;

const ADMITTED: readonly CheckResult[] = [];

let lists: CheckLists | undefined;

/** The failed checks of a pod that has been taken apart; nothing is allocated when all pass. */
function failedChecks(pod: PodView, level: Level, minor: number): readonly CheckResult[] {
  if (level === 'privileged') return ADMITTED;
  lists ??= checkLists(CHECKS);
  let failed: CheckResult[] | null = null;
  for (const { id, check } of lists[level][minor] ?? ADMITTED_NOTHING) {
    const refusal = check(pod);
    if (refusal !== null) (failed ??= []).push({ id, allowed: false, ...refusal });
  }
  return failed ?? ADMITTED;
}

const ADMITTED_NOTHING: CheckLists['baseline'][number] = [];

/** As evaluatePod, for a pod that has been taken apart already and is judged more than once. */
export function evaluateView(pod: PodView, options: EvaluateOptions): LevelVerdict {
  const { minor, clamped } = resolveVersion(options.version, options.server);
  const results = failedChecks(pod, options.level, minor);
  return {
    admitted: results.length === 0,
    level: options.level,
    version: `v1.${minor}`,
    clamped,
    results,
  };
}

/**
 * Judges a pod or pod template (`{metadata, spec}`, anything else in it is ignored) and never throws,
 * whatever the pod holds. Source: policy/registry.go, EvaluatePod. Where `notChecked` is not empty the
 * verdict treats those fields as unset, while the API server would not take the pod as it is.
 */
export function evaluatePod(pod: unknown, options: EvaluateOptions): PodVerdict {
  return { ...evaluateView(readPod(pod), options), notChecked: notChecked(pod) };
}
