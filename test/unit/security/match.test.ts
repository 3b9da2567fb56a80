import { expect } from 'chai';
import type { PodEntry } from '../../../src/catalog/types.ts';
import { catalog } from '../../../src/catalog/index.ts';
import { correctedCatalog } from '../../../src/security/corrections.ts';
import { matchWorkload, type WorkloadIdentity } from '../../../src/security/match.ts';
import { standingOf } from '../../../src/security/standing.ts';
import { deployText, policyOf } from '../../helpers/policy.ts';

const NAMES = {
  platform: 'domino-platform',
  compute: 'domino-compute',
  system: 'domino-system',
  istio: 'istio-system',
};

const EBS: WorkloadIdentity = {
  kind: 'DaemonSet',
  name: 'ebs-csi-node',
  namespace: 'domino-platform',
  owners: [],
  containers: ['ebs-plugin', 'liveness-probe'],
};

function match(identity: Partial<WorkloadIdentity>, entries: readonly PodEntry[] = catalog) {
  const result = matchWorkload({ ...EBS, ...identity }, entries, NAMES);
  return {
    matches: result.matches.map(({ entry, via, confidence }) => `${entry.id} ${via} ${confidence}`),
    near: result.near.map(({ entry }) => entry.id),
  };
}

const NODE = 'aws-ebs-csi-driver-node';

describe('matchWorkload', () => {
  const rows: [string, Partial<WorkloadIdentity>, { matches: string[]; near: string[] }][] = [
    ['an upstream name', {}, { matches: [`${NODE} name derived`], near: [] }],
    ['the documented name', { name: NODE }, { matches: [`${NODE} name derived`], near: [] }],
    ['another kind', { kind: 'Deployment' }, { matches: [], near: [] }],
    ['a longer name', { name: 'ebs-csi-node-windows' }, { matches: [], near: [NODE] }],
    ['another namespace', { namespace: 'domino-compute' }, { matches: [], near: [NODE] }],
    ['none of its containers', { containers: ['x'] }, { matches: [], near: [NODE] }],
    [
      'a live pod, by its controller',
      {
        kind: 'Pod',
        name: 'ebs-csi-node-x7k2p',
        owners: [{ kind: 'DaemonSet', name: 'ebs-csi-node' }],
      },
      { matches: [`${NODE} owner derived`], near: [] },
    ],
    [
      'a live pod, by its generated name',
      { kind: 'Pod', name: '', generateName: 'ebs-csi-node-' },
      { matches: [`${NODE} generateName derived`], near: [] },
    ],
    [
      'a pod of a Deployment, through the hash of its ReplicaSet',
      {
        kind: 'Pod',
        name: 'efs-csi-controller-6c8f7b9d5-abcde',
        owners: [{ kind: 'ReplicaSet', name: 'efs-csi-controller-6c8f7b9d5' }],
        containers: ['efs-plugin'],
      },
      { matches: ['aws-efs-csi-driver-controller owner derived'], near: [] },
    ],
    [
      'a ReplicaSet whose name does not end in a hash',
      {
        kind: 'Pod',
        name: 'efs-csi-controller-v2-abcde',
        owners: [{ kind: 'ReplicaSet', name: 'efs-csi-controller-v2' }],
        containers: ['efs-plugin'],
      },
      { matches: [], near: [] },
    ],
    [
      "another of Domino's namespaces, where the catalog's is a guess",
      { name: 'falco', namespace: 'domino-compute', containers: ['falco'] },
      { matches: ['falco name assumed'], near: [] },
    ],
  ];
  for (const [name, identity, expected] of rows) {
    it(name, () => {
      expect(match(identity)).to.deep.equal(expected);
    });
  }

  it('compares no namespace without a configuration', () => {
    const { matches } = matchWorkload({ ...EBS, namespace: 'elsewhere' }, catalog, undefined);
    expect(matches.map(({ entry }) => entry.id)).to.deep.equal([NODE]);
  });

  it('accepts names that the user adds, and only in full', () => {
    const entries = correctedCatalog(catalog, [{ id: NODE, names: ['my-ebs'] }]);
    expect(match({ name: 'my-ebs' }, entries).matches).to.deep.equal([`${NODE} name documented`]);
    expect(match({ name: 'my-ebs-2' }, entries).matches).to.deep.equal([]);
    const names = entries.find(({ id }) => id === NODE)?.workloads.map(({ name }) => name);
    expect(names?.slice(0, 2)).to.deep.equal(['my-ebs', NODE]);
  });

  it('takes a Job for one of a CronJob only where a time ends its name', () => {
    const entries = correctedCatalog(catalog, [
      { id: 'dump', kind: 'CronJob', names: ['my-dump'] },
    ]);
    const of = (name: string): string[] =>
      match({ kind: 'Pod', name: `${name}-x`, owners: [{ kind: 'Job', name }] }, entries).matches;
    expect(of('my-dump-29384710')).to.deep.equal(['dump owner documented']);
    expect(of('my-dump-2')).to.deep.equal([]);
  });
});

