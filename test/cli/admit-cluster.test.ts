import { expect } from 'chai';
import {
  BASELINE,
  BINDING,
  deployment,
  example,
  many,
  NAMESPACE,
  PLAIN,
  runAdmitJson,
  SPC_T,
} from './admit-support.ts';

describe('admit: what the input says of the cluster', () => {
  const args = { 'kubernetes-version': '1.33' };
  const late = many(deployment('a', SPC_T), NAMESPACE, deployment('b', PLAIN));

  for (const [name, options, path] of [
    ['a file', { files: { 'm.yaml': late } }, ['m.yaml']],
    ['standard input', { stdin: late }, []],
  ] as const) {
    it(`counts for pods in front of it, from ${name}`, async () => {
      const { pods } = await runAdmitJson({ ...args, PATH: path }, options);
      expect(pods.map(({ name: pod, admitted }) => [pod, admitted])).to.deep.equal([
        ['a', false],
        ['b', true],
      ]);
    });
  }

  it('counts bindings of any file', async () => {
    const files = { 'a.yaml': deployment('a', SPC_T), 'z.yaml': BINDING };
    const { pods, sections } = await runAdmitJson(
      { 'openshift-version': '4.20', PATH: ['.'] },
      { files },
    );
    expect(pods.map(({ policy }) => policy)).to.deep.equal(['privileged']);
    expect(sections['Bindings']?.[0]?.slice(0, 3)).to.deep.equal([
      'RoleBinding domino-platform/b',
      'privileged',
      '1',
    ]);
  });

  it('counts a binding of an account by the old name of the field', async () => {
    const ofAccount = BINDING.replace(
      /subjects:[^]*$/,
      'subjects: [{kind: ServiceAccount, name: old, namespace: domino-platform}]\n',
    );
    expect(ofAccount).not.to.equal(BINDING);
    const pod = deployment('a', SPC_T.replace(/^\{/, '{serviceAccount: old, '));
    const { pods, sections } = await runAdmitJson(
      { 'openshift-version': '4.20', PATH: ['.'] },
      { files: { 'a.yaml': pod, 'z.yaml': ofAccount } },
    );
    expect(pods.map(({ policy }) => policy)).to.deep.equal(['privileged']);
    expect(sections['Bindings']?.[0]?.[2]).to.equal('1');
  });

  it('reports a broken document once, though it is read twice', async () => {
    const { findings, code } = await runAdmitJson(args, {
      stdin: many(deployment('a', PLAIN), NAMESPACE, 'a: [\n'),
    });
    expect(findings.filter(({ code: id }) => id === 'DPS7001')).to.have.length(1);
    expect(code).to.equal(2);
  });

  it('does not take a patch for a workload', async () => {
    const patch = deployment('b', '{containers: [{name: app}]}');
    const files = { 'out/patches/b.yaml': patch, 'a.yaml': deployment('a', PLAIN) };
    const { pods, findings } = await runAdmitJson({ ...BASELINE, PATH: ['.'] }, { files });
    expect(pods.map(({ name }) => name)).to.deep.equal(['a']);
    expect(findings.map(({ code }) => code)).to.deep.equal(['DPS6005']);
  });

  it('takes exemptions and defaults from the AdmissionConfiguration', async () => {
    const configuration = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: baseline}
    exemptions: {namespaces: [spared]}
`;
    const { pods } = await runAdmitJson(
      { ...args, 'admission-configuration': 'c.yaml' },
      {
        stdin: many(deployment('a', SPC_T), deployment('b', SPC_T, 'spared')),
        files: { 'c.yaml': configuration },
      },
    );
    expect(pods.map(({ admitted }) => admitted)).to.deep.equal([false, true]);
  });
});

describe('admit: with a configuration', () => {
  const files = { 'deploy.yaml': example('openshift') };
  const config = { config: 'deploy.yaml' };

  it('has the namespaces, bindings and labels that generate writes', async () => {
    const { pods, code } = await runAdmitJson(config, { stdin: deployment('a', SPC_T), files });
    expect([pods[0]?.policy, pods[0]?.psa?.level, code]).to.deep.equal([
      'privileged',
      'privileged',
      0,
    ]);
  });

  it('knows the namespace of a catalog pod that states none, and of no other', async () => {
    const daemon = deployment('fluent-bit', SPC_T.replace('app', 'fluent-bit'), '').replace(
      'Deployment',
      'DaemonSet',
    );
    const { pods } = await runAdmitJson(config, {
      stdin: many(daemon, deployment('mine', SPC_T, '')),
      files,
    });
    expect(pods.map(({ namespace, admitted }) => [namespace, admitted])).to.deep.equal([
      ['domino-platform', true],
      [null, null],
    ]);
  });

  it('has PodSecurityPolicies where they are on', async () => {
    const { pods } = await runAdmitJson(config, {
      stdin: deployment('a', SPC_T),
      files: { 'deploy.yaml': example('legacy') },
    });
    expect([pods[0]?.policy, pods[0]?.mutated]).to.deep.equal([
      'domino-podsec-unrestricted',
      {
        pod: { seLinuxOptions: { type: 'spc_t' } },
        containers: [{ name: 'app', securityContext: null }],
      },
    ]);
  });
});
