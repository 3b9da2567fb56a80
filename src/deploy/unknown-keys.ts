/** Keys that no row of the option table has: which are errors, which are only told (contracts: unknown keys). */
import { diagnostic, type Diagnostic } from '../diagnostics.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isMapping } from '../yaml/mapping.ts';
import { type Path } from '../yaml/read.ts';
import type { PlacedValue } from './deploy-text.ts';
import { mistakenKeys, optionTable, otherKeys, strictKeys } from './option-table.ts';
import { knownAt, optionTree } from './option-tree.ts';
import { compareVersions, LAST_CLOSED_SCHEMA, SCHEMA_PATTERN } from './versions.ts';
import { pathText } from './value-text.ts';

export type UnknownKeys = 'error' | 'warn' | 'ignore';

const topKeys: readonly string[] = [...optionTree.children.keys(), ...Object.keys(otherKeys)];

/** Keys of a section, by their last name: a section whose children are written one level too high. */
const misplaced: ReadonlyMap<string, string> = new Map(
  optionTable
    .filter(
      (row) =>
        row.effect !== 'None.' &&
        row.movedTo === undefined &&
        row.path.includes('.') &&
        !row.path.includes('*'),
    )
    .map((row): [string, string] => [row.path.split('.').at(-1) ?? '', row.path])
    .filter(
      ([leaf]) =>
        leaf.length > 5 &&
        !['enabled', 'labels', 'annotations', 'create', 'install'].includes(leaf),
    ),
);

export interface Unknown {
  path: Path;
  suggestion?: string;
}

/** Unknown keys outside the strict sections: at the top, in releases, mistyped ones in the rest. */
export function looseUnknowns(value: Record<string, unknown>): Unknown[] {
  const unknown: Unknown[] = [];
  for (const [key, child] of Object.entries(value)) {
    if (topKeys.includes(key)) unknown.push(...inside(key, child));
    else unknown.push(suggested([key], nearestName(key, topKeys) ?? misplaced.get(key)));
  }
  return unknown;
}

function inside(key: string, value: unknown): Unknown[] {
  if (!isMapping(value)) return [];
  if (key === 'release_overrides' || key === 'services') {
    const known = [...(optionTree.children.get(key)?.children.get('*')?.children.keys() ?? [])];
    return Object.entries(value).flatMap(([release, entry]) =>
      isMapping(entry) ? namesIn([key, release], entry, known) : [],
    );
  }
  const names = otherKeys[key] ?? [];
  // The names that we know are not all there are, so only a near miss is told.
  return names.length === 0
    ? []
    : namesIn([key], value, names).filter((entry) => entry.suggestion !== undefined);
}

function namesIn(path: Path, value: Record<string, unknown>, known: readonly string[]): Unknown[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const mistaken = Object.hasOwn(mistakenKeys, key) ? mistakenKeys[key] : undefined;
      const release = path[0] === 'release_overrides';
      return suggested([...path, key], (release ? mistaken : undefined) ?? nearestName(key, known));
    });
}

/** The key that could have been meant by an unknown key of a strict section, or of a row of a list. */
export function strictUnknown(path: Path): Unknown {
  const known = knownAt(path.slice(0, -1));
  const names = known?.columns ? Object.keys(known.columns) : known?.node?.children.keys();
  return suggested(path, nearestName(String(path.at(-1)), names ?? []));
}

function suggested(path: Path, suggestion: string | undefined): Unknown {
  return suggestion === undefined ? { path } : { path, suggestion };
}

/** True where the schema is old enough that every key of it is known. */
export function isClosedSchema(schema: unknown): boolean {
  return (
    typeof schema === 'string' &&
    SCHEMA_PATTERN.test(schema) &&
    compareVersions(schema, LAST_CLOSED_SCHEMA) <= 0
  );
}

/** Unknown keys of one map that are told one by one: a map in the wrong place may hold thousands. */
const ERRORS_OF_MAP = 50;

/** Errors one by one, so long as they are not too many of one map; the rest as one warning. */
export function unknownKeyDiagnostics(
  text: PlacedValue,
  unknown: readonly Unknown[],
  closed: boolean,
  policy: UnknownKeys | undefined,
): Diagnostic[] {
  const ofMaps = new Map<string, Unknown[]>();
  const told: Unknown[] = [];
  for (const entry of unknown) {
    const verdict = judge(entry, closed, policy);
    if (verdict === 'warn') told.push(entry);
    if (verdict !== 'error') continue;
    const map = pathText(entry.path.slice(0, -1));
    const before = ofMaps.get(map);
    if (before === undefined) ofMaps.set(map, [entry]);
    else before.push(entry);
  }
  const errors = [...ofMaps.values()].flatMap((entries) => [
    ...entries.slice(0, ERRORS_OF_MAP).map((entry) => unknownKeyError(text, entry)),
    ...furtherErrors(text, entries.slice(ERRORS_OF_MAP)),
  ]);
  return told.length === 0 ? errors : [...errors, summary(text, told)];
}

function judge(entry: Unknown, closed: boolean, policy: UnknownKeys | undefined): UnknownKeys {
  const top = String(entry.path[0]);
  // Our own block does not grow behind our back.
  if (top === 'pod_security') return 'error';
  if (policy !== undefined) return policy;
  return closed || entry.suggestion !== undefined || strictKeys.has(top) ? 'error' : 'warn';
}

/** The error for one unknown key. */
export function unknownKeyError(text: PlacedValue, { path, suggestion }: Unknown): Diagnostic {
  const location = text.at(path, 'key');
  return diagnostic('DPS2020', `${pathText(path)} is not a key that this program knows.`, {
    location,
    frame: text.frame(location),
    fix:
      suggestion === undefined
        ? path[0] === 'pod_security' || path[0] === 'catalog'
          ? 'Remove the key.'
          : 'Remove the key, or take it with --unknown-keys warn.'
        : `Did you mean "${suggestion}"?`,
  });
}

/** One line for the unknown keys of a map that are too many to tell. */
function furtherErrors(text: PlacedValue, entries: readonly Unknown[]): Diagnostic[] {
  const [first] = entries;
  if (first === undefined) return [];
  const location = text.at(first.path, 'key');
  const map = first.path.length === 1 ? 'the file' : pathText(first.path.slice(0, -1));
  const more = entries.length === 1 ? '1 more key' : `${entries.length} more keys`;
  return [
    diagnostic('DPS2020', `${more} of ${map} from here on: not known to this program.`, {
      location,
      frame: text.frame(location),
      fix: 'Correct the keys told before; perhaps the map stands in the wrong place.',
    }),
  ];
}

const SHOWN = 10;

function summary(text: PlacedValue, told: readonly Unknown[]): Diagnostic {
  const names = told.slice(0, SHOWN).map((entry) => pathText(entry.path));
  const more = told.length > SHOWN ? ` and ${told.length - SHOWN} more` : '';
  const [first, ...others] = told.map((entry) => text.at(entry.path, 'key'));
  const related = others
    .slice(0, SHOWN)
    .map((location) => ({ message: 'Another one is here.', location }));
  const subject = told.length === 1 ? '1 key is' : `${told.length} keys are`;
  return diagnostic(
    'DPS2021',
    `${subject} not known to this program and not judged: ${names.join(', ')}${more}.`,
    {
      ...(first ? { location: first } : {}),
      ...(related.length > 0 ? { related } : {}),
      fix: 'Check the spelling; --unknown-keys error refuses such keys, --unknown-keys ignore is silent.',
    },
  );
}
