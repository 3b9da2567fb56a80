/** A pod that conforms to every rule, ways to change it, and the audit's view of the result. */
import { catalog } from '../../src/catalog/index.ts';
import { auditPod } from '../../src/audit/context.ts';
import type { AuditContext } from '../../src/audit/judge.ts';
import type { AuditObject, AuditPod, AuditTarget } from '../../src/audit/types.ts';
import type { PolicyContext } from '../../src/security/standing.ts';
import { readManifests } from '../../src/workloads/read-manifests.ts';
import type { ManifestObject } from '../../src/workloads/types.ts';
import { byteSource } from './byte-source.ts';

export type Value = Record<string, unknown>;
/** Changes a fresh copy of the minimal pod. */
export type Tweak = (pod: Value) => void;

export function minimalPod(): Value {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'domino-platform' },
    spec: {
      securityContext: { runAsNonRoot: true, seLinuxOptions: { type: 'spc_t' } },
      containers: [
        {
          name: 'web',
          image: 'registry.example.com/web:1',
          securityContext: { privileged: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}

/** A value at a dotted path, steps made where they are missing: `set('spec.hostPID', true)`. `undefined` removes. */
export function set(path: string, value: unknown): Tweak {
  return (pod) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let holder = pod;
    for (const step of steps) {
      holder[step] ??= {};
      holder = holder[step] as Value;
    }
    if (value === undefined) Reflect.deleteProperty(holder, last);
    else holder[last] = value;
  };
}

/** Of the only container's security context. */
export function context(field: string, value: unknown): Tweak {
  return set(`spec.containers.0.securityContext.${field}`, value);
}

/** Of the pod's security context. */
export function podContext(field: string, value: unknown): Tweak {
  return set(`spec.securityContext.${field}`, value);
}

/** Makes the pod the workload of a catalog entry, with its kind and its first container. */
export function asCatalogPod(id: string): Tweak {
  const entry = catalog.find((row) => row.id === id);
  const workload = entry?.workloads.find(({ name }) => name !== undefined);
  if (workload?.name === undefined) throw new Error(`No named workload: ${id}.`);
  const container = entry?.containers[0]?.name ?? 'main';
  return (pod) => {
    const { spec } = pod;
    (spec as { containers: Value[] }).containers[0]!.name = container;
    pod.kind = workload.kind;
    pod.apiVersion = 'apps/v1';
    (pod.metadata as Value).name = workload.name;
    pod.spec = { template: { spec } };
  };
}

export interface Setting {
  target?: Partial<AuditTarget>;
  /** Domino version alone: every catalog pod may appear. */
  catalog?: boolean;
  strict?: boolean;
  policy?: Partial<PolicyContext>;
}

export function auditContext(setting: Setting = {}): AuditContext {
  return {
    target: { isOpenShift: false, ...setting.target },
    policy: {
      catalog,
      useCatalog: setting.catalog === true,
      ...(setting.catalog === true ? { dominoVersion: '6.2.2' } : {}),
      alsoNamespaces: [],
      decision: {
        hardening: setting.strict === true ? 'strict' : 'documented',
        enforceAssumed: false,
      },
      ...setting.policy,
    },
  };
}

/** Reads a value as the program would: as JSON text, positions included. */
export function visitObject<T>(value: unknown, visit: (object: ManifestObject) => T): T {
  let result: { value: T } | undefined;
  const source = byteSource(JSON.stringify(value, null, 2), 'pod.json');
  readManifests(source, { skip: false }, (object) => {
    result = { value: visit(object) };
  });
  if (result === undefined) throw new Error('The value holds no object.');
  return result.value;
}

export function tweaked(...tweaks: readonly Tweak[]): Value {
  const pod = minimalPod();
  for (const tweak of tweaks) tweak(pod);
  return pod;
}

export function podOf(object: ManifestObject, setting: Setting = {}): AuditPod {
  const { policy, target } = auditContext(setting);
  const [pod] = object.pods;
  if (pod === undefined) throw new Error('The object holds no pod.');
  return auditPod(object, pod, policy, target);
}

export function objectInput(object: ManifestObject, setting: Setting = {}): AuditObject {
  const { target } = auditContext(setting);
  return {
    object,
    target,
    isDominoNamespace: (name) => target.dominoNamespaces?.has(name) === true,
  };
}
