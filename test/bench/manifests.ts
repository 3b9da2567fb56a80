/** Generated input: pods as `kubectl get pods -A` gives them, from a seed, written in one pass. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { writeYaml } from '../../src/yaml/write.ts';
import { sortedKeys } from '../helpers/sorted-keys.ts';

/** A small generator of its own (mulberry32), so that the same seed gives the same file anywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

export interface PodsOptions {
  count: number;
  /** Pods with three findings each instead of clean ones. */
  findings: boolean;
  kind?: 'Pod' | 'Deployment';
}

const NAMESPACES = ['domino-platform', 'domino-system'];
/** Workloads; every pod is a replica of one, and differs from the others in what a cluster adds. */
const WORKLOADS = 97;
const TIME = '2026-01-01T00:00:00Z';

/** What tells one pod from the next. */
interface Drawn {
  workload: number;
  image: string;
  node: number;
  ip: string;
  /** Of the volume that the cluster adds. */
  access: string;
}

function pod(index: number, next: () => number, findings: boolean): object {
  const below = (limit: number): number => Math.floor(next() * limit);
  const digits = (length: number): string =>
    Array.from({ length }, () => below(16).toString(16)).join('');
  const drawn: Drawn = {
    workload: index % WORKLOADS,
    image: `registry.acme.example/team-${below(50)}/service:${below(1e6)}`,
    node: below(100),
    ip: `10.0.${below(255)}.${below(255)}`,
    access: `kube-api-access-${digits(5)}`,
  };
  const hash = digits(10);
  const context = findings
    ? { privileged: true, runAsUser: 0, capabilities: { add: ['SYS_TIME'], drop: ['ALL'] } }
    : { privileged: false, allowPrivilegeEscalation: false };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { 'checksum/config': digits(64), 'cni.example/podIP': `${drawn.ip}/32` },
      creationTimestamp: TIME,
      generateName: `service-${drawn.workload}-${hash}-`,
      labels: { app: `service-${drawn.workload}`, 'pod-template-hash': hash },
      name: `service-${drawn.workload}-${hash}-${String(index).padStart(6, '0')}`,
      namespace: NAMESPACES[index % NAMESPACES.length],
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          blockOwnerDeletion: true,
          controller: true,
          kind: 'ReplicaSet',
          name: `service-${drawn.workload}-${hash}`,
          uid: `00000000-0000-4000-8000-${digits(12)}`,
        },
      ],
      resourceVersion: String(below(1e9)),
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    },
    spec: {
      ...template(drawn, context, below),
      nodeName: `node-${drawn.node}`,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
    },
    status: status(drawn, digits),
  };
}

function status({ image, node, ip }: Drawn, digits: (length: number) => string): object {
  return {
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
      lastProbeTime: null,
      lastTransitionTime: TIME,
      status: 'True',
      type,
    })),
    containerStatuses: ['proxy', 'web'].map((name) => ({
      containerID: `containerd://${digits(64)}`,
      image,
      imageID: `${image.replace(/:.*/, '')}@sha256:${digits(64)}`,
      lastState: {},
      name,
      ready: true,
      restartCount: 0,
      started: true,
      state: { running: { startedAt: TIME } },
    })),
    hostIP: `192.0.2.${node}`,
    phase: 'Running',
    podIP: ip,
    podIPs: [{ ip }],
    qosClass: 'Burstable',
    startTime: TIME,
  };
}

function mount(access: string): object {
  return {
    mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    name: access,
    readOnly: true,
  };
}

/** As the server keeps it, its defaults included. */
function template(
  { workload, image, access }: Drawn,
  context: object,
  below: (limit: number) => number,
): object {
  const container = (name: string, securityContext: object): object => ({
    args: [`--shard=${below(100)}`],
    env: Array.from({ length: 2 }, (_, index) => ({
      name: `SETTING_${index}`,
      value: String(below(1e9)),
    })),
    image,
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: {
      failureThreshold: 3,
      httpGet: { path: `/healthz/${workload}`, port: 'http', scheme: 'HTTP' },
      periodSeconds: 10,
      successThreshold: 1,
      timeoutSeconds: 1,
    },
    name,
    ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
    resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    securityContext,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: [mount(access)],
  });
  const clean = {
    privileged: false,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  };
  return {
    containers: [
      container('proxy', clean),
      container('web', { capabilities: { drop: ['ALL'] }, ...context }),
    ],
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seLinuxOptions: { type: 'spc_t' } },
    serviceAccount: `service-${workload}`,
    serviceAccountName: `service-${workload}`,
    terminationGracePeriodSeconds: 30,
    tolerations: ['not-ready', 'unreachable'].map((condition) => ({
      effect: 'NoExecute',
      key: `node.kubernetes.io/${condition}`,
      operator: 'Exists',
      tolerationSeconds: 300,
    })),
    volumes: [
      {
        name: access,
        projected: {
          defaultMode: 420,
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            {
              configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' },
            },
            {
              downwardAPI: {
                items: [
                  {
                    fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
                    path: 'namespace',
                  },
                ],
              },
            },
          ],
        },
      },
    ],
  };
}

function deployment(index: number, next: () => number, findings: boolean): object {
  const { metadata, spec } = pod(index, next, findings) as {
    metadata: { name: string; namespace: string; labels: object };
    spec: object;
  };
  const { name, namespace, labels } = metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  };
}

/** Documents separated by `---`. */
export function writeYamlPods(path: string, options: PodsOptions): void {
  write(path, options, (object) => `---\n${writeYaml(object)}`, '', '');
}

/** One List, printed as kubectl prints it. */
export function writeJsonPods(path: string, options: PodsOptions): void {
  const head = '{\n    "apiVersion": "v1",\n    "items": [\n';
  const item = (object: object, index: number): string => {
    const text = JSON.stringify(object, null, 4).replace(/^/gm, '        ');
    return index === 0 ? text : `,\n${text}`;
  };
  write(path, options, item, head, '\n    ],\n    "kind": "List"\n}\n');
}

function write(
  path: string,
  { count, findings, kind = 'Pod' }: PodsOptions,
  text: (object: object, index: number) => string,
  head: string,
  tail: string,
): void {
  const next = random(7);
  const make = kind === 'Pod' ? pod : deployment;
  const file = openSync(path, 'w');
  try {
    let pending = head;
    for (let index = 0; index < count; index++) {
      pending += text(sortedKeys(make(index, next, findings)) as object, index);
      if (pending.length < 1 << 20) continue;
      writeSync(file, pending);
      pending = '';
    }
    writeSync(file, pending + tail);
  } finally {
    closeSync(file);
  }
}
