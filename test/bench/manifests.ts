/** Generated input: pods as `kubectl get pods -A` gives them, from a seed, written in one pass. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { writeYaml } from '../../src/yaml/write.ts';

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

function pod(index: number, next: () => number, findings: boolean): object {
  const image = `registry.acme.example/team-${Math.floor(next() * 50)}/service:${Math.floor(next() * 1e6)}`;
  const context = findings
    ? { privileged: true, runAsUser: 0 }
    : { privileged: false, allowPrivilegeEscalation: false };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `service-${index}`,
      namespace: NAMESPACES[index % NAMESPACES.length],
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: `service-${index % 97}`, 'pod-template-hash': (next() * 1e9).toFixed(0) },
      annotations: { 'checksum/config': (next() * 1e15).toFixed(0).padStart(64, '0') },
    },
    spec: template(image, context, next),
    status: {
      phase: 'Running',
      podIP: `10.0.${Math.floor(next() * 255)}.${Math.floor(next() * 255)}`,
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
      containerStatuses: ['web', 'proxy'].map((name) => ({
        name,
        ready: true,
        restartCount: 0,
        image,
        imageID: `sha256:${(next() * 1e15).toFixed(0).padStart(64, '0')}`,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      })),
    },
  };
}

function template(image: string, context: object, next: () => number): object {
  const container = (name: string, securityContext: object): object => ({
    name,
    image,
    args: ['--port=8080', `--shard=${Math.floor(next() * 100)}`],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: Array.from({ length: 8 }, (_, index) => ({
      name: `SETTING_${index}`,
      value: (next() * 1e9).toFixed(0),
    })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    volumeMounts: [{ name: 'token', mountPath: '/var/run/secrets/token', readOnly: true }],
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
    securityContext,
  });
  const clean = {
    privileged: false,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  };
  return {
    serviceAccountName: 'default',
    nodeName: `node-${Math.floor(next() * 100)}`,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seLinuxOptions: { type: 'spc_t' } },
    containers: [
      container('web', { ...context, capabilities: { drop: ['ALL'] } }),
      container('proxy', clean),
    ],
    tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }],
    volumes: [
      { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
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
      pending += text(make(index, next, findings), index);
      if (pending.length < 1 << 20) continue;
      writeSync(file, pending);
      pending = '';
    }
    writeSync(file, pending + tail);
  } finally {
    closeSync(file);
  }
}
