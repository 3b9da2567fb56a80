import { expect } from 'chai';
import { catalog } from '../../../src/catalog/index.ts';
import type { Platform, PodEntry } from '../../../src/catalog/types.ts';
import { holds, type ConditionFacts } from '../../../src/security/condition.ts';
import { versionInRange } from '../../../src/security/version.ts';

type Leaf = string | number | boolean | null;

interface Setting {
  /** Dotted paths of deploy.yaml, as the user wrote them; defaults are added as the parser does. */
  set?: Record<string, Leaf>;
  platform?: Platform;
  version?: string;
}

/** The defaults that the parser fills in before conditions are asked. */
const DEFAULTS: Record<string, Leaf> = {
  'storage_classes.block.create': true,
  'image_caching.enabled': true,
  'gpu.enabled': false,
  'istio.cni': true,
  extended_catalog: false,
  external_docker_registry: null,
};

function facts({ set = {}, platform = 'other', version }: Setting): ConditionFacts {
  const install = set['istio.install'] ?? set['istio.enabled'] ?? false;
  const values: Record<string, unknown> = {};
  for (const [path, value] of Object.entries({ ...DEFAULTS, ...set, 'istio.install': install })) {
    put(values, path.split('.'), value);
  }
  return { values, given: new Set(Object.keys(set)), platform, dominoVersion: version };
}

function put(tree: Record<string, unknown>, [key, ...rest]: string[], value: Leaf): void {
  if (key === undefined) return;
  if (rest.length === 0) tree[key] = value;
  else put((tree[key] ??= {}) as Record<string, unknown>, rest, value);
}

function installed(setting: Setting): string[] {
  const at = facts(setting);
  return catalog
    .filter(
      (entry) =>
        entry.userWorkload !== true &&
        (entry.versions === undefined || versionInRange(setting.version, entry.versions)) &&
        holds(entry.installedWhen.condition, at),
    )
    .map(({ id }) => id);
}

/** What is there without any option, for the newest version. */
const ALWAYS = [
  'docker-registry-cert-mgr',
  'domino-workbench-backup',
  'domino-backup-second',
  'elasticsearch',
  'fluentd',
  'hephaestus-buildkit',
  'image-cache-agent',
  'smarter-device-manager',
  'fluent-bit',
];

const GPU = ['nvidia-device-plugin', 'nvidia-device-plugin-gpu-feature-discovery'];
const SMB = ['csi-smb-controller', 'csi-smb-node'];
const EFS = ['aws-efs-csi-driver-controller', 'aws-efs-csi-driver-node'];
const registry = 'docker-registry-cert-mgr';
const ebs = { 'storage_classes.block.type': 'ebs' };
const open = { extended_catalog: true };
const gpu = { 'gpu.enabled': true };
const infra = { 'monitoring.newrelic.infrastructure': true };
const smbRelease = { 'release_overrides.csi-driver-smb.installed': true };
const falcoRelease = { 'release_overrides.falco.installed': true };
const component = (name: string, value: boolean): Record<string, Leaf> => ({
  [`pod_security.components.${name}`]: value,
});

