// How releases print the values in their reasons.
import { expect } from 'chai';
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { grantsForNamespace } from '../../../../src/admission/scc/rbac.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import type { SccVerdict } from '../../../../src/admission/scc/types.ts';
import { NAMESPACE, pod, scc } from './support.ts';

describe('values in reasons', () => {
  const SCC = {
    userNamespaceLevel: 'RequirePodLevel',
    supplementalGroups: { type: 'MustRunAs', ranges: [{ min: 5, max: 6 }] },
  };
  function words(minor: number): SccVerdict['message'] {
    const admission = createSccAdmission({
      sccs: [parseScc(scc(SCC))],
      features: featuresForMinor(minor),
      grants: grantsForNamespace('ns', ['own']),
    });
    return admission({ pod: pod({}, { supplementalGroups: [7, 5] }), namespace: NAMESPACE })
      .message;
  }
  const said = (groups: string, nothing: string): string =>
    'unable to validate against any security context constraint: ' +
    `[provider own: .spec.securityContext.supplementalGroups: Invalid value: ${groups}: 7 is not an allowed group, ` +
    `provider own: .spec.securityContext.hostUsers: Invalid value: ${nothing}: Host Users must be set to false]`;

  it('are written as in Go up to 4.20', () => {
    expect(words(20)).to.equal(said('[]int64{7, 5}', '"null"'));
  });

  it('are JSON from 4.21 on', () => {
    expect(words(21)).to.equal(said('[7,5]', 'null'));
  });
});