describe('standingOf', () => {
  const EBS_ON = 'storage_classes:\n  block:\n    type: ebs';
  const linux = {};
  const windows = { nodeSelector: { 'kubernetes.io/os': 'windows' } };
  const state = (
    identity: Partial<WorkloadIdentity>,
    spec: object = linux,
    more: Parameters<typeof policyOf>[1] = {},
  ): string =>
    standingOf({ ...EBS, ...identity }, { ...spec }, policyOf(deployText(EBS_ON), more)).state;

  const rows: [
    string,
    Partial<WorkloadIdentity>,
    object,
    Parameters<typeof policyOf>[1],
    string,
  ][] = [
    ['an installed pod', {}, linux, {}, 'catalog'],
    [
      'a pod that is not installed',
      { name: 'efs-csi-node', containers: ['efs-plugin'] },
      linux,
      {},
      'not-expected',
    ],
    ['any other pod of Domino', { name: 'nucleus' }, linux, {}, 'default'],
    ['a pod of a user', { name: 'run-1', namespace: 'domino-compute' }, linux, {}, 'user-workload'],
    ['a foreign namespace', { namespace: 'kube-system' }, linux, {}, 'foreign'],
    [
      'a namespace that the user adds',
      { namespace: 'kube-system' },
      linux,
      { alsoNamespaces: ['kube-system'] },
      'catalog',
    ],
    ['a Windows pod', {}, windows, {}, 'windows'],
  ];
  for (const [name, identity, spec, more, expected] of rows) {
    it(`${name}: ${expected}`, () => {
      expect(state(identity, spec, more)).to.equal(expected);
    });
  }

  it('without a namespace: by the catalog alone, else unknown, else by --namespace', () => {
    const { namespace: _, ...rest } = EBS;
    const standing = (name: string, defaultNamespace?: string): string =>
      standingOf(
        { ...rest, name },
        {},
        policyOf(deployText(EBS_ON), defaultNamespace === undefined ? {} : { defaultNamespace }),
      ).state;
    expect([
      standing('ebs-csi-node'),
      standing('nucleus'),
      standing('nucleus', 'domino-platform'),
      standing('nucleus', 'default'),
    ]).to.deep.equal(['catalog', 'unknown-namespace', 'default', 'foreign']);
  });

  it('gives a pod that is not installed no exception', () => {
    const identity = { ...EBS, name: 'efs-csi-node', containers: ['efs-plugin'] };
    const { limitsOf } = standingOf(identity, {}, policyOf(deployText(EBS_ON)));
    expect(limitsOf('efs-plugin').privileged.rule).to.equal('equals');
  });

  it('judges pods of other Domino versions by the default policy', () => {
    const identity = {
      ...EBS,
      kind: 'Deployment',
      name: 'ebs-csi-controller',
      containers: ['ebs-plugin'],
    };
    expect(standingOf(identity, {}, policyOf(deployText(EBS_ON))).state).to.equal('default');
  });

  it('takes of several rows the one that the configuration installs', () => {
    const row = '  catalog: [{id: mine, kind: DaemonSet, names: [ebs-csi-node], installed: true}]';
    const { match: found, others } = standingOf(EBS, {}, policyOf(deployText('', row)));
    expect(found?.entry.id).to.equal('mine');
    expect(others.map(({ entry }) => entry.id)).to.deep.equal([NODE]);
  });

  it('knows no companion of a chart where the catalog is not in use', () => {
    const identity = { ...EBS, name: 'mps-control-daemon', containers: [] };
    const companion = (useCatalog: boolean): boolean => {
      const { selection: _, ...context } = policyOf(deployText(), { useCatalog });
      return standingOf(identity, {}, context).companion !== undefined;
    };
    expect([companion(true), companion(false)]).to.deep.equal([true, false]);
  });
});
