// What the rows of the conformance data do not touch: every strategy with SCCs of our own.
import { expect } from 'chai';
import { MCS, UID_RANGE } from '../../../../src/admission/scc/types.ts';
import { judge, outcome, pod, scc } from './support.ts';

type Case = [name: string, scc: Record<string, unknown>, pod: unknown, expected: unknown];

const HOSTILE = { projected: { sources: [{ secret: { name: 's' } }] } };
const ITEM = { key: 'ca.crt', path: 'ca.crt' };
const TWO_FILES = {
  projected: { sources: [{ configMap: { name: 'kube-root-ca.crt', items: [ITEM, ITEM] } }] },
};
const TOKEN = {
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
};
const ids = { runAsUser: { type: 'MustRunAs', uid: 7 } };
const nonRoot = { runAsUser: { type: 'MustRunAsNonRoot' } };
const range = { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 5, uidRangeMax: 6 } };
const groups = { supplementalGroups: { type: 'MustRunAs' } };
const fsGroup = { fsGroup: { type: 'MustRunAs' } };
const label = {
  seLinuxContext: { type: 'MustRunAs', seLinuxOptions: { user: 'u', level: 's0:c2,c1' } },
};

const CASES: Case[] = [
  ['writes nothing that it need not', {}, pod(), [{}, {}]],
  [
    'writes the one uid, and that it is not root',
    ids,
    pod(),
    [{}, { runAsUser: 7, runAsNonRoot: true }],
  ],
  [
    'keeps a stated runAsNonRoot',
    ids,
    pod({}, { runAsNonRoot: false }),
    [{ runAsNonRoot: false }, { runAsUser: 7 }],
  ],
  [
    'refuses another uid',
    ids,
    pod({ runAsUser: 8 }),
    'provider own: .containers[0].runAsUser: Invalid value: 8: must be: 7',
  ],
  ['writes the first uid of the range', range, pod(), [{}, { runAsUser: 5, runAsNonRoot: true }]],
  [
    'takes the pod for its containers',
    range,
    pod({}, { runAsUser: 6 }),
    [{ runAsUser: 6 }, { runAsNonRoot: true }],
  ],
  [
    'refuses a uid below the range',
    range,
    pod({ runAsUser: 4 }, { runAsUser: 5 }),
    'provider own: .containers[0].runAsUser: Invalid value: 4: must be in the ranges: [5, 6]',
  ],
  [
    'does not call uid 0 non-root',
    { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 0, uidRangeMax: 1 } },
    pod(),
    [{}, { runAsUser: 0 }],
  ],
  ['asks the kubelet where the uid is unknown', nonRoot, pod(), [{}, { runAsNonRoot: true }]],
  [
    'refuses a denial of non-root',
    nonRoot,
    pod({ runAsNonRoot: false }),
    'provider own: .containers[0].runAsNonRoot: Invalid value: false: must be true',
  ],
  [
    'refuses uid 0 beside runAsNonRoot',
    nonRoot,
    pod({ runAsUser: 0, runAsNonRoot: true }),
    'provider own: .containers[0].runAsUser: Invalid value: 0: running with the root UID is forbidden',
  ],
  ['writes the first supplemental group', groups, pod(), [{ supplementalGroups: [2000] }, {}]],
  [
    'takes groups of any block',
    groups,
    pod({}, { supplementalGroups: [2009, 3001] }),
    [{ supplementalGroups: [2009, 3001] }, {}],
  ],
  [
    'names every group that is outside',
    groups,
    pod({}, { supplementalGroups: [1, 2000, 2] }),
    '[provider own: .spec.securityContext.supplementalGroups: Invalid value: []int64{1, 2000, 2}: 1 is not an allowed group, ' +
      'provider own: .spec.securityContext.supplementalGroups: Invalid value: []int64{1, 2000, 2}: 2 is not an allowed group]',
  ],
  [
    'refuses an empty list of groups',
    groups,
    pod({}, { supplementalGroups: [] }),
    'provider own: .spec.securityContext.supplementalGroups: Invalid value: []int64{}: unable to validate empty groups against required ranges',
  ],
  ['takes only the first group for fsGroup', fsGroup, pod(), [{ fsGroup: 2000 }, {}]],
  [
    'refuses the second group as fsGroup',
    fsGroup,
    pod({}, { fsGroup: 2001 }),
    'provider own: .spec.securityContext.fsGroup: Invalid value: []int64{2001}: 2001 is not an allowed group',
  ],
  [
    'writes the label once, at the pod',
    label,
    pod(),
    [{ seLinuxOptions: { user: 'u', level: 's0:c2,c1' } }, {}],
  ],
  [
    'takes categories in any order',
    label,
    pod({ seLinuxOptions: { user: 'u', level: 's0:c1,c2' } }),
    [
      { seLinuxOptions: { user: 'u', level: 's0:c2,c1' } },
      { seLinuxOptions: { user: 'u', level: 's0:c1,c2' } },
    ],
  ],
  [
    'compares all four parts, level first, then role, type, user',
    label,
    pod({ seLinuxOptions: { role: 'r', type: 't', level: 's1:c2,c1' } }),
    '[provider own: .containers[0].seLinuxOptions.level: Invalid value: "s1:c2,c1": must be s0:c2,c1, ' +
      'provider own: .containers[0].seLinuxOptions.role: Invalid value: "r": must be , ' +
      'provider own: .containers[0].seLinuxOptions.type: Invalid value: "t": must be , ' +
      'provider own: .containers[0].seLinuxOptions.user: Invalid value: "": must be u]',
  ],
  [
    'adds and drops by default, but not what the container drops',
    { defaultAddCapabilities: ['A', 'B'], requiredDropCapabilities: ['D'] },
    pod({ capabilities: { add: ['B'], drop: ['A'] } }),
    [{}, { capabilities: { add: ['B'], drop: ['A', 'D'] } }],
  ],
  [
    'leaves the order of capabilities alone where nothing is added',
    { allowedCapabilities: ['*'] },
    pod({ capabilities: { add: ['Z', 'A', 'Z'] } }),
    [{}, { capabilities: { add: ['Z', 'A', 'Z'] } }],
  ],
  [
    'compares capabilities as written',
    { allowedCapabilities: ['CHOWN'] },
    pod({ capabilities: { add: ['CHOWN', 'chown', 'CAP_CHOWN', 'ALL'] } }),
    '[provider own: .containers[0].capabilities.add: Invalid value: "chown": capability may not be added, ' +
      'provider own: .containers[0].capabilities.add: Invalid value: "CAP_CHOWN": capability may not be added, ' +
      'provider own: .containers[0].capabilities.add: Invalid value: "ALL": capability may not be added]',
  ],
  [
    'does not let a * among the added stand for all',
    { allowedCapabilities: ['A'] },
    pod({ capabilities: { add: ['*'] } }),
    'provider own: .containers[0].capabilities.add: Invalid value: "*": capability may not be added',
  ],
  [
    'writes a read-only root',
    { readOnlyRootFilesystem: true },
    pod(),
    [{}, { readOnlyRootFilesystem: true }],
  ],
  [
    'refuses a writable root',
    { readOnlyRootFilesystem: true },
    pod({ readOnlyRootFilesystem: false }),
    'provider own: .containers[0].readOnlyRootFilesystem: Invalid value: false: ReadOnlyRootFilesystem must be set to true',
  ],
  [
    'forbids escalation by default',
    { allowPrivilegeEscalation: false },
    pod(),
    [{}, { allowPrivilegeEscalation: false }],
  ],
  [
    'writes the default for escalation',
    { defaultAllowPrivilegeEscalation: false },
    pod(),
    [{}, { allowPrivilegeEscalation: false }],
  ],
  [
    'spares privileged containers the default',
    { defaultAllowPrivilegeEscalation: false, allowPrivilegedContainer: true },
    pod({ privileged: true }),
    [{}, { privileged: true }],
  ],
  [
    'spares CAP_SYS_ADMIN the default, not SYS_ADMIN',
    { defaultAllowPrivilegeEscalation: false, allowedCapabilities: ['*'] },
    pod({ capabilities: { add: ['SYS_ADMIN'] } }),
    [{}, { capabilities: { add: ['SYS_ADMIN'] }, allowPrivilegeEscalation: false }],
  ],
  [
    'leaves escalation open for the literal CAP_SYS_ADMIN',
    { defaultAllowPrivilegeEscalation: false, allowedCapabilities: ['*'] },
    pod({ capabilities: { add: ['CAP_SYS_ADMIN'] } }),
    [{}, { capabilities: { add: ['CAP_SYS_ADMIN'] } }],
  ],
  [
    'lets a default of true fail against the rule',
    { defaultAllowPrivilegeEscalation: true, allowPrivilegeEscalation: false },
    pod(),
    'provider own: .containers[0].allowPrivilegeEscalation: Invalid value: true: Allowing privilege escalation for containers is not allowed',
  ],
  [
    'writes the first seccomp profile that is named',
    { seccompProfiles: ['*', 'localhost/a.json'] },
    pod(),
    [{ seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }, {}],
  ],
  [
    'takes docker/default for runtime/default',
    { seccompProfiles: ['docker/default'] },
    pod({}, { seccompProfile: { type: 'RuntimeDefault' } }),
    [{ seccompProfile: { type: 'RuntimeDefault' } }, {}],
  ],
  [
    'names the profiles that it would take',
    { seccompProfiles: ['runtime/default', 'localhost/a'] },
    pod({ seccompProfile: { type: 'Localhost', localhostProfile: 'b' } }),
    'pod.metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: Forbidden: ' +
      'localhost/b is not an allowed seccomp profile. Valid values are [runtime/default localhost/a]',
  ],
  [
    'judges forbidden sysctls before safe ones, and patterns by their beginning',
    { forbiddenSysctls: ['kernel.shm_rmid_forced'], allowedUnsafeSysctls: ['net.*'] },
    pod(
      {},
      {
        sysctls: ['kernel.shm_rmid_forced', 'net.core.x', 'net', 'kernel.y'].map((name) => ({
          name,
          value: '1',
        })),
      },
    ),
    '[pod.spec.securityContext.sysctls[0]: Forbidden: sysctl "kernel.shm_rmid_forced" is not allowed, ' +
      'pod.spec.securityContext.sysctls[2]: Forbidden: unsafe sysctl "net" is not allowed, ' +
      'pod.spec.securityContext.sysctls[3]: Forbidden: unsafe sysctl "kernel.y" is not allowed]',
  ],
  [
    'takes a volume without source for an emptyDir',
    { volumes: ['emptyDir'] },
    pod({}, {}, { volumes: [{ name: 'v' }] }),
    [{}, {}],
  ],
  [
    'takes the token of a service account where secrets are allowed',
    { volumes: ['secret'] },
    pod({}, {}, { volumes: [TOKEN] }),
    [{}, {}],
  ],
  [
    'takes no other projected volume for it',
    { volumes: ['secret'] },
    pod({}, {}, { volumes: [TOKEN, HOSTILE, TWO_FILES] }),
    '[spec.volumes[1]: Invalid value: "projected": projected volumes are not allowed to be used, ' +
      'spec.volumes[2]: Invalid value: "projected": projected volumes are not allowed to be used]',
  ],
  [
    'asks the driver of a flexVolume',
    { volumes: ['flexVolume'], allowedFlexVolumes: [{ driver: 'a/b' }] },
    pod(
      {},
      {},
      { volumes: [{ flexVolume: { driver: 'a/b' } }, { flexVolume: { driver: 'a/c' } }] },
    ),
    'provider own: .spec.securityContext.volumes[1].driver: Invalid value: "a/c": Flexvolume driver is not allowed to be used',
  ],
  [
    'refuses all volumes for an empty list',
    { volumes: [] },
    pod({}, {}, { volumes: [{ configMap: {} }] }),
    'spec.volumes[0]: Invalid value: "configMap": configMap volumes are not allowed to be used',
  ],
  [
    'wants hostUsers to be false, not only absent',
    { userNamespaceLevel: 'RequirePodLevel' },
    pod({}, {}, { hostUsers: true }),
    'provider own: .spec.securityContext.hostUsers: Invalid value: true: Host Users must be set to false',
  ],
  [
    'takes host ports where they are allowed, and only ports above 0',
    { allowHostPorts: false },
    pod({}, {}, { containers: [{ name: 'c', ports: [{ containerPort: 1, hostPort: 0 }] }] }),
    [{}, undefined],
  ],
  [
    'reads ephemeral containers too',
    {},
    pod({}, {}, { ephemeralContainers: [{ name: 'e', securityContext: { privileged: true } }] }),
    'provider own: .ephemeralContainers[0].privileged: Invalid value: true: Privileged containers are not allowed',
  ],
];

