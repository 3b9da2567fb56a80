// The groups of whoever creates a pod.
import { expect } from 'chai';
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { authenticatedUser, NO_GRANTS } from '../../../../src/admission/scc/rbac.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import { NAMESPACE, pod, scc } from './support.ts';

describe('the requester', () => {
  it('has the groups of the service account that he is', () => {
    const name = 'system:serviceaccount:build:robot';
    expect(authenticatedUser({ name, groups: ['dev'] }).groups).to.deep.equal([
      'dev',
      'system:serviceaccounts',
      'system:serviceaccounts:build',
      'system:authenticated',
    ]);
  });

  it('has no other groups than his own and that of everybody', () => {
    expect(authenticatedUser({ name: 'system:serviceaccounts', groups: [] }).groups).to.deep.equal([
      'system:authenticated',
    ]);
    expect(authenticatedUser({ name: 'system:anonymous', groups: [] }).groups).to.deep.equal([]);
  });

  it('may use what the groups of his service account may use', () => {
    const admission = createSccAdmission({
      sccs: [parseScc(scc({ groups: ['system:serviceaccounts:build'] }))],
      features: featuresForMinor(20),
      grants: NO_GRANTS,
    });
    const user = { name: 'system:serviceaccount:build:robot', groups: [] };
    expect(admission({ pod: pod(), namespace: NAMESPACE, user }).subject).to.equal('user');
  });
});
