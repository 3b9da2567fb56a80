import { expect } from 'chai';
import { UserError } from '../../../src/diagnostics.ts';
import type { ValueEdit } from '../../../src/patch/apply.ts';
import { editDocument, editDocumentValue } from '../../../src/patch/edit-text.ts';
import { checkRows, remove, set, type Row } from './text-rows.ts';

const S = 'securityContext';
const two = `- ${S}: &s # own\n    p: true\n    c: {d: 1}\n- ${S}: *s # too\n- other: *s\n`;
const merged = `- ${S}: &s\n    p: true\n    c: {d: 1}\n- ${S}:\n    <<: *s\n    q: 1\n`;

const expanded: Row[] = [
  [
    'an alias that is edited',
    two,
    [set(`1.${S}.p`, false)],
    `- ${S}: &s # own\n    p: true\n    c: {d: 1}\n- ${S}: # too\n    p: false\n    c:\n      d: 1\n- other: *s\n`,
  ],
  [
    'the alias of an anchor in which something is edited',
    `a:\n  ${S}: &s {p: 1}\nb:\n  ${S}: *s\n`,
    [set(`a.${S}.p`, 2)],
    `a:\n  ${S}: &s {p: 2}\nb:\n  ${S}:\n    p: 1\n`,
  ],
  [
    'an alias when its anchor is removed',
    `a:\n  ${S}: &s {p: 1}\n  b: 1\nb:\n  ${S}: *s\n`,
    [remove(`a.${S}`)],
    `a:\n  b: 1\nb:\n  ${S}:\n    p: 1\n`,
  ],
  [
    'nothing where both are edited alike',
    `a:\n  ${S}: &s {p: 1}\nb:\n  ${S}: *s\n`,
    [set(`a.${S}.p`, 2), set(`b.${S}.p`, 2)],
    `a:\n  ${S}: &s {p: 2}\nb:\n  ${S}:\n    p: 2\n`,
  ],
  [
    'scalars',
    'a: &x true\nb: *x # b\nc: [*x]\n',
    [set('a', false)],
    'a: false\nb: true # b\nc: [true]\n',
  ],
  [
    'an alias for a scalar',
    'a: &x true\nb: *x # b\n',
    [set('b', false)],
    'a: &x true\nb: false # b\n',
  ],
  ['a list of scalars', 'a: &x [X]\nb: *x\n', [set('a', ['ALL'])], 'a: [ALL]\nb:\n  - X\n'],
  [
    'nothing for a shared part beside',
    'a: &x {b: 1}\nc:\n  d: *x\n  e: 1\n',
    [set('c.e', 2)],
    'a: &x {b: 1}\nc:\n  d: *x\n  e: 2\n',
  ],
  [
    'the later of two anchors of a name',
    'a: &x 1\nb: *x\nc: &x 2\nd: *x\n',
    [set('c', 3)],
    'a: &x 1\nb: *x\nc: 3\nd: 2\n',
  ],
];

const merges: Row[] = [
  ['set over a merged key', merged, [set(`1.${S}.p`, false)], `${merged}    p: false\n`],
  [
    'set inside a merged map',
    merged,
    [set(`1.${S}.c.e`, 2)],
    `${merged}    c:\n      d: 1\n      e: 2\n`,
  ],
  [
    'remove a merged key',
    merged,
    [remove(`1.${S}.p`)],
    `- ${S}: &s\n    p: true\n    c: {d: 1}\n- ${S}:\n    q: 1\n    c:\n      d: 1\n`,
  ],
  [
    'edit what is merged elsewhere',
    merged,
    [set(`0.${S}.p`, false)],
    `- ${S}: &s\n    p: false\n    c: {d: 1}\n- ${S}:\n    q: 1\n    p: true\n    c:\n      d: 1\n`,
  ],
  [
    'a merged securityContext is written out',
    `x: &d {${S}: {p: 1, q: 2}, image: i}\nb:\n  <<: *d\n  y: 1\n`,
    [set(`b.${S}.p`, false)],
    `x: &d {${S}: {p: 1, q: 2}, image: i}\nb:\n  <<: *d\n  y: 1\n  ${S}:\n    p: false\n    q: 2\n`,
  ],
  [
    'a list of merges',
    `a: &a {p: 1}\nb: &b {q: 2}\n${S}: {<<: [*a, *b], r: 3}\n`,
    [remove(`${S}.q`)],
    `a: &a {p: 1}\nb: &b {q: 2}\n${S}: {r: 3, p: 1}\n`,
  ],
];

/** What an edit ends with: code, line, column, message. The text begins in line 10. */
function refusal(text: string, edits: ValueEdit[]): unknown[] {
  try {
    return [editDocument(text, edits, { file: 'm.yaml', firstLine: 10 })];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.diagnostics.flatMap(({ code, location, message, frame }) => {
      expect(frame).to.include(` ${location?.line} |`);
      return [code, location?.line, location?.column, message];
    });
  }
}

