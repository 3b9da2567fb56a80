import { expect } from 'chai';
import { config, read } from './problems.ts';

describe('deploy: the name of a namespace', () => {
  const ofCluster = ['default', 'kube-system', 'kube-public', 'openshift', 'openshift-ingress'];
  for (const name of ofCluster) {
    it(`is not the cluster's own ${name}`, () => {
      const forms = [`{platform: {name: ${name}}}`, `{compute: ${name}}`];
      for (const namespaces of forms) {
        const codes = read(config({ namespaces })).diagnostics.filter(
          ({ severity }) => severity === 'error',
        );
        expect(codes.map(({ code }) => code)).to.deep.equal(['DPS2012']);
        expect(codes[0]?.message).to.include(`got "${name}".`);
      }
    });
  }

  it('may only look like one', () => {
    const namespaces =
      '{platform: {name: default-1}, compute: {name: kubeflow}, system: {name: my-openshift}}';
    expect(read(config({ namespaces })).diagnostics).to.deep.equal([]);
  });
});
