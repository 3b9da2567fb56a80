/** The first look at the file: versions as written, types and values, unknown keys. Contradictions come later. */
import * as z from 'zod/mini';
import { diagnostic, type Diagnostic } from '../diagnostics.ts';
import { nearestName } from '../text/nearest-name.ts';
import { copyTree, isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import type { DeployText } from './deploy-text.ts';
import { findings, shownValue, valueOf, valueProblem } from './issues.ts';
import { optionTable } from './option-table.ts';
import { sectionSchema } from './schema.ts';
import {
  isClosedSchema,
  looseUnknowns,
  strictUnknown,
  unknownKeyDiagnostics,
  type UnknownKeys,
} from './unknown-keys.ts';

/**
 * Only the sections that a file has are built: a run reads one or two files, and building is most of
 * the cost. Compiling validators, as zod does by default, pays for itself only after many files.
 */
const sections = new Map<string, z.ZodMiniType>();
z.config({ jitless: true });

function schemaOf(tree: Record<string, unknown>): z.ZodMiniType {
  const shape: Record<string, z.ZodMiniType> = {};
  for (const key of Object.keys(tree)) {
    let section = sections.get(key);
    if (section === undefined) {
      section = sectionSchema(key);
      if (section === undefined) continue;
      sections.set(key, section);
    }
    shape[key] = section;
  }
  return z.looseObject(shape);
}

export interface Structure {
  /** A copy of the file's values: versions as text, and nothing that the schema refuses. */
  tree: Record<string, unknown>;
  /** What was taken out because it is wrong; a check for "absent" leaves these alone. */
  broken: readonly Path[];
  diagnostics: Diagnostic[];
}

/** Judges every value of the file by itself. */
export function checkStructure(text: DeployText, policy: UnknownKeys | undefined): Structure {
  const tree = copyTree(text.value) as Record<string, unknown>;
  readWords(tree);
  const diagnostics = readVersions(tree, text);
  const result = schemaOf(tree).safeParse(tree);
  const found = findings(result.error?.issues ?? [], tree);
  const values = found.filter((finding) => !finding.unknown);
  const unknown = [
    ...looseUnknowns(tree),
    ...found.filter((finding) => finding.unknown).map((finding) => strictUnknown(finding.path)),
  ];
  for (const { path } of values) diagnostics.push(valueProblem(text, path));
  diagnostics.push(...unknownKeyDiagnostics(text, unknown, isClosedSchema(tree.schema), policy));
  const broken = values.map((finding) => finding.path);
  for (const path of broken) remove(tree, path);
  const open = openChoices(tree, text);
  for (const path of open.refused) remove(tree, path);
  return {
    tree,
    broken: [...broken, ...open.refused],
    diagnostics: [...diagnostics, ...open.diagnostics],
  };
}

/**
 * Puts the text of the file in place of the number that YAML makes of `1.10`, and warns where the
 * two differ: the installer may see schema 1.1.
 */
function readVersions(tree: Record<string, unknown>, text: DeployText): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  for (const row of optionTable) {
    if (row.type.kind !== 'version') continue;
    const path = row.path.split('.');
    const value = valueOf(tree, path);
    if (typeof value !== 'number') continue;
    const written = text.raw(path)?.text ?? String(value);
    const parent = valueOf(tree, path.slice(0, -1)) as Record<string, unknown>;
    parent[path.at(-1) ?? ''] = written;
    if (written === String(value)) continue;
    const location = text.at(path, 'value');
    warnings.push(
      diagnostic(
        'DPS2030',
        `${row.path} is written ${written} without quotes, which YAML reads as the number ${value}.`,
        {
          location,
          frame: text.frame(location),
          fix: `Write ${path.at(-1) ?? ''}: "${written}".`,
        },
      ),
    );
  }
  return warnings;
}

/** `psp: on` without quotes is the word that it looks like, not a boolean. */
function readWords(tree: Record<string, unknown>): void {
  for (const row of optionTable) {
    if (row.type.kind !== 'choice' || row.type.onOff !== true) continue;
    const path = row.path.split('.');
    const value = valueOf(tree, path);
    const parent = valueOf(tree, path.slice(0, -1));
    if (typeof value === 'boolean' && isMapping(parent)) {
      parent[path.at(-1) ?? ''] = value ? 'on' : 'off';
    }
  }
}

/** Types of storage that are not on the list: near misses are errors, others are told. */
function openChoices(
  tree: Record<string, unknown>,
  text: DeployText,
): { refused: Path[]; diagnostics: Diagnostic[] } {
  const refused: Path[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const row of optionTable) {
    if (row.type.kind !== 'choice' || row.type.open !== true) continue;
    const path = row.path.split('.');
    const value = valueOf(tree, path);
    if (typeof value !== 'string' || row.type.values.includes(value)) continue;
    const near = nearestName(value, row.type.values);
    if (near !== undefined) {
      refused.push(path);
      diagnostics.push(valueProblem(text, path));
      continue;
    }
    const location = text.at(path, 'value');
    diagnostics.push(
      diagnostic(
        'DPS2022',
        `${row.path} is ${shownValue(text, path)}, of which this program knows no pods.`,
        {
          location,
          frame: text.frame(location),
          fix: `If it brings pods with privileges, add them under pod_security.catalog; known are ${row.type.values.join(', ')}.`,
        },
      ),
    );
  }
  return { refused, diagnostics };
}

function remove(tree: Record<string, unknown>, path: Path): void {
  const parent = valueOf(tree, path.slice(0, -1));
  const last = path.at(-1);
  if (isMapping(parent) && typeof last === 'string') Reflect.deleteProperty(parent, last);
  else if (Array.isArray(parent) && typeof last === 'number') parent[last] = undefined;
}

/** True when `path` or anything above or below it was taken out. */
export function isBroken(broken: readonly Path[], path: Path): boolean {
  return broken.some((entry) => {
    const length = Math.min(entry.length, path.length);
    return entry.slice(0, length).every((step, index) => step === path[index]);
  });
}