describe('strategies of an SCC', () => {
  for (const [name, more, thePod, expected] of CASES) {
    it(name, () => {
      const result = outcome(judge(scc(more), thePod));
      expect(result).to.deep.equal(
        Array.isArray(expected) && expected[1] === undefined ? [expected[0], null] : expected,
      );
    });
  }

  it('gives the full path of the pod beside the plugin’s own', () => {
    expect(
      judge(scc(), pod({ privileged: true, capabilities: { add: ['A'] } })).refusals,
    ).to.deep.equal([
      {
        scc: 'own',
        field: '.containers[0].privileged',
        reason: 'Invalid value: true: Privileged containers are not allowed',
        path: 'spec.containers[0].securityContext.privileged',
      },
    ]);
  });

  it('falls back to the uid range for groups', () => {
    const annotations = { [UID_RANGE]: '50/2', [MCS]: 's0' };
    const namespace = { name: 'ns', annotations };
    expect(outcome(judge(scc(groups), pod(), namespace))).to.deep.equal([
      { supplementalGroups: [50] },
      {},
    ]);
  });

  it('makes AppArmor annotations fields, but for what the pod says already', () => {
    const appArmorProfile = { type: 'Localhost', localhostProfile: 'a' };
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/c': 'localhost/a' };
    const contexts = [{}, { appArmorProfile }].map((context) =>
      outcome(judge(scc(), { ...pod({}, context), metadata: { annotations } })),
    );
    expect(contexts).to.deep.equal([
      [{}, { appArmorProfile }],
      [{ appArmorProfile }, {}],
    ]);
  });

  it('leaves the pod that it judges as it is', () => {
    const thePod = pod({ capabilities: { add: ['A'] } });
    const before = structuredClone(thePod);
    judge(scc({ ...ids, allowedCapabilities: ['A'], requiredDropCapabilities: ['B'] }), thePod);
    expect(thePod).to.deep.equal(before);
  });
});
