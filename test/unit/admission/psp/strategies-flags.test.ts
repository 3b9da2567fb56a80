// Each control of capabilities and flags, both ways: what it refuses and in which words, what it writes.
import { pod, psp } from './support.ts';
import { C, type Case, itControls } from './control-cases.ts';

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
describe('controls of a PodSecurityPolicy', () => {
  itControls({ CAPABILITIES, FLAGS });
});
