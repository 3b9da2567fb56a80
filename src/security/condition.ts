/**
 * The only reader of the catalog's conditions: whether one holds, and what it says in words.
 * Conditions are data (catalog/types.ts), so that the same row decides and explains.
 */
import type { Condition } from '../catalog/types.ts';
import { valueAt, type DeployOptions } from '../deploy/options.ts';
import { versionInRange } from './version.ts';

/** What a condition is asked of; `DeployOptions` has it all. */
export type ConditionFacts = Pick<DeployOptions, 'values' | 'given' | 'platform' | 'dominoVersion'>;

/** True when the condition holds. An unknown Domino version counts as the newest. */
export function holds(condition: Condition, facts: ConditionFacts): boolean {
  if ('always' in condition) return true;
  if ('never' in condition) return false;
  if ('all' in condition) return condition.all.every((part) => holds(part, facts));
  if ('any' in condition) return condition.any.some((part) => holds(part, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  if ('domino' in condition) return versionInRange(facts.dominoVersion, condition.domino);
  if ('platform' in condition) return condition.platform.includes(facts.platform);
  if ('present' in condition) return isGiven(condition.path, facts);
  const value = valueAt(facts.values, condition.path);
  if ('in' in condition) return typeof value === 'string' && condition.in.includes(value);
  return value === condition.equals;
}

/** The user wrote the key or something below it, and not null. */
function isGiven(path: string, { given, values }: ConditionFacts): boolean {
  const value = valueAt(values, path);
  if (value === undefined || value === null) return false;
  return given.has(path) || [...given].some((key) => key.startsWith(`${path}.`));
}

/** The condition in plain words: "storage_classes.block.type is ebs and ... is true". */
export function describe(condition: Condition): string {
  if ('always' in condition) return 'always';
  if ('never' in condition) return condition.never;
  if ('all' in condition) return condition.all.map(inside).join(' and ');
  if ('any' in condition) return condition.any.map(inside).join(' or ');
  if ('not' in condition) return describeNot(condition.not);
  if ('domino' in condition) return `the Domino version is ${rangeText(condition.domino)}`;
  if ('platform' in condition) return `the platform is ${orList(condition.platform)}`;
  if ('present' in condition) return `${condition.path} is given`;
  if ('in' in condition) return `${condition.path} is ${orList(condition.in)}`;
  return `${condition.path} is ${condition.equals}`;
}

/** A part of a longer condition, in parentheses where "and" and "or" would run together. */
function inside(condition: Condition): string {
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  return parts.length > 1 ? `(${describe(condition)})` : describe(condition);
}

function describeNot(condition: Condition): string {
  if ('path' in condition) return describe(condition).replace(' is ', ' is not ');
  return `not (${describe(condition)})`;
}

function rangeText({ since, before }: { since?: string; before?: string }): string {
  const parts: string[] = [];
  if (since !== undefined) parts.push(`${since} or later`);
  if (before !== undefined) parts.push(`before ${before}`);
  return parts.join(' and ') || 'any';
}

function orList(items: readonly string[]): string {
  return items.join(' or ');
}

/**
 * Why the condition holds, or fails, for these facts: the parts that decide, with real values.
 * Of "any" the first part that holds; of a failing "all" the first part that fails.
 */
export function because(condition: Condition, facts: ConditionFacts): string {
  const held = holds(condition, facts);
  if ('all' in condition) {
    const failing = condition.all.find((part) => !holds(part, facts));
    if (failing !== undefined) return because(failing, facts);
    return condition.all.map((part) => because(part, facts)).join(' and ');
  }
  if ('any' in condition) {
    const holding = condition.any.find((part) => holds(part, facts));
    if (holding !== undefined) return because(holding, facts);
    return condition.any.map((part) => because(part, facts)).join(' and ');
  }
  if ('not' in condition) return because(condition.not, facts);
  if ('domino' in condition) return dominoText(facts.dominoVersion, condition.domino, held);
  if ('platform' in condition) return `the platform is ${facts.platform}`;
  if ('path' in condition) return valueText(condition, facts);
  return describe(condition);
}

function dominoText(
  version: string | undefined,
  range: { since?: string; before?: string },
  held: boolean,
): string {
  const known =
    version === undefined ? 'the Domino version is not given, so the newest' : `Domino ${version}`;
  return `${known} is ${held ? '' : 'not '}${rangeText(range)}`;
}

/** The value that is really there; of a list or map only that it is there. */
function valueText(condition: Condition & { path: string }, facts: ConditionFacts): string {
  const { path } = condition;
  if ('present' in condition) return `${path} is ${holds(condition, facts) ? '' : 'not '}given`;
  const value = valueAt(facts.values, path);
  if (value === undefined || value === null) return `${path} is not set`;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return typeof value === 'object' ? `${path} is set` : `${path} is ${shown}`;
}

/** Every dotted path that the condition reads, each once, in the order of the condition. */
export function conditionPaths(condition: Condition): string[] {
  if ('all' in condition) return unique(condition.all.flatMap(conditionPaths));
  if ('any' in condition) return unique(condition.any.flatMap(conditionPaths));
  if ('not' in condition) return conditionPaths(condition.not);
  return 'path' in condition ? [condition.path] : [];
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
