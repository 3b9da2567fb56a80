/** What is measured, one entry a line of the promise. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, ratio, rounds, type Program } from './measure.ts';
import { BIN, CACHE, ROOT } from './places.ts';

export interface Bench {
  name: string;
  run: () => string[];
}

const ROUNDS = 15;

const bareNode: Program = { name: 'bare node', command: `node ${join(CACHE, 'empty.cjs')}` };

/** `ours / theirs: wall 1.20, cpu 1.15 (goal: cpu 1.5)`. */
function compare(ours: Program, theirs: Program, goal: string, count = ROUNDS): string {
  const [left = [], right = []] = rounds([ours, theirs], count);
  const walls = `${median(left.map(({ wall }) => wall)).toFixed(3)} s / ${median(right.map(({ wall }) => wall)).toFixed(3)} s`;
  const memory =
    left[0]?.memory === undefined
      ? ''
      : `, peak ${Math.max(...left.map((sample) => sample.memory ?? 0)).toFixed(0)} MB`;
  return `${ours.name} / ${theirs.name}: wall ${ratio(left, right, 'wall').toFixed(2)}, cpu ${ratio(left, right, 'cpu').toFixed(2)} (${walls}${memory}; must: ${goal})`;
}

function startUp(): string[] {
  writeFileSync(join(CACHE, 'empty.cjs'), '');
  const out = join(CACHE, 'generated');
  const generate = `node ${BIN} generate ${join(ROOT, 'examples/eks/deploy.yaml')} --force --output ${out}`;
  return [
    compare({ name: '--version', command: `node ${BIN} --version` }, bareNode, 'cpu 1.5'),
    compare(
      { name: 'generate eks, all files new', command: `rm -rf ${out}; ${generate}` },
      bareNode,
      'cpu 3.0',
    ),
    compare({ name: 'generate eks, nothing to write', command: generate }, bareNode, 'cpu 3.0'),
  ];
}

export const benches: readonly Bench[] = [{ name: 'start-up', run: startUp }];
