import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseDocument } from '../../../src/yaml/document.ts';
import { locator } from '../../../src/yaml/lines.ts';
import { positions, type Positions } from '../../../src/yaml/positions.ts';
import { formatPath, readYaml, type Path } from '../../../src/yaml/read.ts';
import { splitStream } from '../../../src/yaml/split.ts';
import { skip } from '../../helpers/programs.ts';
import { CORPUS, corpusCharts, hasCorpus, NO_CORPUS } from '../../helpers/shared.ts';

function pathsOf(value: unknown, base: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [base];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const below = steps.flatMap((step) =>
    pathsOf((value as Record<string | number, unknown>)[step], [...base, step]),
  );
  return [base, ...below];
}

const TEXT = `# comment
a:
  b: "x y"
  'c': [1, {d: two}]
  e:
  f: &f
    g: 1
list:
- name: n
- name: m
k: *f
m:
  <<: *f
  h: |
    text
`;

describe('positions', () => {
  const [document] = readYaml(`---\n${TEXT}`, 'f.yaml', { firstLine: 10 });
  const at = (path: Path, what?: 'key' | 'value'): string => {
    const found = document?.locate(path, what);
    if (found === undefined) return 'none';
    const end = found.endLine === undefined ? '' : `-${found.endLine}:${found.endColumn ?? 0}`;
    return `${found.line}:${found.column}${end}`;
  };

  const rows: [Path, string, string, string][] = [
    [['a'], '12:1-12:2', '12:1-12:2', '13:3'],
    [['a', 'b'], '13:6-13:11', '13:3-13:4', '13:6-13:11'],
    [['a', 'c'], '14:3-14:6', '14:3-14:6', '14:8'],
    [['a', 'c', 0], '14:9-14:10', '14:9-14:10', '14:9-14:10'],
    [['a', 'c', 1, 'd'], '14:16-14:19', '14:13-14:14', '14:16-14:19'],
    [['a', 'e'], '15:4', '15:3-15:4', '15:4'],
    [['list', 1], '20:3', '20:3', '20:3'],
    [['list', 1, 'name'], '20:9-20:10', '20:3-20:7', '20:9-20:10'],
    [['k', 'g'], '17:8-17:9', '17:5-17:6', '17:8-17:9'],
    [['m', 'g'], '17:8-17:9', '17:5-17:6', '17:8-17:9'],
    [['m', 'h'], '25:1-26:1', '24:3-24:4', '25:1-26:1'],
    [['a', 'absent', 'x'], '12:1-12:2', '12:1-12:2', '12:1-12:2'],
    [['list', 7, 'name'], '18:1-18:5', '18:1-18:5', '18:1-18:5'],
    [[], '12:1', '12:1', '12:1'],
  ];
  for (const [path, automatic, key, value] of rows) {
    it(`finds ${path.length === 0 ? 'the document' : formatPath(path)}`, () => {
      expect([at(path), at(path, 'key'), at(path, 'value')]).to.deep.equal([automatic, key, value]);
    });
  }

  /** The first questions are answered from the events, later ones from a tree of them. */
  const sameByBoth = (text: string): void => {
    const { value, syntax } = parseDocument(text, { file: 'f.yaml', line: 1, column: 1 }, 1);
    const fresh = (): Positions =>
      positions(
        syntax.plain,
        (start, end) => ({ file: 'f.yaml', line: start, column: end ?? 0 }),
        () => syntax.events,
      );
    const old = fresh();
    for (let count = 0; count < 20; count++) old.locate([]);
    for (const path of [...pathsOf(value), ['a', 'absent'], [0], ['list', 'name', 1], ['k', 9]]) {
      for (const what of ['key', 'value', undefined] as const) {
        expect(fresh().locate(path, what), formatPath(path)).to.deep.equal(old.locate(path, what));
      }
      expect(fresh().raw(path), formatPath(path)).to.deep.equal(old.raw(path));
    }
  };
  const texts: [string, string][] = [
    ['anchors and merge keys', TEXT],
    ['an alias on the way', 'a: &x {b: {c: 1}}\nd: {e: *x}\nf: *x\n'],
    ['a merge on the way', 'a: &x {b: {c: 1}}\nd:\n  <<: [*x]\n  g: 2\n'],
    ['keys given twice', 'a: {b: 1, b: 2}\na: {b: 3, "b": {d: 4}}\n'],
    ['empty values', 'a:\nlist:\n  -\n  - \n  - b:\n    c:\n  -\n'],
    [
      'quoted, tagged and numeric keys',
      `"a b": 1\n'<<': {x: 1}\n!!str c: 2\n0x10: 3\non: 4\n? e\n: f\n`,
    ],
    ['lists in lists', 'list:\n- - a\n  - [b, {c: d}]\n- []\n- {}\n'],
    ['one scalar', 'text\n'],
    ['nothing', '# text\n'],
  ];
  for (const [name, text] of texts) {
    it(`are the same for the first questions and for many: ${name}`, () => {
      sameByBoth(text);
    });
  }

  it('are the same for the first questions and for many: every chart', function () {
    if (!hasCorpus()) skip(this, NO_CORPUS);
    for (const chart of corpusCharts()) {
      const stream = readFileSync(join(CORPUS, `${chart}.yaml`), 'utf8');
      // Every path of every document of the corpus would take a minute.
      for (const { text } of splitStream(stream).chunks.filter((_, index) => index % 5 === 0)) {
        if (text.length < 10_000) sameByBoth(text);
      }
    }
  });

  it('gives the source of a scalar', () => {
    const [read] = readYaml('schema: 1.10\nquoted: "1.10"\nmap: {a: 1}\n', 'f.yaml');
    expect(read?.raw(['schema'])).to.deep.equal({ text: '1.10', quoted: false });
    expect(read?.raw(['quoted'])).to.deep.equal({ text: '1.10', quoted: true });
    expect(read?.raw(['map'])).to.equal(undefined);
    expect(read?.raw(['absent'])).to.equal(undefined);
  });

  it('points at the last of two equal keys, as the value does', () => {
    const [read] = readYaml('a: 1\na: 2\n', 'f.yaml', { duplicateKeys: 'last-wins' });
    expect(read?.locate(['a'], 'key')?.line).to.equal(2);
  });

  it('counts columns of concatenated JSON from the line', () => {
    const [, second] = readYaml('{"a":1} {"b":2}', 'f.yaml');
    const expected = { file: 'f.yaml', line: 1, column: 14, endLine: 1, endColumn: 15 };
    expect(second?.locate(['b'])).to.deep.equal(expected);
  });

  it('counts lines alike for a few places of a text and for many', () => {
    const text = '\nab\n\n\r\nc\u2028d\n';
    const origin = { file: 'f.yaml', line: 7, column: 5 };
    const many = locator(text, origin);
    for (let count = 0; count < 20; count++) many(0);
    for (let offset = 0; offset <= text.length + 1; offset++) {
      expect(locator(text, origin)(offset)).to.deep.equal(many(offset));
    }
    expect(locator(text, origin)(0)).to.deep.include({ line: 7, column: 5 });
    expect(locator(text, origin)(2)).to.deep.include({ line: 8, column: 2 });
  });

  it('writes paths as people do', () => {
    expect(formatPath(['spec', 'containers', 0, 'image'])).to.equal('spec.containers[0].image');
    expect(formatPath(['metadata', 'labels', 'app/name'])).to.equal('metadata.labels["app/name"]');
  });
});
