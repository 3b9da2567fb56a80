/** The text of deploy.yaml: a new one with a comment an option, or the old one with the edits made. */
import { allowedText, type OptionRow } from '../deploy/option-types.ts';
import { optionTable } from '../deploy/option-table.ts';
import { compareVersions, NEWEST_SCHEMA, schemaReleases } from '../deploy/versions.ts';
import { editDocument } from '../patch/edit-text.ts';
import { wrap } from '../report/wrap.ts';
import { readYaml } from '../yaml/read.ts';
import { splitStream } from '../yaml/split.ts';
import { writeYaml } from '../yaml/write.ts';
import type { AnswerValue, Answers } from './answer.ts';
import { editsOf, type Base } from './base.ts';
import { REGISTRY, registryForm } from './registry-form.ts';

/** The schema as it lies in the package, seen from a folder in which the package is installed. */
const SCHEMA_LINE =
  '# yaml-language-server: $schema=./node_modules/domino-podsec/schemas/deploy.schema.json';
const HEAD = `${SCHEMA_LINE}
# Configuration of the Domino installer. The block pod_security is read by domino-podsec only.
`;

const WIDTH = 100;

/** @throws UserError (DPS5001 and up) where the old text cannot take an edit, with the place */
export function fileText(base: Base, answers: Answers): string {
  const edits = editsOf(base, answers);
  if (base.text === undefined || base.isNew) return newText(base, answers);
  const { chunks } = splitStream(base.text);
  const chunk = chunks.find(({ text }) =>
    readYaml(text, base.file, { duplicateKeys: 'last-wins' }).some(({ value }) => value !== null),
  );
  if (chunk === undefined) return base.text;
  const edited = editDocument(chunk.text, edits, { file: base.file, firstLine: chunk.line });
  return (
    base.text.slice(0, chunk.offset) + edited + base.text.slice(chunk.offset + chunk.text.length)
  );
}

type Tree = Map<string, Tree | Leaf>;

interface Leaf {
  row: OptionRow;
  value: unknown;
}

/** The comments of a file that says nothing yet stay in front. */
function newText(base: Base, answers: Answers): string {
  const tree: Tree = new Map();
  const version = answers.get('version')?.value;
  const schema = schemaOf(version);
  const said = typeof version === 'string' ? { version } : {};
  for (const row of optionTable) {
    const value = row.path === 'schema' ? schema : answers.get(row.path)?.value;
    if (value === undefined || value === null) continue;
    const form = row.path === `${REGISTRY}.enabled` ? registryForm(said, value) : undefined;
    if (form === undefined) insert(tree, row.path.split('.'), { row, value });
    else insert(tree, [REGISTRY], { row, value: form });
  }
  const old = base.text?.trimEnd() ?? '';
  return `${old === '' ? '' : `${old}\n\n`}${HEAD}${blockText(tree, 0)}`;
}

function insert(tree: Tree, [key = '', ...rest]: readonly string[], leaf: Leaf): void {
  if (rest.length === 0) {
    tree.set(key, leaf);
    return;
  }
  const below = tree.get(key);
  const branch = below instanceof Map ? below : new Map<string, Tree | Leaf>();
  tree.set(key, branch);
  insert(branch, rest, leaf);
}

function blockText(tree: Tree, depth: number): string {
  const margin = '  '.repeat(depth);
  return [...tree]
    .map(([key, entry], index) => {
      const gap = depth === 0 || index > 0 ? '\n' : '';
      if (entry instanceof Map) return `${gap}${margin}${key}:\n${blockText(entry, depth + 1)}`;
      const text = writeYaml({ [key]: entry.value }).replace(/^(?=.)/gm, margin);
      return `${gap}${comment(entry.row, margin)}${text}`;
    })
    .join('');
}

function comment(row: OptionRow, margin: string): string {
  const { type, default: standard, effect } = row;
  const lines = [row.description];
  if (effect !== 'None.') lines.push(`Security: ${effect}`);
  if (type.kind !== 'flag' && type.kind !== 'text') {
    const absent = standard === undefined ? '' : `; ${String(standard)} where absent`;
    lines.push(`Allowed: ${allowedText(type)}${absent}.`);
  }
  return lines
    .flatMap((line) => wrap(line, WIDTH - margin.length - 2, 0).split('\n'))
    .map((line) => `${margin}# ${line}\n`)
    .join('');
}

/** The newest schema that the release is known to read; undefined where none is known. */
function schemaOf(version: AnswerValue | undefined): string | undefined {
  if (typeof version !== 'string') return NEWEST_SCHEMA;
  const minor = version.replace(/^v/, '').split('.').slice(0, 2).join('.');
  return Object.entries(schemaReleases)
    .filter(
      ([, { first, last }]) =>
        compareVersions(minor, first) >= 0 && compareVersions(minor, last) <= 0,
    )
    .map(([schema]) => schema)
    .sort(compareVersions)
    .at(-1);
}
