import { expect } from 'chai';
import { catalog } from '../../../src/catalog/index.ts';
import { catalogPaths } from '../../../src/catalog/paths.ts';
import { sources } from '../../../src/catalog/sources.ts';
import type { Evidence, Exception, PodEntry } from '../../../src/catalog/types.ts';
import { conditionPaths } from '../../../src/security/condition.ts';
import { compareVersions } from '../../../src/security/version.ts';

/** The order of the documentation's table. */
const TABLE = [
  'aws-ebs-csi-driver-node',
  'aws-efs-csi-driver-controller',
  'aws-efs-csi-driver-node',
  'csi-smb-controller',
  'csi-smb-node',
  'dcgm-exporter',
  'docker-registry-cert-mgr',
  'domino-workbench-backup',
  'domino-backup-second',
  'domino-data-importer',
  'elasticsearch',
  'falco',
  'fluentd',
  'hephaestus-buildkit',
  'image-cache-agent',
  'istio-cni-node',
  'newrelic-infrastructure',
  'newrelic-logging',
  'nfs-client-provisioner',
  'nvidia-device-plugin',
  'nvidia-device-plugin-gpu-feature-discovery',
  'nvidia-driver-installer',
  'openebs',
  'smarter-device-manager',
];
const OTHERS = [
  'aws-ebs-csi-driver-controller',
  'cluster-autoscaler',
  'data-plane-agent',
  'forge',
  'prometheus-node-exporter',
  'fluent-bit',
  'ztunnel',
];

/** Every statement with an origin in a row, wherever it stands. */
function statements(value: unknown): Evidence[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(statements);
  return 'confidence' in value ? [value as Evidence, ...below] : below;
}

const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

/** All exceptions that some version of a pod has. */
function everExcepted(entry: PodEntry): Exception[] {
  return sorted(entry.needs.flatMap(({ exceptions }) => Object.keys(exceptions))) as Exception[];
}

