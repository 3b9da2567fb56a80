/** The issues of the schema as diagnostics: in the words of the option table, at the user's place. */
import type * as z from 'zod/mini';
import { diagnostic, type Diagnostic } from '../diagnostics.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isMapping } from '../yaml/mapping.ts';
import { type Path } from '../yaml/read.ts';
import type { PlacedValue } from './deploy-text.ts';
import { knownAt, type Known, type OptionNode } from './option-tree.ts';
import { allowedText, type OptionType } from './option-types.ts';
import { holdsSecret, isSecretPath, MASK } from './secrets.ts';
import { pathText, valueText } from './value-text.ts';

/** A key that the schema does not have, or a value that it refuses. */
export type Finding = { path: Path; unknown: true } | { path: Path; unknown?: false };

/** Flattens unions and lists of unknown keys: a finding for each place of the file. */
export function findings(issues: readonly z.core.$ZodIssue[], value: unknown): Finding[] {
  return issues.flatMap((issue) => findingsOf(issue, value, []));
}

function findingsOf(issue: z.core.$ZodIssue, root: unknown, prefix: Path): Finding[] {
  const path = [
    ...prefix,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], unknown: true }));
  }
  // A map where a name or a map may stand: what is wrong is inside it.
  if (issue.code === 'invalid_union' && isMapping(valueOf(root, path))) {
    const inner = issue.errors.find((errors) =>
      errors.some((entry) => entry.path.length > 0 || entry.code === 'unrecognized_keys'),
    );
    if (inner) return inner.flatMap((entry) => findingsOf(entry, root, path));
  }
  return [{ path }];
}

/** The value at a path of the file; undefined where there is none. */
export function valueOf(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The value at a path as a sentence quotes it; `***` where it is a secret, or stands as one elsewhere. */
export function shownValue(text: PlacedValue, path: Path): string {
  const value = valueOf(text.value, path);
  const scalar = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const hidden = isSecretPath(path) || holdsSecret(scalar, text.value);
  return hidden ? MASK : valueText(value, text.raw(path));
}

/** The diagnostic for a value that is missing or not allowed. `name` is the place in words. */
export function valueProblem(
  text: PlacedValue,
  path: Path,
  name = pathText(path),
  known = knownAt(path),
): Diagnostic {
  const value = valueOf(text.value, path);
  const location = text.at(path, value === undefined ? 'key' : 'value');
  const place = { location, frame: text.frame(location) };
  if (value === undefined) {
    return diagnostic('DPS2013', `${name} is missing; it must be ${expectation(known)}.`, {
      ...place,
      fix: `Add the key ${String(path.at(-1))}.`,
    });
  }
  if (value === null) {
    return diagnostic('DPS2014', `${name} has no value; it must be ${expectation(known)}.`, {
      ...place,
      fix: 'Give it a value, or remove the key.',
    });
  }
  const got = shownValue(text, path);
  const code = codeOf(value, known?.type);
  const fix = fixOf(value, known?.type, got);
  return diagnostic(code, `${name} must be ${expectation(known)}; got ${got}.`, {
    ...place,
    ...(fix ? { fix } : {}),
  });
}

function expectation(known: Known | undefined): string {
  if (known?.columns) return `a map with ${Object.keys(known.columns).join(', ')}`;
  const map = known?.node && sectionText(known.node.children);
  if (known?.type === undefined) return map ?? 'something else';
  const own = allowedText(known.type);
  return map === undefined ? own : `${own}, or ${map}`;
}

function sectionText(children: ReadonlyMap<string, OptionNode>): string | undefined {
  if (children.size === 0) return undefined;
  const current = [...children.keys()].filter((key) => !children.get(key)?.row?.until);
  return children.has('*') ? 'a map' : `a map with ${current.join(', ')}`;
}

function codeOf(value: unknown, type: OptionType | undefined): 'DPS2010' | 'DPS2011' | 'DPS2012' {
  if (type?.kind === 'version' && typeof value === 'number') return 'DPS2012';
  if (typeof value !== 'string') return 'DPS2010';
  if (type?.kind === 'choice') return 'DPS2011';
  return type?.kind === 'text' || type?.kind === 'version' ? 'DPS2012' : 'DPS2010';
}

const BOOLEAN_WORD = /^(true|false|yes|no|on|off)$/i;

function fixOf(value: unknown, type: OptionType | undefined, got: string): string | undefined {
  if (typeof value === 'string') return got === MASK ? undefined : textFix(value, type);
  const scalar = typeof value === 'boolean' || typeof value === 'number';
  if (type?.kind !== 'text' || !scalar) return undefined;
  return got === MASK ? 'Write it in quotes.' : `Write it in quotes: "${got}".`;
}

function textFix(value: string, type: OptionType | undefined): string | undefined {
  if (type?.kind === 'flag' && BOOLEAN_WORD.test(value)) {
    return `Write ${/^(true|yes|on)$/i.test(value) ? 'true' : 'false'} without quotes.`;
  }
  if (type?.kind === 'choice') {
    const near = nearestName(value, type.values);
    return near === undefined ? undefined : `Did you mean "${near}"?`;
  }
  return value.startsWith('CAP_') ? `Write it without the prefix: "${value.slice(4)}".` : undefined;
}
