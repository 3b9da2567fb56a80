/** patch as a KRM function, called by the real kustomize and by hand. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { functionJsonSchema } from '../../src/patch/krm-schema.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { deployText } from '../helpers/policy.ts';
import { findProgram, NO_PROGRAM, skip } from '../helpers/programs.ts';
import { BIN, runCli } from '../helpers/run-cli.ts';
import { CORPUS, hasCorpus, NO_CORPUS } from '../helpers/shared.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

const FUNCTION = `apiVersion: domino-podsec.io/v1alpha1
kind: PodSecurityPatch
metadata:
  name: patch
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: ./podsec.sh
spec:
  configPath: deploy.yaml
`;

const list = (
  spec: string,
  item = 'privileged: true',
): string => `apiVersion: config.kubernetes.io/v1
kind: ResourceList
functionConfig:
  apiVersion: domino-podsec.io/v1alpha1
  kind: PodSecurityPatch
  spec:
${spec}
items:
  # a comment stays
  - apiVersion: v1
    kind: Pod
    metadata:
      name: a
      namespace: domino-platform
      annotations:
        internal.config.kubernetes.io/path: pods/a.yaml
        internal.config.kubernetes.io/index: '0'
    spec:
      containers:
        - name: web
          image: x
          securityContext:
            ${item}
`;

const INLINE = `    config:
      schema: "1.16"
      name: acme
      version: 6.2.2
      hostname: domino.acme.example
      external_docker_registry: registry.acme.example
      pod_security:
        platform: eks
        kubernetes_version: "1.33"`;

interface ResourceList {
  items: { spec: { securityContext: unknown; containers: { securityContext: unknown }[] } }[];
  results?: {
    severity: string;
    message: string;
    resourceRef?: object;
    file?: object;
    field?: object;
  }[];
}

describe('patch --krm', () => {
  const folder = useTempFolder();
  const krm = (text: string, ...args: string[]) =>
    runCli(['patch', '--krm', ...args], { cwd: folder(), input: text });
  const read = (text: string): ResourceList => readYaml(text, 'out')[0]?.value as ResourceList;

  it('patches items, keeps comments and annotations, and reports on the resource', () => {
    const { code, stdout, stderr } = krm(list(INLINE));
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.contain('# a comment stays');
    const { items, results } = read(stdout);
    expect(items[0]?.spec.securityContext).to.deep.equal({
      runAsNonRoot: true,
      seLinuxOptions: { type: 'spc_t' },
    });
    expect(items[0]?.spec.containers[0]?.securityContext).to.deep.equal({
      privileged: false,
      capabilities: { drop: ['ALL'] },
    });
    const lost = results?.find(({ message }) => message.startsWith('DPS3001'));
    expect(lost).to.deep.include({
      severity: 'warning',
      resourceRef: { apiVersion: 'v1', kind: 'Pod', name: 'a', namespace: 'domino-platform' },
      file: { path: 'pods/a.yaml', index: 0 },
      field: { path: 'containers[name=web].securityContext' },
    });
  });

  it('strict: a lost privilege is an error result, the items stay, and the exit code is 1', () => {
    const { code, stdout } = krm(list(`${INLINE}\n    strict: true`));
    expect(code).to.equal(1);
    const { items, results } = read(stdout);
    expect(items[0]?.spec.containers[0]?.securityContext).to.deep.equal({ privileged: true });
    expect(results?.filter(({ severity }) => severity === 'error')).to.have.length(1);
  });

  const bad: [string, string, RegExp][] = [
    ['no ResourceList', 'apiVersion: v1\nkind: Pod\n', /DPS5005/],
    [
      'a foreign functionConfig',
      list(INLINE).replace('PodSecurityPatch', 'ConfigMap'),
      /<stdin>:5:\d+ error DPS5006/,
    ],
    ['an unknown key', list(`${INLINE}\n    strickt: true`), /strickt is not known/],
    ['a wrong type', list(`${INLINE}\n    strict: sure`), /strict must be true or false/],
    ['no configuration', list('    namespace: a'), /has no configuration/],
    ['a configuration that is not valid', list(INLINE.replace('eks', 'mars')), /platform/],
  ];
  for (const [name, text, message] of bad) {
    it(`refuses ${name}: exit 2, stdout empty`, () => {
      const { code, stdout, stderr } = krm(text);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.match(message);
    });
  }

  it('has a schema that says the same of its functionConfig', () => {
    const validate = new Ajv2020({ strict: false }).compile(functionJsonSchema);
    const configOf = (text: string): unknown =>
      (readYaml(text, 'x')[0]?.value as { functionConfig: unknown }).functionConfig;
    expect(validate(configOf(list(INLINE)))).to.equal(true);
    expect(validate(readYaml(FUNCTION, 'x')[0]?.value)).to.equal(true);
    for (const text of [
      list(`${INLINE}\n    strickt: true`),
      list(`${INLINE}\n    strict: sure`),
      list('    namespace: a'),
    ]) {
      expect(validate(configOf(text))).to.equal(false);
    }
  });

  it('works as a transformer of kustomize, and gives what the pipe gives', function () {
    const kustomize = findProgram('kustomize');
    if (kustomize === undefined) skip(this, `no kustomize; ${NO_PROGRAM}`);
    if (!hasCorpus()) skip(this, NO_CORPUS);
    cpSync(join(CORPUS, 'aws-efs-csi-driver.yaml'), join(folder(), 'chart.yaml'));
    mkdirSync(join(folder(), 'plain'));
    cpSync(join(CORPUS, 'aws-efs-csi-driver.yaml'), join(folder(), 'plain/chart.yaml'));
    writeFileSync(join(folder(), 'plain/kustomization.yaml'), 'resources: [chart.yaml]\n');
    writeFileSync(
      join(folder(), 'deploy.yaml'),
      deployText('storage_classes:\n  shared:\n    type: efs'),
    );
    writeFileSync(join(folder(), 'fn.yaml'), FUNCTION);
    writeFileSync(join(folder(), 'podsec.sh'), `#!/bin/sh\nexec node '${BIN}' patch --krm\n`);
    chmodSync(join(folder(), 'podsec.sh'), 0o755);
    writeFileSync(
      join(folder(), 'kustomization.yaml'),
      'resources: [chart.yaml]\ntransformers: [fn.yaml]\n',
    );
    const build = (...args: string[]): string => {
      const { stdout, stderr, status } = spawnSync(kustomize, ['build', ...args], {
        cwd: folder(),
        encoding: 'utf8',
      });
      expect(status, stderr).to.equal(0);
      return stdout;
    };
    const transformed = build('--enable-alpha-plugins', '--enable-exec', '.');
    const piped = runCli(['patch', '--config', 'deploy.yaml', '--quiet'], {
      cwd: folder(),
      input: build('plain'),
    });
    const values = (text: string): unknown[] => readYaml(text, 'x').map(({ value }) => value);
    expect(values(transformed)).to.deep.equal(values(piped.stdout));
    expect(transformed).to.contain('spc_t');
  });
});