describe('catalog: which options bring which pods', () => {
  /** The pods that come in, and those that go, against a configuration without options. */
  const rows: [title: string, setting: Setting, comes: string[], goes?: string[]][] = [
    ['nothing', {}, []],
    ['block ebs', { set: ebs }, ['aws-ebs-csi-driver-node']],
    ['block ebs, create false', { set: { ...ebs, 'storage_classes.block.create': false } }, []],
    ['block hostpath', { set: { 'storage_classes.block.type': 'hostpath' } }, []],
    ['shared efs', { set: { 'storage_classes.shared.type': 'efs' } }, EFS],
    ['shared nfs', { set: { 'storage_classes.shared.type': 'nfs' } }, ['nfs-client-provisioner']],
    ['shared azure_file', { set: { 'storage_classes.shared.type': 'azure_file' } }, []],
    ['smb of ours', { set: component('smb', true) }, SMB],
    ['smb by release, catalog closed', { set: smbRelease }, []],
    ['smb by release, catalog open', { set: { ...smbRelease, ...open } }, SMB],
    [
      'smb by release, ours says no',
      { set: { ...smbRelease, ...open, ...component('smb', false) } },
      [],
    ],
    ['catalog open, nothing else', { set: open }, []],
    ['gpu', { set: gpu }, GPU],
    ['gpu on gke', { set: gpu, platform: 'gke' }, [...GPU, 'nvidia-driver-installer']],
    ['gpu on eks', { set: gpu, platform: 'eks' }, GPU],
    ['no gpu on gke', { platform: 'gke' }, []],
    ['gpu, catalog open', { set: { ...gpu, ...open } }, ['dcgm-exporter', ...GPU]],
    [
      'gpu, catalog open, metrics off',
      { set: { ...gpu, ...open, 'monitoring.gpu_metrics': false } },
      GPU,
    ],
    ['gpu, metrics on, catalog closed', { set: { ...gpu, 'monitoring.gpu_metrics': true } }, GPU],
    ['metrics on, no gpu', { set: { ...open, 'monitoring.gpu_metrics': true } }, []],
    [
      'external registry',
      { set: { external_docker_registry: 'registry.example.com' } },
      [],
      [registry],
    ],
    ['external registry null', { set: { external_docker_registry: null } }, []],
    ['falco of ours', { set: component('falco', true) }, ['falco']],
    ['falco by release, catalog closed', { set: falcoRelease }, []],
    ['falco by release, catalog open', { set: { ...falcoRelease, ...open } }, ['falco']],
    [
      'falco by release, ours says no',
      { set: { ...falcoRelease, ...open, ...component('falco', false) } },
      [],
    ],
    ['no image caching', { set: { 'image_caching.enabled': false } }, [], ['image-cache-agent']],
    ['istio', { set: { 'istio.enabled': true } }, ['istio-cni-node']],
    ['istio without cni', { set: { 'istio.enabled': true, 'istio.cni': false } }, []],
    ['istio of your own', { set: { 'istio.enabled': true, 'istio.install': false } }, []],
    ['new relic infrastructure, catalog closed', { set: infra }, []],
    [
      'new relic infrastructure, catalog open',
      { set: { ...infra, ...open } },
      ['newrelic-infrastructure'],
    ],
    ['new relic logging', { set: component('newrelic_logging', true) }, ['newrelic-logging']],
    ['no new relic logging', { set: { ...open, ...component('newrelic_logging', false) } }, []],
    ['openebs of ours', { set: component('openebs', true) }, ['openebs']],
    ['block openebs', { set: { 'storage_classes.block.type': 'openebs' } }, ['openebs']],
    [
      'block openebs, ours says no',
      { set: { 'storage_classes.block.type': 'openebs', ...component('openebs', false) } },
      [],
    ],
  ];
  for (const [title, setting, comes, goes = []] of rows) {
    it(title, () => {
      const expected = [...ALWAYS.filter((id) => !goes.includes(id)), ...comes];
      expect(installed(setting)).to.have.members(expected);
    });
  }

  const before: [title: string, setting: Setting, comes: string[], goes?: string[]][] = [
    ['5.10: gpu brings its metrics', { set: gpu, version: '5.10.1' }, ['dcgm-exporter', ...GPU]],
    [
      '5.10: metrics off',
      { set: { ...gpu, 'monitoring.gpu_metrics': false }, version: '5.10.1' },
      GPU,
    ],
    ['5.11: not without the catalog', { set: gpu, version: '5.11.0' }, GPU],
    ['5.10: smb by release', { set: smbRelease, version: '5.10' }, SMB],
    ['5.5: no smb', { set: component('smb', true), version: '5.5' }, []],
    ['5.10: new relic', { set: infra, version: '5.10' }, ['newrelic-infrastructure']],
    ['5.11: new relic', { set: infra, version: '5.11' }, []],
    ['5.10: falco by release', { set: falcoRelease, version: '5.10' }, ['falco']],
    [
      '5.4: ebs has a controller row',
      { set: ebs, version: '5.4' },
      ['aws-ebs-csi-driver-node', 'aws-ebs-csi-driver-controller'],
    ],
    [
      '5.6: ebs has none',
      { set: ebs, version: '5.6' },
      ['aws-ebs-csi-driver-node', 'data-plane-agent'],
    ],
    [
      '5.5: autoscaler',
      { set: { 'autoscaler.cloud_provider': 'aws' }, version: '5.5' },
      ['cluster-autoscaler'],
    ],
    ['5.5: autoscaler off', { set: { 'autoscaler.enabled': false }, version: '5.5' }, []],
    ['5.5: autoscaler null', { set: { autoscaler: null }, version: '5.5' }, []],
    [
      '5.1: forge builds',
      { version: '5.1' },
      ['forge', 'prometheus-node-exporter'],
      ['hephaestus-buildkit'],
    ],
    [
      '4.2: no metrics',
      { set: { 'monitoring.prometheus_metrics': false }, version: '4.2' },
      ['forge'],
      ['hephaestus-buildkit'],
    ],
  ];
  for (const [title, setting, comes, goes = []] of before) {
    it(title, () => {
      const base = ALWAYS.filter((id) => id !== 'fluent-bit' && !goes.includes(id));
      expect(installed(setting)).to.have.members([...base, ...comes]);
    });
  }
});

