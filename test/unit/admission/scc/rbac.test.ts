// Who may use an SCC, from RBAC objects as they stand in manifests.
import { expect } from 'chai';
import {
  grantsForNamespace,
  mergeGrants,
  readGrants,
  serviceAccountUser,
  usableSccs,
} from '../../../../src/admission/scc/rbac.ts';

const USE = {
  apiGroups: ['security.openshift.io'],
  resources: ['securitycontextconstraints'],
  verbs: ['use'],
};

function role(
  kind: string,
  name: string,
  rules: unknown,
  more: Record<string, unknown> = {},
): unknown {
  const metadata = {
    name,
    ...(kind === 'Role' ? { namespace: 'ns' } : {}),
    ...(more['metadata'] as object | undefined),
  };
  return { kind, ...more, metadata, rules };
}

function binding(kind: string, roleRef: unknown, subject: unknown): unknown {
  return {
    kind,
    metadata: { name: 'b', ...(kind === 'RoleBinding' ? { namespace: 'ns' } : {}) },
    roleRef,
    subjects: [subject],
  };
}

const ACCOUNT = { kind: 'ServiceAccount', name: 'sa', namespace: 'ns' };
const cluster = (name: string): unknown => ({ kind: 'ClusterRole', name });
const local = (name: string): unknown => ({ kind: 'Role', name });

/** What service account ns/sa may use in `namespace`. */
function usable(objects: unknown[], namespace = 'ns'): unknown {
  return usableSccs(readGrants(objects), serviceAccountUser('ns', 'sa'), namespace);
}

type Case = [name: string, objects: unknown[], expected: unknown, namespace?: string];

const CASES: Case[] = [
  [
    'knows the ClusterRoles that ship',
    [binding('RoleBinding', cluster('system:openshift:scc:anyuid'), ACCOUNT)],
    ['anyuid'],
  ],
  [
    'but none for an SCC that does not',
    [binding('RoleBinding', cluster('system:openshift:scc:hostmount'), ACCOUNT)],
    [],
  ],
  ['knows cluster-admin', [binding('ClusterRoleBinding', cluster('cluster-admin'), ACCOUNT)], '*'],
  [
    'keeps a RoleBinding in its namespace',
    [binding('RoleBinding', cluster('cluster-admin'), ACCOUNT)],
    [],
    'other',
  ],
  [
    'takes a ClusterRoleBinding everywhere',
    [binding('ClusterRoleBinding', cluster('cluster-admin'), ACCOUNT)],
    '*',
    'other',
  ],
  [
    'reads Roles',
    [
      role('Role', 'r', [{ ...USE, resourceNames: ['x'] }]),
      binding('RoleBinding', local('r'), ACCOUNT),
    ],
    ['x'],
  ],
  [
    'takes no names for all',
    [role('Role', 'r', [USE]), binding('RoleBinding', local('r'), ACCOUNT)],
    '*',
  ],
  [
    'reads wildcards',
    [
      role('ClusterRole', 'r', [
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'], resourceNames: ['x'] },
      ]),
      binding('RoleBinding', cluster('r'), ACCOUNT),
    ],
    ['x'],
  ],
  ...(['apiGroups', 'resources', 'verbs'] as const).map((key): Case => [
    `grants nothing for other ${key}`,
    [role('Role', 'r', [{ ...USE, [key]: ['get'] }]), binding('RoleBinding', local('r'), ACCOUNT)],
    [],
  ]),
  [
    'takes no Role for a ClusterRole',
    [role('Role', 'r', [USE]), binding('RoleBinding', cluster('r'), ACCOUNT)],
    [],
  ],
  [
    'takes no Role through a ClusterRoleBinding',
    [role('Role', 'r', [USE]), binding('ClusterRoleBinding', local('r'), ACCOUNT)],
    [],
  ],
  [
    'adds up rules and bindings',
    [
      role('Role', 'r', [
        { ...USE, resourceNames: ['x'] },
        { ...USE, resourceNames: ['y', 'x'] },
      ]),
      binding('RoleBinding', local('r'), ACCOUNT),
      binding('RoleBinding', cluster('system:openshift:scc:anyuid'), ACCOUNT),
    ],
    ['x', 'y', 'anyuid'],
  ],
  [
    'follows aggregation',
    [
      role('ClusterRole', 'sum', [], {
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'sum' } }] },
      }),
      role('ClusterRole', 'part', [{ ...USE, resourceNames: ['x'] }], {
        metadata: { labels: { to: 'sum' } },
      }),
      role('ClusterRole', 'other', [USE], { metadata: { labels: { to: 'else' } } }),
      binding('RoleBinding', cluster('sum'), ACCOUNT),
    ],
    ['x'],
  ],
  ...(
    [
      ['User', 'system:serviceaccount:ns:sa', ['anyuid']],
      ['User', 'sa', []],
      ['Group', 'system:serviceaccounts', ['anyuid']],
      ['Group', 'system:serviceaccounts:ns', ['anyuid']],
      ['Group', 'system:serviceaccounts:other', []],
      // The plugin asks for the service account without this group; the requester has it.
      ['Group', 'system:authenticated', []],
      ['ServiceAccount', 'sa', ['anyuid']],
      ['ServiceAccount', 'other', []],
    ] as const
  ).map(([kind, name, expected]): Case => [
    `matches ${kind} ${name}`,
    [binding('RoleBinding', cluster('system:openshift:scc:anyuid'), { kind, name })],
    expected,
  ]),
  [
    'takes no service account of no namespace',
    [
      binding('ClusterRoleBinding', cluster('cluster-admin'), {
        kind: 'ServiceAccount',
        name: 'sa',
      }),
    ],
    [],
  ],
  [
    'takes the namespace of the binding for a service account without',
    [binding('RoleBinding', cluster('cluster-admin'), { kind: 'ServiceAccount', name: 'sa' })],
    '*',
  ],
  [
    'unwraps Lists',
    [
      {
        kind: 'List',
        items: [binding('RoleBinding', cluster('system:openshift:scc:anyuid'), ACCOUNT)],
      },
    ],
    ['anyuid'],
  ],
  [
    'passes over anything else',
    [null, 1, 'x', [], { kind: 'RoleBinding' }, { kind: 'Role', rules: 7, metadata: 8 }],
    [],
  ],
];

describe('RBAC of SCCs', () => {
  for (const [name, objects, expected, namespace] of CASES) {
    it(name, () => {
      expect(usable(objects, namespace)).to.deep.equal(expected);
    });
  }

  it('says which role it has not seen', () => {
    expect(readGrants([binding('RoleBinding', cluster('unseen'), ACCOUNT)])).to.deep.equal({
      grants: [],
      notChecked: ['RoleBinding ns/b: ClusterRole unseen is not in the input'],
    });
  });

  it('makes and merges the grants of a namespace', () => {
    const grants = mergeGrants(grantsForNamespace('ns', ['a']), grantsForNamespace('other', ['b']));
    expect(usableSccs(grants, serviceAccountUser('ns', 'sa'), 'ns')).to.deep.equal(['a']);
  });
});
