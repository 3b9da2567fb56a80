import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { loadAll } from 'js-yaml';
import { catalog } from '../../../src/catalog/index.ts';
import type { ContainerNeed, ContainerRow, PodEntry } from '../../../src/catalog/types.ts';

const CORPUS = '../shared/corpus/charts';

interface Context extends Omit<ContainerNeed, 'confidence' | 'source' | 'note' | 'seccompProfile'> {
  seccompProfile?: { type: string };
}
interface Container {
  name: string;
  securityContext?: Context;
}
interface PodSpec {
  securityContext?: Context;
  hostNetwork?: boolean;
  hostPID?: boolean;
  containers?: Container[];
  initContainers?: Container[];
  volumes?: { hostPath?: { path: string } }[];
}
interface Workload {
  kind: string;
  name: string;
  spec: PodSpec;
}

function podSpec(object: Record<string, unknown>): PodSpec | undefined {
  if (object.kind === 'Pod') return object.spec as PodSpec;
  const spec = object.spec as { template?: { spec?: PodSpec } } | undefined;
  return spec?.template?.spec;
}

function corpus(): Map<string, Workload[]> {
  const charts = new Map<string, Workload[]>();
  for (const file of readdirSync(CORPUS).sort()) {
    const objects = loadAll(readFileSync(`${CORPUS}/${file}`, 'utf8')) as (Record<
      string,
      unknown
    > | null)[];
    charts.set(
      file.replace(/\.yaml$/, ''),
      objects.flatMap((object) => {
        const spec = object === null ? undefined : podSpec(object);
        if (object === null || spec?.containers === undefined) return [];
        const { name } = object.metadata as { name: string };
        return [{ kind: object.kind as string, name, spec }];
      }),
    );
  }
  return charts;
}

function rowsOf({ kind, name }: Workload): PodEntry[] {
  return catalog.filter((entry) =>
    entry.workloads.some(
      (by) =>
        by.kind === kind &&
        (by.name === name ||
          (by.pattern !== undefined && new RegExp(`^(?:${by.pattern})$`).test(name))),
    ),
  );
}

/** chart: the object and its row; null: an object without a row, by hand. */
const MAPPING: Record<string, Record<string, string | null>> = {
  'aws-ebs-csi-driver': {
    'DaemonSet ebs-csi-node-windows': null,
    'DaemonSet ebs-csi-node': 'aws-ebs-csi-driver-node',
    'Deployment ebs-csi-controller': 'aws-ebs-csi-driver-controller',
    'Pod ebs-csi-driver-test': null,
  },
  'aws-efs-csi-driver': {
    'DaemonSet efs-csi-node': 'aws-efs-csi-driver-node',
    'Deployment efs-csi-controller': 'aws-efs-csi-driver-controller',
  },
  'csi-driver-smb': {
    'Deployment csi-smb-controller': 'csi-smb-controller',
    'DaemonSet csi-smb-node': 'csi-smb-node',
  },
  'dcgm-exporter': { 'DaemonSet dcgm-exporter': 'dcgm-exporter' },
  'distributed-compute-operator': {
    'Deployment distributed-compute-operator': null,
    'Job distributed-compute-operator-crd-apply': null,
    'Job distributed-compute-operator-crd-delete': null,
  },
  elasticsearch: {
    'StatefulSet elasticsearch-master': 'elasticsearch',
    'Pod elasticsearch-llnke-test': null,
  },
  'fluent-bit': { 'DaemonSet fluent-bit': 'fluent-bit', 'Pod fluent-bit-test-connection': null },
  'nfs-client-provisioner': {
    'Deployment nfs-client-provisioner-nfs-subdir-external-provisioner': 'nfs-client-provisioner',
  },
  'nvidia-device-plugin': {
    'DaemonSet nvidia-device-plugin-node-feature-discovery-worker': null,
    'DaemonSet nvidia-device-plugin': 'nvidia-device-plugin',
    'DaemonSet nvidia-device-plugin-gpu-feature-discovery':
      'nvidia-device-plugin-gpu-feature-discovery',
    'DaemonSet nvidia-device-plugin-mps-control-daemon': null,
    'Deployment nvidia-device-plugin-node-feature-discovery-master': null,
    'Deployment nvidia-device-plugin-node-feature-discovery-gc': null,
    'Job nvidia-device-plugin-node-feature-discovery-prune': null,
  },
  'smarter-device-manager': { 'DaemonSet smarter-device-manager': 'smarter-device-manager' },
};

