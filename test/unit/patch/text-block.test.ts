import { expect } from 'chai';
import { editDocument } from '../../../src/patch/edit-text.ts';
import { checkRows, remove, set, type Row } from './text-rows.ts';

const scalars: Row[] = [
  ['keeps the comment', 'a: 1 # why\nb: 2\n', [set('a', true)], 'a: true # why\nb: 2\n'],
  ['keeps spaces around', 'a:   1   \n', [set('a', 2)], 'a:   2   \n'],
  ['keeps double quotes', 'a: "x" # q\n', [set('a', 'spc_t')], 'a: "spc_t" # q\n'],
  ['keeps single quotes', "a: 'x'\n", [set('a', "it's")], "a: 'it''s'\n"],
  ['drops quotes for no string', 'a: "true"\n', [set('a', true)], 'a: true\n'],
  ['quotes what reads as a boolean', 'a: x\n', [set('a', 'no')], 'a: "no"\n'],
  ['quotes what reads as a number', 'a: x\n', [set('a', '0o17')], 'a: "0o17"\n'],
  ['quotes what YAML gives a meaning', 'a: x\n', [set('a', 's0: c1')], 'a: "s0: c1"\n'],
  ['escapes what is not printable', 'a: x\n', [set('a', 'x\u2028\n')], 'a: "x\\u2028\\n"\n'],
  ['on the next line', 'a:\n  x # c\nb: 1\n', [set('a', 'z')], 'a:\n  z # c\nb: 1\n'],
  ['of several lines', 'a: p\n  q # c\nb: 1\n', [set('a', 'z')], 'a: z # c\nb: 1\n'],
  ['a literal', 'a: |\n  x\n\n  y\n\nb: 1\n', [set('a', 'z')], 'a: z\n\nb: 1\n'],
  ['with a tag', 'a: !!str 5 # c\n', [set('a', 6)], 'a: 6 # c\n'],
  ['with an unused anchor', 'a: &x 5\n', [set('a', 6)], 'a: 6\n'],
  ['by a list', 'a: x # c\nb: 1\n', [set('a', ['z'])], 'a: # c\n  - z\nb: 1\n'],
  ['an equal value', 'a: "x"\nb: 0644\n', [set('a', 'x'), set('b', 420)], 'a: "x"\nb: 0644\n'],
  ['twice', 'a: 1\n', [set('a', 2), set('a', 3)], 'a: 3\n'],
  ['of a quoted key', '"a b": 1\n\'n\': 2\n', [set('a b', 3), set('n', 4)], '"a b": 3\n\'n\': 4\n'],
  ['of an explicit key', '? a # k\n: 1 # v\n', [set('a', 2)], '? a # k\n: 2 # v\n'],
  [
    'null by a word',
    'a:\nb: # c\nc: ~\n',
    [set('a', 1), set('b', 2), set('c', 3)],
    'a: 1\nb: 2 # c\nc: 3\n',
  ],
  ['an explicit key alone', '? a\nb: 1\n', [set('a', 2)], '? a\n: 2\nb: 1\n'],
];

const collections: Row[] = [
  [
    'a block list keeps its column',
    'a:\n  drop:\n  - X # x\n  - Y # y\n  add:\n    - Z\n',
    [set('a.drop', ['ALL']), set('a.add', ['P', 'Q'])],
    'a:\n  drop:\n  - ALL # y\n  add:\n    - P\n    - Q\n',
  ],
  ['a list in brackets stays in them', 'd: [X, Y] # c\n', [set('d', ['ALL'])], 'd: [ALL] # c\n'],
  ['and keeps its quotes', 'd: ["X"]\n', [set('d', ['ALL', 'B'])], 'd: ["ALL", "B"]\n'],
  ['and its padding', 'd: [ X ]\n', [set('d', ['ALL'])], 'd: [ ALL ]\n'],
  [
    'an anchor goes with its list',
    'd: &u # c\n  - X\ne: &v\n  - X\n',
    [set('d', []), set('e', ['ALL'])],
    'd: [] # c\ne:\n  - ALL\n',
  ],
  ['empty brackets become a block', 'd: [] # c\n', [set('d', ['ALL'])], 'd: # c\n  - ALL\n'],
  [
    'a block becomes empty',
    'd: # c\n  - X\n  # x\n  - Y\ne: 1\n',
    [set('d', [])],
    'd: [] # c\ne: 1\n',
  ],
  ['a block becomes a word', 'd:\n  x: 1\ne: 1\n', [set('d', 'w')], 'd: w\ne: 1\n'],
  [
    'a list becomes a map',
    'k:\n  z: 1\nd:\n- x\n',
    [set('d', { a: 1 })],
    'k:\n  z: 1\nd:\n  a: 1\n',
  ],
  [
    'lists in maps in lists',
    'a: 1\n',
    [set('b', [{ c: [1], d: {} }, [2], []])],
    'a: 1\nb:\n  - c:\n      - 1\n    d: {}\n  - - 2\n  - []\n',
  ],
  [
    'an item',
    'l:\n- x # c\n-\n- - y\n',
    [set('l.0', 'z'), set('l.1', 'w'), set('l.2', ['v'])],
    'l:\n- z # c\n- w\n- - v\n',
  ],
  [
    'an item becomes a map',
    'l:\n- null\n-\n- {}\n',
    [set('l.0.a', 1), set('l.1', { b: 2, c: 3 }), set('l.2.d', 4)],
    'l:\n- a: 1\n- b: 2\n  c: 3\n- d: 4\n',
  ],
];

