import { randomBytes } from 'node:crypto';
import { openSync, closeSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { fail, UserError } from '../diagnostics.ts';
import { createDisk, statOf, type Content, type Ownership, type StepHook } from './disk.ts';
import { attempt, isUnfinished, type ControlPlace } from './journal.ts';
import { writeFully } from './output.ts';
import { placeProblem } from './safe-path.ts';
import { reason, remedy } from './system-errors.ts';
import {
  recoverPlace,
  runTransaction,
  type Change,
  type TransactionOptions,
} from './transaction.ts';

/** The folder beside the replaced files while `replaceFiles` is at work. */
const REPLACE_FOLDER = '.domino-podsec-replace';

/**
 * Writes one file so that at every moment the old or the new content is there, never a part. An old
 * file keeps its permissions and owner unless `mode` is given; a link is followed and stays. What is
 * no regular file (`/dev/stderr`, a pipe) is written to directly. UserError DPS1002; then nothing
 * was changed and nothing is left beside the file.
 */
export function writeFileAtomic(
  path: string,
  content: Content,
  mode?: number,
  steps?: StepHook,
): void {
  try {
    const target = followLinks(path);
    const stat = statOf(target);
    if (stat?.isDirectory() === true) {
      fail('DPS1002', `Cannot write ${path}: it is a folder.`, { fix: 'Name a file.' });
    }
    if (stat !== undefined && !stat.isFile()) {
      writeDirectly(target, content);
      return;
    }
    swapIn(target, content, ownershipFor(target, mode), steps);
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error) || !('code' in error)) throw error;
    fail('DPS1002', `Cannot write ${path}: ${reason(error)}; nothing was changed.`, remedy(error));
  }
}

function swapIn(
  target: string,
  content: Content,
  ownership: Ownership | undefined,
  steps: StepHook | undefined,
): void {
  const disk = createDisk(steps);
  const name = `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`;
  const temporary = join(dirname(target), name);
  try {
    disk.create(temporary, content, ownership);
    disk.rename(temporary, target);
  } catch (error) {
    if (statOf(temporary) !== undefined)
      attempt(() => {
        disk.unlink(temporary);
      });
    throw error;
  }
  attempt(() => {
    disk.syncFolder(dirname(target));
  });
}

function writeDirectly(path: string, content: Content): void {
  const descriptor = openSync(path, 'w');
  try {
    const pieces =
      typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for (const piece of pieces) writeFully(descriptor, Buffer.from(piece));
  } finally {
    closeSync(descriptor);
  }
}

/** The real place of a path whose last part need not exist. */
function followLinks(path: string): string {
  if (path === '') fail('DPS1002', 'Cannot write a file with an empty name.');
  const full = resolve(path);
  if (statOf(full) !== undefined) return realpathSync(full);
  return join(realpathSync(dirname(full)), basename(full));
}

function ownershipFor(path: string, mode: number | undefined): Ownership | undefined {
  const stat = statOf(path);
  if (stat?.isFile() === true) {
    return { mode: mode ?? stat.mode % 0o10000, uid: stat.uid, gid: stat.gid };
  }
  return mode === undefined ? undefined : { mode };
}

/** A file of the user's and its new content. */
export interface Replacement {
  path: string;
  content: Content;
}

/**
 * Replaces the content of existing files, all or none (`patch --in-place`): permissions and owners
 * stay, links are followed. A killed run is finished or thrown away when one of its files is
 * replaced again. UserError as in `writeOutput`; DPS1001 for a file that is not there.
 */
export async function replaceFiles(
  files: readonly Replacement[],
  options: TransactionOptions = {},
): Promise<{ interrupted: boolean }> {
  if (files.length === 0) return { interrupted: false };
  const targets = files.map(({ path, content }) => ({ path: existing(path), content }));
  for (const folder of foldersAbove(targets.map(({ path }) => path)))
    recoverReplace(folder, options);
  const root = commonFolder(targets.map(({ path }) => dirname(path)));
  const changes: Change[] = targets.map(({ path, content }) => {
    const ownership = ownershipFor(path, undefined);
    return {
      path: relative(root, path).split(sep).join('/'),
      content,
      ...(ownership && { ownership }),
    };
  });
  for (const { path } of changes) {
    const problem = placeProblem(root, path);
    if (problem === undefined) continue;
    fail('DPS1002', `Cannot replace "${path}" in ${root}: ${problem}; nothing was changed.`, {
      fix: 'Name the files of one disk at a time.',
    });
  }
  return runTransaction(placeIn(root), changes, options);
}

function existing(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    return fail('DPS1001', `Cannot replace ${path}: ${reason(error)}.`, remedy(error));
  }
}

function placeIn(root: string): ControlPlace {
  return { root, folder: join(root, REPLACE_FOLDER) };
}

/** A journal orders files to be replaced, so one that somebody else put there is not obeyed. */
function recoverReplace(root: string, options: TransactionOptions): void {
  const place = placeIn(root);
  const stat = statOf(place.folder);
  if (stat?.isDirectory() !== true || !isUnfinished(place)) return;
  if (process.getuid !== undefined && stat.uid !== process.getuid()) {
    fail('DPS1007', `${place.folder} belongs to another user; nothing was changed.`, {
      fix: 'Let that user finish the run that was cut short, or delete the folder.',
    });
  }
  recoverPlace(place, options);
}

function foldersAbove(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  return folders;
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? sep;
  while (
    !folders.every((folder) => folder === common || folder.startsWith(withSeparator(common)))
  ) {
    common = dirname(common);
  }
  return common;
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
