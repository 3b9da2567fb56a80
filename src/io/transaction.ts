import { dirname } from 'node:path';
import { diagnostic, fail, UserError } from '../diagnostics.ts';
import { createDisk, hashOfFile, statOf } from './disk.ts';
import type { Content, Disk, Ownership, StepHook } from './disk.ts';
import { interruptedError, turn, watchSignals } from './interrupt.ts';
import {
  applyEntry,
  attempt,
  discard,
  journalPath,
  journalText,
  keptPath,
  makeFolders,
  recover,
  stagedPath,
  syncFolders,
  type ControlPlace,
  type JournalEntry,
} from './journal.ts';
import { takeLock } from './lock.ts';
import { below } from './safe-path.ts';
import { reason, remedy } from './system-errors.ts';

/** A file to write, or to remove when it has no content. Paths are relative to the root, with `/`. */
export interface Change {
  path: string;
  content?: Content;
  ownership?: Ownership;
  /** What the caller has seen there (null: nothing); anything else at the time of writing is an error. */
  before?: string | null;
}

export interface TransactionOptions {
  steps?: StepHook;
  /** Whether to stop before anything is changed; by default a signal says so. */
  interrupted?: () => boolean;
  force?: boolean;
}

/**
 * Makes all changes below a root or none. New content is staged in the control folder and flushed,
 * the old files get a second name there, then the journal appears by one rename: from there on the
 * write counts as made, and the next run finishes it if this process is killed. An error after that
 * point is undone. Throws UserError: DPS1002 (the disk refused; nothing was changed), DPS1004 with
 * exit code 130, DPS1005, DPS1006. Returns whether a signal came when it was too late to stop.
 */
export async function runTransaction(
  place: ControlPlace,
  changes: readonly Change[],
  options: TransactionOptions = {},
): Promise<{ interrupted: boolean }> {
  const disk = createDisk(options.steps);
  const watch = watchSignals();
  const interrupted = options.interrupted ?? (() => watch.requested());
  const made: string[] = [];
  try {
    makeFolder(disk, `${place.folder}/`, made);
    takeLock(disk, place.folder, place.root);
    const entries = await stage(disk, place, changes, { made, interrupted });
    commit(disk, place, entries);
    discard(disk, place);
    await turn();
    return { interrupted: watch.requested() };
  } catch (error) {
    if (!(error instanceof UnfinishedError)) cleanUp(disk, place, made, error);
    throw asUserError(place.root, error);
  } finally {
    watch.stop();
  }
}

/** Repairs what an earlier run left, as `recover`; system errors become UserError DPS1002. */
export function recoverPlace(place: ControlPlace, options: TransactionOptions = {}): void {
  try {
    recover(createDisk(options.steps), place, options.force);
  } catch (error) {
    throw error instanceof UserError ? error : unfinished(place.root, error);
  }
}

/** Makes the folder that `path` lies in, with those above it, and notes which were missing. */
function makeFolder(disk: Disk, path: string, made: string[]): void {
  const folder = path.endsWith('/') ? path.slice(0, -1) : dirname(path);
  if (statOf(folder) !== undefined) return;
  makeFolder(disk, folder, made);
  disk.mkdir(folder);
  made.push(folder);
}

interface StageContext {
  made: string[];
  interrupted: () => boolean;
}

async function stage(
  disk: Disk,
  place: ControlPlace,
  changes: readonly Change[],
  context: StageContext,
): Promise<JournalEntry[]> {
  makeFolder(disk, stagedPath(place, 0), context.made);
  makeFolder(disk, keptPath(place, 0), context.made);
  const entries: JournalEntry[] = [];
  for (const [index, change] of changes.entries()) {
    await turn();
    if (context.interrupted()) throw interruptedError();
    entries.push(stageOne(disk, place, change, index));
  }
  disk.syncFolder(`${place.folder}/staged`);
  disk.syncFolder(`${place.folder}/kept`);
  disk.create(`${place.folder}/journal.new`, journalText(entries));
  await turn();
  if (context.interrupted()) throw interruptedError();
  return entries;
}

function stageOne(disk: Disk, place: ControlPlace, change: Change, index: number): JournalEntry {
  const target = below(place.root, change.path);
  const before = hashOfFile(target) ?? null;
  if (change.before !== undefined && change.before !== before) {
    fail('DPS1005', `${target} changed while this run was at work; nothing was changed by it.`, {
      fix: 'Run the command again.',
    });
  }
  if (statOf(target) !== undefined) disk.keep(target, keptPath(place, index));
  if (change.content === undefined) return { path: change.path, action: 'remove', before };
  disk.create(stagedPath(place, index), change.content, change.ownership);
  return { path: change.path, action: 'write', before };
}

function commit(disk: Disk, place: ControlPlace, entries: readonly JournalEntry[]): void {
  disk.rename(`${place.folder}/journal.new`, journalPath(place));
  const made: string[] = [];
  try {
    disk.syncFolder(place.folder);
    for (const [index, entry] of entries.entries()) {
      applyEntry(disk, place, entry, index, made);
    }
    syncFolders(disk, place, entries);
    disk.unlink(journalPath(place));
  } catch (error) {
    try {
      undo(disk, place, entries, made);
    } catch {
      throw new UnfinishedError(error);
    }
    throw error;
  }
  attempt(() => {
    disk.syncFolder(place.folder);
  });
}

/** The journal goes last: a kill in the middle makes the next run finish the write instead. */
function undo(
  disk: Disk,
  place: ControlPlace,
  entries: readonly JournalEntry[],
  made: readonly string[],
): void {
  for (const [index, { path, action }] of [...entries.entries()].reverse()) {
    const target = below(place.root, path);
    const kept = keptPath(place, index);
    const staged = stagedPath(place, index);
    if (action === 'write' && statOf(staged) === undefined) disk.rename(target, staged);
    if (statOf(target) === undefined && statOf(kept) !== undefined) {
      makeFolders(disk, place, path, []);
      disk.rename(kept, target);
    }
  }
  for (const folder of [...made].reverse()) {
    attempt(() => {
      disk.rmdir(folder);
    });
  }
  if (statOf(journalPath(place)) !== undefined) disk.unlink(journalPath(place));
}

function cleanUp(disk: Disk, place: ControlPlace, made: readonly string[], error: unknown): void {
  if (error instanceof UserError && error.diagnostics[0]?.code === 'DPS1006') return;
  discard(disk, place);
  for (const folder of [...made].reverse()) {
    if (statOf(folder) === undefined) continue;
    attempt(() => {
      disk.rmdir(folder);
    });
  }
}

/** Neither done nor undone: the journal stays for the next run. */
class UnfinishedError extends Error {
  constructor(cause: unknown) {
    super('unfinished', { cause });
  }
}

function asUserError(root: string, error: unknown): unknown {
  if (error instanceof UserError) return error;
  if (error instanceof UnfinishedError) return unfinished(root, error.cause);
  if (!(error instanceof Error) || !('code' in error)) return error;
  return refused(`Cannot write to ${root}: ${reason(error)}; nothing was changed.`, error);
}

function unfinished(root: string, error: unknown): UserError {
  return refused(
    `The write to ${root} is half done: ${reason(error)}; the next run will finish it.`,
    error,
  );
}

function refused(message: string, error: unknown): UserError {
  return new UserError([diagnostic('DPS1002', message, remedy(error))]);
}
