import { expect } from 'chai';
import fc from 'fast-check';
import { auditObject } from '../../src/audit/judge.ts';
import { catalog } from '../../src/catalog/index.ts';
import { applyEdits } from '../../src/patch/apply.ts';
import { settle } from '../../src/security/settle.ts';
import {
  auditContext,
  podOf,
  tweaked,
  visitObject,
  type Setting,
  type Value,
} from '../helpers/pods.ts';

/** Fields that a pod and a container share. */
const shared = fc.record(
  {
    runAsNonRoot: fc.constantFrom(true, false, null),
    runAsUser: fc.constantFrom(0, 1, 1000),
    seLinuxOptions: fc.constantFrom({ type: 'spc_t' }, { type: 'container_t' }, { level: 's0' }),
    seccompProfile: fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' }),
    appArmorProfile: fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' }),
  },
  { requiredKeys: [] },
);
const own = fc.record(
  {
    privileged: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    capabilities: fc.record(
      {
        drop: fc.constantFrom(['ALL'], ['NET_RAW'], []),
        add: fc.constantFrom(['SYS_ADMIN'], ['CAP_SYS_ADMIN'], ['NET_ADMIN', 'NET_RAW'], []),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const containerContext = fc.tuple(shared, own).map(([left, right]) => ({ ...left, ...right }));

/** A workload of the catalog or of nobody, with containers of the entry and of others. */
const pods = fc
  .record({
    entry: fc.option(fc.constantFrom(...catalog.filter((row) => row.userWorkload !== true)), {
      nil: undefined,
      freq: 2,
    }),
    pod: shared,
    contexts: fc.array(fc.option(containerContext, { nil: undefined }), {
      minLength: 1,
      maxLength: 4,
    }),
    init: fc.boolean(),
  })
  .map(({ entry, pod, contexts, init }): Value => {
    const names = [
      ...(entry?.containers.map(({ name }) => name) ?? []),
      'extra',
      'more',
      'last',
      'other',
    ];
    const containers = contexts.map((context, index) => ({
      name: names[index % names.length] ?? 'web',
      ...(context === undefined ? {} : { securityContext: context }),
    }));
    const workload = entry?.workloads.find(({ name }) => name !== undefined);
    return {
      apiVersion: 'apps/v1',
      kind: workload?.kind === undefined || workload.kind === 'Pod' ? 'Deployment' : workload.kind,
      metadata: { name: workload?.name ?? 'web', namespace: 'domino-platform' },
      spec: {
        template: {
          spec: {
            securityContext: pod,
            ...(init ? { initContainers: containers.slice(1) } : {}),
            containers: init ? containers.slice(0, 1) : containers,
          },
        },
      },
    };
  })
  .filter(({ kind }) => kind !== 'CronJob');
const settings = fc.constantFrom<Setting>(
  {},
  { strict: true },
  { catalog: true },
  { catalog: true, strict: true },
);

/** Findings as `severity rule container`, sorted: places do not count. */
function verdicts(value: unknown, setting: Setting): string[] {
  return visitObject(value, (object) =>
    auditObject(object, auditContext(setting)).findings.map(
      ({ severity, rule, code, subject }) =>
        `${severity} ${rule ?? code} ${subject?.container ?? ''}`,
    ),
  ).sort();
}

function specOf(value: Value): {
  securityContext: Value;
  containers: Value[];
  initContainers?: Value[];
} {
  return (value as { spec: { template: { spec: never } } }).spec.template.spec;
}

describe('audit, properties', () => {
  it('moving a field from the pod to every container never changes a verdict', () => {
    fc.assert(
      fc.property(pods, settings, fc.nat(4), (value, setting, pick) => {
        const moved = structuredClone(value);
        const spec = specOf(moved);
        const field = Object.keys(spec.securityContext)[pick];
        fc.pre(field !== undefined);
        const { [field]: content, ...rest } = spec.securityContext;
        spec.securityContext = rest;
        for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
          const context = (container.securityContext ?? {}) as Value;
          container.securityContext = { ...context, [field]: context[field] ?? content };
        }
        expect(verdicts(moved, setting)).to.deep.equal(verdicts(value, setting));
      }),
      { numRuns: 400 },
    );
  });

  it('what patch makes of a pod has no finding of the policy at warning or above', () => {
    // What patch does not decide on: a pod that contradicts itself, and filters that are off.
    const others = ['run-as-non-root-contradiction', 'seccomp-unconfined', 'app-armor-unconfined'];
    fc.assert(
      fc.property(pods, settings, (value, setting) => {
        const edits = visitObject(value, (object) => {
          const pod = podOf(object, setting);
          return settle(pod.pod.spec, pod.standing.limitsOf).edits;
        });
        const patched = applyEdits(
          value,
          edits.map((edit) => ({ ...edit, path: ['spec', 'template', ...edit.path] })),
        );
        const left = verdicts(patched, setting).filter(
          (verdict) =>
            !verdict.startsWith('note') && !others.some((rule) => verdict.includes(rule)),
        );
        expect(left).to.deep.equal([]);
      }),
      { numRuns: 600 },
    );
  });

  it('is deterministic, and the fingerprints of a pod tell its findings apart', () => {
    fc.assert(
      fc.property(pods, settings, (value, setting) => {
        const findings = visitObject(
          value,
          (object) => auditObject(object, auditContext(setting)).findings,
        );
        const named = findings.filter(({ subject }) => subject?.container !== undefined);
        const prints = new Set(named.map(({ fingerprint }) => fingerprint));
        expect(prints.size).to.equal(named.length);
      }),
    );
  });

  it('never throws, whatever an object holds', () => {
    const keys = fc.constantFrom(
      ...['spec', 'template', 'metadata', 'name', 'namespace', 'kind', 'apiVersion', 'labels'],
      ...['containers', 'initContainers', 'ephemeralContainers', 'securityContext', 'volumes'],
      ...['hostPath', 'path', 'ports', 'hostPort', 'capabilities', 'add', 'drop', 'sysctls'],
      ...[
        'seLinuxOptions',
        'type',
        'runAsNonRoot',
        'runAsUser',
        'annotations',
        '__proto__',
        'rules',
      ],
      ...['validate', 'pattern', 'readOnlyRootFilesystem', 'ownerReferences', 'hostNetwork'],
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, true, false, 0, 1.5, '', 'x', '\u001b[2J', 'ALL', 'Pod'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 6 }),
      ),
    }));
    const kinds = fc.constantFrom(
      ...['Pod', 'Deployment', 'CronJob', 'Namespace', 'PodSecurityPolicy', 'ClusterPolicy'],
      ...['SecurityContextConstraints', 'SparkApplication', 'List', 'Workflow'],
    );
    const versions = fc.constantFrom(
      'v1',
      'apps/v1',
      'batch/v1',
      'policy/v1beta1',
      'kyverno.io/v1',
      'argoproj.io/v1alpha1',
    );
    fc.assert(
      fc.property(
        tree,
        tree,
        kinds,
        versions,
        settings,
        (spec, metadata, kind, apiVersion, setting) => {
          try {
            visitObject({ apiVersion, kind, metadata, spec }, (object) =>
              auditObject(object, auditContext(setting)),
            );
          } catch (error) {
            // A list without objects is no failure of the audit.
            expect((error as Error).message).to.equal('The value holds no object.');
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('finds the minimal pod in order', () => {
    expect(verdicts(tweaked(), {})).to.deep.equal([]);
  });
});
