/**
 * The patches of `generate --against`, applied by the real kustomize over each chart of the corpus:
 * exactly the decided contexts on exactly the intended workloads, all else as it was (T5 to T12).
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { settle } from '../../src/security/settle.ts';
import { standingOf } from '../../src/security/standing.ts';
import { isSettled } from '../../src/security/plan.ts';
import { asMap, templateContainers, type Json } from '../../src/security/template.ts';
import { POD_PATH } from '../../src/security/workload-kinds.ts';
import { readYaml } from '../../src/yaml/read.ts';
import type { WorkloadKind } from '../../src/catalog/types.ts';
import { configFor, CORPUS_FLAGS } from '../helpers/all-pods.ts';
import { policyOf } from '../helpers/policy.ts';
import { kubectl, kubectls, NO_PROGRAM, skip } from '../helpers/programs.ts';
import { runCli } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';
import { CORPUS, corpusCharts, hasCorpus, NO_CORPUS } from '../helpers/shared.ts';

/** kustomize drops nulls of the objects that it patches; they mean nothing to the API. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  const map = asMap(value);
  if (map === undefined) return value;
  return Object.fromEntries(
    Object.entries(map)
      .filter(([, child]) => child !== null)
      .map(([key, child]) => [key, withoutNulls(child)]),
  );
}

function build(folder: string, program: string): Json[] {
  const result = spawnSync(program, ['kustomize', folder], { encoding: 'utf8' });
  expect(result.stderr).to.equal('');
  expect(result.status).to.equal(0);
  return readYaml(result.stdout, 'built').map(({ value }) => withoutNulls(value) as Json);
}

function keyOf(object: Json): string {
  const meta = asMap(object.metadata) ?? {};
  const words = [object.kind, meta.namespace, meta.name];
  return words.map((word) => (typeof word === 'string' ? word : '')).join('/');
}

function templateOf(object: Json): Json | undefined {
  const path = POD_PATH[object.kind as WorkloadKind] as readonly string[] | undefined;
  if (path === undefined) return undefined;
  return path.reduce<Json | undefined>((value, key) => asMap(value?.[key]), object);
}

/** The object as the decision wants it: only contexts differ from the base. */
function expected(base: Json, context: ReturnType<typeof policyOf>): Json {
  const object = structuredClone(base);
  const spec = asMap(templateOf(object)?.spec);
  if (spec === undefined) return object;
  const meta = asMap(object.metadata) ?? {};
  const identity = {
    kind: String(object.kind),
    name: String(meta.name),
    ...(typeof meta.namespace === 'string' ? { namespace: meta.namespace } : {}),
    owners: [],
    containers: templateContainers(spec).map(({ name }) => name),
  };
  const standing = standingOf(identity, spec, context);
  if (!isSettled(standing, {})) return object;
  const settled = settle(spec, standing.limitsOf);
  if (settled.edits.length === 0) return object;
  if (Object.keys(settled.pod).length > 0) spec.securityContext = settled.pod;
  for (const container of settled.containers) {
    const target = (spec[container.list] as Json[])[container.index]!;
    const touched = settled.edits.some(
      ({ path }) => path[1] === container.list && path[2] === container.index,
    );
    if (touched) target.securityContext = container.context;
  }
  return object;
}

describe('generate --against, applied by kustomize', () => {
  for (const chart of corpusCharts()) {
    it(`gives exactly the decided contexts on ${chart}`, function () {
      const programs = kubectls();
      if (programs.length === 0) skip(this, `no kubectl; ${NO_PROGRAM}`);
      const folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
      try {
        const base = join(folder, 'base');
        mkdirSync(base);
        cpSync(join(CORPUS, `${chart}.yaml`), join(base, 'chart.yaml'));
        writeFileSync(join(base, 'kustomization.yaml'), 'resources: [chart.yaml]\n');
        const config = join(folder, 'deploy.yaml');
        writeFileSync(config, configFor(chart));
        const out = join(folder, 'out');
        const run = runCli([
          'generate',
          config,
          '--against',
          join(base, 'chart.yaml'),
          ...CORPUS_FLAGS,
          '--output',
          out,
        ]);
        expect(run.code, run.stderr).to.equal(0);
        const overlay = join(folder, 'overlay');
        mkdirSync(overlay);
        writeFileSync(
          join(overlay, 'kustomization.yaml'),
          'resources: [../base]\ncomponents: [../out/patches]\n',
        );
        const context = policyOf(configFor(chart), {
          defaultNamespace: 'domino-platform',
          alsoNamespaces: ['kube-system'],
        });
        for (const program of programs) {
          const before = build(base, program);
          const after = build(overlay, program);
          const wanted = before.map((object) => withoutNulls(expected(object, context)) as Json);
          expect(after.map(keyOf)).to.deep.equal(wanted.map(keyOf));
          after.forEach((object, index) => {
            expect(object, keyOf(object)).to.deep.equal(wanted[index]);
            const names = (value: Json): string[] =>
              templateContainers(asMap(templateOf(value)?.spec) ?? {}).map(({ name }) => name);
            expect(names(object)).to.deep.equal(names(before[index]!));
          });
          expect(after, 'the patches change something').to.not.deep.equal(before);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  it('covers the corpus', function () {
    if (!hasCorpus()) skip(this, NO_CORPUS);
    expect(corpusCharts()).to.have.length.greaterThan(0);
  });
});

const WORKFLOW = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: nightly
  namespace: domino-platform
spec:
  templates:
    - name: main
      container:
        image: x
        securityContext:
          privileged: true
          capabilities:
            add: [SYS_ADMIN]
---
apiVersion: acme.example/v1
kind: Cluster
metadata:
  name: ray
  namespace: domino-platform
spec:
  worker:
    template:
      spec:
        containers:
          - name: one
            image: x
          - name: two
            image: y
            securityContext:
              privileged: false
              capabilities:
                drop: [ALL]
`;

describe('generate --against, for custom resources', () => {
  const folder = useTempFolder();

  it('sets contexts by JSON patch and leaves the lists of containers alone', function () {
    const program = kubectl();
    if (program === undefined) skip(this, `no kubectl; ${NO_PROGRAM}`);
    for (const name of ['base', 'overlay']) mkdirSync(join(folder(), name));
    writeFileSync(join(folder(), 'base/chart.yaml'), WORKFLOW);
    writeFileSync(join(folder(), 'base/kustomization.yaml'), 'resources: [chart.yaml]\n');
    writeFileSync(
      join(folder(), 'overlay/kustomization.yaml'),
      'resources: [../base]\ncomponents: [../out/patches]\n',
    );
    writeFileSync(join(folder(), 'deploy.yaml'), configFor('any'));
    const run = runCli(['generate', '--against', 'base', '--output', 'out'], { cwd: folder() });
    expect(run.code, run.stderr).to.equal(0);
    const locked = { privileged: false, capabilities: { drop: ['ALL'] } };
    const podContext = { runAsNonRoot: true, seLinuxOptions: { type: 'spc_t' } };
    expect(build(join(folder(), 'overlay'), program).map(({ spec }) => spec)).to.deep.equal([
      {
        worker: {
          template: {
            spec: {
              containers: [
                { name: 'one', image: 'x', securityContext: locked },
                { name: 'two', image: 'y', securityContext: locked },
              ],
              securityContext: podContext,
            },
          },
        },
      },
      {
        templates: [
          {
            name: 'main',
            container: { image: 'x', securityContext: locked },
            securityContext: podContext,
          },
        ],
      },
    ]);
  });
});
