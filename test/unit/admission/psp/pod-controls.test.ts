// Ports, sysctls and runtime classes, both ways.
import { expect } from 'chai';
import { outcome, pod, psp } from './support.ts';

type Case = [name: string, policy: unknown, subject: unknown, expected: unknown, minor?: number];

const P = 'spec.securityContext';
const range = (min: number, max: number): unknown => [{ min, max }];

const ports = (spec: object, port: object): Case[2] =>
  pod({}, {}, { ...spec, containers: [{ name: 'c', ports: [port] }] });
const portDenied = (port: number, allowed: string): string[] => [
  `spec.containers[0].ports[0].hostPort: Invalid value: ${port}: Host port ${port} is not allowed to be used. Allowed ports: [${allowed}]`,
];
const hostNetwork = true;

const PORTS: Case[] = [
  ['none', psp(), ports({}, { hostPort: 80 }), portDenied(80, '')],
  ['in', psp({ hostPorts: range(80, 81) }), ports({}, { hostPort: 81 }), {}],
  [
    'out',
    psp({
      hostPorts: [
        { min: 80, max: 81 },
        { min: 90, max: 90 },
      ],
    }),
    ports({}, { hostPort: 82 }),
    portDenied(82, '80-81,90'),
  ],
  ['a container port is none', psp(), ports({}, { containerPort: 80 }), {}],
  [
    'but is one on the network of the host',
    psp({ hostNetwork }),
    ports({ hostNetwork }, { containerPort: 80 }),
    portDenied(80, ''),
  ],
];

const sysctls = (...names: string[]): unknown =>
  pod({}, { sysctls: names.map((name) => ({ name, value: '1' })) });
const context = (...names: string[]): unknown => ({
  pod: { sysctls: names.map((name) => ({ name, value: '1' })) },
  c: {},
});
const START = 'net.ipv4.ip_unprivileged_port_start';
const unsafe = (name: string): string[] => [
  `${P}.sysctls[0]: Forbidden: unsafe sysctl "${name}" is not allowed`,
];

const SYSCTLS: Case[] = [
  ['safe', psp(), sysctls('kernel.shm_rmid_forced'), context('kernel.shm_rmid_forced')],
  ['unsafe', psp(), sysctls('kernel.msgmax'), unsafe('kernel.msgmax')],
  [
    'unsafe by name',
    psp({ allowedUnsafeSysctls: ['kernel.msgmax'] }),
    sysctls('kernel.msgmax'),
    context('kernel.msgmax'),
  ],
  [
    'unsafe by prefix',
    psp({ allowedUnsafeSysctls: ['kernel.*'] }),
    sysctls('kernel.msgmax'),
    context('kernel.msgmax'),
  ],
  ['any', psp({ allowedUnsafeSysctls: ['*'] }), sysctls('a'), context('a')],
  [
    'forbidden though safe',
    psp({ forbiddenSysctls: ['kernel.*'] }),
    sysctls('kernel.shm_rmid_forced'),
    [`${P}.sysctls[0]: Forbidden: sysctl "kernel.shm_rmid_forced" is not allowed`],
  ],
  ['safe since 1.22', psp(), sysctls(START), context(START), 22],
  ['not before', psp(), sysctls(START), unsafe(START), 21],
];

const runtime = (allowedRuntimeClassNames: string[], defaultRuntimeClassName?: string): unknown =>
  psp({
    runtimeClass: {
      allowedRuntimeClassNames,
      ...(defaultRuntimeClassName ? { defaultRuntimeClassName } : {}),
    },
  });
const named = pod({}, {}, { runtimeClassName: 'kata' });

const RUNTIME: Case[] = [
  ['no rule', psp(), named, { c: {} }],
  ['none', runtime([]), named, ['spec.runtimeClassName: Invalid value: "kata"']],
  ['unset is always allowed', runtime([]), pod(), { c: {} }],
  ['by name', runtime(['kata']), named, { c: {} }],
  ['any', runtime(['*']), named, { c: {} }],
  ['default is written', runtime(['*'], 'gvisor'), pod(), { c: {}, runtimeClassName: 'gvisor' }],
  ['before 1.15', runtime(['gvisor'], 'gvisor'), named, { c: {} }, 14],
];

const TABLES: Record<string, Case[]> = { PORTS, SYSCTLS, RUNTIME };

describe('pod controls of a PodSecurityPolicy', () => {
  for (const [table, cases] of Object.entries(TABLES)) {
    for (const [name, policy, subject, expected, minor] of cases) {
      it(`${table.toLowerCase()}: ${name}`, () => {
        expect(outcome(policy, subject, minor)).to.deep.equal(expected);
      });
    }
  }
});
