import { expect } from 'chai';
import { formatPath, readYaml, type Path } from '../../../src/yaml/read.ts';

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

  it('writes paths as people do', () => {
    expect(formatPath(['spec', 'containers', 0, 'image'])).to.equal('spec.containers[0].image');
    expect(formatPath(['metadata', 'labels', 'app/name'])).to.equal('metadata.labels["app/name"]');
  });
});
