import { expect } from 'chai';
import { askQuestion } from '../../../src/init/ask.ts';
import { goBack } from '../../../src/init/flow.ts';
import { initQuestions } from '../../../src/init/questions.ts';
import { scripted } from './scripted.ts';
import { talk, without } from './talk.ts';

describe('init: the flow of questions', () => {
  it('goes back over several questions; what was answered is proposed, what no longer matters is gone', async () => {
    const { prompter, state } = await talk({
      preset: without('istio.enabled', 'gpu.enabled'),
      script: [true, true, 'mesh', '<', '<', '<', false, false],
    });
    expect(prompter.asked).to.deep.equal([
      'Are there GPU nodes? [false]',
      'Encrypt traffic between pods with Istio? [false]',
      "Name of the namespace for Istio's control plane? [istio-system]",
      'Shall Domino install Istio itself? [true]',
      "Name of the namespace for Istio's control plane? [mesh]",
      'Encrypt traffic between pods with Istio? [true]',
      'Are there GPU nodes? [true]',
      'Encrypt traffic between pods with Istio? [true]',
    ]);
    expect(state.asked).to.deep.equal(['gpu.enabled', 'istio.enabled']);
    expect(state.answers.has('namespaces.istio.name')).to.equal(false);
    expect(state.answers.get('gpu.enabled')).to.deep.equal({ value: false, source: 'prompt' });
  });

  it('says so at the first question', async () => {
    const { said, state } = await talk({
      preset: without('gpu.enabled'),
      script: ['<', true],
    });
    expect(said).to.deep.equal(['GPU', 'This is the first question; Ctrl-C ends without a file.']);
    expect(state.asked).to.deep.equal(['gpu.enabled']);
  });

  it('goes back to a named question and forgets the defaults behind it', async () => {
    const { state } = await talk({
      preset: without('istio.enabled', 'gpu.enabled'),
      script: [false, false],
    });
    state.answers.set('x', { value: true, source: 'default' });
    expect(goBack(state, 'gpu.enabled')).to.equal(true);
    expect([state.asked, state.answers.has('x'), state.answers.has('istio.enabled')]).to.deep.equal(
      [[], false, false],
    );
    expect(goBack(state)).to.equal(false);
  });

  it('goes back from the name of another storage to the list, not to the question before', async () => {
    const { prompter, state } = await talk({
      preset: without('storage_classes.block.type', 'extended_catalog'),
      script: [false, '\0other', '<', 'gce'],
    });
    expect(prompter.asked.slice(1)).to.deep.equal(new Array(3).fill('Which block storage? []'));
    expect(state.asked).to.deep.equal(['extended_catalog', 'storage_classes.block.type']);
  });

  it('proposes to leave open what was left open', async () => {
    const proposals: (string | undefined)[] = [];
    const prompter = scripted(['']);
    const entry = initQuestions.find(({ path }) => path === 'storage_classes.block.type');
    const answer = await askQuestion(entry!, null, {
      ...prompter,
      select: async (prompt) => {
        proposals.push(prompt.proposal);
        return prompter.select(prompt);
      },
    });
    expect([answer, proposals]).to.deep.equal([null, ['']]);
  });
});
