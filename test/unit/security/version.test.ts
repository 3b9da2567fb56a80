import { expect } from 'chai';
import { compareVersions, versionInRange } from '../../../src/security/version.ts';

describe('security/version', () => {
  const orders: [string, string, -1 | 0 | 1][] = [
    ['5.11', '5.4', 1],
    ['5.4', '5.11', -1],
    ['5.4', '5.4.0', 0],
    ['5.4.1', '5.4', 1],
    ['0', '4.1', -1],
    ['10.0', '9.9', 1],
    ['v5.9.0', '5.9', 0],
    ['6.2.2.catalog-34a6626', '6.2.2', 0],
    ['6.2.2.catalog-34a6626', '6.2.10', -1],
  ];
  for (const [left, right, expected] of orders) {
    it(`${left} against ${right}: ${expected}`, () => {
      expect(compareVersions(left, right)).to.equal(expected);
      expect(compareVersions(right, left)).to.equal(expected === 0 ? 0 : -expected);
    });
  }

  const ranges: [string | undefined, { since?: string; before?: string }, boolean][] = [
    ['5.6', { since: '5.6' }, true],
    ['5.5.9', { since: '5.6' }, false],
    ['5.6', { before: '5.6' }, false],
    ['5.5.9', { since: '5.4', before: '5.6' }, true],
    ['5.3', { since: '5.4', before: '5.6' }, false],
    ['4.1', {}, true],
    [undefined, {}, true],
    [undefined, { since: '6.2' }, true],
    [undefined, { since: '5.4', before: '5.6' }, false],
    [undefined, { before: '99' }, false],
  ];
  for (const [version, range, expected] of ranges) {
    it(`${version ?? 'unknown'} in ${JSON.stringify(range)}: ${expected}`, () => {
      expect(versionInRange(version, range)).to.equal(expected);
    });
  }
});
