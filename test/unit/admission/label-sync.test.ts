// The level of an SCC as OpenShift's syncer derives it: scctopsamapping.go of cluster-policy-controller.
import { expect } from 'chai';
import { forecast, levelOfScc } from '../../../src/admission/label-sync.ts';
import { NO_GRANTS } from '../../../src/admission/scc/rbac.ts';
import { sccsForRelease } from '../../../src/admission/scc/tables.ts';
import { UID_RANGE, type Scc } from '../../../src/admission/scc/types.ts';

const release = sccsForRelease({ minor: 20 });
if (!release.ok) throw new Error(release.reason);
const base = release.sccs.find(({ name }) => name === 'restricted-v2') as Scc;

describe('the level of an SCC', () => {
  const rows: [string, Partial<Scc>, string][] = [
    ['restricted-v2', {}, 'restricted'],
    ['a localhost profile', { seccompProfiles: ['localhost/a', 'docker/default'] }, 'restricted'],
    ['every profile', { seccompProfiles: ['runtime/default', '*'] }, 'privileged'],
    ['a profile of another name', { seccompProfiles: ['runtime/default2'] }, 'privileged'],
    ['no profile', { seccompProfiles: [] }, 'baseline'],
    ['a sysctl that is safe', { allowedUnsafeSysctls: ['kernel.shm_rmid_forced'] }, 'restricted'],
    [
      'a sysctl that became safe later',
      { allowedUnsafeSysctls: ['net.ipv4.tcp_keepalive_time'] },
      'privileged',
    ],
    ['a capability that is added by default', { defaultAddCapabilities: ['CHOWN'] }, 'restricted'],
    ['a capability of baseline', { allowedCapabilities: ['CHOWN'] }, 'baseline'],
    ['a capability beyond', { allowedCapabilities: ['NET_RAW'] }, 'privileged'],
    ['a user id', { runAsUser: { type: 'MustRunAs', uid: 7 } }, 'restricted'],
    ['root', { runAsUser: { type: 'MustRunAs', uid: 0 } }, 'baseline'],
    ['a user id that is missing', { runAsUser: { type: 'MustRunAs' } }, 'baseline'],
    [
      'a range from root on',
      { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 0, uidRangeMax: 9 } },
      'baseline',
    ],
    ['half a range', { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 0 } }, 'restricted'],
    ['volumes beyond restricted', { volumes: ['secret', 'nfs'] }, 'baseline'],
  ];
  for (const [what, change, level] of rows) {
    it(`is ${level} with ${what}`, () => {
      expect(levelOfScc({ ...base, ...change })).to.equal(level);
    });
  }

  it("depends on the namespace's range where the SCC has none", () => {
    expect(levelOfScc(base, { [UID_RANGE]: '0/1000' })).to.equal('baseline');
    expect(levelOfScc(base, { [UID_RANGE]: '1000/1000' })).to.equal('restricted');
  });
});

describe('the forecast of the syncer', () => {
  const of = (name: string, sccs: readonly Scc[]) =>
    forecast({ name, labels: {}, accounts: ['app'] }, sccs, NO_GRANTS);
  const open: Scc = { ...base, name: 'open', allowHostNetwork: true };

  it('names what everybody may use where nothing more is granted', () => {
    const { level, why } = of('a', [open]);
    expect(level).to.equal('restricted');
    expect(why).to.match(/is restricted-v2$/);
  });

  const own: [string, Partial<Scc>][] = [
    ['a service account among its users', { users: ['system:serviceaccount:a:app'] }],
    ['the group of the namespace', { groups: ['system:serviceaccounts:a'] }],
    ['everybody', { groups: ['system:authenticated'] }],
  ];
  for (const [what, grant] of own) {
    it(`counts an SCC that names ${what} itself`, () => {
      expect(of('a', [{ ...open, ...grant }]).level).to.equal('privileged');
    });
  }

  it('counts no SCC of another namespace', () => {
    const scc = { ...open, users: ['system:serviceaccount:b:app'] };
    expect(of('a', [scc]).level).to.equal('restricted');
  });

  it('leaves namespaces of the platform alone', () => {
    for (const name of ['default', 'kube-node-lease', 'openshift'])
      expect(of(name, [base]).level).to.equal(null);
  });
});
