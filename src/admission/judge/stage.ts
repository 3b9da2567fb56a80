/** One step of admission and how steps follow each other: a refusal ends, an open question stays. */
import type { Judgement, PodRefusal } from './types.ts';

/** What SCC or PSP admission says before Pod Security is asked. */
export interface Stage {
  readonly verdict: 'admitted' | 'refused' | 'open';
  readonly policy: string | null;
  readonly subject: Judgement['subject'];
  readonly mutated: Judgement['mutated'];
  readonly refusals: readonly PodRefusal[];
  readonly paths: readonly (string | null)[];
  /** Why the verdict is open; of an admitted pod: what the API server may refuse. */
  readonly dependsOn: readonly string[];
  readonly notes: readonly string[];
  /** The pod with what was written into it. */
  readonly pod: unknown;
}

const NOTHING: readonly never[] = [];

/** A step that has nothing to say: no such admission on this cluster. */
export function passed(pod: unknown): Stage {
  return {
    verdict: 'admitted',
    policy: null,
    subject: null,
    mutated: null,
    refusals: NOTHING,
    paths: NOTHING,
    dependsOn: NOTHING,
    notes: NOTHING,
    pod,
  };
}

/** The words of the JSON contract for a policy that nobody in question may use. */
export const NOT_USABLE = 'not usable';

/** The contract's reason: the engines' words, but for the one that contracts fix. */
export function contractReason(reason: string): string {
  return reason.startsWith(NOT_USABLE) ? NOT_USABLE : reason;
}

/** A field that cannot be judged, as opposed to a policy of the input that cannot. */
export function isAboutPod(note: string): boolean {
  return !/^(?:SCC|PodSecurityPolicy) /.test(note);
}
