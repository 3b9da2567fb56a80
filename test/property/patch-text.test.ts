import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, type ValueEdit } from '../../src/patch/apply.ts';
import { editDocument } from '../../src/patch/edit-text.ts';
import { isDeepStrictEqual } from '../../src/security/equal.ts';
import { readYaml, type YamlDocument } from '../../src/yaml/read.ts';
import { splitStream } from '../../src/yaml/split.ts';
import { CORPUS, NO_CORPUS, corpusCharts, hasCorpus } from '../helpers/shared.ts';

type Json = Record<string, unknown>;
type Style = Readonly<{
  step: number;
  list: number;
  eol: string;
  quote: '' | '"' | "'";
  flow: number;
  comments: boolean;
  open: boolean;
}>;

/** Text of a value in a random style; `dice` gives a fresh number from 0 to 99 at every call. */
function print(value: unknown, style: Style, dice: () => number): string {
  const comment = (): string => (style.comments && dice() < 30 ? ` # note ${dice()}` : '');
  const word = (scalar: unknown): string => {
    if (typeof scalar !== 'string') return JSON.stringify(scalar);
    return style.quote === '' ? scalar : `${style.quote}${scalar}${style.quote}`;
  };
  const flow = (node: unknown): string => {
    if (Array.isArray(node)) return `[${node.map(flow).join(', ')}]`;
    if (typeof node !== 'object' || node === null) return word(node);
    const pad = dice() < 50 ? ' ' : '';
    const entries = Object.entries(node).map(([key, entry]) => `${key}: ${flow(entry)}`);
    return entries.length === 0 ? '{}' : `{${pad}${entries.join(', ')}${pad}}`;
  };
  const isBlock = (node: unknown): node is object =>
    typeof node === 'object' &&
    node !== null &&
    Object.keys(node).length > 0 &&
    dice() >= style.flow;
  const lines = (node: object, column: number): string[] => {
    const indent = ' '.repeat(column);
    const above = (): string[] => {
      if (!style.comments || dice() < 80) return [];
      return dice() < 20 ? [''] : [`${indent}# above ${dice()}`];
    };
    if (Array.isArray(node)) {
      return node.flatMap((item: unknown) => {
        if (!isBlock(item)) return [...above(), `${indent}- ${flow(item)}${comment()}`];
        const [first = '', ...rest] = lines(item, column + 2);
        if (first.trim() === '' || first.trim().startsWith('#')) {
          return [`${indent}-`, first, ...rest];
        }
        return [...above(), `${indent}- ${first.slice(column + 2)}`, ...rest];
      });
    }
    return Object.entries(node).flatMap(([key, entry]: [string, unknown]) => {
      const start = `${indent}${key}:`;
      if (typeof entry === 'string' && style.quote === '' && dice() < 10) {
        return [...above(), `${start} |-`, `${indent}  ${entry}`, ...(dice() < 30 ? [''] : [])];
      }
      if (entry === null && dice() < 60) return [...above(), `${start}${comment()}`];
      if (!isBlock(entry)) return [...above(), `${start} ${flow(entry)}${comment()}`];
      const inner = column + (Array.isArray(entry) ? style.list : style.step);
      return [...above(), `${start}${comment()}`, ...lines(entry, inner)];
    });
  };
  const root = isBlock(value) ? lines(value, 0) : [flow(value)];
  return root.join(style.eol) + (style.open ? '' : style.eol);
}

const KEYS = ['name', 'image', 'privileged', 'capabilities', 'drop', 'level', 'type', 'runAsUser'];
const scalar = fc.oneof(
  fc.constantFrom('ALL', 'spc_t', 'NET_RAW', 'container_t', 'RuntimeDefault', 'x'),
  fc.boolean(),
  fc.integer({ min: 0, max: 70000 }),
  fc.constant(null),
);
const key = fc.constantFrom(...KEYS);
const node = fc.letrec<{ map: Json; any: unknown }>((tie) => ({
  map: fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pod' },
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.array(fc.dictionary(key, scalar, { minKeys: 1, maxKeys: 3, noNullPrototype: true }), {
      maxLength: 3,
    }),
    tie('map'),
  ),
})).map;
const document = fc.record({ spec: node, metadata: node });

const style: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(2, 4),
  list: fc.constantFrom(0, 2, 4),
  eol: fc.constantFrom('\n', '\r\n'),
  quote: fc.constantFrom<'' | '"' | "'">('', '"', "'"),
  flow: fc.constantFrom(0, 20, 60),
  comments: fc.boolean(),
  open: fc.boolean(),
});

/** A path that exists, one that goes on from it, or one that is new. */
function pathIn(
  value: unknown,
  picks: readonly number[],
  more: readonly string[],
): (string | number)[] {
  const path: (string | number)[] = [];
  let at = value;
  for (const pick of picks) {
    if (typeof at !== 'object' || at === null) break;
    const steps = Array.isArray(at) ? [...at.keys()] : Object.keys(at);
    const step = steps[pick % Math.max(steps.length, 1)];
    if (step === undefined) break;
    path.push(step);
    at = (at as Json)[step];
  }
  for (const step of more) {
    if (Array.isArray(at) || (typeof at !== 'object' && at !== undefined)) break;
    path.push(step);
    at = (at as Json | null | undefined)?.[step];
  }
  return path;
}

