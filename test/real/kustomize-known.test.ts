/**
 * The patches of `generate` without --against, applied by the real kustomize. What they promise: no
 * container is added or lost, the containers that the upstream chart has get the decided values,
 * and nothing outside security contexts changes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asMap, templateContainers, type Json } from '../../src/security/template.ts';
import { POD_PATH } from '../../src/security/workload-kinds.ts';
import { readYaml } from '../../src/yaml/read.ts';
import type { WorkloadKind } from '../../src/catalog/types.ts';
import { configFor } from '../helpers/all-pods.ts';
import { kubectl, NO_PROGRAM, skip } from '../helpers/programs.ts';
import { runCli } from '../helpers/run-cli.ts';
import { CORPUS, hasCorpus, NO_CORPUS } from '../helpers/shared.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

function specOf(object: Json): Json {
  const path = POD_PATH[object.kind as WorkloadKind] as readonly string[] | undefined;
  const template = path?.reduce<Json | undefined>((value, key) => asMap(value?.[key]), object);
  return asMap(template?.spec) ?? {};
}

/** The object without any security context, and its containers in order of name. */
function bare(object: Json): Json {
  const copy = JSON.parse(
    JSON.stringify(object, (_, value: unknown) => value ?? undefined),
  ) as Json;
  const spec = specOf(copy);
  delete spec.securityContext;
  for (const list of ['initContainers', 'containers']) {
    const items = spec[list] as Json[] | undefined;
    items?.forEach((item) => delete item.securityContext);
    items?.sort((left, right) => (String(left.name) < String(right.name) ? -1 : 1));
  }
  return copy;
}

interface Expected {
  pod: Json;
  containers: Record<string, Json>;
}

/** What the upstream charts become, worked out by hand from domino's documentation and the charts. */
const EXPECTED: Record<string, Record<string, Expected>> = {
  'aws-ebs-csi-driver': {
    'DaemonSet/ebs-csi-node': {
      pod: {
        fsGroup: 0,
        runAsGroup: 0,
        runAsNonRoot: false,
        runAsUser: 0,
        seLinuxOptions: { type: 'spc_t' },
      },
      containers: {
        'ebs-plugin': {
          privileged: true,
          readOnlyRootFilesystem: true,
          runAsGroup: 0,
          runAsNonRoot: false,
          runAsUser: 0,
        },
        'node-driver-registrar': {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsGroup: 0,
          runAsNonRoot: false,
          runAsUser: 0,
        },
      },
    },
  },
  elasticsearch: {
    'StatefulSet/elasticsearch-master': {
      pod: { fsGroup: 1000, runAsUser: 1000, seLinuxOptions: { type: 'spc_t' } },
      containers: {
        'configure-sysctl': {
          capabilities: { drop: ['ALL'] },
          privileged: true,
          runAsNonRoot: false,
          runAsUser: 0,
        },
        elasticsearch: {
          capabilities: { drop: ['ALL'] },
          privileged: false,
          runAsNonRoot: true,
          runAsUser: 1000,
        },
      },
    },
  },
  'dcgm-exporter': {
    'DaemonSet/dcgm-exporter': {
      pod: { seLinuxOptions: { type: 'spc_t' } },
      containers: {
        exporter: {
          allowPrivilegeEscalation: false,
          capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
          runAsNonRoot: false,
          runAsUser: 0,
        },
      },
    },
  },
};

describe('generate without --against, applied by kustomize', () => {
  const folder = useTempFolder();
  for (const [chart, workloads] of Object.entries(EXPECTED)) {
    it(`keeps what it promises on ${chart}`, function () {
      const program = kubectl();
      if (program === undefined) skip(this, `no kubectl; ${NO_PROGRAM}`);
      if (!hasCorpus()) skip(this, NO_CORPUS);
      const build = (name: string): Json[] => {
        const { stdout, stderr, status } = spawnSync(program, ['kustomize', join(folder(), name)], {
          encoding: 'utf8',
        });
        expect([status, stderr]).to.deep.equal([0, '']);
        return readYaml(stdout, name).map(({ value }) => value as Json);
      };
      for (const name of ['base', 'overlay']) mkdirSync(join(folder(), name));
      cpSync(join(CORPUS, `${chart}.yaml`), join(folder(), 'base/chart.yaml'));
      writeFileSync(join(folder(), 'base/kustomization.yaml'), 'resources: [chart.yaml]\n');
      writeFileSync(
        join(folder(), 'overlay/kustomization.yaml'),
        'resources: [../base]\ncomponents: [../out/patches]\n',
      );
      writeFileSync(join(folder(), 'deploy.yaml'), configFor(chart));
      expect(runCli(['generate', '--output', 'out'], { cwd: folder() }).code).to.equal(0);
      const before = build('base');
      const after = build('overlay');
      expect(after.map(bare)).to.deep.equal(before.map(bare));
      for (const [key, expected] of Object.entries(workloads)) {
        const object = after.find(
          ({ kind, metadata }) => `${String(kind)}/${String(asMap(metadata)?.name)}` === key,
        );
        const spec = specOf(object ?? {});
        expect(spec.securityContext).to.deep.equal(expected.pod);
        for (const { name, value } of templateContainers(spec)) {
          const wanted = expected.containers[name];
          if (wanted !== undefined) expect(value.securityContext, name).to.deep.equal(wanted);
        }
      }
    });
  }
});
