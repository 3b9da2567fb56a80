import { expect } from 'chai';
import { writeYaml } from '../../../src/yaml/write.ts';

describe('writeYaml', () => {
  const shared = { a: 1 };
  const rows: [string, unknown, string][] = [
    ['keeps the order of keys', { b: 1, a: [1, { c: 2 }] }, 'b: 1\na:\n  - 1\n  - c: 2\n'],
    [
      'quotes what YAML 1.1 reads otherwise',
      { y: 'yes', n: '1_0', d: '2026-10-01' },
      '"y": "yes"\n"n": "1_0"\nd: "2026-10-01"\n',
    ],
    [
      'quotes octals, booleans and nulls',
      ['0644', '0o17', 'on', '~', '', '0X1F', '.5_0'],
      '- "0644"\n- "0o17"\n- "on"\n- "~"\n- ""\n- "0X1F"\n- ".5_0"\n',
    ],
    ['writes no anchors', { x: shared, y1: shared }, 'x:\n  a: 1\ny1:\n  a: 1\n'],
    ['folds no lines', { a: 'word '.repeat(60).trim() }, `a: ${'word '.repeat(60).trim()}\n`],
    ['leaves undefined out', { a: undefined, b: 1 }, 'b: 1\n'],
    ['keeps lines as they are', { a: 'x\ny\n' }, 'a: |\n  x\n  y\n'],
  ];
  for (const [title, value, text] of rows) {
    it(title, () => {
      expect(writeYaml(value)).to.equal(text);
    });
  }
});