const planned = fc.array(
  fc.record({
    picks: fc.array(fc.nat(9), { maxLength: 4 }),
    more: fc.array(key, { maxLength: 2 }),
    op: fc.constantFrom<'set' | 'remove'>('set', 'remove'),
    value: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), node),
  }),
  { minLength: 1, maxLength: 5 },
);

function editsFor(
  value: unknown,
  plans: readonly (Omit<ValueEdit, 'path'> & { picks: number[]; more: string[] })[],
): ValueEdit[] {
  const edits: ValueEdit[] = [];
  let current = value;
  for (const { picks, more, op, value: wanted } of plans) {
    const path = pathIn(current, picks, more);
    const last = path.at(-1);
    if (last === undefined || (op === 'remove' && typeof last === 'number')) continue;
    // Two edits of which one leads through the other are tried by hand, in the tables.
    if (edits.some((other) => isPrefix(other.path, path) || isPrefix(path, other.path))) continue;
    const edit: ValueEdit = op === 'set' ? { path, op, value: wanted } : { path, op };
    edits.push(edit);
    current = applyEdits(current, [edit]);
  }
  return edits;
}

function isPrefix(short: ValueEdit['path'], long: ValueEdit['path']): boolean {
  return short.every((step, index) => step === long[index]);
}

function read(text: string): YamlDocument {
  const document = readYaml(text, 'm.yaml', { duplicateKeys: 'last-wins' })[0];
  if (document === undefined) throw new Error(`No document in:\n${text}`);
  return document;
}

function valueAt(value: unknown, path: ValueEdit['path']): unknown {
  return path.reduce<unknown>((at, step) => (at as Json | null | undefined)?.[step], value);
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function allPaths(value: unknown, base: ValueEdit['path'] = []): ValueEdit['path'][] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => {
    const path = [...base, step];
    return [path, ...allPaths((value as Json)[step], path)];
  });
}

/** The paths whose lines an edit may change; new keys of a map with lines of its own change none. */
function changedPaths(
  document: YamlDocument,
  after: unknown,
  { path }: ValueEdit,
): ValueEdit['path'][] {
  const { value } = document;
  let depth = path.length;
  while (depth > 0 && valueAt(value, path.slice(0, depth)) === undefined) depth--;
  const here = path.slice(0, depth);
  const place = document.locate(here, 'value');
  const line = document.text.split('\n')[(place?.line ?? 1) - 1] ?? '';
  const inBrackets = line[(place?.column ?? 1) - 1] === '{';
  if (depth < path.length) return inBrackets || !isFilled(valueAt(value, here)) ? [here] : [];
  let gone = here;
  while (gone.length > 0 && !isFilled(valueAt(after, gone.slice(0, -1)))) gone = gone.slice(0, -1);
  return [gone];
}

/** The lines of the text, without their ends, outside what the edits may change. */
function untouchedLines(
  document: YamlDocument,
  after: unknown,
  edits: readonly ValueEdit[],
): string[] {
  const places = allPaths(document.value).map((path) => ({
    path,
    line: document.locate(path, 'key')?.line ?? 0,
  }));
  const touched = new Set<number>();
  const lines = document.text.split('\n');
  for (const changed of edits.flatMap((edit) => changedPaths(document, after, edit))) {
    const from = document.locate(changed, 'key')?.line ?? 1;
    const next = places
      .filter(({ path, line }) => line > from && !isPrefix(changed, path))
      .map(({ line }) => line);
    const to = Math.min(...next, lines.length + 1);
    for (let line = from; line < to; line++) touched.add(line);
  }
  return lines.filter((_, index) => !touched.has(index + 1)).map((line) => line.replace(/\r$/, ''));
}

/** Edits give what they give on the value, a second time nothing, and keep every line outside. */
function check(text: string, edits: readonly ValueEdit[]): void {
  const before = read(text);
  const after = editDocument(text, edits, { file: 'm.yaml' });
  const wanted = applyEdits(before.value, edits);
  expect(read(after).value, after).to.deep.equal(wanted);
  expect(editDocument(after, edits, { file: 'm.yaml', value: wanted })).to.equal(after);
  expect(editDocument(after, edits, { file: 'm.yaml' })).to.equal(after);
  if (isDeepStrictEqual(before.value, wanted)) expect(after).to.equal(text);
  const ends = new Set(after.match(/\r?\n/g));
  for (const end of ends)
    expect(text.includes(end), `line end ${JSON.stringify(end)}`).to.equal(true);
  if (ends.size > 1) expect(new Set(text.match(/\r?\n/g)).size).to.equal(2);
  // A blank line that becomes the last one ends the text with the break before it.
  if (!/^\r?$/m.test(text.trimEnd())) expect(after.endsWith('\n')).to.equal(text.endsWith('\n'));
  let at = 0;
  const same = sameLine(before, edits);
  const lines = after.split(/\r?\n/).map(same);
  for (const line of untouchedLines(before, wanted, edits)) {
    const found = lines.indexOf(same(line), at);
    expect(found, `the line ${JSON.stringify(line)} in\n${text}\nbecame\n${after}`).to.not.equal(
      -1,
    );
    at = found + 1;
  }
}

