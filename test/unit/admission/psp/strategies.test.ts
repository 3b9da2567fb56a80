// Each control of ids, labels and flags, both ways: what it refuses and in which words, what it writes.
import { expect } from 'chai';
import { outcome, pod, psp } from './support.ts';

type Case = [name: string, policy: unknown, subject: unknown, expected: unknown, minor?: number];

const C = 'spec.containers[0].securityContext';
const P = 'spec.securityContext';
const range = (min: number, max: number): unknown => [{ min, max }];
const user = (rule: string, ...ranges: unknown[]): unknown => psp({ runAsUser: { rule, ranges } });

const USERS: Case[] = [
  ['RunAsAny', psp(), pod({ runAsUser: 0 }), { c: { runAsUser: 0 } }],
  [
    'MustRunAs in',
    user('MustRunAs', { min: 1, max: 9 }),
    pod({ runAsUser: 9 }),
    { c: { runAsUser: 9 } },
  ],
  [
    'MustRunAs in the second range',
    user('MustRunAs', { min: 1, max: 2 }, { min: 5, max: 5 }),
    pod({ runAsUser: 5 }),
    { c: { runAsUser: 5 } },
  ],
  [
    'MustRunAs out',
    user('MustRunAs', { min: 1, max: 9 }),
    pod({ runAsUser: 10 }),
    [`${C}.runAsUser: Invalid value: 10: must be in the ranges: [{1 9}]`],
  ],
  [
    'MustRunAs writes the lowest',
    user('MustRunAs', { min: 7, max: 9 }),
    pod(),
    { c: { runAsUser: 7 } },
  ],
  [
    'MustRunAs takes the uid of the pod',
    user('MustRunAs', { min: 7, max: 9 }),
    pod({}, { runAsUser: 8 }),
    { pod: { runAsUser: 8 }, c: {} },
  ],
  [
    'MustRunAsNonRoot writes the flag',
    user('MustRunAsNonRoot'),
    pod(),
    { c: { runAsNonRoot: true } },
  ],
  [
    'MustRunAsNonRoot leaves a uid alone',
    user('MustRunAsNonRoot'),
    pod({ runAsUser: 1 }),
    { c: { runAsUser: 1 } },
  ],
  [
    'MustRunAsNonRoot takes the flag of the pod',
    user('MustRunAsNonRoot'),
    pod({}, { runAsNonRoot: true }),
    { pod: { runAsNonRoot: true }, c: {} },
  ],
  [
    'MustRunAsNonRoot and root',
    user('MustRunAsNonRoot'),
    pod({ runAsUser: 0 }),
    [`${C}.runAsUser: Invalid value: 0: running with the root UID is forbidden`],
  ],
  [
    'MustRunAsNonRoot and false',
    user('MustRunAsNonRoot'),
    pod({ runAsNonRoot: false }),
    [`${C}.runAsNonRoot: Invalid value: false: must be true`],
  ],
  [
    'MustRunAsNonRoot and true over false',
    user('MustRunAsNonRoot'),
    pod({ runAsNonRoot: true }, { runAsNonRoot: false }),
    { pod: { runAsNonRoot: false }, c: { runAsNonRoot: true } },
  ],
];

const group = (key: string, rule: string): unknown => psp({ [key]: { rule, ranges: range(2, 4) } });
const EMPTY = 'Invalid value: []int64{}: unable to validate empty groups against required ranges';

