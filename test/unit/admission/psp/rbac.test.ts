// Who may use a policy, from RBAC objects as they stand in manifests (T16).
import { expect } from 'chai';
import {
  controllerUser,
  readPspGrants,
  requester,
  serviceAccountUser,
  unknownGrants,
  usablePsps,
} from '../../../../src/admission/psp/rbac.ts';

const USE = { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] };
const NAMED = { ...USE, resourceNames: ['a'] };
const ACCOUNT = { kind: 'ServiceAccount', name: 'sa', namespace: 'ns' };

function role(kind: string, rules: unknown, more: object = {}): unknown {
  const metadata = { name: 'r', ...(kind === 'Role' ? { namespace: 'ns' } : {}) };
  return { kind, metadata, rules, ...more };
}

function binding(kind: string, subject: unknown, ref: object = {}): unknown {
  return {
    kind,
    metadata: { name: 'b', ...(kind === 'RoleBinding' ? { namespace: 'ns' } : {}) },
    roleRef: { kind: 'ClusterRole', name: 'r', ...ref },
    subjects: [subject],
  };
}

const group = (name: string): unknown => ({ kind: 'Group', name });
const CLUSTER = role('ClusterRole', [NAMED]);
const LABELLED = {
  kind: 'ClusterRole',
  metadata: { name: 'x', labels: { psp: 'yes' } },
  rules: [NAMED],
};
const gathering = (selector: object): unknown =>
  role('ClusterRole', [], { aggregationRule: { clusterRoleSelectors: [selector] } });

type Case = [name: string, objects: unknown[], expected: unknown, namespace?: string];

