// Blocks of ids in the annotations of a namespace.
import { expect } from 'chai';
import { parseBlock } from '../../../../src/admission/scc/namespace.ts';

describe('blocks of ids', () => {
  for (const [text, expected] of [
    ['1000/10', { min: 1000, max: 1009 }],
    ['1000-1010', { min: 1000, max: 1010 }],
    ['0/1', { min: 0, max: 0 }],
    ['4294967295/2', { min: 4294967295, max: 0 }],
    ['4294967296/1', null],
    ['1000', null],
    ['a/b', null],
    ['', null],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(parseBlock(text)).to.deep.equal(expected);
    });
  }
});
