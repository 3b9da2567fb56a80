import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { UserError } from '../../src/diagnostics.ts';
import { admitJsonSchema } from '../../src/report/admit-json-schema.ts';
import { formats } from '../../src/report/formats/index.ts';
import { ROOT, runCli } from '../helpers/run-cli.ts';
import {
  ANNOTATIONS,
  BASELINE,
  deployment,
  many,
  NAMESPACE,
  PLAIN,
  runAdmitJson,
  runAdmitText,
  SPC_T,
} from './admit-support.ts';

type Json = Record<string, unknown>;

describe('admit: exit codes', () => {
  const rows: [string, Json, string, number][] = [
    ['all admitted', BASELINE, deployment('a', PLAIN), 0],
    ['one refused', BASELINE, many(deployment('a', PLAIN), deployment('b', SPC_T)), 1],
    ['depends on what is not known', { 'kubernetes-version': '1.33' }, deployment('a', PLAIN), 1],
    ['no workload', BASELINE, NAMESPACE, 2],
    ['no workload with --allow-empty', { ...BASELINE, 'allow-empty': true }, NAMESPACE, 0],
    ['a broken document beside a good one', BASELINE, many(deployment('a', PLAIN), 'a: [\n'), 2],
  ];
  for (const [name, args, stdin, expected] of rows) {
    it(`are ${expected} for ${name}`, async () => {
      expect((await runAdmitText(args, { stdin })).code).to.equal(expected);
    });
  }

  const usage: [string, Json, RegExp][] = [
    ['no target', {}, /not known for which cluster/],
    [
      'versions that disagree',
      { 'kubernetes-version': '1.30', 'openshift-version': '4.20' },
      /is Kubernetes 1\.33/,
    ],
    ['a release without SCCs', { 'openshift-version': '4.9' }, /SCCs of OpenShift 4\.9/],
    ['--bind without OpenShift', { ...BASELINE, bind: ['anyuid'] }, /only OpenShift has SCCs/],
    [
      'an SCC that does not exist',
      { 'openshift-version': '4.20', bind: ['anyuidd'] },
      /"anyuidd", which is no SCC/,
    ],
    ['--set without --config', { ...BASELINE, set: ['a=b'] }, /--set needs --config/],
    ['--plan without --config', { ...BASELINE, plan: true }, /--plan needs --config/],
    [
      '--without something unknown',
      { ...BASELINE, without: ['spc'] },
      /neither a privilege nor a catalog pod/,
    ],
    [
      'annotations that are no text',
      { 'openshift-version': '4.20', 'namespace-annotations': 'bad.yaml' },
      /must be text/,
    ],
    [
      'no admission configuration',
      { ...BASELINE, 'admission-configuration': 'bad.yaml' },
      /holds no PodSecurityConfiguration/,
    ],
  ];
  for (const [name, args, message] of usage) {
    it(`are 2 for ${name}`, async () => {
      const options = { stdin: deployment('a', PLAIN), files: { 'bad.yaml': 'a: 1\n' } };
      try {
        await runAdmitText(args, options);
        expect.fail('no error');
      } catch (error) {
        // By name: a module that is loaded on demand has a class of its own under the test's loader.
        expect((error as Error).name).to.equal('UserError');
        expect((error as UserError).message).to.match(message);
        expect((error as UserError).exitCode).to.equal(2);
      }
    });
  }
});

