import { expect } from 'chai';
import { catalog } from '../../../src/catalog/index.ts';
import type { PodEntry } from '../../../src/catalog/types.ts';
import { holds } from '../../../src/security/condition.ts';
import { ebs, facts, falcoRelease, gpu, infra, open, type Setting, smbRelease } from './setting.ts';

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
