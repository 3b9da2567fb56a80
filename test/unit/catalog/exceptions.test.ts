import { expect } from 'chai';
import { catalog } from '../../../src/catalog/index.ts';
import type { PodEntry } from '../../../src/catalog/types.ts';
import { versionInRange } from '../../../src/security/version.ts';

/**
 * What each row excepts in three versions, written by hand from the collected facts and not from
 * the rows: capabilities, privileged, root, then completeness; capitals are documented, "d" is
 * derived, "a" assumed, "-" not excepted, "none" that the version does not have the row.
 */
const EXPECTED: Record<string, [v54: string, v59: string, v62: string]> = {
  'aws-ebs-csi-driver-node': ['- D D /D', 'D D D /D', 'D D D /D'],
  'aws-efs-csi-driver-controller': ['- D D /D', 'D - D /D', 'D - D /D'],
  'aws-efs-csi-driver-node': ['- D D /D', 'a a a /a', 'a a a /a'],
  'csi-smb-controller': ['none', 'a a a /a', 'a a a /a'],
  'csi-smb-node': ['none', 'a a a /a', 'a a a /a'],
  'dcgm-exporter': ['a - a /a', 'a - a /a', 'a - a /a'],
  'docker-registry-cert-mgr': ['- a a /a', '- a a /a', '- a a /a'],
  'domino-workbench-backup': ['- a a /a', '- a a /a', '- a a /a'],
  'domino-backup-second': ['- a a /a', '- a a /a', '- a a /a'],
  'domino-data-importer': ['- a a /a', '- a a /a', '- a a /a'],
  elasticsearch: ['- d d /d', '- d d /d', '- d d /d'],
  falco: ['- a a /a', '- a a /a', '- a a /a'],
  fluentd: ['- - a /a', '- - a /a', '- - a /a'],
  'hephaestus-buildkit': ['- D D /a', '- D D /a', '- D D /a'],
  'image-cache-agent': ['- - a /a', '- - a /a', '- - a /a'],
  'istio-cni-node': ['d a d /a', 'd a d /a', 'd - d /a'],
  'newrelic-infrastructure': ['- a a /a', '- a a /a', '- a a /a'],
  'newrelic-logging': ['- - a /a', '- - a /a', '- - a /a'],
  'nfs-client-provisioner': ['- - a /a', '- - a /a', '- - a /a'],
  'nvidia-device-plugin': ['a a - /a', 'a a - /a', 'a a - /a'],
  'nvidia-device-plugin-gpu-feature-discovery': ['- a a /a', '- a a /a', '- a a /a'],
  'nvidia-driver-installer': ['- d d /d', '- d d /d', '- d d /d'],
  openebs: ['- a a /a', '- a a /a', '- a a /a'],
  'smarter-device-manager': ['- - a /a', '- - a /a', '- - a /a'],
  'user-workloads': ['D - D /a', 'D - D /a', 'D - D /a'],
  'aws-ebs-csi-driver-controller': ['D - - /D', 'none', 'none'],
  'cluster-autoscaler': ['a - - /a', 'none', 'none'],
  'data-plane-agent': ['none', 'none', 'none'],
  forge: ['none', 'none', 'none'],
  'prometheus-node-exporter': ['none', 'none', 'none'],
  'fluent-bit': ['none', 'none', '- - a /a'],
  ztunnel: ['none', 'none', 'a - a /a'],
};

const LETTER = { documented: 'D', derived: 'd', assumed: 'a' } as const;

function shown(entry: PodEntry, version: string): string {
  if (entry.versions && !versionInRange(version, entry.versions)) return 'none';
  const row = entry.needs.filter(({ since }) => versionInRange(version, { since })).at(-1);
  if (row === undefined) return 'no row';
  const letters = (['capabilities', 'privileged', 'root'] as const).map((name) => {
    const evidence = row.exceptions[name];
    return evidence === undefined ? '-' : LETTER[evidence.confidence];
  });
  return `${letters.join(' ')} /${LETTER[row.complete.confidence]}`;
}

