import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, type ValueEdit } from '../../src/patch/apply.ts';
import { editDocument } from '../../src/patch/edit-text.ts';
import { isDeepStrictEqual } from '../../src/security/equal.ts';
import { readYaml, type YamlDocument } from '../../src/yaml/read.ts';
import { splitStream } from '../../src/yaml/split.ts';
import {
  document,
  editsFor,
  isPrefix,
  planned,
  print,
  style,
  type Json,
} from './patch-text-arbitrary.ts';
import { CORPUS, NO_CORPUS, corpusCharts, hasCorpus } from '../helpers/shared.ts';

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
