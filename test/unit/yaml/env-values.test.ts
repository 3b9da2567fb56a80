import { expect } from 'chai';
import { maskLines } from '../../../src/text/mask-lines.ts';
import { isSecretKey } from '../../../src/text/codeframe.ts';

const masked = (text: string): string => maskLines(text.split('\n'), isSecretKey).lines.join('\n');

describe('frame: values of environment variables', () => {
  for (const [title, text, expected] of [
    [
      'behind a name',
      '- name: DB_PASSWORD\n  value: hush\n- name: MODE\n  value: loud',
      '- name: DB_PASSWORD\n  value: ***\n- name: MODE\n  value: loud',
    ],
    ['in one line', '- {name: API_TOKEN, value: hush}', '- {name: API_TOKEN, value: ***'],
    [
      'in JSON',
      '{\n  "name": "DB_PASSWORD",\n  "value": "hush"\n},\n{\n  "name": "A",\n  "value": "loud"\n}',
      '{\n  "name": "DB_PASSWORD",\n  "value": ***\n},\n{\n  "name": "A",\n  "value": "loud"\n}',
    ],
    [
      'before its name, which says nothing of the one above',
      '- value: hush\n  name: DB_PASSWORD\n- name: A\n  value: loud\n- name: B_TOKEN\n  valueFrom: {}',
      '- value: ***\n  name: DB_PASSWORD\n- name: A\n  value: loud\n- name: B_TOKEN\n  valueFrom: {}',
    ],
    [
      'over several lines',
      '- name: TLS_PRIVATE_KEY\n  value: |\n    first\n    second\n- name: A\n  value: loud',
      '- name: TLS_PRIVATE_KEY\n  value: ***\n    ***\n    ***\n- name: A\n  value: loud',
    ],
  ] as const) {
    it(title, () => {
      expect(masked(text)).to.equal(expected);
    });
  }
});
