import { expect } from 'chai';
import { config, problems } from './problems.ts';
import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  {
    name: 'unknown keys in a file of 6.x',
    file: { new_thing: '1', other_thing: '{a: 1}' },
    expected: [
      '6:1 warning DPS2021 2 keys are not known to this program and not judged: new_thing, other_thing. | 7:1',
    ],
  },
  {
    name: 'unknown key in a closed schema',
    file: { schema: '"1.4"', version: '5.7.0', new_thing: '1' },
    expected: ['6:1 error DPS2020 new_thing is not a key that this program knows.'],
  },
  {
    name: 'unknown key in schema 1.5',
    file: { schema: '"1.5"', version: '5.8.0', new_thing: '1' },
    expected: ['6:1 warning DPS2021 1 key is not known to this program and not judged: new_thing.'],
  },
  {
    name: 'mistyped key of the top',
    file: { gpuu: '{enabled: true}', storage_clases: '{}', hepl: '{}' },
    expected: [
      '6:1 error DPS2020 gpuu is not a key that this program knows.',
      '7:1 error DPS2020 storage_clases is not a key that this program knows.',
      '8:1 error DPS2020 hepl is not a key that this program knows.',
    ],
  },
  {
    name: 'key at the wrong level',
    file: { rootless: 'true' },
    expected: ['6:1 error DPS2020 rootless is not a key that this program knows.'],
  },
  {
    name: 'unknown key where pods depend on it',
    file: {
      monitoring: '{newrelic: {logs: true}}',
      image_building: '{rotless: true}',
      istio: '{ambient: true}',
    },
    expected: [
      '6:25 error DPS2020 monitoring.newrelic.logs is not a key that this program knows.',
      '7:18 error DPS2020 image_building.rotless is not a key that this program knows.',
      '8:9 error DPS2020 istio.ambient is not a key that this program knows.',
    ],
  },
  {
    name: 'mistyped key of an installer section',
    file: { ingress_controller: '{instal: true, replicas: 2}' },
    expected: [
      '6:22 error DPS2020 ingress_controller.instal is not a key that this program knows.',
    ],
  },
  {
    name: 'what does not switch a release off',
    file: { release_overrides: '{falco: {enabled: false}, fluentd: {instaled: false, other: 1}}' },
    expected: [
      '6:29 error DPS2020 release_overrides.falco.enabled is not a key that this program knows.',
      '6:56 error DPS2020 release_overrides.fluentd.instaled is not a key that this program knows.',
      '6:73 warning DPS2021 1 key is not known to this program and not judged: release_overrides.fluentd.other.',
    ],
  },
  {
    name: 'unknown key of our block',
    file: {
      pod_security: '{platform: eks, kubernetes_version: "1.33", hardning: strict, extra: 1}',
    },
    expected: [
      '5:59 error DPS2020 pod_security.hardning is not a key that this program knows.',
      '5:77 error DPS2020 pod_security.extra is not a key that this program knows.',
    ],
  },
  {
    name: '--unknown-keys warn',
    file: { istio: '{ambient: true}', gpuu: '{}', new_thing: '1' },
    flags: { unknownKeys: 'warn' },
    expected: [
      '7:1 warning DPS2021 3 keys are not known to this program and not judged: gpuu, new_thing, istio.ambient. | 8:1 | 6:9',
    ],
  },
  {
    name: '--unknown-keys ignore',
    file: { istio: '{ambient: true}', gpuu: '{}', new_thing: '1' },
    flags: { unknownKeys: 'ignore' },
    expected: [],
  },
  {
    name: '--unknown-keys error',
    file: { new_thing: '1' },
    flags: { unknownKeys: 'error' },
    expected: ['6:1 error DPS2020 new_thing is not a key that this program knows.'],
  },
  {
    name: '--unknown-keys does not reach our block',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.33", extra: 1}' },
    flags: { unknownKeys: 'ignore' },
    expected: ['5:59 error DPS2020 pod_security.extra is not a key that this program knows.'],
  },
];

describe('deploy: values and keys', () => {
  itSaysOfEach(cases);

  it('tells the first 50 unknown keys of one map, and how many more, in time', () => {
    const keys = Array.from({ length: 4000 }, (_, index) => `  unk${index}: v\n`);
    const start = performance.now();
    const found = problems(`${config({})}storage_classes:\n${keys.join('')}`).filter((line) =>
      line.includes('DPS2020'),
    );
    expect(performance.now() - start).to.be.below(10_000);
    expect(found).to.have.length(51);
    expect(found.at(-1)).to.contain('3950 more keys of storage_classes from here on');
  });
});
