/** The shapes that the checks, the registry and the evaluation of Pod Security Standards share. */
import type { PodView } from '../pod.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

/** A policy version as a namespace label writes it. */
export type PolicyVersion = 'latest' | `v1.${number}`;

/** Why one check refuses a pod. */
export interface Refusal {
  /** Short, the same for every pod that fails the check in this way. */
  readonly reason: string;
  /** Names the containers, volumes and values. */
  readonly detail: string;
  /** The offending fields, such as `spec.containers[0].securityContext.privileged`. */
  readonly fields: readonly string[];
}

/** A failed check. A check that passes leaves no trace. */
export interface CheckResult extends Refusal {
  readonly id: string;
  readonly allowed: false;
}

/** Judges a pod at one policy version; null admits it. */
export type CheckPod = (pod: PodView) => Refusal | null;

/** The check as it stands from a policy version on, until the next row. */
export interface CheckVersion {
  readonly since: `1.${number}`;
  readonly check: CheckPod;
  /** Baseline checks that this one replaces at the restricted level. */
  readonly overrides?: readonly string[];
}

export interface Check {
  /** The reference's id: it never changes. */
  readonly id: string;
  /** Baseline checks hold at restricted too, unless a restricted check overrides them. */
  readonly level: 'baseline' | 'restricted';
  /** Strictly increasing by `since`. */
  readonly versions: readonly CheckVersion[];
}
