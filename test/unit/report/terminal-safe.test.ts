import { expect } from 'chai';
import fc from 'fast-check';
import { editDistance, nearestName } from '../../../src/text/nearest-name.ts';
import { jsonSafe, terminalSafe, terminalSafeLines } from '../../../src/text/terminal-safe.ts';

const ACTIVE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]/;

describe('text for a terminal', () => {
  const rows: [string, string][] = [
    ['plain ä€😀 text', 'plain ä€😀 text'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['\x9b2J', '\\x9b2J'],
    ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
    ['\u202ecod.exe\u202c', '\\u202ecod.exe\\u202c'],
    ['\u2066a\u2069', '\\u2066a\\u2069'],
    ['\ufeffa\u200bb\u2028c\x85', '\\ufeffa\\u200bb\\u2028c\\x85'],
    ['\ud83da\ude00', '\\ud83da\\ude00'],
    ['a\u{e0041}', 'a\\u{e0041}'],
    ['\0\x7f', '\\x00\\x7f'],
  ];
  for (const [text, expected] of rows) {
    it(`shows ${JSON.stringify(text)} as ${expected}`, () => {
      expect(terminalSafe(text)).to.equal(expected);
    });
  }

  it('keeps lines and tabs where lines are meant', () => {
    expect(terminalSafeLines('a\tb\nc\r\x1b')).to.equal('a\tb\nc\\x0d\\x1b');
  });

  it('leaves nothing active, changes nothing twice, and keeps the value of JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(0xffff)), (text, units) => {
        const any = text + String.fromCharCode(...units);
        const safe = terminalSafe(any);
        expect(safe).to.not.match(ACTIVE);
        expect(safe).to.not.match(/[\t\n]/);
        expect(terminalSafe(safe)).to.equal(safe);
        const json = jsonSafe(JSON.stringify({ [any]: any }));
        expect(json).to.not.match(ACTIVE);
        expect(JSON.parse(json)).to.deep.equal({ [any]: any });
      }),
    );
  });
});

describe('the nearest name', () => {
  it('counts inserted, deleted, replaced and swapped characters', () => {
    const rows: [string, string, number][] = [
      ['', '', 0],
      ['abc', 'abc', 0],
      ['abc', 'abcd', 1],
      ['abc', 'bc', 1],
      ['abc', 'axc', 1],
      ['abcd', 'acbd', 1],
      ['kitten', 'sitting', 3],
      ['abc', 'xyzuvw', 4],
    ];
    expect(rows.map(([from, to]) => editDistance(from, to, 3))).to.deep.equal(
      rows.map(([, , count]) => count),
    );
  });

  it('takes the nearest, within two edits, one for short words', () => {
    const names = ['json', 'text', 'csv', 'markdown'];
    expect(
      ['jsn', 'TEXT', 'markdwon', 'cvs', 'xyz', 'cs', 'mrkdwwnx'].map((word) =>
        nearestName(word, names),
      ),
    ).to.deep.equal(['json', 'text', 'markdown', 'csv', undefined, 'csv', undefined]);
  });
});
