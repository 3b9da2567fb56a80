/** Random configurations that are valid: whatever combination of options comes out must be taken. */
import * as fc from 'fast-check';

type Config = Record<string, unknown>;

const flag = fc.boolean();
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/);
const labels = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}\.example\/[a-z]{1,8}$/),
  fc.stringMatching(/^[A-Za-z0-9]{0,8}$/),
  { maxKeys: 2 },
);

/** An object with some of the keys. */
function some(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Config> {
  return fc.record(shape, { requiredKeys: [] });
}

const namespaces = fc
  .uniqueArray(name, { minLength: 4, maxLength: 4 })
  .chain(([platform, compute, system, istio]) =>
    fc.record({
      platform: some({ labels, annotations: labels }).map((rest) => ({ name: platform, ...rest })),
      compute: fc.constantFrom<unknown>({ name: compute }, { name: compute, labels: {} }, compute),
      system: fc.constant({ name: system }),
      istio: fc.constantFrom<unknown>({ name: istio }, istio),
    }),
  );

const registry = fc.constantFrom<Config>(
  { internal_docker_registry: {} },
  { internal_docker_registry: { enabled: true }, external_docker_registry: null },
  { internal_docker_registry: { s3_override: null } },
  { external_docker_registry: 'registry.example.org/domino' },
  { external_docker_registry: '10.0.0.1:5000', internal_docker_registry: null },
  {
    external_docker_registry: 'registry.example.org',
    internal_docker_registry: { enabled: false },
  },
);

const minor = fc.integer({ min: 25, max: 40 });
const cluster = fc.oneof(
  fc
    .record({ platform: fc.constantFrom('eks', 'gke', 'aks', 'other'), minor })
    .map(({ platform, minor: n }): Config => ({ platform, kubernetes_version: `1.${n}` })),
  fc
    .integer({ min: 4, max: 23 })
    .map((n): Config => ({ platform: 'openshift', openshift_version: `4.${n}` })),
  fc
    .integer({ min: 16, max: 40 })
    .map((n): Config => ({ platform: 'openshift', kubernetes_version: `1.${n}` })),
  fc
    .record({
      n: fc.integer({ min: 13, max: 24 }),
      psp: fc.constantFrom<unknown>('on', 'off', true, false),
    })
    .map(({ n, psp }): Config => ({ platform: 'eks', kubernetes_version: `1.${n}`, psp })),
);

const catalogRow = some({
  kind: fc.constantFrom('DaemonSet', 'Deployment', 'CronJob'),
  namespace: fc.constantFrom('platform', 'compute', 'system', 'istio'),
  capabilities: fc.subarray(['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE']),
  confidence: fc.constantFrom('documented', 'derived', 'assumed'),
}).map((rest) => ({ why: 'Seen on our cluster.', ...rest }));

const podSecurity = fc
  .tuple(
    cluster,
    some({
      dedicated_cluster: flag,
      components: some({ smb: flag, falco: flag, newrelic_logging: flag, openebs: flag }),
      hardening: fc.constantFrom('documented', 'strict'),
      pod_security_admission: some({
        audit: fc.constantFrom('privileged', 'baseline', 'restricted'),
        warn: fc.constantFrom('privileged', 'baseline'),
      }),
      namespace_annotations: fc.dictionary(name, labels, { maxKeys: 2 }),
      require_read_only_root_filesystem: fc.constant(false),
      catalog: fc
        .uniqueArray(
          name.map((text) => text.replace(/-+/g, '-')),
          { maxLength: 2 },
        )
        .chain((ids) => fc.tuple(...ids.map((id) => catalogRow.map((row) => ({ id, ...row }))))),
    }),
  )
  .map(([base, rest]): Config => ({ ...base, ...rest }));

const features = some({
  gpu: fc.option(some({ enabled: flag })),
  monitoring: some({
    prometheus_metrics: flag,
    gpu_metrics: flag,
    newrelic: some({ apm: flag, infrastructure: flag }),
  }),
  istio: some({ enabled: flag, install: flag, cni: flag }),
  image_caching: some({ enabled: flag }),
  image_building: some({ rootless: flag, concurrency: fc.nat(20) }),
  extended_catalog: flag,
  storage_classes: some({
    block: some({ type: fc.constantFrom('ebs', 'gce', 'hostpath', null), create: flag, name }),
    shared: some({ type: fc.constantFrom('efs', 'nfs'), create: flag }),
  }),
  release_overrides: fc.dictionary(
    fc.constantFrom('falco', 'elasticsearch', 'hephaestus'),
    some({ installed: flag, chart_values: fc.constant({ replicas: 1 }) }),
  ),
  ssl_enabled: flag,
  autoscaler: fc.constant(null),
});

/** A valid configuration of schema 1.16 or 1.5, as a tree; each carries all that `generate` needs. */
export const arbitraryConfig: fc.Arbitrary<Config> = fc
  .tuple(
    fc.constantFrom(
      { schema: '1.16', version: '6.2.0' },
      { schema: '1.5', version: '5.8.0' },
      { schema: '1.10', version: '5.11.1' },
    ),
    namespaces,
    registry,
    features,
    podSecurity,
  )
  .map(([release, ns, reg, rest, pod_security]) => ({
    ...release,
    namespaces: ns,
    ...reg,
    ...rest,
    pod_security,
  }));