describe('catalog: shape', () => {
  it('has the 24 rows in the order of the table, the pods of users, then the other rows', () => {
    expect(catalog.map(({ id }) => id)).to.deep.equal([...TABLE, 'user-workloads', ...OTHERS]);
    expect(catalog.filter((entry) => entry.otherVersions).map(({ id }) => id)).to.deep.equal(
      OTHERS,
    );
    expect(catalog.filter((entry) => entry.userWorkload).map(({ id }) => id)).to.deep.equal([
      'user-workloads',
    ]);
  });

  it('has ids that are unique and in kebab-case', () => {
    expect(new Set(catalog.map(({ id }) => id)).size).to.equal(catalog.length);
    for (const { id } of catalog) expect(id).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('cites only sources of the table, and every source of the table but three', () => {
    const cited = sorted(catalog.flatMap((entry) => statements(entry).map(({ source }) => source)));
    expect(cited.filter((key) => sources[key] === undefined)).to.deep.equal([]);
    // USER and K8S-API belong to decisions; DOC-REQ stands in the note of a row.
    expect(Object.keys(sources).filter((key) => !cited.includes(key))).to.have.members([
      'USER',
      'K8S-API',
      'DOC-REQ',
    ]);
  });

  it('names no source in a note that the table lacks', () => {
    const notes = catalog.flatMap((entry) => statements(entry).map(({ note }) => note ?? ''));
    const named = notes.flatMap(
      (note) => note.match(/\((?:DOC|CFG|CDK|TF|UP)-[A-Z0-9.]+\)|\((?:KAT|PAL|OPS|HEPH)\)/g) ?? [],
    );
    expect(named.filter((key) => sources[key.slice(1, -1)] === undefined)).to.deep.equal([]);
    expect(named.length).to.be.greaterThan(5);
  });

  it('knows a public address of every source but those that have none, and no registry', () => {
    const without = Object.entries(sources).filter(([, { url }]) => url === undefined);
    expect(without.map(([key]) => key)).to.deep.equal([
      'CFG-521',
      'KAT',
      'OPS',
      'TFC',
      'SA-LISTS',
      'OURS',
      'USER',
      'K8S-API',
    ]);
    for (const { url } of Object.values(sources)) {
      if (url !== undefined) {
        expect(url).to.match(
          /^https:\/\/(github\.com|docs\.dominodatalab\.com|admin\.dominodatalab\.com|archive\.docs\.dominodatalab\.com)\//,
        );
      }
    }
  });

  it('lists exactly the paths that rows read or advise to write', () => {
    const read = catalog.flatMap(({ installedWhen }) => conditionPaths(installedWhen.condition));
    const written = catalog.flatMap(({ reductions }) =>
      reductions.flatMap(({ set }) => set.map(({ path }) => path)),
    );
    expect([...catalogPaths]).to.deep.equal(sorted([...read, ...written]));
  });
});

describe('catalog: every row', () => {
  for (const entry of catalog) {
    it(entry.id, () => {
      expect(statements(entry).length).to.be.greaterThan(4);
      expect(entry.needs[0]?.since).to.equal('0');
      for (const [index, row] of entry.needs.entries()) {
        const earlier = entry.needs[index - 1];
        if (earlier) expect(compareVersions(earlier.since, row.since)).to.equal(-1);
        expect(row.why).to.match(/^[A-Z].*\.$/);
        // A list of capabilities needs the exception that it belongs to.
        if (row.capabilities) expect(row.exceptions.capabilities).to.not.equal(undefined);
      }
      const ever = everExcepted(entry);
      for (const { uses } of entry.containers) expect(ever).to.include.members([...uses]);
      if (entry.containers.length > 0) {
        expect(sorted(entry.containers.flatMap(({ uses }) => uses))).to.deep.equal(ever);
      }
      const names = entry.containers.map(({ name }) => name);
      expect(new Set(names).size).to.equal(names.length);
      for (const reduction of entry.reductions) {
        expect(ever).to.include.members([...reduction.removes]);
        expect(reduction.set.length).to.be.greaterThan(0);
        expect(reduction.text).to.match(/^[A-Z].*\.$/);
        if (reduction.effect === 'off') expect(sorted(reduction.removes)).to.deep.equal(ever);
        for (const { container } of reduction.leaves ?? []) expect(names).to.include(container);
      }
      expect(entry.title).to.match(/^[A-Z].*\.$/);
      if (entry.userWorkload !== true) expect(entry.workloads.length).to.be.greaterThan(0);
      for (const { note } of statements(entry)) if (note) expect(note).to.match(/[.%]$/);
    });
  }

  it('calls nothing documented that rests on an upstream chart or on a third party', () => {
    const wrong = catalog.flatMap((entry) =>
      statements(entry)
        .filter(
          ({ confidence, source }) =>
            confidence === 'documented' && /^(UP-|KAT|PAL|OPS|TFC|SA-|OURS)/.test(source),
        )
        .map(({ source }) => `${entry.id}: ${source}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('calls nothing more than assumed whose note says that it is a guess', () => {
    const wrong = catalog.flatMap((entry) =>
      statements(entry).filter(
        ({ confidence, note }) =>
          confidence !== 'assumed' && note !== undefined && /^Guess/.test(note),
      ),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('never lets a sidecar of the AWS and SMB drivers be privileged or gain capabilities', () => {
    for (const entry of catalog.filter(({ id }) =>
      /^(aws-e[bf]s-csi-driver-(node|controller)|csi-smb)/.test(id),
    )) {
      for (const row of entry.containers) {
        const main = ['ebs-plugin', 'efs-plugin', 'smb'].includes(row.name);
        if (main) continue;
        expect(row.uses, `${entry.id} ${row.name}`).to.deep.equal(
          entry.id === 'aws-ebs-csi-driver-controller' ? [] : ['root'],
        );
        expect(row.need?.privileged).to.equal(undefined);
      }
    }
  });
});

describe('catalog: names', () => {
  const anchored = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
  const all = catalog.flatMap((entry) => entry.workloads.map((workload) => ({ entry, workload })));

  it('gives a kind and name to one row only', () => {
    const exact = all.flatMap(({ workload }) =>
      workload.name === undefined ? [] : [`${workload.kind}/${workload.name}`],
    );
    expect(exact.filter((name, index) => exact.indexOf(name) !== index)).to.deep.equal([]);
  });

  it('has patterns that compile, bring no anchors, and match no exact name of another row', () => {
    const clashes: string[] = [];
    for (const { entry, workload } of all) {
      if (workload.pattern === undefined) continue;
      expect(workload.pattern).to.not.match(/(^|[^\\])[$^]/);
      expect(anchored(workload.pattern).test('')).to.equal(false);
      expect(anchored(workload.pattern).test('anything-at-all')).to.equal(false);
      for (const other of all) {
        if (other.entry !== entry && other.workload.name !== undefined) {
          if (anchored(workload.pattern).test(other.workload.name)) {
            clashes.push(`${workload.pattern}: ${other.workload.name}`);
          }
        }
      }
    }
    expect(clashes).to.deep.equal([]);
  });

  const matches: [kind: string, name: string, ids: string[]][] = [
    ['CronJob', 'domino-workbench-backup', ['domino-workbench-backup']],
    ['Job', 'domino-workbench-backup-28391040', ['domino-workbench-backup']],
    ['CronJob', 'domino-workbench-backup-2', []],
    ['CronJob', 'domino-dmm-backup', ['domino-backup-second']],
    ['CronJob', 'my-domino-dmm-backup', []],
    ['Job', 'domino-manual-backup-1', ['domino-backup-second']],
    ['Job', 'build-5f3c', ['forge']],
    ['DaemonSet', 'nri-bundle-nrk8s-kubelet', ['newrelic-infrastructure']],
    ['DaemonSet', 'nri-bundle-nrk8s-controlplane', []],
    ['DaemonSet', 'nri-bundle-newrelic-logging', ['newrelic-logging']],
    ['StatefulSet', 'elasticsearch-master', ['elasticsearch']],
    ['StatefulSet', 'elasticsearch-data', ['elasticsearch']],
    ['StatefulSet', 'elasticsearch-exporter', []],
    ['StatefulSet', 'hephaestus-buildkit', ['hephaestus-buildkit']],
    ['StatefulSet', 'hephaestus-buildkit-gpu', ['hephaestus-buildkit']],
    ['DaemonSet', 'hephaestus-buildkit-binfmt', []],
    ['Deployment', 'fluentd', []],
  ];
  for (const [kind, name, ids] of matches) {
    it(`${kind} ${name}: ${ids.join(', ') || 'no row'}`, () => {
      const found = all.filter(
        ({ workload }) =>
          workload.kind === kind &&
          (workload.name === name ||
            (workload.pattern !== undefined && anchored(workload.pattern).test(name))),
      );
      expect(sorted(found.map(({ entry }) => entry.id))).to.deep.equal(ids);
    });
  }
});
