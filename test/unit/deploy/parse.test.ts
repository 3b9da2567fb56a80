import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt } from '../../../src/deploy/options.ts';
import { config, problems, read, valid } from './problems.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

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

describe('deploy: flags and PodSecurityPolicies', () => {
  const old = { schema: '"1.0"', version: '5.2.1' };
  const eks = (rest: string): string => `{platform: eks, kubernetes_version: ${rest}}`;
  const cases: readonly [name: string, changes: Record<string, string | null>, psp: boolean][] = [
    ['1.25', { pod_security: eks('"1.25"') }, false],
    ['1.24, on', { pod_security: eks('"1.24", psp: on') }, true],
    ['1.24, off', { pod_security: eks('"1.24", psp: off') }, false],
    [
      '1.24, created',
      { ...old, enable_pod_security_policies: 'true', pod_security: eks('"1.24"') },
      true,
    ],
    [
      '1.24, created, off',
      { ...old, enable_pod_security_policies: 'true', pod_security: eks('"1.24", psp: off') },
      false,
    ],
    [
      'OpenShift, created',
      {
        ...old,
        enable_pod_security_policies: 'true',
        pod_security: '{platform: openshift, openshift_version: "4.9"}',
      },
      false,
    ],
  ];
  for (const [name, changes, psp] of cases) {
    it(name, () => {
      expect(valid(config(changes)).psp).to.equal(psp);
    });
  }

  it('flags stand over the file', () => {
    const text = config({ pod_security: '{platform: openshift, openshift_version: "4.18"}' });
    const { kubernetes, openshift, dominoVersion } = valid(text, {
      kubernetesVersion: '1.32',
      dominoVersion: 'v6.1.0.catalog-1a',
    });
    expect({ kubernetes, openshift, dominoVersion }).to.deep.equal({
      kubernetes: { minor: 32 },
      openshift: { minor: 19 },
      dominoVersion: '6.1.0',
    });
  });

  it('rows of --catalog follow those of the file', () => {
    const text = config({
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", catalog: [{id: a, installed: true}]}',
    });
    const options = valid(text, {
      catalog: { file: 'rows.yaml', text: 'catalog: [{id: b, installed: false}]' },
    });
    expect(options.catalog).to.deep.equal([
      { id: 'a', installed: true },
      { id: 'b', installed: false },
    ]);
  });
});

describe('deploy: whole files', () => {
  it('schema 1.0: every old form is moved, and said', () => {
    const options = valid(fixture('schema-1.0.yaml'));
    expect(options.moved).to.deep.equal([
      { from: 'namespaces.system', to: 'namespaces.system.name' },
      { from: 'istio.namespace', to: 'namespaces.istio.name' },
      { from: 'istio.nginx_annotations', to: 'ingress_controller.istio_annotations' },
      { from: 'ingress_controller.create', to: 'ingress_controller.install' },
      { from: 'services.nginx_ingress', to: 'release_overrides.nginx-ingress' },
      { from: 'services.elasticsearch', to: 'release_overrides.elasticsearch' },
      { from: 'private_docker_registry', to: 'helm.image_registries' },
      {
        from: 'storage_classes.shared.efs.filesystem_id',
        to: 'storage_classes.shared.efs.filesystem_id and storage_classes.shared.efs.access_point_id',
      },
    ]);
    expect(options.notes.every((note) => note.code === 'DPS2031')).to.equal(true);
    expect(options.psp).to.equal(true);
    expect(Object.values(options.namespaces).map((entry) => entry.name)).to.deep.equal([
      'atlas-platform',
      'atlas-compute',
      'atlas-system',
      'mesh',
    ]);
    expect(options.namespaces.compute.labels).to.deep.equal({ 'domino-compute': 'true' });
    expect(options.releases.elasticsearch).to.deep.equal({
      chart_values: { sysctlInitContainer: { enabled: false } },
    });
  });

  it('no secret of a file is in what is handed on', () => {
    for (const name of ['schema-1.0.yaml', 'schema-1.4.yaml', 'minimal-6.yaml']) {
      const options = valid(fixture(name));
      expect(JSON.stringify({ ...options, given: [...options.given] })).not.to.contain('canary');
    }
    expect(
      valueAt(valid(fixture('schema-1.4.yaml')).values, 'monitoring.newrelic.license_key'),
    ).to.equal('***');
  });

  const silent = ['schema-1.4.yaml', 'minimal-6.yaml'];
  for (const name of silent) {
    it(`${name}: nothing to say`, () => {
      expect(problems(fixture(name))).to.deep.equal([]);
    });
  }

  it('6.x with many unknown keys: one warning', () => {
    const found = problems(fixture('many-unknown-6.yaml'));
    expect(found).to.have.length(1);
    expect(found[0]).to.match(
      /^21:1 warning DPS2021 11 keys are not known .*, remote_volumes and 1 more\. /,
    );
  });

  it('a Domino resource: positions are those of the file, in a map and in a block of text', () => {
    const [map, text] = ['domino-resource.yaml', 'domino-resource-text.yaml'].map(fixture);
    expect(problems(map ?? '')).to.deep.equal([
      '13:20 error DPS2010 gpu.enabled must be true or false; got "no".',
    ]);
    expect(problems(text ?? '')).to.deep.equal([
      '12:16 error DPS2010 gpu.enabled must be true or false; got "no".',
    ]);
    expect(valid((text ?? '').replace('"no"', 'no')).namespaces.platform.name).to.equal('a');
  });

  it('a Domino resource with quoted text: the place is that of the text', () => {
    const inner = config({ gpu: '{enabled: 5}' });
    const text = `apiVersion: x/v1\nkind: Domino\nspec:\n  config: ${JSON.stringify(inner)}\n`;
    expect(problems(text)).to.deep.equal([
      '4:11 error DPS2010 gpu.enabled must be true or false; got 5.',
    ]);
  });
});