describe('catalog: reductions do what they say', () => {
  /** A setting in which each pod that an option can remove is there. */
  const present: Record<string, Setting> = {
    'aws-ebs-csi-driver-node': { set: ebs },
    'aws-efs-csi-driver-controller': { set: { 'storage_classes.shared.type': 'efs' } },
    'aws-efs-csi-driver-node': { set: { 'storage_classes.shared.type': 'efs' } },
    'csi-smb-controller': { set: { ...smbRelease, ...open } },
    'csi-smb-node': { set: { ...smbRelease, ...open } },
    'dcgm-exporter': { set: { ...gpu, ...open } },
    'docker-registry-cert-mgr': {},
    falco: { set: { ...falcoRelease, ...open } },
    'image-cache-agent': {},
    'istio-cni-node': { set: { 'istio.enabled': true } },
    'newrelic-infrastructure': { set: { ...infra, ...open } },
    'nfs-client-provisioner': { set: { 'storage_classes.shared.type': 'nfs' } },
    'nvidia-device-plugin': { set: gpu },
    'nvidia-device-plugin-gpu-feature-discovery': { set: gpu },
    'nvidia-driver-installer': { set: gpu, platform: 'gke' },
    'aws-ebs-csi-driver-controller': { set: ebs },
    'prometheus-node-exporter': {},
  };
  /** The parser reads the documented key as the canonical one. */
  const canonical = (path: string): string =>
    path === 'gpu_monitoring_enabled' ? 'monitoring.gpu_metrics' : path;

  const offs = catalog.flatMap((entry) =>
    entry.reductions
      .filter(({ effect }) => effect === 'off')
      .map((reduction) => ({ entry, reduction })),
  );
  for (const { entry, reduction } of offs) {
    const written = reduction.set.map(({ path, value }) => `${path}: ${String(value)}`).join(', ');
    it(`${entry.id}: off with ${written}`, () => {
      if (isReleaseSwitch(entry, written)) return;
      const setting = present[entry.id]!;
      const condition = entry.installedWhen.condition;
      expect(holds(condition, facts(setting))).to.equal(true);
      const set = Object.fromEntries(
        reduction.set.map(({ path, value }) => [canonical(path), value]),
      );
      expect(holds(condition, facts({ ...setting, set: { ...setting.set, ...set } }))).to.equal(
        false,
      );
    });
  }

  /** `release_overrides.<its release>.installed: false` removes any pod, and is read elsewhere. */
  function isReleaseSwitch(entry: PodEntry, written: string): boolean {
    if (entry.id === 'newrelic-logging') {
      return written === 'release_overrides.nri-bundle.chart_values.logging.enabled: false';
    }
    return written === `release_overrides.${entry.release?.name ?? ''}.installed: false`;
  }

  const less = catalog.flatMap((entry) =>
    entry.reductions
      .filter(({ effect }) => effect === 'less')
      .map(({ set, removes, domino, confidence }) => [
        entry.id,
        set.map(({ path, value }) => `${path}=${String(value)}`),
        removes.join(' '),
        domino ?? {},
        confidence,
      ]),
  );
  it('reduces by exactly these keys', () => {
    const dcgm = 'release_overrides.dcgm-exporter.chart_values.securityContext';
    const rootless =
      'release_overrides.hephaestus.chart_values.buildkit.rootlessContainerSecurityContext.privileged=false';
    const driver = 'release_overrides.falco.chart_values.driver';
    expect(less).to.deep.equal([
      [
        'dcgm-exporter',
        [`${dcgm}.runAsNonRoot=true`, `${dcgm}.runAsUser=1000`, `${dcgm}.capabilities.add=null`],
        'root capabilities',
        {},
        'assumed',
      ],
      [
        'elasticsearch',
        ['release_overrides.elasticsearch.chart_values.sysctlInitContainer.enabled=false'],
        'privileged root',
        {},
        'derived',
      ],
      [
        'falco',
        [`${driver}.kind=modern_ebpf`, `${driver}.modernEbpf.leastPrivileged=true`],
        'privileged',
        {},
        'assumed',
      ],
      [
        'hephaestus-buildkit',
        ['image_building.rootless=true'],
        'privileged root',
        { before: '6.1' },
        'assumed',
      ],
      [
        'hephaestus-buildkit',
        ['image_building.rootless=true'],
        'root',
        { since: '6.1' },
        'assumed',
      ],
      [
        'hephaestus-buildkit',
        ['image_building.rootless=true', rootless],
        'privileged root',
        { since: '6.1' },
        'derived',
      ],
      [
        'newrelic-infrastructure',
        ['release_overrides.nri-bundle.chart_values.newrelic-infrastructure.privileged=false'],
        'privileged root',
        {},
        'assumed',
      ],
      [
        'forge',
        ['release_overrides.forge.chart_values.config.fullPrivilege=false'],
        'privileged root',
        {},
        'documented',
      ],
    ]);
  });

  it('says what the nodes need without the init container of elasticsearch', () => {
    const text = catalog.find(({ id }) => id === 'elasticsearch')!.reductions[0]!.text;
    expect(text).to.include('vm.max_map_count of at least 262144');
  });

  it('says what istio-init needs without the network plugin', () => {
    const text = catalog.find(({ id }) => id === 'istio-cni-node')!.reductions[0]!.text;
    expect(text).to.match(/istio-init.*root with NET_ADMIN and NET_RAW/);
  });
});
