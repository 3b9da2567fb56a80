/**
 * Cases of our own for the rules that came with v1.34 to v1.37, and the version before. Written from
 * the policy package, whose own pods only the tests have; `domino-podsec selftest` counts them apart.
 */
import { evaluatePod } from './evaluate.ts';
import type { Level } from './types.ts';

/** A pod, and the ids of the failed checks from each minor version on, until the next step. */
export interface VersionCase {
  readonly name: string;
  readonly level: Exclude<Level, 'privileged'>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly steps: readonly (readonly [from: number, failed: readonly string[]])[];
}

const FIRST_MINOR = 33;
const LAST_MINOR = 37;

const HOST_CHECK = 'hostProbesAndHostLifecycle';
const DROP_ALL = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const RUNTIME_DEFAULT = { seccompProfile: { type: 'RuntimeDefault' } };

function container(more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { name: 'app', image: 'registry/app:1', ...more };
}

/** A baseline pod whose container names a host in a handler. */
function withHost(name: string, more: Readonly<Record<string, unknown>>): VersionCase {
  return {
    name,
    level: 'baseline',
    spec: { containers: [container(more)] },
    steps: [
      [33, []],
      [34, [HOST_CHECK]],
    ],
  };
}

function withSysctl(sysctl: string, steps: VersionCase['steps']): VersionCase {
  return {
    name: `sysctl ${sysctl}`,
    level: 'baseline',
    spec: {
      securityContext: { sysctls: [{ name: sysctl, value: '1' }] },
      containers: [container({})],
    },
    steps,
  };
}

/** A pod that meets restricted but for what the case changes. */
function restricted(
  name: string,
  pod: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, unknown>>,
  steps: VersionCase['steps'],
): VersionCase {
  const containers = [container({ securityContext: { ...DROP_ALL, ...context } })];
  return { name, level: 'restricted', spec: { ...pod, containers }, steps };
}

const UNMASKED_UNTIL_35: VersionCase['steps'] = [
  [33, ['procMount']],
  [35, []],
];
const UNMASKED_RESTRICTED: VersionCase['steps'] = [
  [33, ['procMount']],
  [35, ['procMount_restricted']],
];
const SAFE_FROM_37: VersionCase['steps'] = [
  [33, ['sysctls']],
  [37, []],
];
const NON_ROOT = { runAsNonRoot: true, ...RUNTIME_DEFAULT };

