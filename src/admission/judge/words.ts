/** A judgement in words, for findings and tables. */
import type { AdmitEntry } from './entry.ts';
import { NOT_USABLE } from './stage.ts';
import type { PodRefusal } from './types.ts';

/** Refusals that a sentence names; the rest is counted. */
const MAX_NAMED = 4;

function list(items: readonly string[], joint: string): string {
  const named = items.slice(0, MAX_NAMED).join(joint);
  const rest = items.length - MAX_NAMED;
  return rest > 0 ? `${named}${joint}and ${rest} more` : named;
}

function refusalText({ policy, field, reason }: PodRefusal, version: string): string {
  return `${policy}${version}: ${field === null ? '' : `${field}: `}${reason}`;
}

/** Why the policies that were tried refuse the pod; those that nobody may use come last, by name. */
export function refusalsInWords({ refusals, psa }: Pick<AdmitEntry, 'refusals' | 'psa'>): string {
  const said = refusals
    .filter(({ reason }) => reason !== NOT_USABLE)
    .map((refusal) =>
      refusal.check === null
        ? refusalText(refusal, '')
        : `${refusal.policy}${psa === null ? '' : ` ${psa.version}`}: ${refusal.check}: ${refusal.reason}`,
    );
  const idle = refusals.filter(({ reason }) => reason === NOT_USABLE).map(({ policy }) => policy);
  const parts = said.length === 0 ? [] : [list(said, '; ')];
  if (idle.length > 0) parts.push(`${NOT_USABLE}: ${idle.join(', ')}`);
  return parts.join('; ');
}

/** Input that is missing, as opposed to a sentence on something that could not be read. */
const MISSING = /^(?:the |what |whether |openshift\.io\/|(?:Cluster)?RoleBinding )/;

function openInWords(dependsOn: readonly string[]): string {
  if (dependsOn.every((part) => MISSING.test(part))) return `depends on ${list(dependsOn, ', ')}`;
  const parts = dependsOn.map((part) => part.replace(/^Not checked: /, '').replace(/\.$/, ''));
  return `depends on what is not known: ${list(parts, '; ')}`;
}

/** `admitted by anyuid`, `refused`, `depends on ...`. */
export function verdictInWords({
  admitted,
  policy,
  dependsOn,
}: Pick<AdmitEntry, 'admitted' | 'policy' | 'dependsOn'>): string {
  if (admitted === null) return openInWords(dependsOn ?? []);
  if (!admitted) return 'refused';
  return policy === null ? 'admitted' : `admitted by ${policy}`;
}

/** `baseline v1.33`, with what it refuses or warns of; `not checked` where no labels are known. */
export function psaInWords({ psa }: Pick<AdmitEntry, 'psa'>): string {
  if (psa === null) return 'not checked';
  const words = [`${psa.level} ${psa.version}`];
  if (!psa.admitted) words.push('refuses');
  if (psa.warn.length > 0) words.push(`warns of ${psa.warn.length}`);
  if (psa.audit.length > 0) words.push(`audits ${psa.audit.length}`);
  return words.join(', ');
}
