import { expect } from 'chai';
import { identityOf } from '../../../src/security/identity.ts';
import { minimalPod, visitObject } from '../../helpers/pods.ts';

describe('identityOf', () => {
  const identity = (metadata: Record<string, unknown>, kind = 'Pod') =>
    visitObject({ ...minimalPod(), kind, metadata }, (object) =>
      identityOf(object, object.pods[0]!),
    );
  const falco = [{ kind: 'DaemonSet', name: 'falco' }];

  it('knows the maker by the name that it gave', () => {
    const { owners } = identity({ name: 'falco-x2x4z', ownerReferences: falco });
    expect(owners).to.deep.equal(falco);
    const long = 'a'.repeat(60);
    const cut = identity({
      name: `${'a'.repeat(58)}x2x4z`,
      ownerReferences: [{ kind: 'DaemonSet', name: long }],
    });
    expect(cut.owners).to.have.length(1);
  });

  it('believes no owner that anybody could write down', () => {
    expect(identity({ name: 'evil', ownerReferences: falco }).owners).to.deep.equal([]);
    const other = identity({ name: 'falco-x', ownerReferences: falco }, 'StatefulSet');
    expect(other.owners).to.deep.equal([]);
  });

  it('counts generateName where the server did', () => {
    expect(identity({ generateName: 'falco-' }).generateName).to.equal('falco-');
    expect(identity({ name: 'falco-x2x4z', generateName: 'falco-' }).generateName).to.equal(
      'falco-',
    );
    expect(identity({ name: 'evil', generateName: 'falco-' }).generateName).to.equal(undefined);
    const deployment = identity({ generateName: 'falco-' }, 'Deployment');
    expect(deployment.generateName).to.equal(undefined);
  });
});
