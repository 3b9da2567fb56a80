import { expect } from 'chai';
import { auditObject, type AuditContext, type Fate } from '../../../src/audit/judge.ts';
import { readYaml } from '../../../src/yaml/read.ts';
import {
  asCatalogPod,
  auditContext,
  context,
  podContext,
  set,
  tweaked,
  visitObject,
  type Setting,
  type Value,
} from '../../helpers/pods.ts';

const NAMES = {
  platform: 'domino-platform',
  compute: 'domino-compute',
  system: 'domino-system',
  istio: 'istio-system',
};
const named: Setting = { catalog: true, policy: { namespaces: NAMES } };

function audited(value: Value, setting: Setting = {}, more: Partial<AuditContext> = {}) {
  return visitObject(value, (object) => auditObject(object, { ...auditContext(setting), ...more }));
}

describe('auditObject', () => {
  const states: [string, Value, Setting, string][] = [
    ['a pod in order', tweaked(), {}, 'conforms'],
    ['a note is no exception', tweaked(context('readOnlyRootFilesystem', true)), {}, 'conforms'],
    ['a privileged pod', tweaked(context('privileged', true)), {}, 'undocumented'],
    ['a warning', tweaked(set('spec.hostPID', true)), {}, 'undocumented'],
    [
      'a catalog pod within its exceptions',
      tweaked(context('privileged', true), asCatalogPod('aws-ebs-csi-driver-node')),
      { catalog: true },
      'used',
    ],
    [
      'a catalog pod that needs none of them',
      tweaked(asCatalogPod('dcgm-exporter')),
      { catalog: true },
      'unneeded',
    ],
    [
      'a pod of a user',
      tweaked(context('privileged', true), set('metadata.namespace', 'domino-compute')),
      named,
      'user',
    ],
    [
      'a pod of another namespace',
      tweaked(context('privileged', true), set('metadata.namespace', 'kube-system')),
      named,
      'foreign',
    ],
    [
      'a Windows pod',
      tweaked(context('privileged', true), set('spec.os', { name: 'windows' })),
      {},
      'windows',
    ],
  ];
  for (const [name, value, setting, state] of states) {
    it(`gives each pod one state: ${name}`, () => {
      expect(audited(value, setting).pods.map((pod) => pod.state)).to.deep.equal([state]);
    });
  }

  it('makes every finding on a pod that is not of Domino a note, without a patch', () => {
    const value = tweaked(context('privileged', true), set('metadata.namespace', 'kube-system'));
    const { findings } = audited(value, named);
    expect(findings.map(({ code, severity, patch }) => [code, severity, patch])).to.deep.equal([
      ['DPS4001', 'note', undefined],
    ]);
  });

  it('says where a pod of the catalog is expected that stands elsewhere', () => {
    const value = tweaked(asCatalogPod('csi-smb-node'), set('metadata.namespace', 'elsewhere'));
    expect(audited(value, named).findings.map(({ message }) => message)).to.include(
      'Perhaps csi-smb-node, but it is expected in namespace domino-platform, not elsewhere.',
    );
  });

  it('tells what is effective, and where it comes from', () => {
    const value = tweaked(podContext('runAsNonRoot', false), context('runAsUser', 0));
    const [finding] = audited(value).findings;
    expect(finding?.rule).to.equal('root-uid');
    expect(finding?.effective).to.deep.equal([
      { field: 'securityContext.runAsNonRoot', value: false, origin: 'pod', container: 'web' },
      { field: 'securityContext.runAsUser', value: 0, origin: 'container', container: 'web' },
    ]);
  });

  it('completes only what is kept, and counts accepted findings as documented', () => {
    const value = tweaked(context('privileged', true), podContext('seLinuxOptions', undefined));
    const fates: Record<string, Fate> = { privileged: 'accepted', 'selinux-type': 'accepted' };
    const all = audited(value, {}, { fateOf: ({ rule }) => fates[rule ?? ''] ?? 'keep' });
    expect([all.findings, all.pods[0]?.state]).to.deep.equal([[], 'used']);
    const some = audited(
      value,
      {},
      {
        fateOf: ({ rule }) => (rule === 'privileged' ? 'hidden' : 'keep'),
      },
    );
    expect(some.findings.map(({ rule }) => rule)).to.deep.equal(['selinux-type']);
    expect(some.pods[0]?.state).to.equal('undocumented');
  });

  it('takes hidden and known findings for open ones', () => {
    for (const fate of ['hidden', 'known'] as const) {
      const { findings, pods } = audited(
        tweaked(context('privileged', true)),
        {},
        { fateOf: () => fate },
      );
      expect([findings.length, pods[0]?.state]).to.deep.equal([0, 'undocumented']);
    }
  });

  it('gives the controller of a live pod as a further name', () => {
    const owned = tweaked(
      context('privileged', true),
      set('metadata.name', 'web-5d9f7c6b8-x2x4z'),
      set('metadata.ownerReferences', [{ kind: 'ReplicaSet', name: 'web-5d9f7c6b8' }]),
    );
    const seen: unknown[] = [];
    const { findings } = audited(
      owned,
      {},
      {
        fateOf: (_, aliases) => {
          seen.push(...aliases);
          return 'keep';
        },
      },
    );
    expect(seen).to.deep.equal([
      { kind: 'Pod', name: 'web-5d9f7c6b8-x2x4z' },
      { kind: 'Deployment', name: 'web' },
    ]);
    const next = JSON.parse(
      JSON.stringify(owned).replaceAll('5d9f7c6b8', '7f7f7f7f7').replaceAll('x2x4z', 'abcde'),
    ) as Value;
    expect(audited(next).findings[0]?.fingerprint).to.equal(findings[0]?.fingerprint);
  });

  it('takes no owner for the maker whose name the object does not bear', () => {
    const seen = (value: Value): unknown[] => {
      const names: unknown[] = [];
      audited(value, {}, { fateOf: (_, aliases) => (names.push(...aliases), 'keep') });
      return names.slice(0, 2);
    };
    const falco = set('metadata.ownerReferences', [{ kind: 'DaemonSet', name: 'falco' }]);
    const own = { kind: 'Pod', name: 'web' };
    expect(seen(tweaked(context('privileged', true), falco))).to.deep.equal([own, own]);
    const deployment = tweaked(
      context('privileged', true),
      falco,
      set('kind', 'Deployment'),
      set('metadata.name', 'falco-x'),
    );
    const name = { kind: 'Deployment', name: 'falco-x' };
    expect(seen(deployment)).to.deep.equal([name, name]);
  });

  it('judges what is written in pieces of a pod, and nothing that is absent', () => {
    const spark = {
      apiVersion: 'distributed-compute.dominodatalab.com/v1alpha1',
      kind: 'SparkCluster',
      metadata: { name: 'spark', namespace: 'domino-compute' },
      spec: {
        master: {
          securityContext: { privileged: true, runAsUser: 1000 },
          initContainers: [{ name: 'i', image: 'x' }],
          volumes: [{ name: 'v', hostPath: { path: '/' } }],
        },
      },
    };
    const { findings, pods } = audited(spark);
    expect(
      findings.map(
        ({ code, severity, subject }) => `${code} ${severity} ${subject?.container ?? '-'}`,
      ),
    ).to.deep.equal(['DPS4907 note -', 'DPS4001 error master', 'DPS4016 warning -']);
    expect(findings[1]?.location).to.deep.include({ line: 11, column: 23 });
    expect(pods.map(({ isPiece, state }) => [isPiece, state])).to.deep.equal([
      [true, 'undocumented'],
    ]);
  });

  it('tells the pods of one object apart by their names, in any order', () => {
    const privileged = {
      containers: [{ name: 'ray', image: 'x', securityContext: { privileged: true } }],
    };
    const prints = (groups: string[]): (string | undefined)[] =>
      audited({
        apiVersion: 'ray.io/v1',
        kind: 'RayCluster',
        metadata: { name: 'ray' },
        spec: {
          workerGroupSpecs: groups.map((groupName) => ({
            groupName,
            template: { spec: privileged },
          })),
        },
      })
        .findings.filter(({ rule }) => rule === 'privileged')
        .map(({ fingerprint }) => fingerprint);
    const [small, large] = prints(['small', 'large']);
    expect(small).to.not.equal(large);
    expect(prints(['large', 'small'])).to.deep.equal([large, small]);
  });

  it('keeps the fingerprint when a field moves from the pod to the container', () => {
    const onPod = tweaked(podContext('seLinuxOptions.type', 'container_t'));
    const onContainer = tweaked(
      podContext('seLinuxOptions', undefined),
      context('seLinuxOptions', { type: 'container_t' }),
    );
    const [left, right] = [onPod, onContainer].map((value) => audited(value).findings[0]);
    expect(left?.fingerprint).to.match(/^[0-9a-f]{16}$/);
    expect(left?.fingerprint).to.equal(right?.fingerprint);
  });
});

