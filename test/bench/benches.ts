/** What is measured, one entry a line of the promise. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJsonPods, writeYamlPods, type PodsOptions } from './manifests.ts';
import { median, rounds, ratio, type Program, type Sample } from './measure.ts';
import { monokle } from './monokle.ts';
import { BIN, CACHE, PROGRAMS, ROOT } from './places.ts';

export interface Bench {
  name: string;
  run: () => string[];
}

const ROUNDS = 15;
const FEW = 5;
/** Exit codes of a report with findings. */
const FOUND = [0, 1];

const ours = (name: string, args: string, accept = [0]): Program => ({
  name,
  command: `node ${BIN} ${args}`,
  accept,
});

const memoryOf = (samples: readonly Sample[]): number =>
  Math.max(...samples.map(({ memory }) => memory ?? 0));

/** `ours / theirs: wall 1.20, cpu 1.15 (0.12 s / 0.10 s; must: cpu 1.5)`. */
function compare(left: Program, right: Program, must: string, count = ROUNDS): string {
  const [mine = [], theirs = []] = rounds([left, right], count);
  const seconds = [mine, theirs].map(
    (list) => `${median(list.map(({ wall }) => wall)).toFixed(2)} s`,
  );
  const ratios = `wall ${ratio(mine, theirs, 'wall').toFixed(2)}, cpu ${ratio(mine, theirs, 'cpu').toFixed(2)}`;
  return `${left.name} / ${right.name}: ${ratios} (${seconds.join(' / ')}, peak ${memoryOf(mine).toFixed(0)} MB; must: ${must})`;
}

function startUp(): string[] {
  writeFileSync(join(CACHE, 'empty.cjs'), '');
  const bare: Program = { name: 'bare node', command: `node ${join(CACHE, 'empty.cjs')}` };
  const out = join(CACHE, 'generated');
  const args = `generate ${join(ROOT, 'examples/eks/deploy.yaml')} --force --output ${out}`;
  const fresh = { name: 'generate eks, new folder', command: `rm -rf ${out}; node ${BIN} ${args}` };
  return [
    compare(ours('--version', '--version'), bare, 'cpu 1.5'),
    compare(fresh, bare, 'cpu 3.0'),
    compare(ours('generate eks, nothing to write', args), bare, 'cpu 3.0'),
  ];
}

const GENERATOR = join(ROOT, 'test/bench/manifests.ts');

/** Generated once and kept: the same seed gives the same bytes, until the generator changes. */
function input(name: string, options: PodsOptions): string {
  const path = join(CACHE, name);
  if (!existsSync(path) || statSync(path).mtimeMs < statSync(GENERATOR).mtimeMs) {
    if (name.endsWith('.json')) writeJsonPods(path, options);
    else writeYamlPods(path, options);
  }
  return path;
}

const megabytes = (path: string): string => `${(statSync(path).size / 1e6).toFixed(0)} MB`;

/** A minimal schema: real ones are larger, so this is the peer at its fastest. */
function kubeconform(file: string): Program | undefined {
  const program = join(PROGRAMS, 'kubeconform');
  if (!existsSync(program)) return undefined;
  const folder = join(CACHE, 'schemas');
  mkdirSync(folder, { recursive: true });
  const container = {
    type: 'object',
    required: ['name'],
    properties: { image: { type: 'string' } },
  };
  const spec = { type: 'object', properties: { containers: { type: 'array', items: container } } };
  writeFileSync(join(folder, 'pod.json'), JSON.stringify({ type: 'object', properties: { spec } }));
  const location = `${folder}/{{ .ResourceKind }}.json`;
  return { name: 'kubeconform', command: `${program} -schema-location '${location}' ${file}` };
}

