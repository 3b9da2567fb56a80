import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  {
    name: 'GPU monitoring said twice',
    file: { gpu_monitoring_enabled: 'false', monitoring: '{gpu_metrics: true}' },
    expected: [
      '6:25 error DPS2082 gpu_monitoring_enabled (false) and monitoring.gpu_metrics (true) are one option and say different things. | 7:27',
    ],
  },
  {
    name: 'GPU monitoring said twice alike',
    file: { gpu_monitoring_enabled: 'true', monitoring: '{gpu_metrics: true}' },
    expected: [],
  },
  {
    name: 'a release in both forms',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      services: '{nginx_ingress: {chart_values: {a: 1}}}',
      release_overrides: '{nginx-ingress: {chart_values: {a: 2}}}',
    },
    expected: [
      '6:27 error DPS2082 services.nginx_ingress and release_overrides.nginx-ingress are one option and say different things. | 7:36',
      '7:37 warning DPS2032 release_overrides.nginx-ingress.chart_values is not read by the installer: it came with schema 1.1, and the file is of schema 1.0.',
    ],
  },
  {
    name: 'an access point said twice',
    file: {
      storage_classes:
        '{shared: {type: efs, efs: {filesystem_id: "fs-1::fsap-1", access_point_id: fsap-2}}}',
    },
    expected: [
      '6:60 error DPS2082 storage_classes.shared.efs.filesystem_id ("fs-1::fsap-1") and storage_classes.shared.efs.access_point_id ("fsap-2") are one option and say different things. | 6:93',
    ],
  },
];

describe('deploy: contradictions about security', () => {
  itSaysOfEach(cases);
});
