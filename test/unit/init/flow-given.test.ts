import { expect } from 'chai';
import type { Answer } from '../../../src/init/answer.ts';
import { readBase } from '../../../src/init/base.ts';
import { factsOf } from '../../../src/init/facts.ts';
import { missingAnswers, startFlow } from '../../../src/init/flow.ts';
import { quiet, setupOf, talk, without } from './talk.ts';

describe('init: the flow of questions', () => {
  it('passes over what the file says, in old forms too; --review asks that with its value', async () => {
    const file = [
      'kubernetes_distribution: openshift',
      'namespaces: {platform: plat, compute: {name: comp}, system: {name: sys}}',
      'internal_docker_registry: {}',
      'gpu: {enabled: false}',
    ].join('\n');
    const preset = without(
      'pod_security.platform',
      'pod_security.kubernetes_version',
      'internal_docker_registry.enabled',
      'gpu.enabled',
      'namespaces.platform.name',
      'namespaces.compute.name',
      'namespaces.system.name',
    );
    const plain = await talk({ file, preset, script: ['4.16', false, false, ''] });
    expect(plain.prompter.asked[0]).to.equal('Which OpenShift version? []');
    expect(plain.prompter.asked).to.have.length(4);
    const script = [
      'openshift',
      '4.16',
      false,
      false,
      '',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ];
    const all = await talk({ file, preset, review: true, script });
    expect(all.prompter.asked.filter((text) => !text.includes('SCC'))).to.deep.equal([
      'Where does the cluster run? [openshift]',
      'Which OpenShift version? []',
      'Does the cluster remap user ids? [false]',
      "Name of the namespace for Domino's own services? [plat]",
      'Name of the namespace for workspaces, jobs, models and image builds? [comp]',
      'Name of the namespace for cluster-wide parts of Domino? [sys]',
      'Shall Domino run its own image registry inside the cluster? [true]',
      'Are there GPU nodes? [false]',
    ]);
  });

  it('without prompts names what is open, and with --yes only what has no default', () => {
    const missing = (yes: boolean, preset: Record<string, Answer['value']>): string[] => {
      const setup = setupOf({ yes, preset });
      return missingAnswers(setup, startFlow(setup)).map(({ flag }) => flag);
    };
    expect(missing(false, without('gpu.enabled', 'version'))).to.deep.equal([
      'domino-version',
      'gpu',
    ]);
    expect(missing(true, {})).to.deep.equal(['kubernetes-version']);
    expect(missing(true, { 'pod_security.platform': 'openshift' })).to.deep.equal([
      'openshift-version',
    ]);
    expect(missing(true, { 'pod_security.kubernetes_version': '1.22' })).to.deep.equal(['psp']);
    expect(missing(true, { ...quiet, 'internal_docker_registry.enabled': false })).to.deep.equal([
      'registry',
    ]);
    expect(missing(false, quiet)).to.deep.equal([]);
  });

  it('without prompts keeps no default that nobody took', () => {
    const setup = setupOf({ preset: without('gpu.enabled', 'istio.enabled') });
    const state = startFlow(setup);
    missingAnswers(setup, state);
    expect([...state.answers.keys()]).to.deep.equal([...setup.preset.keys()]);
  });

  it('asks for what the file says wrongly', async () => {
    const { prompter } = await talk({
      file: 'storage_classes: {block: {type: ebz}}\n',
      preset: without('storage_classes.block.type'),
      script: ['gce'],
    });
    expect(prompter.asked).to.deep.equal(['Which block storage? []']);
  });

  it('knows the release of a file that has no key version', () => {
    const base = readBase('pod_security: {domino_version: 5.10.1}\n', 'deploy.yaml');
    expect(factsOf(base, new Map()).dominoVersion).to.equal('5.10.1');
  });
});
