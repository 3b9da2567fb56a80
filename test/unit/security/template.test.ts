import { expect } from 'chai';
import { isWindows, type Json } from '../../../src/security/template.ts';
import { apiVersionOf } from '../../../src/security/workload-kinds.ts';

/** A required affinity of alternatives; each demands one of these operating systems. */
const affinity = (...terms: string[][]): Json => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: terms.map((values) => ({
          matchExpressions: [
            { key: 'zone', operator: 'Exists' },
            { key: 'kubernetes.io/os', operator: 'In', values },
          ],
        })),
      },
    },
  },
});

describe('pods for Windows', () => {
  const rows: [name: string, spec: Json, expected: boolean][] = [
    ['a pod that says nothing', {}, false],
    ['spec.os', { os: { name: 'windows' } }, true],
    ['a node selector', { nodeSelector: { 'kubernetes.io/os': 'windows' } }, true],
    ['an affinity', affinity(['windows']), true],
    ['an affinity with alternatives for Windows', affinity(['windows'], ['windows']), true],
    ['an affinity with an alternative for Linux', affinity(['windows'], ['linux']), false],
    ['an affinity that takes either', affinity(['windows', 'linux']), false],
    ['an affinity without alternatives', affinity(), false],
    ['an affinity without values', affinity([]), false],
  ];
  for (const [name, spec, expected] of rows) {
    it(`${name}: ${expected}`, () => {
      expect(isWindows(spec)).to.equal(expected);
    });
  }
});

describe('API versions of workloads', () => {
  it('are those that the cluster serves; CronJob is stable since 1.21', () => {
    expect([20, 21, undefined].map((minor) => apiVersionOf('CronJob', minor))).to.deep.equal([
      'batch/v1beta1',
      'batch/v1',
      'batch/v1',
    ]);
    expect(
      (['Pod', 'Job', 'DaemonSet'] as const).map((kind) => apiVersionOf(kind, 20)),
    ).to.deep.equal(['v1', 'batch/v1', 'apps/v1']);
  });
});