const GROUPS: Case[] = [
  [
    'runAsGroup MustRunAs writes',
    group('runAsGroup', 'MustRunAs'),
    pod(),
    { c: { runAsGroup: 2 } },
  ],
  [
    'runAsGroup before 1.14',
    group('runAsGroup', 'MustRunAs'),
    pod({ runAsGroup: 9 }),
    { c: { runAsGroup: 9 } },
    13,
  ],
  ['runAsGroup MayRunAs leaves', group('runAsGroup', 'MayRunAs'), pod(), { c: {} }],
  [
    'runAsGroup MayRunAs refuses',
    group('runAsGroup', 'MayRunAs'),
    pod({ runAsGroup: 5 }),
    [`${C}.runAsGroup: Invalid value: []int64{5}: group 5 must be in the ranges: [{2 4}]`],
  ],
  [
    'fsGroup MustRunAs writes',
    group('fsGroup', 'MustRunAs'),
    pod(),
    { pod: { fsGroup: 2 }, c: {} },
  ],
  [
    'fsGroup MustRunAs refuses',
    group('fsGroup', 'MustRunAs'),
    pod({}, { fsGroup: 1 }),
    [`${P}.fsGroup: Invalid value: []int64{1}: group 1 must be in the ranges: [{2 4}]`],
  ],
  ['fsGroup MayRunAs leaves', group('fsGroup', 'MayRunAs'), pod(), { c: {} }],
  [
    'fsGroup MayRunAs takes',
    group('fsGroup', 'MayRunAs'),
    pod({}, { fsGroup: 4 }),
    { pod: { fsGroup: 4 }, c: {} },
  ],
  [
    'supplementalGroups MustRunAs writes',
    group('supplementalGroups', 'MustRunAs'),
    pod(),
    { pod: { supplementalGroups: [2] }, c: {} },
  ],
  [
    'supplementalGroups MustRunAs and an empty list',
    group('supplementalGroups', 'MustRunAs'),
    pod({}, { supplementalGroups: [] }),
    [`${P}.supplementalGroups: ${EMPTY}`],
  ],
  [
    'supplementalGroups MayRunAs refuses one of two',
    group('supplementalGroups', 'MayRunAs'),
    pod({}, { supplementalGroups: [3, 7] }),
    [
      `${P}.supplementalGroups: Invalid value: []int64{3, 7}: group 7 must be in the ranges: [{2 4}]`,
    ],
  ],
];

const labels = (seLinuxOptions: object): unknown =>
  psp({ seLinux: { rule: 'MustRunAs', seLinuxOptions } });
const LEVEL = { level: 's0:c1,c0', type: 'spc_t' };

const SE_LINUX: Case[] = [
  ['writes at the pod', labels(LEVEL), pod(), { pod: { seLinuxOptions: LEVEL }, c: {} }],
  [
    'takes categories in any order',
    labels(LEVEL),
    pod({}, { seLinuxOptions: { level: 's0:c0,c1', type: 'spc_t' } }),
    { pod: { seLinuxOptions: { level: 's0:c0,c1', type: 'spc_t' } }, c: {} },
  ],
  [
    'refuses another type in a container',
    labels(LEVEL),
    pod({ seLinuxOptions: { level: 's0:c0,c1', type: 'x' } }),
    [`${C}.seLinuxOptions.type: Invalid value: "x": must be spc_t`],
  ],
  [
    'refuses another level of the pod',
    labels(LEVEL),
    pod({}, { seLinuxOptions: { type: 'spc_t' } }),
    [`${P}.seLinuxOptions.level: Invalid value: "": must be s0:c1,c0`],
  ],
  [
    'RunAsAny',
    psp(),
    pod({ seLinuxOptions: { type: 'spc_t' } }),
    { c: { seLinuxOptions: { type: 'spc_t' } } },
  ],
];

const caps = (add: string[], drop: string[] = []): unknown => pod({ capabilities: { add, drop } });
const denied = (name: string): string[] => [
  `${C}.capabilities.add: Invalid value: "${name}": capability may not be added`,
];

const CAPABILITIES: Case[] = [
  ['none allowed', psp(), caps(['NET_ADMIN']), denied('NET_ADMIN')],
  [
    'allowed',
    psp({ allowedCapabilities: ['NET_ADMIN'] }),
    caps(['NET_ADMIN']),
    { c: { capabilities: { add: ['NET_ADMIN'] } } },
  ],
  [
    'any',
    psp({ allowedCapabilities: ['*'] }),
    caps(['X']),
    { c: { capabilities: { add: ['X'] } } },
  ],
  [
    'by name as written',
    psp({ allowedCapabilities: ['NET_ADMIN'] }),
    caps(['CAP_NET_ADMIN']),
    denied('CAP_NET_ADMIN'),
  ],
  [
    'default',
    psp({ defaultAddCapabilities: ['A'] }),
    pod(),
    { c: { capabilities: { add: ['A'] } } },
  ],
  [
    'default that is dropped',
    psp({ defaultAddCapabilities: ['A'] }),
    caps([], ['A']),
    { c: { capabilities: { drop: ['A'] } } },
  ],
  ['required drop', psp({ requiredDropCapabilities: ['ALL'] }), caps(['A'], ['B']), denied('A')],
  [
    'required drop is written',
    psp({ requiredDropCapabilities: ['ALL'] }),
    caps([], ['B']),
    { c: { capabilities: { drop: ['ALL', 'B'] } } },
  ],
];

