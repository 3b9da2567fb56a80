/** A judged pod as the JSON contract of `admit` has it (schemas/admit.schema.json). */
import type { Judgement, PodRefusal } from './types.ts';

export interface AdmitEntry {
  readonly file: string;
  /** Counts from 1 in the file; the items of a List share it. */
  readonly document: number;
  readonly kind: string;
  /** null: the object states none and none was given. */
  readonly namespace: string | null;
  readonly name: string;
  readonly admitted: boolean | null;
  readonly policy: string | null;
  readonly psa: Judgement['psa'];
  readonly mutated: Judgement['mutated'];
  readonly refusals: readonly PodRefusal[];
  readonly dependsOn?: readonly string[];
}

/** Where the pod stands in the input. */
export type EntryPlace = Pick<AdmitEntry, 'file' | 'document' | 'kind' | 'namespace' | 'name'>;

export function entryOf(place: EntryPlace, judgement: Omit<Judgement, 'judgedPod'>): AdmitEntry {
  const { admitted, policy, psa, mutated, refusals, dependsOn } = judgement;
  const { file, document, kind, namespace, name } = place;
  return {
    file,
    document,
    kind,
    namespace,
    name,
    admitted,
    policy,
    psa,
    mutated,
    refusals,
    ...(admitted === null ? { dependsOn } : {}),
  };
}
