import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt } from '../../../src/deploy/options.ts';
import { config, problems, valid } from './problems.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

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

  it('nor what stands in maps and lists below a secret key', () => {
    const options = valid(
      config({
        release_overrides:
          '{falco: {chart_values: {password: {value: canary, list: [canary, {x: canary}]}}}}',
      }),
    );
    expect(JSON.stringify({ ...options, given: [...options.given] })).not.to.contain('canary');
    expect(options.releases.falco).to.deep.equal({
      chart_values: { password: { value: '***', list: ['***', { x: '***' }] } },
    });
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

  it('a Domino resource with several such maps: the one with the most keys counts', () => {
    const full = config({ gpu: '{enabled: true}' }).replace(/^/gm, '    ').trimEnd();
    const part = 'gpu: {enabled: false}\n    istio: {enabled: false}';
    for (const [first, second] of [
      [full, `    ${part}`],
      [`    ${part}`, full],
    ]) {
      const text = `apiVersion: x/v1\nkind: Domino\nspec:\n  a:\n${first ?? ''}\n  b:\n${second ?? ''}\n`;
      expect(valueAt(valid(text).values, 'gpu.enabled')).to.equal(true);
    }
  });
});