const FLAGS: Case[] = [
  [
    'privileged',
    psp(),
    pod({ privileged: true }),
    [`${C}.privileged: Invalid value: true: Privileged containers are not allowed`],
  ],
  [
    'privileged allowed',
    psp({ privileged: true }),
    pod({ privileged: true }),
    { c: { privileged: true } },
  ],
  [
    'hostNetwork',
    psp(),
    pod({}, {}, { hostNetwork: true }),
    ['spec.hostNetwork: Invalid value: true: Host network is not allowed to be used'],
  ],
  [
    'hostPID',
    psp(),
    pod({}, {}, { hostPID: true }),
    ['spec.hostPID: Invalid value: true: Host PID is not allowed to be used'],
  ],
  [
    'hostIPC',
    psp(),
    pod({}, {}, { hostIPC: true }),
    ['spec.hostIPC: Invalid value: true: Host IPC is not allowed to be used'],
  ],
  [
    'all of the host',
    psp({ hostNetwork: true, hostPID: true, hostIPC: true }),
    pod({}, {}, { hostNetwork: true, hostPID: true, hostIPC: true }),
    { c: {} },
  ],
  [
    'readOnlyRootFilesystem is written',
    psp({ readOnlyRootFilesystem: true }),
    pod(),
    { c: { readOnlyRootFilesystem: true } },
  ],
  [
    'readOnlyRootFilesystem false',
    psp({ readOnlyRootFilesystem: true }),
    pod({ readOnlyRootFilesystem: false }),
    [
      `${C}.readOnlyRootFilesystem: Invalid value: false: ReadOnlyRootFilesystem must be set to true`,
    ],
  ],
  [
    'escalation allowed when the policy is silent',
    psp(),
    pod({ allowPrivilegeEscalation: true }),
    { c: { allowPrivilegeEscalation: true } },
  ],
  [
    'escalation refused',
    psp({ allowPrivilegeEscalation: false }),
    pod({ allowPrivilegeEscalation: true }),
    [
      `${C}.allowPrivilegeEscalation: Invalid value: true: Allowing privilege escalation for containers is not allowed`,
    ],
  ],
  [
    'escalation set to false',
    psp({ allowPrivilegeEscalation: false }),
    pod(),
    { c: { allowPrivilegeEscalation: false } },
  ],
  [
    'escalation set by default',
    psp({ defaultAllowPrivilegeEscalation: true }),
    pod(),
    { c: { allowPrivilegeEscalation: true } },
  ],
  [
    'procMount',
    psp(),
    pod({ procMount: 'Unmasked' }),
    [`${C}.procMount: Invalid value: "Unmasked": ProcMountType is not allowed`],
  ],
  [
    'procMount allowed',
    psp({ allowedProcMountTypes: ['Default', 'Unmasked'] }),
    pod({ procMount: 'Unmasked' }),
    { c: { procMount: 'Default' } },
  ],
  [
    'procMount Default left out of the list',
    psp({ allowedProcMountTypes: ['Unmasked'] }),
    pod(),
    [`${C}.procMount: Invalid value: "Default": ProcMountType is not allowed`],
  ],
];

const TABLES: Record<string, Case[]> = { USERS, GROUPS, SE_LINUX, CAPABILITIES, FLAGS };

describe('controls of a PodSecurityPolicy', () => {
  for (const [table, cases] of Object.entries(TABLES)) {
    for (const [name, policy, subject, expected, minor] of cases) {
      it(`${table.toLowerCase()}: ${name}`, () => {
        expect(outcome(policy, subject, minor)).to.deep.equal(expected);
      });
    }
  }
});