const container = '  containers:\n  - name: x # n\n    image: y\n  - image: z\n    name: w\n';
const created: Row[] = [
  [
    'parents, at the end of each map, as the chart indents',
    `spec:\n${container}`,
    [
      set('spec.securityContext.seLinuxOptions.type', 'spc_t'),
      set('spec.containers.0.securityContext.capabilities.drop', ['ALL']),
      set('spec.containers.0.securityContext.privileged', false),
      set('spec.containers.1.securityContext.runAsNonRoot', true),
    ],
    'spec:\n  containers:\n  - name: x # n\n    image: y\n    securityContext:\n      capabilities:\n        drop:\n        - ALL\n      privileged: false\n  - image: z\n    name: w\n    securityContext:\n      runAsNonRoot: true\n  securityContext:\n    seLinuxOptions:\n      type: spc_t\n',
  ],
  [
    'four spaces',
    'spec:\n    containers:\n        - name: x\n          env:\n              a: 1\n',
    [set('spec.containers.0.securityContext.capabilities.drop', ['ALL'])],
    'spec:\n    containers:\n        - name: x\n          env:\n              a: 1\n          securityContext:\n              capabilities:\n                  drop:\n                      - ALL\n',
  ],
  [
    'as the nearest example does, not the first of the document',
    'spec:\n    x:\n    - env:\n       a: 1\n      v: {}\n    z:\n        a:\n          - 1\n',
    [set('spec.x.0.v.a.b', ['c']), set('spec.w.a', ['c'])],
    'spec:\n    x:\n    - env:\n       a: 1\n      v:\n       a:\n        b:\n        - c\n    z:\n        a:\n          - 1\n    w:\n        a:\n        - c\n',
  ],
  [
    'in a null',
    's: # c\n    # old: 1\nx: 1\n',
    [set('s.a', 1)],
    's: # c\n  a: 1\n    # old: 1\nx: 1\n',
  ],
  [
    'in ~ and null',
    's: ~ # c\nt: null\n',
    [set('s.a', 1), set('t.b', 2)],
    's: # c\n  a: 1\nt:\n  b: 2\n',
  ],
  [
    'in empty brackets',
    's: {}   # c\nx: 1\n',
    [set('s.a.b', 1)],
    's:   # c\n  a:\n    b: 1\nx: 1\n',
  ],
  ['in a tagged null', 's: !!null # c\n', [set('s.a', 1)], 's: # c\n  a: 1\n'],
  ['in a tagged map', 's: !!map\n  a: 1\n', [set('s.b', 1)], 's: !!map\n  a: 1\n  b: 1\n'],
  [
    'in an explicit key',
    '? s\n: a: 1\n? t\n',
    [set('s.b', 1), set('t.c', 2)],
    '? s\n: a: 1\n  b: 1\n? t\n:\n  c: 2\n',
  ],
  [
    'before blank lines and comments',
    's:\n  a: 1 # a\n\n# next\nt: 1\n',
    [set('s.b', 1)],
    's:\n  a: 1 # a\n  b: 1\n\n# next\nt: 1\n',
  ],
  [
    'behind a literal',
    's:\n  a: |\n    x\n\n     \nt: 1\n',
    [set('s.b', 1)],
    's:\n  a: |\n    x\n\n     \n  b: 1\nt: 1\n',
  ],
  [
    'behind a literal with blank lines',
    's:\n  a: |\n    x\n\nt: 1\n',
    [set('s.b', 1)],
    's:\n  a: |\n    x\n  b: 1\n\nt: 1\n',
  ],
  [
    'behind one that keeps them',
    's:\n  a: |+\n    x\n\nt: 1\n',
    [set('s.b', 1)],
    's:\n  a: |+\n    x\n\n  b: 1\nt: 1\n',
  ],
  [
    'before the end mark',
    '--- # d\na: 1\n...\n# tail\n',
    [set('b', 1)],
    '--- # d\na: 1\nb: 1\n...\n# tail\n',
  ],
  ['behind a key without value', 's:\n  a:\n', [set('s.b', 1)], 's:\n  a:\n  b: 1\n'],
  [
    'keys that need quotes',
    'a: 1\n',
    [{ path: ['x y', 'on'], op: 'set', value: 1 }],
    'a: 1\n"x y":\n  "on": 1\n',
  ],
  [
    'in a List',
    'kind: List\nitems:\n- kind: Pod\n  spec: {}\n- kind: Pod\n',
    [set('items.0.spec.a', 1), set('items.1.spec.a', 1)],
    'kind: List\nitems:\n- kind: Pod\n  spec:\n    a: 1\n- kind: Pod\n  spec:\n    a: 1\n',
  ],
];

