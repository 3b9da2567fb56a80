/** The trial of SCCs in their order: the first that may be used and that admits the pod wins. */
import { assign } from './assign.ts';
import type { Assignment } from './assign-container.ts';
import { unknownFields } from './contexts.ts';
import { failureLine, goQuote, joinLines, reasonOf, type Failure } from './failure.ts';
import type { NoProvider, Provider } from './provider.ts';
import type { PodView } from './read.ts';
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

/** The trial of the candidates in their order. */
export function tryAll(candidates: readonly Candidate[], view: PodView): SccVerdict {
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
    if (first === undefined) return admittedBy(candidate, assignment, refusals, notes);
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
