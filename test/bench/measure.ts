/** Times whole processes: wall and cpu by the shell, peak memory by a hook inside node. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Program {
  name: string;
  /** A command line for bash; every name in it is ours. */
  command: string;
  cwd?: string;
  /** Exit codes that are no failure. */
  accept?: readonly number[];
}

export interface Sample {
  wall: number;
  cpu: number;
  /** Peak memory in MB; undefined for programs that are not node. */
  memory: number | undefined;
}

const HOOK = join(import.meta.dirname, 'usage-hook.cjs');
const USAGE = join(tmpdir(), `bench-usage-${process.pid}`);

/** Runs a program once; its output is thrown away. Throws when it fails. */
export function measure({ name, command, cwd, accept = [0] }: Program): Sample {
  rmSync(USAGE, { force: true });
  const script = `TIMEFORMAT='%R %U %S'; time (${command} > /dev/null 2> /dev/null)`;
  const result = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    cwd: cwd ?? process.cwd(),
    env: { ...process.env, NODE_OPTIONS: `--require ${HOOK}`, USAGE_FILE: USAGE, LC_ALL: 'C' },
  });
  if (!accept.includes(result.status ?? -1)) {
    throw new Error(`${name} ended with ${String(result.status)}: ${command}`);
  }
  const [wall = 0, user = 0, system = 0] = result.stderr.trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system, memory: memoryOf() };
}

function memoryOf(): number | undefined {
  try {
    return Number(readFileSync(USAGE, 'utf8')) / 1024;
  } catch {
    return undefined;
  }
}

/** Every program once a round, so that a ratio is taken under the same load. */
export function rounds(programs: readonly Program[], count: number): Sample[][] {
  const samples: Sample[][] = programs.map(() => []);
  for (const program of programs) measure(program); // warm the page cache
  for (let round = 0; round < count; round++) {
    programs.forEach((program, index) => samples[index]?.push(measure(program)));
  }
  return samples;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? NaN) + high) / 2;
}

/** The median of the ratios of each round. */
export function ratio(
  ours: readonly Sample[],
  theirs: readonly Sample[],
  what: 'wall' | 'cpu',
): number {
  return median(ours.map((sample, index) => sample[what] / (theirs[index]?.[what] ?? NaN)));
}