function auditPeers(): string[] {
  const lines: string[] = [];
  for (const findings of [false, true]) {
    const label = findings ? 'three findings a pod' : 'clean pods';
    const suffix = findings ? '-findings' : '';
    const yaml = input(`pods-10000${suffix}.yaml`, { count: 10_000, findings });
    const json = input(`pods-10000${suffix}.json`, { count: 10_000, findings });
    const peer = kubeconform(yaml);
    lines.push(
      peer === undefined
        ? 'kubeconform was absent (npx tsx scripts/fetch-programs.ts)'
        : compare(
            ours(`audit 10,000 pods YAML ${megabytes(yaml)}, ${label}`, `audit ${yaml}`, FOUND),
            peer,
            'wall 0.5',
            FEW,
          ),
    );
    const parse = `node -e "JSON.parse(require('fs').readFileSync('${json}','utf8'))"`;
    lines.push(
      compare(
        ours(`audit 10,000 pods JSON ${megabytes(json)}, ${label}`, `audit ${json}`, FOUND),
        { name: 'JSON.parse of the whole', command: parse },
        // Two hundred findings with their source lines are most of what the other takes longer.
        findings ? 'none; clean pods have one' : 'wall 0.45',
        FEW,
      ),
    );
  }
  return lines;
}

/** 10,000 to 100,000 pods: time and memory. */
function auditGrowth(): string[] {
  return ['yaml', 'json'].flatMap((form) =>
    [false, true].map((findings) => {
      const suffix = findings ? '-findings' : '';
      const [small, large] = [10_000, 100_000].map((count) =>
        input(`pods-${count}${suffix}.${form}`, { count, findings }),
      );
      const [few = [], many = []] = rounds(
        [small ?? '', large ?? ''].map((file) => ours('audit', `audit ${file}`, FOUND)),
        2,
      );
      const label = findings ? 'three findings a pod' : 'clean';
      return `audit 100,000 pods ${form} ${megabytes(large ?? '')}, ${label}: ${ratio(many, few, 'wall').toFixed(1)} times the time of 10,000 (must: 11), peak ${memoryOf(many).toFixed(0)} MB (must: 150)`;
    }),
  );
}

function patch(): string[] {
  const options: PodsOptions = { count: 1000, findings: true, kind: 'Deployment' };
  const file = input('deployments-1000-findings.yaml', options);
  const folder = join(CACHE, 'kustomize');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    'resources: [deployments-1000-findings.yaml]\n',
  );
  if (!existsSync(join(folder, 'deployments-1000-findings.yaml'))) {
    writeYamlPods(join(folder, 'deployments-1000-findings.yaml'), options);
  }
  const config = join(ROOT, 'examples/eks/deploy.yaml');
  const program = join(PROGRAMS, 'kubectl-1.35');
  if (!existsSync(program)) return ['kubectl was absent (npx tsx scripts/fetch-programs.ts)'];
  return [
    compare(
      ours('patch 1,000 workloads', `patch ${file} --config ${config}`),
      { name: 'kubectl kustomize without patches', command: `${program} kustomize ${folder}` },
      'wall 0.15',
      FEW,
    ),
  ];
}

function admit(): string[] {
  const file = input('pods-1000.yaml', { count: 1000, findings: false });
  const mine = ours(
    'admit 1,000 pods',
    `admit ${file} --kubernetes-version 1.33 --level baseline`,
    FOUND,
  );
  const peer = monokle(file);
  if (typeof peer === 'string') return [peer];
  const large = input('pods-100000.yaml', { count: 100_000, findings: false });
  const all = `admit ${large} --kubernetes-version 1.33 --level baseline`;
  const [many = []] = rounds([ours('admit', all, FOUND)], 1);
  return [
    compare(mine, peer, 'wall 0.2', FEW),
    `admit 100,000 pods: peak ${memoryOf(many).toFixed(0)} MB`,
  ];
}

export const benches: readonly Bench[] = [
  { name: 'start-up', run: startUp },
  { name: 'audit', run: auditPeers },
  { name: 'growth', run: auditGrowth },
  { name: 'patch', run: patch },
  { name: 'admit', run: admit },
];
