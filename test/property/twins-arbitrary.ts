/** Dumps of clusters as `kubectl get -o json` prints them, whole and damaged. */
import fc from 'fast-check';
import { context, minimalPod, podContext, set, type Tweak, type Value } from '../helpers/pods.ts';
import { sortedKeys } from '../helpers/sorted-keys.ts';

/** Its list tells what it is. */
const untyped: Tweak = (pod) => {
  Reflect.deleteProperty(pod, 'apiVersion');
  Reflect.deleteProperty(pod, 'kind');
};

const INNER = { name: 'inner', namespace: 'domino-platform' };

/** The only pod of a List that is an item itself, with a name and a namespace of its own. */
const inList: Tweak = (pod) => {
  const { metadata, spec } = pod;
  const inner = { apiVersion: 'v1', kind: 'Pod', metadata: INNER, spec };
  const named = typeof metadata === 'object' ? { ...metadata, namespace: 'other' } : metadata;
  Object.assign(pod, { kind: 'List', items: [inner], metadata: named });
};

/** What replicas of one workload share. */
export const tweaks: Tweak[] = [
  () => undefined,
  set('spec.containers.0.ports', [{ containerPort: 80 }]),
  set('spec.volumes', [{ emptyDir: {}, name: 'tmp' }]),
  set('spec.volumes', [{ configMap: { name: 'a' } }, { name: 'b', projected: { sources: [] } }]),
  set('spec.newField', { deep: [{ deeper: [[1, 2], []] }] }),
  set('metadata.annotations', { 'checksum/config': 'abc' }),
  set('metadata.namespace', 'domino-system'),
  set('status', { phase: 'Running', conditions: [{ spec: { containers: [{ name: 'x' }] } }] }),
  set('spec.containers.0.ports', [{ containerPort: 80, hostPort: 80 }]),
  set('spec.containers.1', { name: 'proxy', image: 'b', securityContext: { privileged: true } }),
  set('spec.containers.1', 'none'),
  set('spec.initContainers', [{ name: 'setup', image: 'c' }]),
  set('spec.initContainers', { image: 'c', name: 'setup' }),
  set('spec.volumes', [{ hostPath: { path: '/' }, name: 'root' }]),
  set('spec.volumes', [{ hostPath: { path: '/' }, name: 'root', secret: {} }]),
  set('spec.volumes', ['emptyDir', [], { name: 'tmp' }]),
  set('spec.volumes', [{ name: 'odd', secret: 1 }]),
  set('spec.volumes', { emptyDir: {} }),
  set('spec.hostNetwork', true),
  set('spec.HostPID', true),
  set('spec.containers.0.Image', 'x'),
  set('spec.containers.0.livenessProbe', { httpGet: { host: '127.0.0.1', port: 80 } }),
  set('spec.nodeSelector', { 'kubernetes.io/os': 'windows' }),
  set('metadata.namespace', undefined),
  set('metadata.namespace', 'other'),
  set('metadata.namespace', 7),
  set('metadata.annotations', {
    'container.apparmor.security.beta.kubernetes.io/web': 'unconfined',
  }),
  set('metadata.annotations', { 'io.kubernetes.cri-o.userns-mode': 'auto', odd: 1 }),
  set('metadata.annotations', 'none'),
  set('metadata.ownerReferences', [{ kind: 'DaemonSet', name: 'ebs-csi-node' }]),
  set('metadata.ownerReferences', 'none'),
  set('apiVersion', 'v2'),
  set('kind', 'Service'),
  set('kind', 'PodTemplate'),
  set('kind', undefined),
  podContext('runAsNonRoot', undefined),
  context('readOnlyRootFilesystem', true),
  context('capabilities', { add: ['SYS_ADMIN'], drop: ['ALL'] }),
];
/** So many of them, from the first, are nothing to report. */
const QUIET = 8;

/** What differs from replica to replica; the last ones make a difference. */
export const details: Tweak[] = [
  set('spec.nodeName', 'node-1'),
  set('spec.containers.0.image', 'registry.example.com/wéb:2'),
  set('spec.containers.0.env', [{ name: 'A', value: 'a "quoted" \\ value\n' }]),
  set('status', { podIP: '10.0.0.1', numbers: [0, -1.5e-7, 12, true, null] }),
  set('metadata.labels', { app: 'web', 'pod-template-hash': 'abc' }),
  set('metadata.annotations', { 'checksum/config': 'abc' }),
  set('metadata.uid', '0'),
  set('metadata.generateName', 'web-'),
  set('metadata.name', 'ebs-csi-node-x7k2p'),
  set('metadata.name', ''),
  set('metadata.name', 5),
  set('metadata.name', undefined),
  set('metadata.namespace', 'default'),
  set('metadata', 'none'),
  set('spec', []),
  set('spec.containers.0.securityContext.privileged', true),
];
/** So many of them, from the first, make no difference. */
export const SMALL = 8;

/** Most say nothing that an audit would report: only of such pods twins are taken. */
const workloads = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.subarray(tweaks.slice(0, QUIET), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.subarray(tweaks, { maxLength: 3 }) },
  ),
  { minLength: 1, maxLength: 3 },
);
const replicas = fc.array(
  fc.record({ workload: fc.nat(), details: fc.subarray(details.slice(0, SMALL)) }),
  { minLength: 1, maxLength: 40 },
);
/** Pods among the replicas that are like them but for one thing. */
const strangers = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...tweaks, ...details)), {
  maxLength: 4,
});