describe('the patch of a finding', () => {
  const patchOf = (value: Value, rule: string, setting: Setting = {}): unknown => {
    const finding = audited(value, setting).findings.find((entry) => entry.rule === rule);
    return finding?.patch === undefined ? undefined : readYaml(finding.patch, 'p.yaml')[0]?.value;
  };

  it('holds what patch would write for that control and container, removals as null', () => {
    const value = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'true', namespace: 'domino-platform' },
      spec: {
        jobTemplate: {
          spec: {
            template: {
              spec: {
                securityContext: { runAsUser: 0, seLinuxOptions: { type: 'spc_t' } },
                initContainers: [{ name: 'a', securityContext: { runAsUser: 0 } }],
                containers: [{ name: 'yes' }, { name: 'b: "c"' }],
              },
            },
          },
        },
      },
    };
    const pod = (spec: unknown): unknown => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'true', namespace: 'domino-platform' },
      spec: { jobTemplate: { spec: { template: { spec } } } },
    });
    expect(patchOf(value, 'root-uid')).to.deep.equal(
      pod({
        securityContext: { runAsNonRoot: true, runAsUser: null },
        initContainers: [{ name: 'a', securityContext: { runAsUser: null } }],
      }),
    );
    expect(patchOf(value, 'capabilities-not-dropped')).to.deep.equal(
      pod({
        initContainers: [{ name: 'a', securityContext: { capabilities: { drop: ['ALL'] } } }],
      }),
    );
    expect(
      audited(value).findings.filter(({ rule }) => rule === 'capabilities-not-dropped')[2]?.patch,
    ).to.contain('- name: "b: \\"c\\""');
    expect(
      audited(value)
        .findings.map(({ patch }) => patch ?? '')
        .join(''),
    ).to.contain('- name: "yes"');
  });

  it('is absent where a merge would replace lists, and where nothing would change', () => {
    const custom = {
      apiVersion: 'example.com/v1',
      kind: 'Cluster',
      metadata: { name: 'c', namespace: 'domino-platform' },
      spec: { pods: { spec: { containers: [{ name: 'x', image: 'y' }] } } },
    };
    expect(audited(custom).findings.length).to.equal(3);
    expect(audited(custom).findings.every(({ patch }) => patch === undefined)).to.equal(true);
    expect(patchOf(tweaked(set('spec.hostPID', true)), 'host-namespaces')).to.equal(undefined);
  });
});
