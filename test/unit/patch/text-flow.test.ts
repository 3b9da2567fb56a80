import { expect } from 'chai';
import { editDocument } from '../../../src/patch/edit-text.ts';
import { checkRows, remove, set, type Row } from './text-rows.ts';

const braces: Row[] = [
  ['adds an entry', 'a: {b: 1} # c\n', [set('a.c', 2)], 'a: {b: 1, c: 2} # c\n'],
  ['keeps the padding', 'a: { b: 1 }\n', [set('a.c.d', [1])], 'a: { b: 1, c: { d: [ 1 ] } }\n'],
  ['keeps the gaps', 'a: {"b":1,"c":2}\n', [set('a.d', 'x')], 'a: {"b":1,"c":2,"d":"x"}\n'],
  ['before a comma at the end', 'a: {b: 1,}\n', [set('a.c', 2)], 'a: {b: 1, c: 2,}\n'],
  [
    'changes values',
    'a: {b: 1, c: "x", d: [p]}\n',
    [set('a.b', 2), set('a.c', 'z'), set('a.d', ['q', 'r'])],
    'a: {b: 2, c: "z", d: [q, r]}\n',
  ],
  [
    'gives null a value',
    'a: {b, c: , d: ~}\n',
    [set('a.b', 1), set('a.c', 2), set('a.d.e', 3)],
    'a: {b: 1, c: 2 , d: {e: 3}}\n',
  ],
  [
    'fills an empty one',
    'a: {b: {}, c: []}\n',
    [set('a.b.x', 1), set('a.c', ['p'])],
    'a: {b: {x: 1}, c: [p]}\n',
  ],
  ['removes the first', 'a: {b: 1, c: 2}\n', [remove('a.b')], 'a: {c: 2}\n'],
  ['removes the last', 'a: {b: 1, c: 2 }\n', [remove('a.c')], 'a: {b: 1 }\n'],
  ['removes the one in between', 'a: {b: 1, c: 2, d: 3}\n', [remove('a.c')], 'a: {b: 1, d: 3}\n'],
  ['removes two', 'a: {b: 1, c: 2, d: 3}\n', [remove('a.c'), remove('a.d')], 'a: {b: 1}\n'],
  ['removes all', 'a: {b: 1, c: 2}\n', [remove('a.b'), remove('a.c')], 'a: {}\n'],
  ['removes and adds', 'a: {b: 1, c: 2}\n', [remove('a.c'), set('a.d', 3)], 'a: {b: 1, d: 3}\n'],
  ['removes all and adds', 'a: {b: 1}\n', [remove('a.b'), set('a.d', 3)], 'a: {d: 3}\n'],
  ['the last key in a block', 'a:\n  b: {c: 1}\n', [remove('a.b.c')], 'a:\n  b: {}\n'],
  [
    'an item',
    'l: [{a: 1}, x, {}]\n',
    [set('l.0.b', 2), set('l.1', 'z'), set('l.2.c', 3)],
    'l: [{a: 1, b: 2}, z, {c: 3}]\n',
  ],
];

const lines: Row[] = [
  [
    'adds a line, the comma before the comment',
    'm: {\n  a: 1, # one\n  b: 2 # two\n  }\n',
    [set('m.c', 3)],
    'm: {\n  a: 1, # one\n  b: 2, # two\n  c: 3\n  }\n',
  ],
  [
    'adds a line behind a comma',
    'm: {\n    a: 1, # one\n  }\n',
    [set('m.c.d', 3)],
    'm: {\n    a: 1, # one\n    c: {\n      d: 3\n    },\n  }\n',
  ],
  [
    'removes a line',
    'm: {\n  a: 1, # one\n  # b\n  b: 2 # two\n  }\n',
    [remove('m.a')],
    'm: {\n  # b\n  b: 2 # two\n  }\n',
  ],
  [
    'removes the last line',
    'm: {\n  a: 1, # one\n  # b\n  b: 2 # two\n  }\n',
    [remove('m.b')],
    'm: {\n  a: 1 # one\n  # b\n  }\n',
  ],
  [
    'removes the last, adds one',
    'm: {\n  a: 1, # one\n  b: 2\n  }\n',
    [remove('m.b'), set('m.c', 3)],
    'm: {\n  a: 1, # one\n  c: 3\n  }\n',
  ],
  [
    'several lines, the bracket behind the last',
    'm: {a: 1,\n  b: 2}\n',
    [set('m.c', 3)],
    'm: {a: 1,\n  b: 2, c: 3}\n',
  ],
  ['a list of several lines', 'm: [X,\n  Y]\n', [set('m', ['ALL'])], 'm: [ALL]\n'],
];

const json: Row[] = [
  [
    'compact',
    '{"a":{"b":1},"c":[]}',
    [set('a.d.e', ['x']), set('c', ['p', 'q'])],
    '{"a":{"b":1,"d":{"e":["x"]}},"c":["p","q"]}',
  ],
  [
    'compact with spaces',
    '{"a": {"b": 1}, "c": 2}',
    [set('a.d', 'x')],
    '{"a": {"b": 1, "d": "x"}, "c": 2}',
  ],
  ['an empty document', '{}', [set('a.b', 'x')], '{"a": {"b": "x"}}'],
  [
    'indented',
    '{\n  "a": {\n    "b": 1\n  },\n  "c": {},\n  "d": ["X"],\n  "e": [\n    "X"\n  ]\n}\n',
    [set('a.x.y', ['z']), set('c.p', true), set('d', ['A', 'B']), set('e', ['A', 'B'])],
    '{\n  "a": {\n    "b": 1,\n    "x": {\n      "y": [\n        "z"\n      ]\n    }\n  },\n  "c": {\n    "p": true\n  },\n  "d": ["A", "B"],\n  "e": [\n    "A",\n    "B"\n  ]\n}\n',
  ],
  [
    'tabs',
    '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
    [set('a.c', 2), set('d.e', 3)],
    '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": 2\n\t},\n\t"d": {\n\t\t"e": 3\n\t}\n}',
  ],
  [
    'CRLF',
    '{\r\n  "a": 1\r\n}\r\n',
    [set('b.c', null)],
    '{\r\n  "a": 1,\r\n  "b": {\r\n    "c": null\r\n  }\r\n}\r\n',
  ],
  ['removes', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', [remove('a'), remove('c')], '{\n  "b": 2\n}'],
  ['the last key', '{"a":{"b":1}}', [remove('a.b')], '{"a":{}}'],
  [
    'changes values',
    '{"a": "x", "b": true}',
    [set('a', 'no "q"'), set('b', 'true')],
    '{"a": "no \\"q\\"", "b": "true"}',
  ],
];

describe('patch/edit-text, in brackets', () => {
  describe('on one line', () => {
    checkRows(braces);
  });
  describe('an entry a line', () => {
    checkRows(lines);
  });
  describe('JSON', () => {
    checkRows(json);
    it('stays JSON', () => {
      for (const [, before, edits] of json) {
        const text = editDocument(before, edits, { file: 'm.json' });
        expect(() => JSON.parse(text) as unknown).to.not.throw();
      }
    });
  });
});
