/**
 * Cases of our own for SCC and PodSecurityPolicy admission: written from the plugins' rules, small
 * enough to be read. `domino-podsec selftest` runs them; the comparison with the real plugins is a
 * matter of the tests.
 */

type Json = Readonly<Record<string, unknown>>;

export interface SccCase {
  readonly name: string;
  /** 4.`minor`. */
  readonly minor: number;
  readonly bind: readonly string[];
  readonly spec: Json;
  readonly annotations?: Json;
  /** The SCC that admits; null: refused. */
  readonly scc: string | null;
  /** The uid of the first container after admission. */
  readonly runAsUser?: number;
}

function pod(more: Json = {}, context: Json = {}): Json {
  return {
    containers: [{ name: 'app', image: 'registry/app:1', securityContext: context }],
    ...more,
  };
}

const SPC = { securityContext: { seLinuxOptions: { type: 'spc_t' } } };
const HOST_PATH = { volumes: [{ name: 'host', hostPath: { path: '/var/log' } }] };

export const SCC_CASES: readonly SccCase[] = [
  {
    name: 'everybody has restricted-v2',
    minor: 20,
    bind: [],
    spec: pod(),
    scc: 'restricted-v2',
    runAsUser: 1000650000,
  },
  {
    name: 'up to 4.10 everybody has restricted',
    minor: 10,
    bind: [],
    spec: pod(),
    scc: 'restricted',
    runAsUser: 1000650000,
  },
  {
    name: 'anyuid goes first by its priority',
    minor: 20,
    bind: ['anyuid'],
    spec: pod(),
    scc: 'anyuid',
  },
  {
    name: 'anyuid leaves root',
    minor: 20,
    bind: ['anyuid'],
    spec: pod({}, { runAsUser: 0 }),
    scc: 'anyuid',
    runAsUser: 0,
  },
  { name: 'root needs a binding', minor: 20, bind: [], spec: pod({}, { runAsUser: 0 }), scc: null },
  { name: 'anyuid does not admit spc_t', minor: 20, bind: ['anyuid'], spec: pod(SPC), scc: null },
  {
    name: 'privileged admits spc_t',
    minor: 20,
    bind: ['privileged'],
    spec: pod(SPC),
    scc: 'privileged',
  },
  {
    name: 'both bound: spc_t gets privileged',
    minor: 16,
    bind: ['anyuid', 'privileged'],
    spec: pod(SPC),
    scc: 'privileged',
  },
  {
    name: 'both bound: a plain pod gets anyuid',
    minor: 16,
    bind: ['anyuid', 'privileged'],
    spec: pod(),
    scc: 'anyuid',
  },
  {
    name: 'a privileged container',
    minor: 20,
    bind: ['privileged'],
    spec: pod({}, { privileged: true }),
    scc: 'privileged',
  },
  {
    name: 'a privileged container without a binding',
    minor: 20,
    bind: ['anyuid'],
    spec: pod({}, { privileged: true }),
    scc: null,
  },
  {
    name: 'volumes of the host need an SCC for them',
    minor: 20,
    bind: ['anyuid'],
    spec: pod(HOST_PATH),
    scc: null,
  },
  {
    name: 'hostmount-anyuid admits volumes of the host',
    minor: 20,
    bind: ['hostmount-anyuid'],
    spec: pod(HOST_PATH),
    scc: 'hostmount-anyuid',
  },
  {
    name: 'the network of the host',
    minor: 20,
    bind: ['hostnetwork-v2'],
    spec: pod({ hostNetwork: true }),
    scc: 'hostnetwork-v2',
    runAsUser: 1000650000,
  },
  {
    name: 'required-scc limits the choice',
    minor: 20,
    bind: ['anyuid', 'privileged'],
    spec: pod(),
    annotations: { 'openshift.io/required-scc': 'privileged' },
    scc: 'privileged',
  },
  {
    name: 'required-scc is not looked at before 4.14',
    minor: 13,
    bind: ['anyuid', 'privileged'],
    spec: pod(),
    annotations: { 'openshift.io/required-scc': 'privileged' },
    scc: 'anyuid',
  },
  {
    name: 'restricted-v3 is there from 4.20 on',
    minor: 20,
    bind: ['restricted-v3'],
    spec: pod({ hostUsers: false }),
    scc: 'restricted-v2',
  },
];

export interface PspCase {
  readonly name: string;
  readonly spec: Json;
  /** Policies by name: what differs from one that permits everything. */
  readonly policies: Readonly<Record<string, Json>>;
  readonly usable: readonly string[];
  /** The policy that admits; null: refused. */
  readonly psp: string | null;
}

/** Permits everything. */
export const PERMISSIVE: Json = {
  privileged: true,
  allowPrivilegeEscalation: true,
  allowedCapabilities: ['*'],
  volumes: ['*'],
  hostNetwork: true,
  hostPorts: [{ min: 0, max: 65535 }],
  hostIPC: true,
  hostPID: true,
  runAsUser: { rule: 'RunAsAny' },
  seLinux: { rule: 'RunAsAny' },
  supplementalGroups: { rule: 'RunAsAny' },
  fsGroup: { rule: 'RunAsAny' },
};

const NON_ROOT = { runAsUser: { rule: 'MustRunAsNonRoot' } };

export const PSP_CASES: readonly PspCase[] = [
  {
    name: 'the blanket policy admits spc_t',
    spec: pod(SPC),
    policies: { blanket: {} },
    usable: ['blanket'],
    psp: 'blanket',
  },
  {
    name: 'a policy that may not be used admits nothing',
    spec: pod(),
    policies: { blanket: {} },
    usable: [],
    psp: null,
  },
  { name: 'no policy, no pod', spec: pod(), policies: {}, usable: [], psp: null },
  {
    name: 'a policy without change goes before one with',
    spec: pod(),
    policies: { a: NON_ROOT, blanket: {} },
    usable: ['a', 'blanket'],
    psp: 'blanket',
  },
  {
    name: 'else the first by name',
    spec: pod(),
    policies: { b: NON_ROOT, a: NON_ROOT },
    usable: ['a', 'b'],
    psp: 'a',
  },
  {
    name: 'a privileged container is refused',
    spec: pod({}, { privileged: true }),
    policies: { a: { privileged: false } },
    usable: ['a'],
    psp: null,
  },
  {
    name: 'root is refused',
    spec: pod({}, { runAsUser: 0 }),
    policies: { a: NON_ROOT },
    usable: ['a'],
    psp: null,
  },
  {
    name: 'volumes of the host are refused',
    spec: pod(HOST_PATH),
    policies: { a: { volumes: ['secret', 'projected'] } },
    usable: ['a'],
    psp: null,
  },
  {
    name: 'the network of the host is refused',
    spec: pod({ hostNetwork: true }),
    policies: { a: { hostNetwork: false } },
    usable: ['a'],
    psp: null,
  },
  {
    name: 'seccomp without the annotation is refused',
    spec: pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
    policies: { a: {} },
    usable: ['a'],
    psp: null,
  },
];