/** What may change in a line beside an edit: JSON's comma, the dash where an item's first key goes. */
function sameLine(document: YamlDocument, edits: readonly ValueEdit[]): (line: string) => string {
  const isJson = document.text.startsWith('{');
  const movesUp = edits.some(({ path, op }) => {
    const map = path.slice(0, -1);
    const [first] = Object.keys(valueAt(document.value, map) ?? {});
    return op === 'remove' && typeof map.at(-1) === 'number' && first === path.at(-1);
  });
  return (line) => {
    if (isJson) return line.replace(/,$/, '');
    return movesUp ? line.replace(/^[ -]+/, '') : line;
  };
}

describe('property: edits of manifest text', () => {
  it('mean what the same edits mean on the value, and keep every line beside them', () => {
    fc.assert(
      fc.property(
        document,
        style,
        planned,
        fc.infiniteStream(fc.nat(99)),
        (value, look, plans, dice) => {
          const text = print(value, look, () => Number(dice.next().value));
          expect(read(text).value, text).to.deep.equal(value);
          check(text, editsFor(value, plans));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('hold for JSON, compact and indented', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(0, 1, 2, 4, '\t'), planned, (value, indent, plans) => {
        const text = JSON.stringify(value, null, indent);
        const edits = editsFor(value, plans);
        check(text, edits);
        const after = editDocument(text, edits, { file: 'm.json' });
        expect(JSON.parse(after)).to.deep.equal(applyEdits(value, edits));
        if (indent === 0) expect(after).to.equal(JSON.stringify(JSON.parse(after)));
      }),
      { numRuns: 500 },
    );
  });
});

const CONTAINER_EDITS: readonly {
  path: (string | number)[];
  op: 'set' | 'remove';
  value?: unknown;
}[] = [
  { path: ['privileged'], op: 'set', value: false },
  { path: ['privileged'], op: 'remove' },
  { path: ['runAsNonRoot'], op: 'set', value: true },
  { path: ['runAsUser'], op: 'remove' },
  { path: ['capabilities', 'drop'], op: 'set', value: ['ALL'] },
  { path: ['capabilities', 'add'], op: 'remove' },
  { path: ['capabilities', 'add'], op: 'set', value: ['SYS_ADMIN', 'NET_RAW'] },
  { path: ['capabilities'], op: 'remove' },
  { path: ['seLinuxOptions', 'type'], op: 'set', value: 'spc_t' },
  { path: ['seccompProfile'], op: 'set', value: { type: 'RuntimeDefault' } },
  { path: ['allowPrivilegeEscalation'], op: 'remove' },
  { path: ['allowPrivilegeEscalation'], op: 'set', value: false },
];

/** The securityContexts of every pod template of a document, as paths. */
function contextPaths(value: unknown): ValueEdit['path'][] {
  return allPaths(value)
    .filter((path) => path.at(-1) === 'containers' && Array.isArray(valueAt(value, path)))
    .flatMap((path) => {
      const spec = path.slice(0, -1);
      const lists = [path, [...spec, 'initContainers']];
      const containers = lists.flatMap((list) => {
        const items = valueAt(value, list);
        return Array.isArray(items) ? items.map((_, index) => [...list, index]) : [];
      });
      return [spec, ...containers].map((place) => [...place, 'securityContext']);
    });
}

describe('property: edits of the charts', () => {
  before(function () {
    if (hasCorpus()) return;
    console.log(`    skipped: ${NO_CORPUS}`);
    this.skip();
  });

  for (const chart of corpusCharts()) {
    it(`${chart}: every edit, and random ones together`, () => {
      const stream = readFileSync(join(CORPUS, `${chart}.yaml`), 'utf8');
      for (const { text } of splitStream(stream).chunks) {
        const value = readYaml(text, chart, { duplicateKeys: 'last-wins' })[0]?.value;
        const contexts = contextPaths(value);
        if (contexts.length === 0) continue;
        for (const look of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
          for (const { path, ...edit } of CONTAINER_EDITS) {
            check(
              look,
              contexts.map((context) => ({ ...edit, path: [...context, ...path] })),
            );
          }
        }
        const choice = fc.tuple(fc.constantFrom(...contexts), fc.constantFrom(...CONTAINER_EDITS));
        fc.assert(
          fc.property(fc.array(choice, { minLength: 1, maxLength: 12 }), (choices) => {
            const edits: ValueEdit[] = [];
            for (const [context, { path, ...edit }] of choices) {
              const place = [...context, ...path];
              if (edits.some((other) => isPrefix(other.path, place) || isPrefix(place, other.path)))
                continue;
              edits.push({ ...edit, path: place });
            }
            check(text, edits);
          }),
          { numRuns: 30 },
        );
      }
    });
  }
});