describe('catalog: exceptions by version', () => {
  for (const entry of catalog) {
    it(entry.id, () => {
      expect(['5.4', '5.9', '6.2'].map((version) => shown(entry, version))).to.deep.equal(
        EXPECTED[entry.id],
      );
    });
  }

  const edges: [id: string, version: string, expected: string][] = [
    ['aws-ebs-csi-driver-node', '4.6', '- d d /a'],
    ['aws-ebs-csi-driver-node', '5.5.1', '- D D /D'],
    ['aws-ebs-csi-driver-node', '5.6', 'a d d /a'],
    ['aws-ebs-csi-driver-node', '5.7.0', 'D D D /D'],
    ['aws-efs-csi-driver-controller', '5.3', '- d d /a'],
    ['aws-efs-csi-driver-controller', '5.6.2', 'a a d /a'],
    ['aws-efs-csi-driver-controller', '5.10', 'D - D /D'],
    ['aws-efs-csi-driver-node', '5.5', '- D D /D'],
    ['aws-efs-csi-driver-node', '5.6', 'a a a /a'],
    ['csi-smb-node', '5.5', 'none'],
    ['csi-smb-node', '5.6', 'a a a /a'],
    ['hephaestus-buildkit', '5.1', 'none'],
    ['hephaestus-buildkit', '5.2.1', '- D D /a'],
    ['forge', '5.1.4', '- D D /a'],
    ['data-plane-agent', '5.6', '- - - /a'],
    ['prometheus-node-exporter', '4.2', '- - - /a'],
    ['aws-ebs-csi-driver-controller', '5.3', 'none'],
    ['aws-ebs-csi-driver-controller', '5.5', 'D - - /D'],
    ['istio-cni-node', '6.0.0', 'd - d /a'],
  ];
  for (const [id, version, expected] of edges) {
    it(`${id} at ${version}: ${expected}`, () => {
      const entry = catalog.find((candidate) => candidate.id === id)!;
      expect(shown(entry, version)).to.equal(expected);
    });
  }

  it('names the capabilities where a source does', () => {
    const named = catalog.flatMap((entry) =>
      entry.needs.flatMap(({ since, capabilities }) =>
        capabilities === undefined ? [] : [[entry.id, since, [...capabilities]]],
      ),
    );
    expect(named).to.deep.equal([
      ['dcgm-exporter', '0', ['SYS_ADMIN']],
      [
        'istio-cni-node',
        '6.0',
        ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'],
      ],
      ['ztunnel', '0', ['NET_ADMIN', 'SYS_ADMIN', 'NET_RAW']],
    ]);
  });
});

/** name, namespace, release and condition of each row: how sure, and for the namespace which. */
const FACTS: Record<string, string> = {
  'aws-ebs-csi-driver-node': 'D platform/d a d',
  'aws-efs-csi-driver-controller': 'D platform/d d d',
  'aws-efs-csi-driver-node': 'D platform/a d d',
  'csi-smb-controller': 'a platform/a D a',
  'csi-smb-node': 'a platform/a D a',
  'dcgm-exporter': 'd platform/a D d',
  'docker-registry-cert-mgr': 'a platform/a - D',
  'domino-workbench-backup': 'a platform/d D d',
  'domino-backup-second': 'a platform/a a a',
  'domino-data-importer': 'd platform/D D d',
  elasticsearch: 'd platform/d D d',
  falco: 'd platform/a a a',
  fluentd: 'd platform/d a d',
  'hephaestus-buildkit': 'D compute/D d d',
  'image-cache-agent': 'd compute/a - d',
  'istio-cni-node': 'd istio/a - d',
  'newrelic-infrastructure': 'a platform/a a d',
  'newrelic-logging': 'a platform/a a a',
  'nfs-client-provisioner': 'd platform/a a d',
  'nvidia-device-plugin': 'd platform/a a d',
  'nvidia-device-plugin-gpu-feature-discovery': 'a platform/a a d',
  'nvidia-driver-installer': 'd platform/a - d',
  openebs: 'a platform/a a a',
  'smarter-device-manager': 'd compute/a a d',
  'user-workloads': 'D compute/d - D',
  'aws-ebs-csi-driver-controller': 'D platform/d a d',
  'cluster-autoscaler': 'a platform/D d d',
  'data-plane-agent': 'd compute/d - a',
  forge: 'D compute/a D d',
  'prometheus-node-exporter': 'd platform/a - d',
  'fluent-bit': 'd platform/a - d',
  ztunnel: 'a istio/a - a',
};

describe('catalog: how sure the other facts are', () => {
  for (const entry of catalog) {
    it(entry.id, () => {
      const { name, namespace, release, installedWhen } = entry;
      const text = [
        LETTER[name.confidence],
        `${namespace.key}/${LETTER[namespace.confidence]}`,
        release === undefined ? '-' : LETTER[release.confidence],
        LETTER[installedWhen.confidence],
      ].join(' ');
      expect(text).to.equal(FACTS[entry.id]);
    });
  }
});
