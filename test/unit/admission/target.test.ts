import { expect } from 'chai';
import { openshiftTarget, readTarget, targetText } from '../../../src/admission/target.ts';

describe('the target', () => {
  const rows: [string | undefined, string | undefined, unknown][] = [
    ['1.33', undefined, { kubernetes: 33 }],
    ['v1.29.4', undefined, { kubernetes: 29 }],
    ['1.0', undefined, { kubernetes: 0 }],
    [undefined, '4.20', { kubernetes: 33, openshift: { minor: 20 } }],
    [undefined, '4.18.5', { kubernetes: 31, openshift: { minor: 18, z: 5 } }],
    ['1.33', '4.20', { kubernetes: 33, openshift: { minor: 20 } }],
    [undefined, '4.10', { kubernetes: 23, openshift: { minor: 10 } }],
    [undefined, '4.23', { kubernetes: 36, openshift: { minor: 23 } }],
  ];
  for (const [kubernetes, openshift, expected] of rows) {
    it(`reads ${kubernetes ?? ''} ${openshift ?? ''}`, () => {
      expect(readTarget(kubernetes, openshift)).to.deep.equal(expected);
    });
  }

  const problems: [string | undefined, string | undefined, RegExp][] = [
    [undefined, undefined, /not known for which cluster/],
    ['1.41', undefined, /from 1\.0 to 1\.40; got "1\.41"/],
    ['latest', undefined, /got "latest"/],
    [undefined, '4.9', /SCCs of OpenShift 4\.9 are not known/],
    [undefined, '4.24', /SCCs of OpenShift 4\.24 are not known/],
    [undefined, '3.11', /got "3\.11"/],
    ['1.32', '4.20', /OpenShift 4\.20 is Kubernetes 1\.33, but --kubernetes-version says "1\.32"/],
  ];
  for (const [kubernetes, openshift, message] of problems) {
    it(`refuses ${kubernetes ?? ''} ${openshift ?? ''}`, () => {
      const result = readTarget(kubernetes, openshift);
      expect('problem' in result ? result.problem : '').to.match(message);
    });
  }

  it('has a name', () => {
    expect(targetText({ kubernetes: 33 })).to.equal('Kubernetes 1.33');
    const target = openshiftTarget(18, 5);
    expect('problem' in target ? '' : targetText(target)).to.equal('OpenShift 4.18.5');
  });
});