/** What service account ns/sa may use in `namespace`. */
const CASES: Case[] = [
  ['a RoleBinding to the account', [CLUSTER, binding('RoleBinding', ACCOUNT)], ['a']],
  ['holds in its own namespace', [CLUSTER, binding('RoleBinding', ACCOUNT)], [], 'other'],
  [
    'a ClusterRoleBinding everywhere',
    [CLUSTER, binding('ClusterRoleBinding', ACCOUNT)],
    ['a'],
    'other',
  ],
  ['a Role', [role('Role', [NAMED]), binding('RoleBinding', ACCOUNT, { kind: 'Role' })], ['a']],
  [
    'not of a ClusterRoleBinding',
    [role('Role', [NAMED]), binding('ClusterRoleBinding', ACCOUNT, { kind: 'Role' })],
    [],
  ],
  [
    'the accounts of the namespace',
    [CLUSTER, binding('RoleBinding', group('system:serviceaccounts:ns'))],
    ['a'],
  ],
  ['of another one', [CLUSTER, binding('RoleBinding', group('system:serviceaccounts:x'))], []],
  ['all accounts', [CLUSTER, binding('RoleBinding', group('system:serviceaccounts'))], ['a']],
  [
    'the authenticated are no accounts',
    [CLUSTER, binding('RoleBinding', group('system:authenticated'))],
    [],
  ],
  [
    'the account as a user',
    [CLUSTER, binding('RoleBinding', { kind: 'User', name: 'system:serviceaccount:ns:sa' })],
    ['a'],
  ],
  [
    'an account without namespace',
    [CLUSTER, binding('RoleBinding', { kind: 'ServiceAccount', name: 'sa' })],
    ['a'],
  ],
  ['another account', [CLUSTER, binding('RoleBinding', { ...ACCOUNT, name: 'sb' })], []],
  [
    'extensions',
    [
      role('ClusterRole', [{ ...NAMED, apiGroups: ['extensions'] }]),
      binding('RoleBinding', ACCOUNT),
    ],
    ['a'],
  ],
  [
    'another API group',
    [role('ClusterRole', [{ ...NAMED, apiGroups: ['apps'] }]), binding('RoleBinding', ACCOUNT)],
    [],
  ],
  [
    'another verb',
    [role('ClusterRole', [{ ...NAMED, verbs: ['get'] }]), binding('RoleBinding', ACCOUNT)],
    [],
  ],
  [
    'another resource',
    [role('ClusterRole', [{ ...NAMED, resources: ['pods'] }]), binding('RoleBinding', ACCOUNT)],
    [],
  ],
  [
    'wildcards',
    [
      role('ClusterRole', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
      binding('RoleBinding', ACCOUNT),
    ],
    '*',
  ],
  ['without names', [role('ClusterRole', [USE]), binding('RoleBinding', ACCOUNT)], '*'],
  [
    'a star is no name',
    [role('ClusterRole', [{ ...USE, resourceNames: ['*'] }]), binding('RoleBinding', ACCOUNT)],
    [],
  ],
  ['cluster-admin', [binding('RoleBinding', ACCOUNT, { name: 'cluster-admin' })], '*'],
  [
    'two bindings',
    [CLUSTER, binding('RoleBinding', ACCOUNT), binding('ClusterRoleBinding', ACCOUNT)],
    ['a'],
  ],
  ['a List', [{ kind: 'List', items: [CLUSTER, binding('RoleBinding', ACCOUNT)] }], ['a']],
  [
    'aggregation',
    [LABELLED, gathering({ matchLabels: { psp: 'yes' } }), binding('RoleBinding', ACCOUNT)],
    ['a'],
  ],
  [
    'other labels',
    [LABELLED, gathering({ matchLabels: { psp: 'no' } }), binding('RoleBinding', ACCOUNT)],
    [],
  ],
];

describe('who may use a PodSecurityPolicy', () => {
  for (const [name, objects, expected, namespace = 'ns'] of CASES) {
    it(name, () => {
      const names = usablePsps(readPspGrants(objects), serviceAccountUser('ns', 'sa'), namespace);
      expect(names).to.deep.equal(expected);
    });
  }

  it('gives the requester what all authenticated have, but not the anonymous', () => {
    const grants = readPspGrants([
      CLUSTER,
      binding('ClusterRoleBinding', group('system:authenticated')),
    ]);
    const who = [undefined, { name: 'jane', groups: [] }, { name: 'system:anonymous', groups: [] }];
    const names = who.map((user) => usablePsps(grants, requester(user), 'ns'));
    expect(names).to.deep.equal([['a'], ['a'], []]);
  });

  it('lets system:masters use all', () => {
    const user = requester({ name: 'root', groups: ['system:masters'] });
    expect(usablePsps(readPspGrants([]), user, 'ns')).to.equal('*');
  });

  it('names the controller that creates the pods of a workload', () => {
    expect(controllerUser('Deployment')).to.deep.equal({
      name: 'system:serviceaccount:kube-system:replicaset-controller',
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:kube-system',
        'system:authenticated',
      ],
    });
    expect([controllerUser('Pod'), controllerUser('constructor')]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('keeps a binding whose role is not known apart', () => {
    const missing = [binding('RoleBinding', ACCOUNT, { name: 'psp:secret' })];
    const unreadable = [gathering({ matchExpressions: [{}] }), binding('RoleBinding', ACCOUNT)];
    const harmless = [binding('RoleBinding', ACCOUNT, { name: 'view' })];
    const told = [missing, unreadable, harmless].map((objects) => {
      const grants = readPspGrants(objects);
      return [grants.notChecked, unknownGrants(grants, serviceAccountUser('ns', 'sa'), 'ns')];
    });
    expect(told).to.deep.equal([
      [['RoleBinding ns/b: ClusterRole psp:secret is not known'], ['RoleBinding ns/b']],
      [['RoleBinding ns/b: ClusterRole r is not known'], ['RoleBinding ns/b']],
      [[], []],
    ]);
  });

  it('puts objects without namespace where it is told', () => {
    const object = { ...(binding('RoleBinding', ACCOUNT) as object), metadata: { name: 'b' } };
    const names = ['ns', 'default'].map((namespace) =>
      usablePsps(readPspGrants([CLUSTER, object], namespace), serviceAccountUser('ns', 'sa'), 'ns'),
    );
    expect(names).to.deep.equal([['a'], []]);
  });
});
