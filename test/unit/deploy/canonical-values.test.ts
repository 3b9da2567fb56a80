import { expect } from 'chai';
import { valueAt } from '../../../src/deploy/options.ts';
import { config, valid } from './problems.ts';

describe('deploy: canonical values', () => {
  const values = (text: string, path: string): unknown => valueAt(valid(text).values, path);
  const cases: readonly [
    name: string,
    changes: Record<string, string | null>,
    path: string,
    value: unknown,
  ][] = [
    ['image caching is on', {}, 'image_caching.enabled', true],
    ['image caching off', { image_caching: '{enabled: false}' }, 'image_caching.enabled', false],
    [
      'block storage is created',
      { storage_classes: '{block: {type: ebs}}' },
      'storage_classes.block.create',
      true,
    ],
    [
      'block storage not created',
      { storage_classes: '{block: {create: false}}' },
      'storage_classes.block.create',
      false,
    ],
    ['an empty section has its defaults', { gpu: '' }, 'gpu.enabled', false],
    ['Istio is off', {}, 'istio.enabled', false],
    ['Istio is not installed', {}, 'istio.install', false],
    [
      'Istio enabled is Istio installed',
      {
        istio: '{enabled: true}',
        namespaces:
          '{platform: {name: a}, compute: {name: b}, system: {name: c}, istio: {name: d}}',
      },
      'istio.install',
      true,
    ],
    ['an Istio of your own', { istio: '{enabled: true, install: false}' }, 'istio.install', false],
    ['Istio has its node agent', {}, 'istio.cni', true],
    ['the extended catalog is closed', {}, 'extended_catalog', false],
    ['GPU metrics stay open', {}, 'monitoring.gpu_metrics', undefined],
    [
      'GPU metrics by the documented name',
      { gpu_monitoring_enabled: 'false' },
      'monitoring.gpu_metrics',
      false,
    ],
    ['an empty map is an internal registry', {}, 'internal_docker_registry.enabled', true],
    [
      'a map with other keys too',
      { internal_docker_registry: '{s3_override: {}}' },
      'internal_docker_registry.enabled',
      true,
    ],
    [
      'null is none',
      { internal_docker_registry: 'null', external_docker_registry: 'r.example' },
      'internal_docker_registry.enabled',
      false,
    ],
    [
      'absent is none',
      { internal_docker_registry: null, external_docker_registry: 'r.example' },
      'internal_docker_registry.enabled',
      false,
    ],
    [
      'off is off',
      { internal_docker_registry: '{enabled: false}', external_docker_registry: 'r.example' },
      'internal_docker_registry.enabled',
      false,
    ],
    ['no external registry is null', {}, 'external_docker_registry', null],
    [
      'the external registry',
      { internal_docker_registry: null, external_docker_registry: 'r.example' },
      'external_docker_registry',
      'r.example',
    ],
    ['builds run as root', {}, 'image_building.rootless', false],
    ['New Relic is off', {}, 'monitoring.newrelic.infrastructure', false],
    ['components are not guessed', {}, 'pod_security.components', undefined],
    ['the platform', {}, 'pod_security.platform', 'eks'],
    [
      'the version of OpenShift is that of Kubernetes',
      { pod_security: '{platform: openshift, kubernetes_version: "1.31"}' },
      'pod_security.openshift_version',
      '4.18',
    ],
    [
      'and the other way round',
      { pod_security: '{platform: openshift, openshift_version: "4.18.22"}' },
      'pod_security.kubernetes_version',
      '1.31',
    ],
    [
      'psp as YAML reads it',
      { pod_security: '{platform: eks, kubernetes_version: "1.24", psp: off}' },
      'pod_security.psp',
      'off',
    ],
    [
      'a service under its release',
      { schema: '"1.0"', version: '5.2.1', services: '{web_ui: {chart_values: {a: 1}}}' },
      'release_overrides.web-ui.chart_values.a',
      1,
    ],
    [
      'an access point behind its file system',
      { storage_classes: '{shared: {type: efs, efs: {filesystem_id: "fs-1::fsap-2"}}}' },
      'storage_classes.shared.efs',
      { filesystem_id: 'fs-1', access_point_id: 'fsap-2' },
    ],
  ];
  for (const [name, changes, path, value] of cases) {
    it(name, () => {
      expect(values(config(changes), path)).to.deep.equal(value);
    });
  }

  it('tells what was given from what is a default, under the newest names', () => {
    const { given } = valid(
      config({ gpu_monitoring_enabled: 'true', gpu: '{}', autoscaler: 'null' }),
    );
    const about = [...given].filter(
      (path) => !path.startsWith('namespaces') && !path.startsWith('pod_security'),
    );
    expect(about.sort()).to.deep.equal([
      'gpu',
      'internal_docker_registry',
      'internal_docker_registry.enabled',
      'monitoring',
      'monitoring.gpu_metrics',
      'schema',
      'version',
    ]);
  });

  it('cannot be changed by who receives it', () => {
    const options = valid(config());
    expect(() => Object.assign(options.values, { gpu: 1 })).to.throw(TypeError);
    expect(() => Object.assign(options.namespaces.platform, { name: 'x' })).to.throw(TypeError);
  });
});
