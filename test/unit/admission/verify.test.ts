// The proof of what generate writes, and that the proof can fail.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runSelftest } from '../../../src/admission/selftest.ts';
import { verifyOutput, type VerifyInput } from '../../../src/admission/verify.ts';
import { collected } from '../../../src/cli/admit-generated.ts';
import { loadDeploy } from '../../../src/cli/deploy.ts';
import { verifyDeploy } from '../../../src/cli/generate-verify.ts';
import { verifyPods } from '../../../src/cli/verify-pods.ts';
import { fakeIo } from '../../helpers/fake-io.ts';
import { ROOT } from '../../helpers/run-cli.ts';
import {
  accountsOf,
  enforce,
  namespaceObject,
  OCP20,
  podOf,
  roleBinding,
  SPC_T,
  type Json,
} from './support.ts';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) =>
  existsSync(join(ROOT, 'examples', name, 'deploy.yaml')),
);

const load = (name: string): ReturnType<typeof loadDeploy> => {
  const text = readFileSync(join(ROOT, 'examples', name, 'deploy.yaml'), 'utf8');
  const io = fakeIo({ files: { 'deploy.yaml': text } });
  return loadDeploy('deploy.yaml', {}, io, { kubernetesVersion: true });
};

describe('generate --verify', () => {
  for (const name of EXAMPLES) {
    it(`proves the output for examples/${name}`, () => {
      const { verdicts, problems } = verifyDeploy(load(name));
      expect(problems).to.deep.equal([]);
      expect(verdicts).to.be.greaterThan(10);
    });
  }

  it('judges pods at their ceiling, the default pod of each namespace among them', () => {
    const pods = verifyPods(load('eks'));
    const text = JSON.stringify(pods);
    for (const part of [
      '"privileged":true',
      '"runAsUser":0',
      '"hostPath"',
      '"spc_t"',
      '"add":["',
    ]) {
      expect(text).to.contain(part);
    }
    expect(
      pods.filter(({ name }) => name === 'default-pod').map(({ namespace }) => namespace),
    ).to.include('domino-compute');
    expect(pods.every(({ pod }) => JSON.stringify(pod).includes('spc_t'))).to.equal(true);
  });

  const privileged = namespaceObject('a', enforce('privileged'));
  const bound = ['anyuid', 'privileged'].map((scc) =>
    roleBinding('a', `system:openshift:scc:${scc}`, accountsOf('a')),
  );
  const run = (
    objects: readonly Json[],
    pod: unknown = podOf(SPC_T),
    more: Partial<VerifyInput> = {},
  ): string[] => {
    const pods = [{ kind: 'Deployment', name: 'x', namespace: 'a', pod }];
    const result = verifyOutput({
      target: OCP20,
      pods,
      objects: objects.map(collected),
      psp: false,
      annotations: {},
      ...more,
    });
    return result.problems.map((problem) => problem.replace(/: .*/, ''));
  };

  it('holds with both bindings', () => {
    expect(run([privileged, ...bound])).to.deep.equal([]);
  });

  const failures: [string, string[], string[]][] = [
    [
      'only anyuid is bound',
      run([privileged, ...bound.slice(0, 1)]),
      ['Deployment a/x is not admitted on OpenShift 4.20 with the generated objects'],
    ],
    [
      'nothing is bound',
      run([privileged]),
      ['Deployment a/x is not admitted on OpenShift 4.20 with the generated objects'],
    ],
    [
      'the label refuses',
      run([namespaceObject('a', enforce('baseline')), ...bound]),
      ['Deployment a/x is not admitted on OpenShift 4.20 with the generated objects'],
    ],
    [
      'the pod needs none of it',
      run([privileged, ...bound], podOf()),
      [
        'Deployment a/x is admitted by anyuid on OpenShift 4.20 in a namespace of level baseline, so they prove nothing.',
        'Deployment a/x is admitted by restricted-v2 on OpenShift 4.20 without the generated bindings, so they prove nothing.',
        'Deployment a/x is admitted by anyuid on OpenShift 4.20 with a binding of anyuid alone, so they prove nothing.',
      ],
    ],
    [
      'no label is generated',
      run([], podOf(SPC_T), { target: { kubernetes: 33 } }),
      ['Deployment a/x is not admitted on Kubernetes 1.33 with the generated objects'],
    ],
  ];
  for (const [name, problems, expected] of failures) {
    it(`fails when ${name}`, () => {
      expect(problems.slice(0, expected.length)).to.deep.equal(expected);
    });
  }
});

describe('the self-test', () => {
  it('is right in every case of every engine', () => {
    const rows = runSelftest();
    expect(rows.flatMap(({ wrong }) => wrong)).to.deep.equal([]);
    expect(rows.map(({ cases }) => cases > 5)).to.deep.equal([true, true, true, true]);
  });
});
