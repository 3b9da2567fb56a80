import { expect } from 'chai';
import { textWidth, wantsColor } from '../../../src/io/terminal.ts';

describe('colour', () => {
  const rows: [boolean | undefined, Record<string, string>, boolean, boolean][] = [
    [undefined, {}, true, true],
    [undefined, {}, false, false],
    [undefined, { TERM: 'dumb' }, true, false],
    [undefined, { NO_COLOR: '1' }, true, false],
    [undefined, { NO_COLOR: '' }, true, true],
    [undefined, { FORCE_COLOR: '1' }, false, true],
    [undefined, { FORCE_COLOR: '' }, false, true],
    [undefined, { FORCE_COLOR: '0' }, true, false],
    [undefined, { FORCE_COLOR: 'false' }, true, false],
    [undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [true, { NO_COLOR: '1' }, false, true],
    [true, { FORCE_COLOR: '0' }, false, true],
    [false, { FORCE_COLOR: '1' }, true, false],
  ];
  for (const [color, env, isTerminal, expected] of rows) {
    it(`is ${expected} for flag ${color}, ${JSON.stringify(env)}, terminal ${isTerminal}`, () => {
      expect(wantsColor({ color }, (name) => env[name], isTerminal)).to.equal(expected);
    });
  }
});

describe('width', () => {
  it('follows the terminal between 40 and 120 and does not wrap elsewhere', () => {
    expect([20, 80, 500].map((columns) => textWidth(columns, true))).to.deep.equal([40, 80, 120]);
    expect(textWidth(80, false)).to.equal(Infinity);
  });
});
