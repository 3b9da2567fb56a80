import { expect } from 'chai';
import { interview, offerGenerate } from '../../src/cli/init-interview.ts';
import type { Session } from '../../src/cli/init-result.ts';
import { UserError } from '../../src/diagnostics.ts';
import type { Answer } from '../../src/init/answer.ts';
import { readBase } from '../../src/init/base.ts';
import { startFlow } from '../../src/init/flow.ts';
import type { Prompter } from '../../src/io/prompter.ts';
import { fakeIo, type FakeIo } from '../helpers/fake-io.ts';
import { scripted } from '../unit/init/scripted.ts';
import { quiet } from '../unit/init/talk.ts';

const CANARY = 'canary-7f3a';
const OLD = `# Of the installer.
schema: "1.16"
version: 6.2.2
helm:
  image_registries:
    - {server: quay.io, username: u, password: "${CANARY}"}
internal_docker_registry: {}   # inside
`;

const presetAll: Record<string, Answer['value']> = {
  'pod_security.kubernetes_version': '1.33',
  version: '6.2.2',
};

function session(
  text: string | undefined,
  preset = presetAll,
  args = {},
): Session & { io: FakeIo } {
  const answers = Object.entries(preset).map(([path, value]): [string, Answer] => [
    path,
    { value, source: 'flag' },
  ]);
  const setup = {
    base: readBase(text, 'd.yaml'),
    preset: new Map(answers),
    yes: true,
    review: false,
  };
  return { setup, state: startFlow(setup), args, io: fakeIo() };
}

describe('init: the interview', () => {
  it('shows the preview before the last question; no means no', async () => {
    const talk = session(undefined);
    const prompter = scripted([false]);
    expect(
      await interview(
        {
          ...talk,
          setup: { ...talk.setup, yes: false },
          state: { ...talk.state, answers: new Map(fullAnswers()) },
        },
        prompter,
      ),
    ).to.equal(undefined);
    expect(prompter.asked).to.deep.equal(['Write d.yaml? [true]']);
    expect(talk.io.stderr).to.match(
      /What this means\n\d+ pods of the catalog: .*\n\nPods that may do more than the default policy\n[^]*What would remove some of that\n/,
    );
  });

  it('asks before it changes a file, proposes no, and names the changes', async () => {
    const talk = session(OLD, { 'pod_security.kubernetes_version': '1.33' });
    const prompter = scripted([undefined]);
    expect(await interview(talk, prompter)).to.equal(undefined);
    expect(prompter.asked).to.deep.equal(['Change d.yaml? [false]']);
    expect(talk.io.stderr).to.contain(
      'Changes in d.yaml\n  pod_security.kubernetes_version: 1.33\n',
    );
    expect(talk.io.stderr).not.to.contain(CANARY);
  });

  it('needs no word where flags say all, and none where nothing changes', async () => {
    expect((await interview(session(undefined), scripted([])))?.text).to.contain('version: 6.2.2');
    expect(
      (await interview(session(OLD, presetAll, { force: true }), scripted([])))?.text,
    ).to.contain('1.33');
    const done = `${OLD}pod_security: {kubernetes_version: "1.33"}\n`;
    expect((await interview(session(done, {}), scripted([])))?.text).to.equal(done);
  });

  it('a problem of the result goes back to the question that made it', async () => {
    const talk = session(undefined, { 'pod_security.platform': 'openshift', version: '6.2.2' });
    const setup = { ...talk.setup, yes: false };
    const preset = new Map([
      ...fullAnswers(),
      ['pod_security.platform', { value: 'openshift', source: 'flag' }] as [string, Answer],
    ]);
    preset.delete('pod_security.kubernetes_version');
    const prompter = scripted(['4.18', false, true, '', false, '', true]);
    const result = await interview(
      { ...talk, setup, state: { ...talk.state, answers: preset } },
      prompter,
    );
    expect(prompter.asked).to.deep.equal([
      'Which OpenShift version? []',
      'Do you add your own SCCs for Domino? [false]',
      'Does the cluster remap user ids? [false]',
      'Which SCCs have you added for Domino? []',
      'Does the cluster remap user ids? [true]',
      'Which SCCs have you added for Domino? []',
      'Write d.yaml? [true]',
    ]);
    expect(talk.io.stderr).to.contain('DPS2060');
    expect(result?.text).to.contain('uid_remapping: false');
  });

  it('goes back from the last question', async () => {
    const talk = session(undefined, { version: '6.2.2' });
    const prompter = scripted(['1.33', '<', '1.32', true]);
    const result = await interview(talk, prompter);
    expect(prompter.asked).to.deep.equal([
      'Which Kubernetes version? []',
      'Write d.yaml? [true]',
      'Which Kubernetes version? [1.33]',
      'Write d.yaml? [true]',
    ]);
    expect(result?.text).to.contain('kubernetes_version: "1.32"');
  });

  it('Ctrl-C at the offer to generate: 130, and no lie about the file', async () => {
    const talk = session(undefined);
    const stop = (): Promise<never> => Promise.reject(new UserError([], 130));
    const prompter: Prompter = { select: stop, confirm: stop, input: stop };
    const error: unknown = await offerGenerate(talk, prompter).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UserError).with.property('exitCode', 130);
    expect(talk.io.stderr).to.equal(
      'Interrupted; the configuration is written, generate was not run.\n',
    );
  });
});

/** Every answer of a plain cluster, as if asked. */
function fullAnswers(): [string, Answer][] {
  const values: Record<string, Answer['value']> = {
    ...quiet,
    ...presetAll,
  };
  return Object.entries(values).map(([path, value]) => [path, { value, source: 'flag' }]);
}