export interface Dump {
  text: string;
  /** Bytes that one read gives. */
  piece: number;
}

const HEADS = [
  ...['"apiVersion":"v1",', '"kind":"PodList","apiVersion":"v1",'],
  ...['"kind":"SecretList","apiVersion":"v1",', ''],
];

const forms = fc.record({
  space: fc.constantFrom<string | number>(4, 4, 2, 0, '\t'),
  /** What is done to every pod in the end. */
  last: fc.constantFrom<Tweak[]>([], [], [], [], [untyped], [inList]),
  isSorted: fc.constantFrom(true, true, true, false),
  head: fc.constantFrom(...HEADS),
  /** Of a further list of the same items. */
  next: fc.constantFrom(undefined, undefined, undefined, ...HEADS),
  piece: fc.constantFrom(Infinity, 100_000, 4096),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
});

/** Lists of more than a batch, most pods in them replicas. */
export const dumps: fc.Arbitrary<Dump> = fc
  .record({ workloads, replicas, strangers, form: forms, namespaces: fc.boolean() })
  .map(({ workloads: all, replicas: of, strangers: odd, form, namespaces }) => {
    const kindOf = (workload: number): readonly Tweak[] => all[workload % all.length] ?? [];
    const pods = Array.from({ length: 120 }, (_, index) => {
      const { workload, details: more } = of[index % of.length] ?? { workload: 0, details: [] };
      return made([
        set('metadata.name', `web-${index}`),
        ...kindOf(workload),
        ...more,
        ...form.last,
      ]);
    });
    for (const [place, tweak] of odd) {
      const name = set('metadata.name', `odd-${place}`);
      pods[place % pods.length] = made([name, ...kindOf(place), tweak, ...form.last]);
    }
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    const metadata = { name: 'domino-platform', labels };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata };
    const items = namespaces ? [...pods, namespace] : pods;
    const value = form.isSorted ? items.map(sortedKeys) : items;
    const list = JSON.stringify({ items: value }, null, form.space).replaceAll('\n', form.lineEnd);
    const headed = (head: string): string => list.replace('{', `{${head}`);
    const { head, next, piece } = form;
    return { text: headed(head) + (next === undefined ? '' : headed(next)), piece };
  });

/** No Pod of Kubernetes: whether it holds a pod is for its fields to tell, and more of them count. */
export const custom =
  (apiVersion: string, kind: string): Tweak =>
  (pod) => {
    Object.assign(pod, { apiVersion, kind });
    set('spec.containers.0.name', undefined)(pod);
  };

/** A pod that its name and its owner make one of the catalog. */
export const OWNED: Tweak = (pod) => {
  set('metadata.name', 'ebs-csi-node-x7k2p')(pod);
  set('metadata.ownerReferences', [{ kind: 'DaemonSet', name: 'ebs-csi-node' }])(pod);
};

/** Replicas, one of which is like the others but for `tweak`. */
export function dumpWith(base: Tweak, tweak: Tweak): Dump {
  const items = Array.from({ length: 120 }, (_, index) => {
    const name = set('metadata.name', `web-${index}`);
    return sortedKeys(made([name, base, ...(index === 100 ? [tweak] : [])]));
  });
  return {
    text: JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, 4),
    piece: Infinity,
  };
}

/** Large enough that a hundred of them are more than a batch. */
const FILL = { kind: 'Filler', text: 'x'.repeat(900) };

function made(all: readonly Tweak[]): Value {
  const pod = minimalPod();
  set('status', FILL)(pod);
  for (const tweak of all) tweak(pod);
  return JSON.parse(JSON.stringify(pod)) as Value;
}

const PIECES = [
  ...[
    '',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u0000',
    '\ufeff',
    '\u2028',
  ],
  ...[
    '0',
    '-',
    '.',
    'e',
    'é',
    '1e5',
    '01',
    'null',
    'true',
    '"a":1,',
    '"name":"x",',
    '"kind":"Pod",',
  ],
  ...['\\u0061', '\\/', '{}', '[]', '},{', '"status":{},', '"spec":{"containers":[{"name":"y"}]},'],
];

/** The same with pieces put in, or in the place of others. */
export const damaged: fc.Arbitrary<Dump> = fc
  .tuple(
    dumps,
    fc.array(
      fc.record({
        // Most of the text is the filling, so places are looked for around quotes and brackets.
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        near: fc.constantFrom(
          '"',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"metadata"',
          '"status"',
          '"name"',
        ),
        shift: fc.integer({ min: -2, max: 12 }),
        cut: fc.nat(3),
        piece: fc.constantFrom(...PIECES),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([{ text, piece }, changes]) => ({
    piece,
    text: changes.reduce((now, change) => {
      const from = Math.floor(change.at * now.length);
      const at = Math.max(0, now.indexOf(change.near, from) + change.shift);
      return now.slice(0, at) + change.piece + now.slice(at + change.cut);
    }, text),
  }));
