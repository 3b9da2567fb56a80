import { expect } from 'chai';
import { planPod } from '../../../src/security/plan.ts';
import { deployText, policyOf } from '../../helpers/policy.ts';

describe('planPod', () => {
  const context = policyOf(deployText('storage_classes:\n  block:\n    type: ebs'));
  const remarks = (name: string, securityContext: object): (string | undefined)[][] =>
    planPod(
      {
        kind: 'DaemonSet',
        name,
        namespace: 'domino-platform',
        owners: [],
        containers: ['ebs-plugin'],
      },
      { spec: { containers: [{ name: 'ebs-plugin', securityContext }] } },
      context,
    ).diagnostics.map(({ code, fix }) => [code, fix]);

  it('says what to do about a value that it takes away', () => {
    expect(remarks('nucleus', { privileged: true })).to.deep.equal([
      [
        'DPS3001',
        'If the container needs privileged, record it as a row for the pod in pod_security.catalog.',
      ],
    ]);
  });

  it('has nothing to do where it only removes what the API server would refuse', () => {
    const context = { privileged: true, allowPrivilegeEscalation: false, runAsUser: 0 };
    expect(remarks('ebs-csi-node', context)).to.deep.equal([['DPS3009', 'Nothing to do.']]);
  });
});
