/** Line breaks, marks and separators that readers take for different things. */
import { configMap, pod, type Case } from './kubectl-case.ts';

export const LINE_CASES: Case[] = [
  {
    title: 'U+2028 ends a comment',
    text: '# x\u2028kind: Pod\napiVersion: v1\nmetadata: {name: "@"}\n',
    codes: ['DPS7007'],
  },
  {
    title: 'U+2029 ends a comment',
    text: `${configMap}# x\u2029spec: {hostPID: true}\n`,
    codes: ['DPS7007'],
  },
  {
    title: 'U+0085 ends a comment',
    text: '# x\u0085kind: Pod\napiVersion: v1\nmetadata: {name: "@"}\n',
    codes: ['DPS7007'],
  },
  {
    title: 'a lone carriage return ends a comment',
    text: '# x\rkind: Pod\napiVersion: v1\nmetadata: {name: "@"}\n',
    codes: ['DPS7007'],
  },
  {
    title: 'a lone carriage return before a key',
    text: `${configMap}# x\rspec: {hostPID: true}\n`,
    codes: ['DPS7007'],
  },
  {
    title: 'a separator behind a lone carriage return',
    text: `${configMap}\r---\r${pod('  a: 1\n', '@2')}`,
    codes: ['DPS7007', 'DPS7007', 'DPS7008'],
  },
  { title: 'a byte order mark at the start', text: `\ufeff${pod('  a: 1\n')}` },
  {
    title: 'a byte order mark in document 2',
    text: `${configMap}---\n\ufeff${pod('  a: 1\n')}`,
    codes: ['DPS7009'],
  },
  {
    title: 'a byte order mark at a later line',
    text: `apiVersion: v1\n\ufeffkind: Pod\nmetadata: {name: "@"}\n`,
    codes: ['DPS7005'],
    refused: true,
  },
  {
    title: 'content behind ...',
    text: `${configMap}...\n${pod('  a: 1\n', '@2')}`,
    codes: ['DPS7008'],
  },
  {
    title: 'an indented root, then column 0',
    text: `  ${pod('').replaceAll('\n', '\n  ')}\n${configMap}`,
    codes: ['DPS7001'],
    refused: true,
  },
  {
    title: 'a directive',
    text: `%YAML 1.1\n---\n${pod('  a: 1\n')}`,
    codes: ['DPS7005'],
    more: ['@'],
  },
  {
    title: 'a separator with content',
    text: `${configMap}--- {kind: Pod}\n`,
    codes: ['DPS7005'],
    more: ['@cm'],
  },
  {
    title: 'three dashes and text',
    text: `${pod('  a: 1\n')}---x\n`,
    codes: ['DPS7005'],
    more: ['@'],
  },
  {
    title: 'separators with comments and spaces',
    text: `---   \n---\n${configMap}--- # x\n${pod('  a: 1\n')}---#y\n${pod('  b: 2\n', '@3')}---\u00a0\n`,
  },
  {
    title: 'three dashes in a block scalar',
    text: pod('  a: |\n    ---\n    x\n  b: "x\n    ---"\n'),
  },
  { title: 'CRLF', text: pod('  a: |\n    x\n    y\n  b: z\n').replaceAll('\n', '\r\n') },
  {
    title: 'two carriage returns before a line feed',
    text: pod('  a: |-\r\r\n    Unconfined\n'),
    codes: ['DPS7005'],
    refused: true,
  },
  {
    title: 'a blank line behind an escaped line break',
    text: pod('  a: "sp\\\n\n    c_t"\n'),
    codes: ['DPS7001'],
    refused: true,
  },
  {
    title: 'escaped line breaks and blank lines apart',
    text: pod('  a: "sp\\\n    c_t\\\\\n\n    x \\\n     y"\n'),
  },
  { title: 'tabs behind a colon', text: pod('  a:\t1\n  b: # x\n    - "y\t"\n') },
  {
    title: 'tabs as indentation',
    text: pod('  a:\n\t  b: 1\n'),
    codes: ['DPS7001'],
    refused: true,
  },
];
