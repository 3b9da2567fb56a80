import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  {
    name: 'Domino version without quotes',
    file: { version: '5.10', schema: null },
    expected: [
      '1:1 note DPS2034 schema is not given; the newest known one, 1.16, is assumed.',
      '1:10 warning DPS2030 version is written 5.10 without quotes, which YAML reads as the number 5.1.',
    ],
  },
  {
    name: 'no Domino version',
    file: { version: null },
    expected: ['1:1 note DPS2044 The Domino version is not given; the newest is assumed.'],
  },
  {
    name: 'Domino version in our block',
    file: {
      version: null,
      pod_security: '{platform: eks, kubernetes_version: "1.33", domino_version: 6.2.0}',
    },
    expected: [],
  },
  {
    name: 'Domino version twice',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.33", domino_version: 6.2.0}' },
    expected: [
      '5:75 error DPS2046 pod_security.domino_version is for files without the key version, but version is "6.2.0". | 2:10',
    ],
  },
  {
    name: 'malformed Domino version',
    file: { version: 'six' },
    expected: ['2:10 error DPS2012 version must be a Domino version such as "5.11.1"; got "six".'],
  },
  {
    name: 'no schema',
    file: { schema: null },
    expected: ['1:1 note DPS2034 schema is not given; the newest known one, 1.16, is assumed.'],
  },
  {
    name: 'a newer schema',
    file: { schema: '"1.17"' },
    expected: [
      '1:9 note DPS2034 schema is "1.17", newer than 1.16, the newest that this program knows.',
    ],
  },
  {
    name: 'schema without quotes',
    file: { schema: '1.10', version: '5.11.0' },
    expected: [
      '1:9 warning DPS2030 schema is written 1.10 without quotes, which YAML reads as the number 1.1.',
    ],
  },
  {
    name: 'schema of another release',
    file: { schema: '"1.4"' },
    expected: [
      '2:10 warning DPS2033 version is 6.2.0, but schema 1.4 belongs to Domino 5.7. | 1:9',
    ],
  },
  { name: 'schema of that release', file: { schema: '"1.4"', version: '5.7.0' }, expected: [] },
  {
    name: 'malformed schema',
    file: { schema: 'newest' },
    expected: [
      '1:9 error DPS2012 schema must be the version of the installer schema, such as "1.16"; got "newest".',
    ],
  },
  {
    name: 'a key that the schema no longer has',
    file: { services: '{elasticsearch: {chart_values: {replicas: 1}}}' },
    expected: [
      '6:12 note DPS2031 services.elasticsearch is read as release_overrides.elasticsearch.',
      '6:28 warning DPS2032 services.elasticsearch.chart_values is not read by the installer: schema 1.0 was the last that has it, and the file is of schema 1.16.',
    ],
  },
  {
    name: 'a key that the schema does not have yet',
    file: { schema: '"1.0"', version: '5.2.1', release_overrides: '{falco: {installed: false}}' },
    expected: [
      '6:29 warning DPS2032 release_overrides.falco.installed is not read by the installer: it came with schema 1.1, and the file is of schema 1.0.',
    ],
  },
  {
    name: 'a key that the release does not have yet',
    file: {
      schema: '"1.5"',
      version: '5.8.0',
      extended_catalog: 'true',
      monitoring: '{gpu_metrics: false}',
    },
    expected: [
      '6:1 warning DPS2032 extended_catalog is not read by the installer: it came with Domino 5.11, and the version is 5.8.0.',
      '7:14 warning DPS2032 monitoring.gpu_metrics is not read by the installer: it came with Domino 5.11, and the version is 5.8.0.',
    ],
  },
];

describe('deploy: cluster and versions', () => {
  itSaysOfEach(cases);
});