const removed: Row[] = [
  [
    'a line with its comment',
    'a:\n  # above\n  b: 1 # own\n  # below\n  c: 2\n',
    [remove('a.b')],
    'a:\n  # above\n  # below\n  c: 2\n',
  ],
  ['a block', 'a:\n  b:\n    # in\n    - 1\n  c: 2\n', [remove('a.b')], 'a:\n  c: 2\n'],
  ['the last key', 'a: # c\n  b: 1 # own\nd: 1\n', [remove('a.b')], 'a: {} # c\nd: 1\n'],
  ['all keys', 'a:\n  b: 1\n  c: 1\nd: 1\n', [remove('a.b'), remove('a.c')], 'a: {}\nd: 1\n'],
  [
    'all keys, one added',
    'a:\n  b: 1\n  c: 1\nd: 1\n',
    [remove('a.b'), remove('a.c'), set('a.e', 2)],
    'a:\n  e: 2\nd: 1\n',
  ],
  [
    'the last but with an added one',
    'a:\n  b: 1\n  c: 1\nd: 1\n',
    [remove('a.c'), set('a.e', 2)],
    'a:\n  b: 1\n  e: 2\nd: 1\n',
  ],
  ['the key behind a dash', '- a: 1 # a\n  b: 2\n', [remove('0.a')], '- b: 2\n'],
  [
    'that key with a comment below it',
    '- a: 1 # a\n  # b\n  b: 2\n',
    [remove('0.a')],
    '-\n  # b\n  b: 2\n',
  ],
  ['two of them', '- a: 1\n  b: 2\n  c: 3\n', [remove('0.a'), remove('0.b')], '- c: 3\n'],
  ['a literal', 'a: |\n  x\n\nb: 1\n', [remove('a')], '\nb: 1\n'],
  ['an explicit key', '? a\n: 1\nb: 2\n', [remove('a')], 'b: 2\n'],
  [
    'what is not there',
    'a: {}\nb:\n',
    [remove('a.x'), remove('b.c.d'), remove('e')],
    'a: {}\nb:\n',
  ],
  ['and set again', 'a: 1\n', [remove('a'), set('a.b', 2)], 'a:\n  b: 2\n'],
  ['everything', '# top\na: 1\n', [remove('a')], '# top\n{}\n'],
];

const lineEnds: Row[] = [
  [
    'CRLF',
    'a:\r\n  b: x\r\n  c: 1\r\n',
    [set('a.b', 'w'), set('a.d.e', 1), remove('a.c')],
    'a:\r\n  b: w\r\n  d:\r\n    e: 1\r\n',
  ],
  [
    'mixed: that of the line before',
    'a:\r\n  b: 1\r\nc:\n  d: 1\n',
    [set('a.x', 1), set('c.x', 1)],
    'a:\r\n  b: 1\r\n  x: 1\r\nc:\n  d: 1\n  x: 1\n',
  ],
  ['mixed: a removed line takes its own', 'a: 1\r\nb: 2\n', [remove('a')], 'b: 2\n'],
  ['no line end at the end', 'a: 1\nb: 2', [set('c', 3)], 'a: 1\nb: 2\nc: 3'],
  ['none, CRLF, last line removed', 'a: 1\r\nb: 2', [remove('b')], 'a: 1'],
  [
    'none, last line removed, others added',
    'a: {}\nb: 2',
    [remove('b'), set('a.c', 1), set('d', 3)],
    'a:\n  c: 1\nd: 3',
  ],
  ['none, one line', 'a: {}', [set('a.b', 1)], 'a:\n  b: 1'],
  ['a byte order mark', '\ufeffa: 1\nb: 2\n', [remove('a'), set('c', 1)], '\ufeffb: 2\nc: 1\n'],
  [
    'a byte order mark before indentation of 0',
    '\ufeffa: 1\n',
    [set('a', 2), set('b.c', 1)],
    '\ufeffa: 2\nb:\n  c: 1\n',
  ],
  [
    'line breaks that only kubectl sees',
    'a: 1\u2028b: 2 # c\u0085',
    [set('a', 3), set('c', 1)],
    'a: 3\u2028b: 2 # c\u0085c: 1\n',
  ],
  ['lone carriage returns', 'a: 1\rb: {}\r', [set('b.c', 1)], 'a: 1\rb:\r  c: 1\r'],
];

describe('patch/edit-text, lines of their own', () => {
  describe('a scalar', () => {
    checkRows(scalars);
  });
  describe('a collection', () => {
    checkRows(collections);
  });
  describe('creates', () => {
    checkRows(created);
  });
  describe('removes', () => {
    checkRows(removed);
  });
  describe('line ends', () => {
    checkRows(lineEnds);
  });

  it('gives the same string for no edits, parsed or not', () => {
    expect(editDocument('a: [ # no YAML', [], { file: 'm.yaml' })).to.equal('a: [ # no YAML');
  });

  it('does not read the text where the value is known and right', () => {
    const options = { file: 'm.yaml', value: { a: 1 } };
    expect(editDocument('{{ a }}: 1', [set('a', 1)], options)).to.equal('{{ a }}: 1');
  });
});
