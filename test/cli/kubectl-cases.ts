/** Texts that readers of YAML and JSON take for different things. */

import { configMap, jsonPod, pod, type Case } from './kubectl-case.ts';

const SCALARS = [
  ...['yes', 'no', 'on', 'off', 'y', 'n', 'Yes', 'ON', 'oFF', 'true', 'TRUE', 'tRue', 'False'],
  ...[
    '0644',
    '0o17',
    '0o8',
    '08',
    '0_7',
    '1_000',
    '0x1F',
    '0X1f',
    '0b101',
    '-0b11',
    '+12',
    '-0x1f',
  ],
  ...[
    '1e3',
    '1.5',
    '1.',
    '.5',
    '.5_0',
    '1_0.5',
    '+.5',
    '-1.5e-3',
    '1e400',
    '0x',
    '0b2',
    '1:30',
    '1:30:00',
  ],
  ...[
    '2026-10-01',
    '2026-10-01T00:00:00Z',
    '~',
    'null',
    'Null',
    '""',
    "'yes'",
    '"0644"',
    '=',
    '<<',
  ],
  ...[
    '18446744073709551615',
    '99999999999999999999',
    '0777777777777777777777777',
    '1__0',
    '_1',
    '12e',
    '.e1',
  ],
  ...[
    '!!str 0644',
    '!!int "0644"',
    '!!float 3',
    '!!bool "yes"',
    '! 12',
    '"\\u2028"',
    'a:b',
    "'it''s'",
  ],
];

