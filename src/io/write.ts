import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../diagnostics.ts';
import { hashOf, hashOfFile, statOf, type StepHook } from './disk.ts';
import { hasJournal, isUnfinished, type ControlPlace } from './journal.ts';
import { INDEX_PATH, readIndex } from './output-index.ts';
import { below, CONTROL_FOLDER, pathProblem, placeProblem } from './safe-path.ts';
import { reason } from './system-errors.ts';
import { recoverPlace, runTransaction, type TransactionOptions } from './transaction.ts';
import { planWrite, type OutputFile } from './write-plan.ts';
import { fail } from '../diagnostics.ts';

export type { OutputFile } from './write-plan.ts';

export interface WriteOptions {
  /** Overwrite files that were changed by hand or are not ours. */
  force?: boolean;
  /** Say what would be done, and do nothing. */
  dryRun?: boolean;
  /** The files are a part of the output: those of earlier runs that are not among them stay. */
  partial?: boolean;
  steps?: StepHook;
  /** Whether to stop before anything is changed; by default SIGINT, SIGTERM and SIGHUP say so. */
  interrupted?: () => boolean;
}

/** Relative paths in the order of the files given; removed ones in the order of the index. */
export interface WriteResult {
  written: string[];
  unchanged: string[];
  removed: string[];
  /** A signal came when the write could no longer be stopped: it is complete, exit with 130. */
  interrupted: boolean;
}

/**
 * Makes the files the content of an output folder, all or nothing, and removes files of an earlier
 * run that are no longer produced. Files that we did not write are left alone. Repairs first what a
 * killed run left. Throws UserError, and then nothing was changed: DPS1002 (path or disk), DPS1005
 * (changed by hand, not ours: unless `force`), DPS1006, DPS1007; DPS1004 with exit code 130.
 */
export async function writeOutput(
  folder: string,
  files: readonly OutputFile[],
  options: WriteOptions = {},
): Promise<WriteResult> {
  const place = placeOf(folder);
  const force = options.force === true;
  const settings: TransactionOptions = {
    force,
    ...(options.steps && { steps: options.steps }),
    ...(options.interrupted && { interrupted: options.interrupted }),
  };
  if (options.dryRun !== true && isUnfinished(place)) recoverPlace(place, settings);
  const plan = onDisk(folder, () =>
    planWrite(place.root, files, { force, partial: options.partial === true }),
  );
  if (plan.problems.length > 0) throw new UserError(plan.problems);
  const { written, unchanged, removed, changes } = plan;
  if (options.dryRun === true || changes.length === 0) {
    return { written, unchanged, removed, interrupted: false };
  }
  const { interrupted } = await runTransaction(place, changes, settings);
  return { written, unchanged, removed, interrupted };
}

/** Finishes or throws away what a killed run left in an output folder; `writeOutput` does it by itself. */
export function recoverOutput(folder: string, options: TransactionOptions = {}): void {
  const place = placeOf(folder);
  if (isUnfinished(place)) recoverPlace(place, options);
}

/** `edited`: changed since we wrote it; `unfinished`: a killed run left a journal, run generate once. */
export interface Difference {
  path: string;
  kind: 'missing' | 'changed' | 'edited' | 'stale' | 'unfinished';
}

/**
 * What `--check` reports: how a folder differs from what would be written, in the order of the files,
 * then stale ones. Reads only. UserError DPS1002, DPS1007.
 */
export function checkOutput(
  folder: string,
  files: readonly OutputFile[],
  partial = false,
): Difference[] {
  const { root, ...place } = placeOf(folder);
  return onDisk(folder, () => {
    const differences: Difference[] = [];
    if (hasJournal({ root, ...place })) {
      differences.push({ path: `${CONTROL_FOLDER}/journal.json`, kind: 'unfinished' });
    }
    const index = readIndex(root, false);
    for (const { path, content } of files) {
      const actual = safeHash(root, path);
      if (actual === hashOf(content)) continue;
      const isEdited = index.has(path) && index.get(path) !== actual;
      const kind = actual !== undefined ? (isEdited ? 'edited' : 'changed') : 'missing';
      differences.push({ path, kind });
    }
    const produced = new Set(files.map(({ path }) => path));
    for (const path of index.keys()) {
      if (!partial && !produced.has(path) && safeHash(root, path) !== undefined) {
        differences.push({ path, kind: 'stale' });
      }
    }
    return differences;
  });
}

function safeHash(root: string, path: string): string | undefined {
  if (pathProblem(path) !== undefined || placeProblem(root, path) !== undefined) return undefined;
  return hashOfFile(below(root, path));
}

/** The folder itself may be a link of the user's; our own folder in it may not. */
function placeOf(folder: string): ControlPlace {
  const root = onDisk(folder, () => {
    const path = resolve(folder);
    return statOf(path) === undefined ? path : realpathSync(path);
  });
  const problem = onDisk(folder, () => placeProblem(root, INDEX_PATH));
  if (problem !== undefined) {
    fail('DPS1002', `Cannot write to ${folder}: ${problem}; nothing was changed.`);
  }
  return { root, folder: below(root, CONTROL_FOLDER) };
}

function onDisk<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error) || !('code' in error)) throw error;
    return fail('DPS1002', `Cannot use ${folder}: ${reason(error)}; nothing was changed.`);
  }
}
