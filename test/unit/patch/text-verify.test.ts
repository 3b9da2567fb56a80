/** What stands between a wrong edit and the output: the ways in which a result is refused. */
import { expect } from 'chai';
import { UserError } from '../../../src/diagnostics.ts';
import { editDocument } from '../../../src/patch/edit-text.ts';
import { withResults } from '../../../src/patch/krm.ts';
import { buildTree } from '../../../src/patch/text/build.ts';
import { applySplices, type Splice } from '../../../src/patch/text/lines.ts';
import { scalarText } from '../../../src/patch/text/scalar.ts';
import { eventsOf, valueOf } from '../../../src/patch/text/reading.ts';
import { says, saysFolded } from '../../../src/patch/text/verify.ts';
import { SCALAR_STYLE } from '../../../src/yaml/js-yaml.ts';
import { set } from './text-rows.ts';

const ORIGIN = { file: 'm.yaml', line: 1, column: 1 };

describe('a changed text', () => {
  const BLOCK = 'a:\n  b: |\n    x\nc: 1\n';
  const KEPT = 'a:\n  b: |+\n    x\nc: 1\n';
  const insert = (text: string, before: string, added: string): Splice[] => {
    const at = text.indexOf(before);
    return [{ start: at, end: at, text: added }];
  };
  const harmful: [string, string, Splice[]][] = [
    ['a comment that a block scalar takes in', BLOCK, insert(BLOCK, 'c:', '    # n\n')],
    ['a blank line that a block scalar keeps', KEPT, insert(KEPT, 'c:', '\n')],
    ['a line that is moved to the right', BLOCK, insert(BLOCK, 'a:', '  ')],
    ['a key in the way of the lines behind it', BLOCK, insert(BLOCK, '  b:', 'd:\n')],
  ];
  for (const [name, text, splices] of harmful) {
    it(`is not taken for the old one with ${name}`, () => {
      const events = eventsOf(text, ORIGIN);
      const tree = buildTree(text, events);
      const value = valueOf(text, events, ORIGIN);
      if (tree === undefined) throw new Error('No tree.');
      const read = { plain: text, original: text, added: false, tree, value };
      expect(says(applySplices(text, splices) ?? '', value), 'the whole').to.equal(false);
      expect(saysFolded(read, splices, value), 'folded').to.equal(false);
      expect(saysFolded(read, [], value), 'untouched').to.equal(true);
    });
  }

  it('is read as a whole where the caller only says what stood there', () => {
    const text = 'a:\n  x:\n    y: 1\nb: 2\n';
    const wrong = { a: { x: { y: 9 } }, b: 2 };
    expect(() => editDocument(text, [set('b', 3)], { file: 'm.yaml', value: wrong })).to.throw(
      UserError,
      'b could not be changed',
    );
  });

  it('is none where two changes overlap', () => {
    const change = (start: number, end: number): Splice => ({ start, end, text: 'x' });
    expect(applySplices('abcdef', [change(0, 3), change(2, 4)])).to.equal(undefined);
    expect(applySplices('abcdef', [change(3, 4), change(0, 3)])).to.equal('xxef');
  });

  it('keeps single quotes only for text that needs no escape', () => {
    const quoted = (value: string): string => scalarText(value, false, SCALAR_STYLE.SINGLE_QUOTED);
    expect([quoted("it's"), quoted('a\tb'), quoted('\u2028')]).to.deep.equal([
      "'it''s'",
      '"a\\tb"',
      '"\\u2028"',
    ]);
  });

  it('is the old one when a function has nothing to say', () => {
    const list = 'kind: ResourceList\nitems: []\n';
    expect(withResults(list, [], 'm.yaml')).to.equal(list);
    expect(withResults(list, [{ message: 'x', severity: 'info' }], 'm.yaml')).to.contain(
      'results:',
    );
  });
});