const refused: [string, string, ValueEdit[], [string, number, number, string]][] = [
  [
    'a map that is repeated',
    'a: &x\n  p: 1\nb: *x\n',
    [set('a.p', 2)],
    ['DPS5001', 12, 4, 'b repeats "&x", in which something must be changed here only.'],
  ],
  [
    'an alias for a map',
    'a: &x\n  p: 1\nb: *x\n',
    [set('b.p', 2)],
    ['DPS5001', 12, 4, 'b must be changed, but an alias shares it with another place.'],
  ],
  [
    'a merged container',
    '- &x\n  image: 1\n- <<: *x\n',
    [set('0.image', 2)],
    ['DPS5001', 12, 7, '[1] repeats "&x", in which something must be changed here only.'],
  ],
  [
    'a key out of a merged container',
    '- &x\n  image: 1\n- <<: *x\n',
    [remove('1.image')],
    ['DPS5001', 12, 3, '[1] must be changed, but a merge key shares it with another place.'],
  ],
  [
    'an inherited map',
    'a: &x {env: {b: 1}}\nc:\n  <<: *x\n',
    [set('c.env.b', 2)],
    ['DPS5001', 12, 3, 'c.env must be changed, but a merge key shares it with another place.'],
  ],
  [
    'digits that would be lost',
    'a: &x 12345678901234567890\nb: *x\n',
    [set('a', 1)],
    ['DPS5001', 11, 4, 'b repeats "&x", in which something must be changed here only.'],
  ],
  [
    'an anchor used as a key',
    'a: &x k\n*x : 1\n',
    [set('a', 'l')],
    ['DPS5001', 11, 1, 'Another place repeats "&x", in which something must be changed here only.'],
  ],
  [
    'a duplicate at the place',
    'a: 1\nb: 1\na: 2\n',
    [set('a', 3)],
    ['DPS5002', 12, 1, 'a is given twice, and a must be changed.'],
  ],
  [
    'a duplicate on the way',
    'a: {b: 1}\n"a": {b: 1}\n',
    [set('a.c', 3)],
    ['DPS5002', 11, 1, 'a is given twice, and a.c must be changed.'],
  ],
  [
    'a duplicate inside',
    'a:\n- {b: 1, b: 2}\n',
    [set('a', [])],
    ['DPS5002', 11, 10, 'a[0].b is given twice, and a must be changed.'],
  ],
  [
    'a duplicate where parents end',
    'a:\n  b: 1\n  b:\n',
    [set('a.b.c', 1)],
    ['DPS5002', 12, 3, 'a.b is given twice, and a.b.c must be changed.'],
  ],
  [
    'a pair in a list',
    'l: [a: b]\n',
    [set('l.0.c', 1)],
    ['DPS5003', 10, 5, 'l[0].c could not be changed in the text without changing something else.'],
  ],
  [
    'a merge key behind the key it beats',
    `a: &x {p: 1}\n${S}:\n  p: 2\n  <<: *x\n`,
    [set(`${S}.p`, 3)],
    ['DPS5003', 12, 3, `${S}.p could not be changed in the text without changing something else.`],
  ],
  [
    'an empty document',
    '# nothing\n',
    [set('a', 1)],
    ['DPS5003', 10, 1, 'a could not be changed in the text without changing something else.'],
  ],
  [
    'a word in the way',
    'a:\n  b: w\n',
    [set('a.b.c', 1)],
    ['DPS5004', 11, 3, 'a.b is the string "w", not a mapping.'],
  ],
  [
    'a list in the way',
    'a: []\n',
    [set('a.b', 1)],
    ['DPS5004', 10, 1, 'a is a list, not a mapping.'],
  ],
  [
    'an item that is not there',
    'a: [1]\n',
    [set('a.1', 1)],
    ['DPS5004', 10, 1, 'a[1] does not exist: the list has 1 items.'],
  ],
  [
    'a removed item',
    'a: [1]\n',
    [remove('a.0')],
    ['DPS5004', 10, 5, 'a[0] is an item of a list, which is never removed.'],
  ],
  [
    'a map in the place of a list',
    'a: {}\n',
    [set('a.0.b', 1)],
    ['DPS5004', 10, 1, 'a is a mapping, not a list.'],
  ],
  [
    'no YAML',
    'a: [\n',
    [set('b', 1)],
    [
      'DPS7001',
      11,
      1,
      'The text is not valid YAML: unexpected end of the stream within a flow collection.',
    ],
  ],
];

describe('patch/edit-text, anchors', () => {
  describe('writes out', () => {
    checkRows(expanded);
  });
  describe('merge keys', () => {
    checkRows(merges);
  });
  describe('refuses, with the place', () => {
    for (const [name, text, edits, expected] of refused) {
      it(name, () => {
        expect(refusal(text, edits)).to.deep.equal(expected);
      });
    }

    it('a value that is not what the text says', () => {
      expect(() =>
        editDocument('a: 1\nb: 2\n', [set('a', 3)], { file: 'm', value: { a: 1 } }),
      ).to.throw(UserError, 'a could not be changed');
    });
  });

  it('leaves duplicates alone that no edit touches', () => {
    expect(
      editDocument('a: 1\na: 2\nb: {c: 1, c: 2}\nd: 1\n', [set('d', 2), set('a', 2)], {
        file: 'm',
      }),
    ).to.equal('a: 1\na: 2\nb: {c: 1, c: 2}\nd: 2\n');
  });

  it('gives the value with the text', () => {
    expect(editDocumentValue('a: 1\n', [set('b', 2)], { file: 'm' })).to.deep.equal({
      text: 'a: 1\nb: 2\n',
      value: { a: 1, b: 2 },
    });
  });
});