/** What the chart makes of a container: its own fields, else those of the pod. */
function effective(spec: PodSpec, container: Container): Record<string, unknown> {
  const own = container.securityContext ?? {};
  const pod = spec.securityContext ?? {};
  return {
    privileged: own.privileged,
    runAsNonRoot: own.runAsNonRoot ?? pod.runAsNonRoot,
    runAsUser: own.runAsUser ?? pod.runAsUser,
    runAsGroup: own.runAsGroup ?? pod.runAsGroup,
    allowPrivilegeEscalation: own.allowPrivilegeEscalation,
    capabilities: own.capabilities,
    seccompProfile: (own.seccompProfile ?? pod.seccompProfile)?.type,
  };
}

/** What the row says that the container needs is what the chart sets. */
function expectNeeds(row: ContainerRow, real: Record<string, unknown>): void {
  for (const [field, value] of Object.entries(row.need ?? {})) {
    if (['confidence', 'source', 'note'].includes(field)) continue;
    // An image that runs as root says so nowhere in the chart.
    if (field === 'runAsNonRoot' && value === false && real[field] === undefined) continue;
    expect(real[field], `${row.name}.${field}`).to.deep.equal(value);
  }
}

/** Nothing that the chart asks for is left out of the row. */
function expectUses(row: ContainerRow, real: Record<string, unknown>): void {
  const { add } = (real.capabilities ?? {}) as { add?: string[] };
  if (real.privileged === true) expect(row.uses).to.include('privileged');
  if (real.runAsUser === 0) expect(row.uses).to.include('root');
  if (add !== undefined) {
    expect(row.uses).to.include('capabilities');
    expect(row.need?.capabilities?.add).to.deep.equal(add);
  }
}

describe('catalog: the charts of the corpus', () => {
  let charts = new Map<string, Workload[]>();
  before(function () {
    if (!existsSync(CORPUS)) {
      console.log(`      skipped: ${CORPUS} is not there`);
      this.skip();
    }
    charts = corpus();
  });

  it('is the corpus that the mapping was written for', () => {
    expect([...charts.keys()]).to.deep.equal(Object.keys(MAPPING));
  });

  for (const [chart, mapping] of Object.entries(MAPPING)) {
    it(`${chart}: every object has its one row or none`, () => {
      const found = (charts.get(chart) ?? []).map((workload) => [
        `${workload.kind} ${workload.name}`,
        rowsOf(workload).map(({ id }) => id),
      ]);
      expect(Object.fromEntries(found)).to.deep.equal(
        Object.fromEntries(
          Object.entries(mapping).map(([key, id]) => [key, id === null ? [] : [id]]),
        ),
      );
    });
  }

  /** Containers that only other forms of the same pod have. */
  const elsewhere: Record<string, string[]> = {
    'nfs-client-provisioner': ['nfs-client-provisioner'],
  };

  for (const [chart, mapping] of Object.entries(MAPPING)) {
    for (const [object, id] of Object.entries(mapping)) {
      if (id === null) continue;
      const entry = catalog.find((candidate) => candidate.id === id)!;

      it(`${object}: containers are those of the row`, () => {
        const { spec } = charts.get(chart)!.find(({ kind, name }) => `${kind} ${name}` === object)!;
        const rows = entry.containers.filter(({ name }) => !elsewhere[id]?.includes(name));
        const real = [
          ...(spec.initContainers ?? []).map(({ name }) => [name, true]),
          ...(spec.containers ?? []).map(({ name }) => [name, false]),
        ];
        expect(rows.map(({ name, init }) => [name, init === true])).to.have.deep.members(real);
      });

      it(`${object}: needs are those of the chart`, () => {
        const { spec } = charts.get(chart)!.find(({ kind, name }) => `${kind} ${name}` === object)!;
        for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
          const row = entry.containers.find(({ name }) => name === container.name)!;
          expectNeeds(row, effective(spec, container));
          expectUses(row, effective(spec, container));
        }
      });

      it(`${object}: host access is that of the chart`, () => {
        const { spec } = charts.get(chart)!.find(({ kind, name }) => `${kind} ${name}` === object)!;
        const paths = (spec.volumes ?? []).flatMap(({ hostPath }) =>
          hostPath ? [hostPath.path] : [],
        );
        expect(entry.host?.hostPaths ?? []).to.include.members(paths);
        expect(entry.host?.hostNetwork ?? false).to.equal(spec.hostNetwork ?? false);
        expect(entry.host?.hostPID ?? false).to.equal(spec.hostPID ?? false);
      });
    }
  }
});
