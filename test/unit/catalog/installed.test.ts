import { expect } from 'chai';
import { catalog } from '../../../src/catalog/index.ts';
import { holds } from '../../../src/security/condition.ts';
import { versionInRange } from '../../../src/security/version.ts';
import {
  ebs,
  facts,
  falcoRelease,
  gpu,
  infra,
  type Leaf,
  open,
  type Setting,
  smbRelease,
} from './setting.ts';

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
