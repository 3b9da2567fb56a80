// Each control of ids and labels, both ways: what it refuses and in which words, what it writes.
import { pod, psp } from './support.ts';
import { C, type Case, itControls, P } from './control-cases.ts';

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

describe('controls of a PodSecurityPolicy', () => {
  itControls({ USERS, GROUPS, SE_LINUX });
});