describe('admit: what it says', () => {
  it('a Deployment is accepted, its pods are refused; with the place', async () => {
    const { findings } = await runAdmitJson(BASELINE, { stdin: deployment('b', SPC_T) });
    expect(findings).to.have.length(1);
    const { code, message, fix } = findings[0] ?? {};
    expect([code, message, fix]).to.deep.equal([
      'DPS6001',
      'Deployment domino-platform/b will be accepted, but its pods will be refused: baseline v1.33: seLinuxOptions: forbidden SELinux options (pod must not set type "spc_t" in securityContext.seLinuxOptions).',
      'Lower what the pod asks for, or label namespace domino-platform pod-security.kubernetes.io/enforce: privileged.',
    ]);
  });

  it('keeps the contract of the JSON', async () => {
    const args = {
      'openshift-version': '4.20',
      bind: ['anyuid,privileged'],
      'namespace-annotations': 'ns.yaml',
      namespace: 'x',
    };
    const stdin = many(deployment('a', PLAIN, ''), deployment('b', SPC_T, 'other'));
    const { pods } = await runAdmitJson(args, { stdin, files: { 'ns.yaml': ANNOTATIONS } });
    const [first, second] = pods;
    expect(first).to.deep.equal({
      file: '<stdin>',
      document: 1,
      kind: 'Deployment',
      namespace: 'x',
      name: 'a',
      admitted: true,
      policy: 'anyuid',
      psa: null,
      mutated: {
        pod: { seLinuxOptions: { level: 's0:c26,c5' } },
        containers: [{ name: 'app', securityContext: { capabilities: { drop: ['MKNOD'] } } }],
      },
      refusals: [],
    });
    expect([second?.document, second?.namespace, second?.policy]).to.deep.equal([
      2,
      'other',
      'privileged',
    ]);
    expect(second?.refusals[0]).to.deep.equal({
      policy: 'anyuid',
      check: null,
      field: '.spec.securityContext.seLinuxOptions.level',
      reason: second?.refusals[0]?.reason,
    });
    expect(second?.refusals[0]?.reason).to.equal('Invalid value: "": must be s0:c26,c5');
    expect(second?.refusals.at(-1)?.reason).to.equal('not usable');
  });

  it('says what is open, and which flag tells', async () => {
    const { pods, findings } = await runAdmitJson(
      { 'openshift-version': '4.20' },
      {
        stdin: deployment(
          'a',
          PLAIN.replace('image', 'securityContext: {runAsUser: 1000650001}, image'),
        ),
      },
    );
    expect(pods[0]?.admitted).to.equal(null);
    expect(pods[0]?.dependsOn).to.deep.equal(['openshift.io/sa.scc.uid-range']);
    expect(findings[0]?.fix).to.contain('--namespace-annotations');
  });

  it('has a committed schema that is up to date', () => {
    const committed = JSON.parse(
      readFileSync(join(ROOT, 'schemas', 'admit.schema.json'), 'utf8'),
    ) as unknown;
    expect(committed).to.deep.equal(JSON.parse(JSON.stringify(admitJsonSchema)));
  });

  for (const { id } of formats) {
    it(`writes ${id}`, async () => {
      const { text } = await runAdmitText(
        { ...BASELINE, format: [id] },
        { stdin: deployment('b', SPC_T) },
      );
      expect(text.replaceAll('\\', '')).to.contain('spc_t');
    });
  }

  it('shows in text what will run beside what the manifest says, with its line', async () => {
    const args = {
      'openshift-version': '4.20',
      'namespace-annotations': 'ns.yaml',
      PATH: ['m.yaml'],
    };
    const files = { 'm.yaml': deployment('a', PLAIN), 'ns.yaml': ANNOTATIONS };
    const { text } = await runAdmitText(args, { files });
    expect(text).to.match(/runAsUser +not set +1000650000 +restricted-v2 +m\.yaml:6/);
  });
});

describe('admit: the built program', () => {
  it('judges standard input', () => {
    const args = ['admit', '--kubernetes-version', '1.33', '--level', 'baseline'];
    const good = runCli(args, { input: deployment('a', PLAIN) });
    expect([good.code, good.stderr]).to.deep.equal([0, '']);
    expect(good.stdout).to.contain('admitted by baseline');
    const bad = runCli([...args, '--format', 'json'], { input: deployment('b', SPC_T) });
    expect(bad.code).to.equal(1);
    expect((JSON.parse(bad.stdout) as { pods: unknown[] }).pods).to.have.length(1);
  });

  it('ends with 2 for what it cannot read', () => {
    const { code, stderr } = runCli(['admit', 'nowhere.yaml', '--kubernetes-version', '1.33']);
    expect(code).to.equal(2);
    expect(stderr).to.not.contain('bug');
  });
});
