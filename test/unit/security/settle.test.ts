import { expect } from 'chai';
import { defaultLimits } from '../../../src/security/decide.ts';
import { settle, type Settlement } from '../../../src/security/settle.ts';
import type { Json } from '../../../src/security/template.ts';
import type { ContainerLimits, Reason } from '../../../src/security/types.ts';

const documented = { hardening: 'documented', enforceAssumed: false } as const;
const strict = { hardening: 'strict', enforceAssumed: false } as const;
const reason: Reason = { why: 'x', from: 'catalog', confidence: 'documented', source: 'OURS' };
const assumed: Reason = { ...reason, confidence: 'assumed' };

const locked = defaultLimits(documented);
const mayBeRoot: ContainerLimits = {
  ...locked,
  runAsNonRoot: { rule: 'atMost', value: false, reason },
};
const mayBePrivileged: ContainerLimits = {
  ...locked,
  privileged: { rule: 'atMost', value: true, reason },
};
const mayAdd = (add: string[], why = reason): ContainerLimits => ({
  ...locked,
  capabilities: { rule: 'atMost', value: { drop: [], add }, reason: why },
});
const unsure: ContainerLimits = {
  ...locked,
  runAsNonRoot: { rule: 'atMost', value: true, reason: assumed },
  privileged: { rule: 'atMost', value: false, reason: assumed },
  capabilities: { rule: 'atMost', value: { drop: ['ALL'], add: [] }, reason: assumed },
};

/** `{a: {securityContext}}` as containers named a, b, ... */
function spec(pod: Json, ...contexts: Json[]): Json {
  return {
    securityContext: pod,
    containers: contexts.map((context, index) => ({
      name: 'abc'.charAt(index),
      securityContext: context,
    })),
  };
}

function contexts({ pod, containers }: Settlement): Json[] {
  return [pod, ...containers.map(({ context }) => context)];
}

const SPC = { seLinuxOptions: { type: 'spc_t' } };
const SAFE = { privileged: false, capabilities: { drop: ['ALL'] } };

interface Row {
  name: string;
  spec: Json;
  limits: Record<string, ContainerLimits>;
  /** The pod's context, then the containers'. */
  expected: Json[];
  notes?: string[];
}