export const CASES: Case[] = [
  {
    title: 'scalars of every notation',
    text: pod(SCALARS.map((text, at) => `  k${at}: ${text}\n`).join('')),
  },
  {
    title: 'keys of every notation',
    text: pod('  on: 1\n  0o17: 2\n  1.50: 3\n  "no": 5\n  1e7: 6\n  ~x: 7\n'),
  },
  {
    title: 'a merge key after a key overrides it',
    text: pod('  a: 1\n  <<: {a: 2, b: 3}\n  b: 4\n'),
  },
  { title: 'a list of merges: the first wins', text: pod('  <<: [{a: 1, b: 1}, {b: 2, c: 2}]\n') },
  {
    title: 'a merge of an alias',
    text: pod('  x: &x {privileged: false}\n  s: {privileged: true, <<: *x}\n'),
  },
  {
    title: 'nested merges and aliases as keys',
    text: pod('  n: &n name\n  m: &m {<<: {q: 1}, r: 2}\n  *n : v\n  o: {<<: *m}\n'),
  },
  { title: 'a duplicate key: the last wins', text: pod('  a: 1\n  a: 2\n'), codes: ['DPS7006'] },
  {
    title: 'a duplicate key in another notation',
    text: pod('  true: 1\n  "true": 1\n'),
    codes: ['DPS7006'],
  },
  {
    title: 'a duplicate key in JSON',
    text: jsonPod('@', '{"hostPID":false,"hostPID":true}'),
    codes: ['DPS7006'],
  },
  {
    title: 'a duplicate key in JSON with spaces before the colon',
    text: jsonPod('@', '{"hostPID":false,"hostPID" : true}'),
    codes: ['DPS7006'],
  },
  { title: 'a duplicate kind', text: `${configMap}kind: Pod\n`, codes: ['DPS7006'] },
  {
    title: 'an anchor of another document',
    text: `${pod('  a: &a 1\n')}---\n${pod('  b: *a\n', '@2')}`,
    codes: ['DPS7001'],
  },
  {
    title: 'an alias bomb',
    text: pod(
      `  a: &a [${'x,'.repeat(9)}x]\n${'bcdefghi'
        .split('')
        .map(
          (c, at) =>
            `  ${c}: &${c} [${`*${'abcdefgh'.charAt(at)},`.repeat(9)}*${'abcdefgh'.charAt(at)}]\n`,
        )
        .join('')}`,
    ),
    codes: ['DPS7003'],
    refused: true,
  },
  {
    title: 'aliases within the limit',
    text: pod(`  a: &a [${'x,'.repeat(50)}x]\n  b: [${'*a,'.repeat(9)}*a]\n`),
  },
  {
    title: 'an anchor that contains itself',
    text: pod('  a: &a [*a]\n'),
    codes: ['DPS7003'],
    refused: true,
  },
  {
    title: 'concatenated JSON',
    text: `${jsonPod('@1')}${jsonPod('@2')}\n${jsonPod('@3')}`,
    codes: ['DPS7010', 'DPS7010'],
  },
  { title: 'JSON, a separator, JSON', text: `${jsonPod('@1')}\n---\n`, codes: ['DPS7010'] },
  {
    title: 'a List in YAML',
    text: `apiVersion: v1\nkind: List\nitems:\n- ${jsonPod('@1')}\n- {kind: Pod, apiVersion: v1, metadata: {name: "@2"}}\n`,
  },
  {
    title: 'a PodList whose items name no kind',
    text: 'apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: "@"}\n  spec: {a: 1}\n',
  },
  {
    title: 'kind behind items',
    text: `{"apiVersion":"v1","items":[${jsonPod('@1')}],"kind":"List"}`,
  },
  {
    title: 'kind in the wrong case',
    codes: ['DPS7012'],
    text: 'apiVersion: v1\nKind: Pod\nmetadata: {name: "@"}\n',
  },
  { title: 'a field in the wrong case', text: pod('  HostNetwork: true\n'), codes: ['DPS7012'] },
  {
    title: 'a kind with an escape',
    text: 'apiVersion: v1\n"k\\u0069nd": Pod\nmetadata: {name: "@"}\n',
  },
  { title: 'an explicit key', text: 'apiVersion: v1\n? kind\n: Pod\nmetadata: {name: "@"}\n' },
  {
    title: 'a tagged kind',
    text: 'apiVersion: v1\nkind: !foo Pod\nmetadata: {name: "@"}\n',
    codes: ['DPS7004'],
    refused: true,
  },
  {
    title: 'a colon without space in a flow mapping',
    text: pod('  a: {b:[1]}\n'),
    codes: ['DPS7001'],
    refused: true,
  },
  {
    title: 'a question mark without space in a flow mapping',
    text: pod('  a: {?hostPID: true}\n'),
    codes: ['DPS7001'],
    refused: true,
  },
  {
    title: 'a question mark without space outside of brackets',
    text: pod('  ?a: 1\n  b: ?c\n'),
  },
  {
    title: 'a tab before a bracket, behind a block scalar',
    text: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: |-\n    @\nspec:\t{hostPID: true, a: [\n1,\t2\n]}\n`,
  },
  {
    title: 'tabs before brackets in every place',
    text: pod('  a:\t{b: \t[c,\t"d\te"]}\n  f: &f\t{g:\th}\n  i: [\t*f\t]\n'),
  },
  ...['&k?hostPID: true', 'a: &k:b', 'a: &k.b c', '&k?a b: 1'].map((text) => ({
    title: `an anchor that kubectl ends earlier: ${text}`,
    text: pod(`  ${text}\n`),
    codes: ['DPS7001'],
    refused: true as const,
  })),
  {
    title: 'a tag that swallows a comma',
    text: pod('  a: {b: !!str,hostPID: true}\n'),
    codes: ['DPS7001'],
    refused: true,
  },
  { title: 'a null key', text: pod('  ~: 1\n'), codes: ['DPS7001'], refused: true },
  { title: 'a mapping as key', text: pod('  {a: 1}: 1\n'), codes: ['DPS7001'], refused: true },
  { title: 'a NUL', text: pod('  a: "\0"\n'), codes: ['DPS7005'], refused: true },
  { title: '__proto__', text: pod('  __proto__: {hostPID: true}\n  a: {<<: {__proto__: 1}}\n') },
];
