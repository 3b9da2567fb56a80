/** Where the real programs are: the cache of scripts/fetch-programs.ts first, then PATH. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'mocha';

const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'programs');

/** A cached program, else the first of `names` on PATH that runs; undefined where there is none. */
export function findProgram(
  cached: string,
  onPath?: { name: string; probe: string[] },
): string | undefined {
  const path = join(CACHE, cached);
  if (existsSync(path)) return path;
  if (onPath === undefined) return undefined;
  return spawnSync(onPath.name, onPath.probe).status === 0 ? onPath.name : undefined;
}

export const kubectl = (): string | undefined =>
  findProgram('kubectl-1.35', { name: 'kubectl', probe: ['version', '--client'] });

/** Every kubectl at hand: kustomize differs between them. */
export function kubectls(): string[] {
  const cached = ['kubectl-1.29', 'kubectl-1.35'].flatMap((name) => findProgram(name) ?? []);
  return cached.length > 0 ? cached : [kubectl()].filter((path) => path !== undefined);
}

/** Ends the test as skipped, with the reason in the output. */
export function skip(context: Context, reason: string): never {
  console.log(`      skipped: ${reason}`);
  return context.skip();
}

export const NO_PROGRAM = 'fetch it with npx tsx scripts/fetch-programs.ts';
