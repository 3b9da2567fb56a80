import { expect } from 'chai';
import { UserError } from '../../../src/diagnostics.ts';
import { applyEdits, type ValueEdit } from '../../../src/patch/apply.ts';
import { remove, set } from './text-rows.ts';

const rows: [name: string, before: unknown, edits: ValueEdit[], after: unknown][] = [
  ['sets', { a: 1, b: 2 }, [set('a', 3)], { a: 3, b: 2 }],
  ['creates parents', {}, [set('a.b.c', 1)], { a: { b: { c: 1 } } }],
  ['creates parents in null and nothing', { a: null }, [set('a.b', 1)], { a: { b: 1 } }],
  ['creates a document', undefined, [set('a', 1)], { a: 1 }],
  ['removes', { a: 1, b: 2 }, [remove('a')], { b: 2 }],
  ['leaves an empty parent', { a: { b: 1 } }, [remove('a.b')], { a: {} }],
  ['removes nothing where nothing is', { a: null }, [remove('a.b'), remove('c.d')], { a: null }],
  ['changes an item', [{ a: 1 }, { a: 2 }], [set('1.a', 3), set('0', 'x')], ['x', { a: 3 }]],
  [
    'one after the other',
    { a: 1 },
    [remove('a'), set('a.b', 1), set('a.c', 2), remove('a.b')],
    { a: { c: 2 } },
  ],
  ['sets null for no value', {}, [{ path: ['a'], op: 'set' }], { a: null }],
];

describe('patch/apply', () => {
  for (const [name, before, edits, after] of rows) {
    it(name, () => {
      const copy = structuredClone(before);
      expect(applyEdits(before, edits)).to.deep.equal(after);
      expect(before).to.deep.equal(copy);
    });
  }

  it('keeps a key that names a prototype a key', () => {
    const result = applyEdits(JSON.parse('{"__proto__": {"a": 1}}'), [set('b', 2)]) as object;
    expect(Object.keys(result)).to.deep.equal(['__proto__', 'b']);
    expect(Object.getPrototypeOf(result)).to.equal(Object.prototype);
  });

  const refused: [string, unknown, ValueEdit, string][] = [
    ['a scalar in the way', { a: 5 }, set('a.b', 1), 'a is the number 5, not a mapping.'],
    [
      'a scalar as the document',
      true,
      set('a', 1),
      'The document is the boolean true, not a mapping.',
    ],
    ['a list in the way of a remove', { a: [1] }, remove('a.b'), 'a is a list, not a mapping.'],
    ['no list', {}, set('a.0', 1), 'a is absent, not a list.'],
    [
      'an item past the end',
      { a: [] },
      set('a.0.b', 1),
      'a[0] does not exist: the list has 0 items.',
    ],
    [
      'a removed item',
      { a: [1] },
      remove('a.0'),
      'a[0] is an item of a list, which is never removed.',
    ],
  ];
  for (const [name, value, edit, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => applyEdits(value, [edit])).to.throw(UserError, message);
    });
  }
});
