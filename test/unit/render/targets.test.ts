import { expect } from 'chai';
import type { DeployOptions } from '../../../src/deploy/options.ts';
import { renderTemplate } from '../../../src/render/engine.ts';
import { namespaces } from '../../../src/render/targets/namespaces.ts';
import { psp } from '../../../src/render/targets/psp.ts';
import { applySteps } from '../../../src/render/targets/summary-steps.ts';
import { verifyRendered } from '../../../src/render/verify.ts';
import { deployText } from '../../helpers/policy.ts';
import { renderAll, renderInput } from '../../helpers/render-input.ts';

/** A cluster of Kubernetes 1.`minor`, with PodSecurityPolicies on or off. */
const cluster = (minor: number, on: boolean): string =>
  deployText().replace('"1.33"', `"1.${minor}"\n  psp: ${on ? 'on' : 'off'}`);

describe('targets of generate', () => {
  it('label namespaces from the first release that obeys labels', () => {
    const applies = [22, 23].map((minor) =>
      namespaces.applies(renderInput(cluster(minor, false)).options),
    );
    expect(applies).to.deep.equal([false, true]);
  });

  it('have no PodSecurityPolicy for OpenShift, which would not read it', () => {
    const { options } = renderInput(cluster(24, true));
    const applies = (['eks', 'openshift'] as const).map((platform) =>
      psp.applies({ ...options, platform } satisfies DeployOptions),
    );
    expect(applies).to.deep.equal([true, false]);
  });

  it('advise before an upgrade to write labels only where the files have none yet', () => {
    const commands = [22, 23].map(
      (minor) =>
        applySteps(renderInput(cluster(minor, true))).find(({ title }) => title.startsWith('Later'))
          ?.commands[0],
    );
    expect(commands).to.deep.equal([
      'domino-podsec generate DEPLOY_YAML --kubernetes-version 1.24 --target namespaces --output .',
      'kubectl apply -f namespaces.yaml',
    ]);
  });
});

describe('templates', () => {
  it('let no text leave its comment, by any line break that a reader of YAML knows', () => {
    const text = 'a\nb\rc\u0085d\u2028e\u2029f';
    const view = { title: text, facts: [text], reasons: [], body: { a: 1 } };
    expect(renderTemplate('security-contexts/patch', view).trim().split('\n')).to.deep.equal([
      '# a b c d e f',
      '# a b c d e f',
      'a: 1',
    ]);
  });

  it('let no text leave its place in the summary, neither as a cell nor as HTML', () => {
    const row = `  catalog: [{id: fluentd, exceptions: [root], why: "a | b <img> c"}]`;
    const readme = renderAll(deployText('', row)).find(({ path }) => path === 'README.md');
    expect(readme?.content).to.contain('- Why: a \\| b &lt;img\\> c');
  });
});

describe('verifyRendered', () => {
  it('takes what reads back as it was meant, whatever the order of keys', () => {
    const documents = [{ b: 2, a: '1' }];
    expect(() => {
      verifyRendered([{ path: 'a.yaml', content: 'a: "1"\nb: 2\n', documents }]);
    }).not.to.throw();
  });

  it('refuses a file that says something else, and a path that was rendered twice', () => {
    const content = 'a: 1\n';
    expect(() => {
      verifyRendered([{ path: 'a.yaml', content, documents: [{ a: '1' }] }]);
    }).to.throw('a.yaml does not read back as it was meant');
    expect(() => {
      verifyRendered([
        { path: 'a.yaml', content, documents: [{ a: 1 }] },
        { path: 'a.yaml', content },
      ]);
    }).to.throw('a.yaml was rendered twice.');
  });
});