const rows: Row[] = [
  {
    name: 'writes the four documented fields into silence, the pod level where all agree',
    spec: spec({}, {}, {}),
    limits: { a: locked, b: locked },
    expected: [{ ...SPC, runAsNonRoot: true }, SAFE, SAFE],
  },
  {
    name: 'keeps a value that is as decided, and what the decision does not speak of',
    spec: spec(
      { runAsNonRoot: true, fsGroup: 5, ...SPC },
      { ...SAFE, readOnlyRootFilesystem: true, allowPrivilegeEscalation: true, runAsUser: 7 },
    ),
    limits: { a: locked },
    expected: [
      { runAsNonRoot: true, fsGroup: 5, ...SPC },
      { ...SAFE, readOnlyRootFilesystem: true, allowPrivilegeEscalation: true, runAsUser: 7 },
    ],
  },
  {
    name: 'takes privileged, added capabilities and root away, and says so',
    spec: spec({}, { privileged: true, runAsUser: 0, capabilities: { add: ['SYS_ADMIN'] } }),
    limits: { a: locked },
    expected: [{ ...SPC, runAsNonRoot: true }, SAFE],
    notes: ['DPS3001 runAsUser', 'DPS3001 privileged', 'DPS3001 capabilities.add'],
  },
  {
    name: 'removes SELinux level, user and role on the pod and on a container',
    spec: spec(
      { seLinuxOptions: { type: 'x', level: 's0:c1' } },
      { seLinuxOptions: { level: 's0' } },
    ),
    limits: { a: locked },
    expected: [
      { ...SPC, runAsNonRoot: true },
      { ...SPC, ...SAFE },
    ],
  },
  {
    name: 'sets runAsNonRoot per container where another may be root',
    spec: spec({}, {}, { runAsUser: 0 }),
    limits: { a: locked, b: mayBeRoot },
    expected: [SPC, { ...SAFE, runAsNonRoot: true }, { ...SAFE, runAsUser: 0 }],
  },
  {
    name: 'moves a pod-level uid 0 down to the containers that may be root',
    spec: spec({ runAsUser: 0, runAsNonRoot: false }, {}, {}),
    limits: { a: locked, b: mayBeRoot },
    expected: [
      { ...SPC, runAsNonRoot: false },
      { ...SAFE, runAsNonRoot: true },
      { ...SAFE, runAsUser: 0 },
    ],
    notes: ['DPS3001 runAsUser'],
  },
  {
    name: 'leaves a container that may be root the uid that it states',
    spec: spec({ runAsUser: 0 }, {}, { runAsUser: 1000 }),
    limits: { a: locked, b: mayBeRoot },
    expected: [SPC, { ...SAFE, runAsNonRoot: true }, { ...SAFE, runAsUser: 1000 }],
    notes: ['DPS3001 runAsUser'],
  },
  {
    name: 'leaves a pod-level uid 0 that no locked container inherits',
    spec: spec({ runAsUser: 0 }, { runAsUser: 5 }, {}),
    limits: { a: locked, b: mayBeRoot },
    expected: [{ ...SPC, runAsUser: 0 }, { ...SAFE, runAsUser: 5, runAsNonRoot: true }, SAFE],
  },
  {
    name: 'writes a known need for root into silence, and reports an unknown image user',
    spec: spec({}, {}, {}),
    limits: {
      a: { ...mayBeRoot, need: { runAsNonRoot: false, confidence: 'derived', source: 'OURS' } },
      b: mayBeRoot,
    },
    expected: [SPC, { ...SAFE, runAsNonRoot: false }, SAFE],
    notes: ['DPS3003 runAsNonRoot'],
  },
  {
    name: 'keeps what is within a ceiling, and grants nothing that is not asked for',
    spec: spec({}, { privileged: true }, {}),
    limits: { a: mayBePrivileged, b: mayBePrivileged },
    expected: [
      { ...SPC, runAsNonRoot: true },
      { privileged: true, capabilities: { drop: ['ALL'] } },
      { capabilities: { drop: ['ALL'] } },
    ],
  },
  {
    name: 'removes allowPrivilegeEscalation: false beside a privilege that stays',
    spec: spec({}, { privileged: true, allowPrivilegeEscalation: false }),
    limits: { a: mayBePrivileged },
    expected: [
      { ...SPC, runAsNonRoot: true },
      { privileged: true, capabilities: { drop: ['ALL'] } },
    ],
    notes: ['DPS3009 allowPrivilegeEscalation'],
  },
  {
    name: 'cuts capabilities down to the ceiling, with and without the kernel prefix',
    spec: spec({}, { capabilities: { add: ['NET_ADMIN', 'CAP_NET_RAW', 'BPF'], drop: ['KILL'] } }),
    limits: { a: mayAdd(['NET_ADMIN', 'NET_RAW']) },
    expected: [
      { ...SPC, runAsNonRoot: true },
      { privileged: false, capabilities: { add: ['NET_ADMIN', 'CAP_NET_RAW'], drop: ['KILL'] } },
    ],
    notes: ['DPS3001 capabilities.add'],
  },
  {
    name: 'drops nothing where the container adds only a part of what the chart adds upstream',
    spec: spec({}, { capabilities: { add: ['NET_ADMIN'] } }),
    limits: {
      a: {
        ...mayAdd(['NET_ADMIN', 'NET_RAW']),
        need: {
          capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW'] },
          confidence: 'derived',
          source: 'OURS',
        },
      },
    },
    expected: [
      { ...SPC, runAsNonRoot: true },
      { privileged: false, capabilities: { add: ['NET_ADMIN'] } },
    ],
  },
  {
    name: 'takes any capability where the source names none',
    spec: spec({}, { capabilities: { add: ['BPF'] } }),
    limits: { a: mayAdd(['*']) },
    expected: [
      { ...SPC, runAsNonRoot: true },
      { privileged: false, capabilities: { add: ['BPF'] } },
    ],
  },
  {
    name: 'takes nothing away by an assumed ceiling, and says what is above it',
    spec: spec({}, { privileged: true, runAsUser: 0, capabilities: { add: ['BPF'] } }),
    limits: { a: unsure },
    expected: [SPC, { privileged: true, runAsUser: 0, capabilities: { add: ['BPF'] } }],
    notes: ['DPS3002 runAsNonRoot', 'DPS3002 privileged', 'DPS3002 capabilities.add'],
  },
  {
    name: 'strict: no escalation and the default seccomp profile',
    spec: spec({}, {}),
    limits: { a: defaultLimits(strict) },
    expected: [
      { ...SPC, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      { ...SAFE, allowPrivilegeEscalation: false },
    ],
  },
  {
    name: 'strict: keeps a Localhost profile, corrects Unconfined',
    spec: spec(
      { seccompProfile: { type: 'Localhost', localhostProfile: 'p' } },
      { seccompProfile: { type: 'Unconfined' } },
    ),
    limits: { a: defaultLimits(strict) },
    expected: [
      { ...SPC, runAsNonRoot: true, seccompProfile: { type: 'Localhost', localhostProfile: 'p' } },
      {
        ...SAFE,
        allowPrivilegeEscalation: false,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    ],
  },
  {
    name: 'strict: no allowPrivilegeEscalation beside the literal CAP_SYS_ADMIN',
    spec: spec({}, { capabilities: { add: ['CAP_SYS_ADMIN'], drop: ['ALL'] } }),
    limits: {
      a: { ...defaultLimits(strict), capabilities: mayAdd(['SYS_ADMIN']).capabilities },
    },
    expected: [
      { ...SPC, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      { privileged: false, capabilities: { add: ['CAP_SYS_ADMIN'], drop: ['ALL'] } },
    ],
  },
];

describe('settle', () => {
  for (const row of rows) {
    it(row.name, () => {
      const limitsOf = (name: string): ContainerLimits => row.limits[name]!;
      const result = settle(row.spec, limitsOf);
      expect(contexts(result)).to.deep.equal(row.expected);
      expect(result.notes.map(({ code, field }) => `${code} ${field}`)).to.deep.equal(
        row.notes ?? [],
      );
    });
  }

  it('lists its edits as paths from the template, with the reason of the control', () => {
    const before = spec({ runAsUser: 0 }, { privileged: true, capabilities: { add: ['A'] } });
    const { edits } = settle(before, () => locked);
    expect(
      edits.map(({ path, op, value, container }) => [path.join('.'), op, value, container]),
    ).to.deep.equal([
      ['spec.securityContext.runAsNonRoot', 'set', true, undefined],
      ['spec.securityContext.runAsUser', 'remove', undefined, undefined],
      ['spec.securityContext.seLinuxOptions.type', 'set', 'spc_t', undefined],
      ['spec.containers.0.securityContext.privileged', 'set', false, 'a'],
      ['spec.containers.0.securityContext.capabilities.drop', 'set', ['ALL'], 'a'],
      ['spec.containers.0.securityContext.capabilities.add', 'remove', undefined, 'a'],
    ]);
    expect(edits.every(({ reason: { source } }) => source === 'DOC-PODSEC')).to.equal(true);
  });

  it('reads wrong types as absent and does not change its input', () => {
    const odd = { securityContext: 'x', containers: [null, 5, { name: 7, securityContext: [] }] };
    const copy = structuredClone(odd);
    const result = settle(odd, () => locked);
    expect(contexts(result)).to.deep.equal([{ ...SPC, runAsNonRoot: true }, SAFE]);
    expect(odd).to.deep.equal(copy);
  });
});
