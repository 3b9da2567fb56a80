/** Which option brings which pods in: each row of the table, with the option and without it. */
import { expect } from 'chai';
import { exceptionNames } from '../../../src/security/select.ts';
import { deployText, policyOf } from '../../helpers/policy.ts';

function installed(text: string): string[] {
  return policyOf(text).selection!.selected.map(({ entry }) => entry.id);
}

const base = deployText();
const with_ = (yaml: string): string => deployText(yaml);
const components = (yaml: string): string => deployText('', `  components:\n    ${yaml}`);
const domino = (version: string, text: string): string =>
  text.replace('version: 6.2.2', `version: ${version}`);
const internal = base.replace(
  'external_docker_registry: registry.acme.example',
  'internal_docker_registry: {}',
);
const gke = (yaml: string): string => with_(yaml).replace('platform: eks', 'platform: gke');
const EXTENDED = 'extended_catalog: true\n';
const GPU = 'gpu:\n  enabled: true\n';

interface Row {
  option: string;
  pods: string[];
  on: string;
  off: string;
}

const rows: Row[] = [
  {
    option: 'block storage of type ebs that Domino creates',
    pods: ['aws-ebs-csi-driver-node'],
    on: with_('storage_classes:\n  block:\n    type: ebs\n    create: true'),
    off: with_('storage_classes:\n  block:\n    type: ebs\n    create: false'),
  },
  {
    option: 'shared storage of type efs',
    pods: ['aws-efs-csi-driver-controller', 'aws-efs-csi-driver-node'],
    on: with_('storage_classes:\n  shared:\n    type: efs'),
    off: with_('storage_classes:\n  shared:\n    type: nfs'),
  },
  {
    option: 'SMB, said by the key of ours',
    pods: ['csi-smb-controller', 'csi-smb-node'],
    on: components('smb: true'),
    off: components('smb: false'),
  },
  {
    option: 'SMB, by the release and the extended catalog',
    pods: ['csi-smb-controller', 'csi-smb-node'],
    on: with_(`${EXTENDED}release_overrides:\n  csi-driver-smb:\n    installed: true`),
    off: with_('release_overrides:\n  csi-driver-smb:\n    installed: true'),
  },
  {
    option: 'GPU monitoring, the documented key',
    pods: ['dcgm-exporter'],
    on: with_(`${GPU}${EXTENDED}gpu_monitoring_enabled: true`),
    off: with_(`${GPU}${EXTENDED}gpu_monitoring_enabled: false`),
  },
  {
    option: 'GPU monitoring, the installer key',
    pods: ['dcgm-exporter'],
    on: with_(`${GPU}${EXTENDED}monitoring:\n  gpu_metrics: true`),
    off: with_(`${GPU}${EXTENDED}monitoring:\n  gpu_metrics: false`),
  },
  {
    option: 'GPU monitoring needs GPUs',
    pods: ['dcgm-exporter'],
    on: with_(`${GPU}${EXTENDED}`),
    off: with_(EXTENDED),
  },
  {
    option: 'GPU monitoring needs the extended catalog from 5.11 on',
    pods: ['dcgm-exporter'],
    on: domino('5.10.0', with_(GPU)).replace('schema: "1.16"', 'schema: "1.7"'),
    off: domino('5.11.0', with_(GPU)).replace('schema: "1.16"', 'schema: "1.9"'),
  },
  { option: 'no external registry', pods: ['docker-registry-cert-mgr'], on: internal, off: base },
  {
    option: 'falco, said by the key of ours',
    pods: ['falco'],
    on: components('falco: true'),
    off: components('falco: false'),
  },
  {
    option: 'image caching, absent means on',
    pods: ['image-cache-agent'],
    on: base,
    off: with_('image_caching:\n  enabled: false'),
  },
  {
    option: 'Istio installed by Domino',
    pods: ['istio-cni-node'],
    on: with_('istio:\n  install: true\n  enabled: true'),
    off: with_('istio:\n  install: false\n  enabled: true'),
  },
  {
    option: 'Istio enabled, install absent',
    pods: ['istio-cni-node'],
    on: with_('istio:\n  enabled: true'),
    off: with_('istio:\n  enabled: false'),
  },
  {
    option: 'the CNI plugin of Istio',
    pods: ['istio-cni-node'],
    on: with_('istio:\n  enabled: true\n  cni: true'),
    off: with_('istio:\n  enabled: true\n  cni: false'),
  },
  {
    option: 'New Relic infrastructure',
    pods: ['newrelic-infrastructure'],
    on: with_(`${EXTENDED}monitoring:\n  newrelic:\n    infrastructure: true`),
    off: with_(`${EXTENDED}monitoring:\n  newrelic:\n    infrastructure: false`),
  },
  {
    option: 'New Relic logging, said by the key of ours',
    pods: ['newrelic-logging'],
    on: components('newrelic_logging: true'),
    off: components('newrelic_logging: false'),
  },
  {
    option: 'shared storage of type nfs',
    pods: ['nfs-client-provisioner'],
    on: with_('storage_classes:\n  shared:\n    type: nfs'),
    off: with_('storage_classes:\n  shared:\n    type: efs'),
  },
  {
    option: 'GPUs',
    pods: ['nvidia-device-plugin', 'nvidia-device-plugin-gpu-feature-discovery'],
    on: with_(GPU),
    off: base,
  },
  {
    option: 'GPUs on GKE',
    pods: ['nvidia-driver-installer'],
    on: gke(GPU),
    off: with_(GPU),
  },
  {
    option: 'OpenEBS, said by the key of ours',
    pods: ['openebs'],
    on: components('openebs: true'),
    off: components('openebs: false'),
  },
];