describe('deploy: frames, fixes and secrets', () => {
  const fixes: readonly [name: string, changes: Record<string, string | null>, fix: string][] = [
    ['a mistyped key', { gpuu: '{}' }, 'Did you mean "gpu"?'],
    ['a mistyped key inside', { istio: '{enabledd: true}' }, 'Did you mean "enabled"?'],
    [
      'a mistyped column',
      {
        pod_security:
          '{platform: eks, kubernetes_version: "1.33", catalog: [{id: a, why: z, instaled: true}]}',
      },
      'Did you mean "installed"?',
    ],
    ['a key at the wrong level', { rootless: 'true' }, 'Did you mean "image_building.rootless"?'],
    [
      'a switch that is none',
      { release_overrides: '{falco: {deploy: false}}' },
      'Did you mean "installed"?',
    ],
    [
      'a mistyped value',
      { pod_security: '{platform: openshfit, kubernetes_version: "1.33"}' },
      'Did you mean "openshift"?',
    ],
    ['a boolean in quotes', { gpu: '{enabled: "yes"}' }, 'Write true without quotes.'],
    [
      'text without quotes',
      {
        namespaces:
          '{platform: {name: a, labels: {x: yes}}, compute: {name: b}, system: {name: c}}',
      },
      'Write it in quotes: "yes".',
    ],
    [
      'a capability with its prefix',
      {
        pod_security:
          '{platform: eks, kubernetes_version: "1.33", catalog: [{id: a, capabilities: [CAP_NET_RAW]}]}',
      },
      'Write it without the prefix: "NET_RAW".',
    ],
    [
      'no Kubernetes version',
      { pod_security: '{platform: eks}' },
      'Set pod_security.kubernetes_version: "1.N", or use --kubernetes-version 1.N, or set pod_security.openshift_version: "4.N" where the cluster is OpenShift.',
    ],
    [
      'a resource without configuration',
      {
        kind: 'Domino',
        version: null,
        schema: null,
        namespaces: null,
        internal_docker_registry: null,
        pod_security: null,
      },
      'Copy the map with schema, hostname and namespaces out of the resource into a file of its own, or write it anew with "ddlctl create config".',
    ],
  ];
  for (const [name, changes, fix] of fixes) {
    it(name, () => {
      expect(read(config(changes)).diagnostics.map((entry) => entry.fix)).to.deep.equal([fix]);
    });
  }

  it('the frame shows the place, and no secret beside it', () => {
    const text = config({
      monitoring:
        '\n  newrelic:\n    license_key: canary\n    infrastructure: maybe\n    apm: true',
    });
    const [entry] = read(text).diagnostics;
    expect(entry?.frame).to.equal(
      [
        '   8 |     license_key: ***',
        '   9 |     infrastructure: maybe',
        '     |                     ^^^^^',
        '  10 |     apm: true',
      ].join('\n'),
    );
  });

  it('no value of a secret key is shown, also of a mistyped one', () => {
    const text = config({
      private_docker_registry: '{password: canary, passwrd: canary}',
      helm: '{passwor: canary}',
      spotinst_controller: '{acount_key: canary, account_key: canary}',
    });
    const { diagnostics } = read(text);
    expect(diagnostics.map((entry) => entry.code)).to.include('DPS2020');
    expect(JSON.stringify(diagnostics)).not.to.contain('canary');
  });
});
