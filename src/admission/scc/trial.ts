/** The trial of SCCs in their order: the first that may be used and that admits the pod wins. */
import { refusedAfterwards } from './afterwards.ts';
import { assign } from './assign.ts';
import type { Assignment } from './assign-container.ts';
import { unknownFields } from './contexts.ts';
import { failureLine, goQuote, joinLines, reasonOf, type Failure } from './failure.ts';
import { mutatedPod } from './mutated-pod.ts';
import type { NoProvider, Provider } from './provider.ts';
import { readPod, type PodView } from './read.ts';
import type { Refusal, SccVerdict } from './types.ts';

/** By whom an SCC may be used. */
export type Usable = 'serviceaccount' | 'user' | null;

export interface Candidate {
  name: string;
  provider: Provider | NoProvider;
  usable: Usable;
}

const NOT_USABLE = 'not usable by user or serviceaccount';
const UNABLE = 'unable to validate against any security context constraint: ';
const NO_ACCESS =
  'no access to scc/restricted: Forbidden: the pod fails to validate against the `restricted-v2` security context constraint, ' +
  'but would validate successfully against the `restricted` security context constraint';

export function refused(
  refusals: Refusal[],
  message: string,
  more: Partial<SccVerdict> = {},
): SccVerdict {
  return { admitted: false, scc: null, subject: null, mutated: null, refusals, message, ...more };
}

export function undecided(refusals: Refusal[], more: Partial<SccVerdict>): SccVerdict {
  return {
    admitted: null,
    scc: null,
    subject: null,
    mutated: null,
    refusals,
    message: null,
    ...more,
  };
}

function refusalOf({ scc, features }: Provider, failure: Failure): Refusal {
  const reason = reasonOf(failure, features.valueStyle);
  return { scc: scc.name, field: failure.field, reason, path: failure.path };
}

export function plainRefusal(scc: string, reason: string): Refusal {
  return { scc, field: null, reason, path: null };
}

/** The plugin's hint: restricted-v2 said no, and only the right to use `restricted` is missing. */
function noAccessHint(candidates: readonly Candidate[], pod: PodView): string[] {
  const restricted = candidates.find((candidate) => candidate.name === 'restricted');
  const hasV2 = candidates.some((candidate) => candidate.name === 'restricted-v2');
  if (restricted?.usable !== null || !hasV2 || !('scc' in restricted.provider)) return [];
  return assign(restricted.provider, pod).failures.length === 0 ? [NO_ACCESS] : [];
}

function lineOf({ scc, features }: Provider, failure: Failure): string {
  return failureLine(scc.name, failure, features.valueStyle);
}

function notUsableLine(name: string): string {
  return `provider ${goQuote(name)}: Forbidden: ${NOT_USABLE}`;
}

function notCheckedReason(provider: NoProvider): string {
  return `not checked: ${provider.notChecked ?? ''}`;
}

function linesOf({ name, provider, usable }: Candidate, pod: PodView): string[] {
  if (usable === null) return [notUsableLine(name)];
  if (!('scc' in provider)) return [`provider ${name}: ${notCheckedReason(provider)}`];
  return assign(provider, pod).failures.map((failure) => lineOf(provider, failure));
}

/**
 * The plugin's words when the final validation finds that the chosen SCC would change the pod once
 * more: what all SCCs say of the pod as it is by now; one that would only change it says nothing.
 */
function finalWords(candidates: readonly Candidate[], mutated: unknown): string {
  const view = readPod(mutated);
  const lines = candidates.flatMap((candidate) => linesOf(candidate, view));
  return `${UNABLE}[${[...lines, ...noAccessHint(candidates, view)].join(' ')}]`;
}

function admittedBy(
  candidate: Candidate,
  assignment: Assignment,
  refusals: Refusal[],
  notes: string[],
): SccVerdict {
  return {
    admitted: true,
    scc: candidate.name,
    subject: candidate.usable,
    mutated: { pod: assignment.pod, containers: assignment.containers },
    refusals,
    message: null,
    ...(assignment.valuesFrom.size > 0 ? { valuesFrom: [...assignment.valuesFrom] } : {}),
    ...(notes.length > 0 ? { notChecked: notes } : {}),
  };
}

/** The trial of the candidates in their order; `pod` is what `view` was read from. */
export function tryAll(candidates: readonly Candidate[], view: PodView, pod: unknown): SccVerdict {
  const notes = unknownFields(view);
  const refusals: Refusal[] = [];
  /** The plugin's lines of each SCC; put into words only when all have refused. */
  const lines: (() => string[])[] = [];
  for (const candidate of candidates) {
    const { name, provider } = candidate;
    if (candidate.usable === null) {
      refusals.push(plainRefusal(name, NOT_USABLE));
      lines.push(() => [notUsableLine(name)]);
      continue;
    }
    if (!('scc' in provider)) {
      notes.push(`SCC ${name}: ${provider.notChecked ?? ''}`);
      refusals.push(plainRefusal(name, notCheckedReason(provider)));
      lines.push(() => linesOf(candidate, view));
      continue;
    }
    const assignment = assign(provider, view);
    const { failures } = assignment;
    const [first] = failures;
    if (first === undefined) {
      const later = refusedAfterwards(provider, assignment, view);
      if (later === undefined) return admittedBy(candidate, assignment, refusals, notes);
      const words = later.byPlugin
        ? finalWords(candidates, mutatedPod(pod, assignment))
        : lineOf(provider, later.failure);
      return refused([...refusals, refusalOf(provider, later.failure)], words);
    }
    const certain = failures.find((failure) => failure.unless === undefined);
    if (certain === undefined) {
      const dependsOn = [...new Set(failures.flatMap((failure) => failure.unless ?? []))];
      return undecided([...refusals, refusalOf(provider, first)], {
        dependsOn,
        ...(notes.length > 0 ? { notChecked: notes } : {}),
      });
    }
    refusals.push(refusalOf(provider, certain));
    lines.push(() => failures.map((failure) => lineOf(provider, failure)));
  }
  const message =
    UNABLE + joinLines([...lines.flatMap((words) => words()), ...noAccessHint(candidates, view)]);
  return refused(refusals, message, notes.length > 0 ? { notChecked: notes } : {});
}