const ALWAYS = [
  'domino-workbench-backup',
  'domino-backup-second',
  'elasticsearch',
  'fluentd',
  'hephaestus-buildkit',
  'smarter-device-manager',
];

describe('select', () => {
  for (const { option, pods, on, off } of rows) {
    it(`${option}: ${pods.join(', ')}`, () => {
      expect(installed(on)).to.include.members(pods);
      for (const pod of pods) expect(installed(off)).to.not.include(pod);
    });
  }

  it('has the pods of every installation, and never the data importer', () => {
    expect(installed(base)).to.include.members(ALWAYS);
    const { omitted } = policyOf(base).selection!;
    const importer = omitted.find(({ entry }) => entry.id === 'domino-data-importer');
    expect(importer?.excluded).to.equal(false);
    expect(importer?.because).to.contain('administrator');
  });

  it('keeps the order of the documentation', () => {
    const all = with_(`${GPU}${EXTENDED}storage_classes:\n  block:\n    type: ebs`);
    const ids = installed(all);
    const order = ['aws-ebs-csi-driver-node', 'dcgm-exporter', 'elasticsearch', 'fluentd'];
    expect(ids.filter((id) => order.includes(id))).to.deep.equal(order);
  });

  it('removes any pod by its release', () => {
    const off = with_('release_overrides:\n  smarter-device-manager:\n    installed: false');
    expect(installed(off)).to.not.include('smarter-device-manager');
  });

  it('says that an own Istio brings its own plugin', () => {
    const own = policyOf(with_('istio:\n  install: false\n  enabled: true')).selection!;
    const cni = own.omitted.find(({ entry }) => entry.id === 'istio-cni-node');
    expect([cni?.because, cni?.excluded]).to.deep.equal([
      'expected from your own Istio (istio.install is false)',
      false,
    ]);
  });

  it('takes exceptions away that a switch removes, and says which switch', () => {
    const pod = (text: string, id: string) =>
      policyOf(text).selection!.selected.find(({ entry }) => entry.id === id)!;
    expect(exceptionNames(pod(base, 'elasticsearch'))).to.deep.equal(['privileged', 'root']);
    const quiet = pod(
      with_(
        'release_overrides:\n  elasticsearch:\n    chart_values:\n      sysctlInitContainer:\n        enabled: false',
      ),
      'elasticsearch',
    );
    expect(exceptionNames(quiet)).to.deep.equal([]);
    expect(quiet.reduced.map(({ by }) => by)).to.deep.equal([
      'release_overrides.elasticsearch.chart_values.sysctlInitContainer.enabled: false',
    ]);
    const rootless = pod(with_('image_building:\n  rootless: true'), 'hephaestus-buildkit');
    expect(exceptionNames(rootless)).to.deep.equal(['privileged']);
    const old = domino('5.8.0', with_('image_building:\n  rootless: true'));
    expect(
      exceptionNames(pod(old.replace('schema: "1.16"', 'schema: "1.5"'), 'hephaestus-buildkit')),
    ).to.deep.equal([]);
  });
});