export const VERSION_CASES: readonly VersionCase[] = [
  withHost('httpGet host in a liveness probe', {
    livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } },
  }),
  withHost('httpGet host in a readiness probe', {
    readinessProbe: { httpGet: { host: 'localhost', port: 80 } },
  }),
  withHost('httpGet host in a startup probe', {
    startupProbe: { httpGet: { host: '::1', port: 80 } },
  }),
  withHost('tcpSocket host in a liveness probe', {
    livenessProbe: { tcpSocket: { host: '10.0.0.1', port: 80 } },
  }),
  withHost('tcpSocket host in a readiness probe', {
    readinessProbe: { tcpSocket: { host: '127.0.0.1', port: 80 } },
  }),
  withHost('tcpSocket host in a startup probe', {
    startupProbe: { tcpSocket: { host: 'node', port: 80 } },
  }),
  withHost('httpGet host after start', {
    lifecycle: { postStart: { httpGet: { host: 'node', port: 80 } } },
  }),
  withHost('httpGet host before stop', {
    lifecycle: { preStop: { httpGet: { host: 'node', port: 80 } } },
  }),
  withHost('tcpSocket host after start', {
    lifecycle: { postStart: { tcpSocket: { host: 'node', port: 80 } } },
  }),
  withHost('tcpSocket host before stop', {
    lifecycle: { preStop: { tcpSocket: { host: 'node', port: 80 } } },
  }),
  {
    name: 'host in a probe of an init container',
    level: 'baseline',
    spec: {
      initContainers: [container({ startupProbe: { httpGet: { host: 'node', port: 80 } } })],
      containers: [container({})],
    },
    steps: [
      [33, []],
      [34, [HOST_CHECK]],
    ],
  },
  {
    name: 'probes without a host, or with an empty one',
    level: 'baseline',
    spec: {
      containers: [
        container({
          livenessProbe: { httpGet: { host: '', port: 80 } },
          readinessProbe: { tcpSocket: { port: 80 } },
          lifecycle: { preStop: { exec: { command: ['true'] } } },
        }),
      ],
    },
    steps: [[33, []]],
  },
  {
    name: 'unmasked /proc in a user namespace, baseline',
    level: 'baseline',
    spec: {
      hostUsers: false,
      containers: [container({ securityContext: { procMount: 'Unmasked' } })],
    },
    steps: UNMASKED_UNTIL_35,
  },
  {
    name: 'unmasked /proc with the users of the host, baseline',
    level: 'baseline',
    spec: {
      hostUsers: true,
      containers: [container({ securityContext: { procMount: 'Unmasked' } })],
    },
    steps: [[33, ['procMount']]],
  },
  restricted(
    'unmasked /proc in a user namespace, restricted',
    { hostUsers: false, securityContext: NON_ROOT },
    { procMount: 'Unmasked' },
    UNMASKED_RESTRICTED,
  ),
  restricted(
    'unmasked /proc with the users of the host, restricted',
    { securityContext: NON_ROOT },
    { procMount: 'Unmasked' },
    UNMASKED_RESTRICTED,
  ),
  restricted(
    'root not ruled out in a user namespace',
    { hostUsers: false, securityContext: RUNTIME_DEFAULT },
    {},
    [
      [33, ['runAsNonRoot']],
      [35, []],
    ],
  ),
  restricted(
    'root not ruled out with the users of the host',
    { securityContext: RUNTIME_DEFAULT },
    {},
    [[33, ['runAsNonRoot']]],
  ),
  restricted(
    'user 0 in a user namespace',
    { hostUsers: false, securityContext: RUNTIME_DEFAULT },
    { runAsNonRoot: false, runAsUser: 0 },
    [
      [33, ['runAsNonRoot', 'runAsUser']],
      [35, []],
    ],
  ),
  restricted(
    'user 0 with the users of the host',
    { hostUsers: true, securityContext: NON_ROOT },
    { runAsUser: 0 },
    [[33, ['runAsUser']]],
  ),
  restricted(
    'no seccomp profile in a user namespace',
    { hostUsers: false },
    { runAsNonRoot: true },
    [[33, ['seccompProfile_restricted']]],
  ),
  withSysctl('net.ipv4.tcp_slow_start_after_idle', SAFE_FROM_37),
  withSysctl('net.ipv4.tcp_notsent_lowat', SAFE_FROM_37),
  withSysctl('net.ipv4.tcp_rmem', [[33, []]]),
  withSysctl('net.ipv4.tcp_mem', [[33, ['sysctls']]]),
];

export interface SelftestFigures {
  readonly cases: number;
  readonly verdicts: number;
  /** One sentence for each verdict that is not as expected. */
  readonly wrong: readonly string[];
}

/** Judges every case at every version from v1.33 to v1.37. */
export function runVersionCases(cases: readonly VersionCase[] = VERSION_CASES): SelftestFigures {
  const wrong: string[] = [];
  let verdicts = 0;
  for (const { name, level, spec, steps } of cases) {
    for (let minor = FIRST_MINOR; minor <= LAST_MINOR; minor += 1) {
      const expected = steps.findLast(([from]) => from <= minor)?.[1].join(', ') ?? '';
      const { results } = evaluatePod({ spec }, { level, version: `v1.${minor}` });
      const failed = results.map(({ id }) => id).join(', ');
      verdicts += 1;
      if (failed !== expected) {
        wrong.push(`Case "${name}" at v1.${minor}: failed [${failed}] instead of [${expected}].`);
      }
    }
  }
  return { cases: cases.length, verdicts, wrong };
}
