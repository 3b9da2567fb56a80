import { readFileSync } from 'node:fs';
import { diagnostic, fail, UserError } from '../diagnostics.ts';
import { hashOfFile, namesIn, statOf, type Disk } from './disk.ts';
import { takeLock } from './lock.ts';
import { below, foldersOf, pathProblem, placeProblem } from './safe-path.ts';

/** One file of a write: the staged content moves to `path`, or `path` is removed. */
export interface JournalEntry {
  path: string;
  action: 'write' | 'remove';
  /** The hash of what was at the path when the write began; null for nothing, or for a link. */
  before: string | null;
}

/** Where a transaction keeps its things. Entry N is staged in `staged/N`, the old file kept in `kept/N`. */
export interface ControlPlace {
  root: string;
  /** Absolute path of the control folder, below the root. */
  folder: string;
}

export const journalPath = (place: ControlPlace): string => `${place.folder}/journal.json`;
export const stagedPath = (place: ControlPlace, index: number): string =>
  `${place.folder}/staged/${index}`;
export const keptPath = (place: ControlPlace, index: number): string =>
  `${place.folder}/kept/${index}`;

export function journalText(entries: readonly JournalEntry[]): string {
  return `${JSON.stringify({ schemaVersion: 1, entries })}\n`;
}

const LEFTOVERS = ['journal.json', 'journal.new', 'staged', 'kept', 'lock'];

/** True when a crashed or running write has left something: at the least, an empty control folder. */
export function isUnfinished(place: ControlPlace): boolean {
  if (statOf(place.folder)?.isDirectory() !== true) return false;
  const names = namesIn(place.folder);
  return names.length === 0 || names.some((name) => LEFTOVERS.includes(name));
}

/** True when a crashed write got past the point where it is to be finished: files may be mixed. */
export function hasJournal(place: ControlPlace): boolean {
  return statOf(journalPath(place)) !== undefined;
}

/**
 * Repairs what a killed run left: a journal means that everything is staged, so the write is
 * finished; without one nothing has been touched and the staged files are thrown away. UserError
 * DPS1006 (a living run), DPS1007 (a journal that is not ours), DPS1005 (a file was changed by hand
 * in between, unless `force`). System errors are thrown as they are.
 */
export function recover(disk: Disk, place: ControlPlace, force = false): void {
  if (!isUnfinished(place)) return;
  const lock = takeLock(disk, place.folder, place.root);
  try {
    if (hasJournal(place)) rollForward(disk, place, force);
  } catch (error) {
    attempt(() => {
      disk.unlink(lock);
    });
    throw error;
  }
  discard(disk, place);
}

function rollForward(disk: Disk, place: ControlPlace, force: boolean): void {
  const entries = readJournal(place);
  if (!force) refuseEdited(place, entries);
  for (const [index, entry] of entries.entries()) applyEntry(disk, place, entry, index);
  syncFolders(disk, place, entries);
  disk.unlink(journalPath(place));
  disk.syncFolder(place.folder);
}

/** The journal, or UserError DPS1007: it decides which files are replaced, so nothing in it is trusted. */
function readJournal(place: ControlPlace): JournalEntry[] {
  let entries: JournalEntry[] | undefined;
  try {
    entries = parseJournal(JSON.parse(readFileSync(journalPath(place), 'utf8')));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const isSafe = entries?.every(
    ({ path }) => pathProblem(path) === undefined && placeProblem(place.root, path) === undefined,
  );
  if (entries !== undefined && isSafe === true) return entries;
  return fail('DPS1007', `The journal ${journalPath(place)} is damaged; nothing was changed.`, {
    fix: `Delete ${place.folder}, then run again with --force.`,
  });
}

function parseJournal(value: unknown): JournalEntry[] | undefined {
  if (typeof value !== 'object' || value === null || !('entries' in value)) return undefined;
  if (!Array.isArray(value.entries)) return undefined;
  const entries: unknown[] = value.entries;
  return entries.every(isEntry) ? entries : undefined;
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { path, action, before } = value as Record<string, unknown>;
  const isHash = before === null || typeof before === 'string';
  return typeof path === 'string' && (action === 'write' || action === 'remove') && isHash;
}

function refuseEdited(place: ControlPlace, entries: readonly JournalEntry[]): void {
  const edited = entries.filter((entry, index) => {
    if (entry.action === 'write' && statOf(stagedPath(place, index)) === undefined) return false;
    const hash = hashOfFile(below(place.root, entry.path));
    return hash !== undefined && hash !== entry.before;
  });
  if (edited.length === 0) return;
  throw new UserError(
    edited.map(({ path }) =>
      diagnostic(
        'DPS1005',
        `${below(place.root, path)} was changed after a run was cut short; nothing was changed now.`,
        { fix: 'Move the file away, or use --force to overwrite it.' },
      ),
    ),
  );
}

/** Brings one file to its new state; does nothing when it is there already. Folders made go to `made`. */
export function applyEntry(
  disk: Disk,
  place: ControlPlace,
  entry: JournalEntry,
  index: number,
  made: string[] = [],
): void {
  const target = below(place.root, entry.path);
  if (entry.action === 'remove') {
    if (statOf(target) !== undefined) disk.unlink(target);
    removeEmptyFolders(disk, place, entry.path);
    return;
  }
  const staged = stagedPath(place, index);
  if (statOf(staged) === undefined) return;
  makeFolders(disk, place, entry.path, made);
  disk.rename(staged, target);
}

/** Makes the folders that a file needs; those that were not there go to `made`. */
export function makeFolders(disk: Disk, place: ControlPlace, path: string, made: string[]): void {
  for (const folder of foldersOf(path)) {
    const full = below(place.root, folder);
    if (statOf(full) !== undefined) continue;
    disk.mkdir(full);
    made.push(full);
  }
}

function removeEmptyFolders(disk: Disk, place: ControlPlace, path: string): void {
  for (const folder of foldersOf(path).reverse()) {
    const full = below(place.root, folder);
    if (statOf(full)?.isDirectory() !== true) continue;
    if (namesIn(full).length > 0) return;
    disk.rmdir(full);
  }
}

/** Makes renames and removals durable before the journal may go. */
export function syncFolders(
  disk: Disk,
  place: ControlPlace,
  entries: readonly JournalEntry[],
): void {
  const folders = new Set([place.root]);
  for (const { path } of entries) {
    for (const folder of foldersOf(path)) folders.add(below(place.root, folder));
  }
  for (const folder of folders) if (statOf(folder) !== undefined) disk.syncFolder(folder);
}

/**
 * Removes everything of a write that is not part of its result. Never fails: what stays behind is
 * thrown away by the next run.
 */
export function discard(disk: Disk, place: ControlPlace): void {
  for (const folder of ['staged', 'kept']) {
    const full = `${place.folder}/${folder}`;
    for (const name of attempt(() => namesIn(full)) ?? []) {
      attempt(() => {
        disk.unlink(`${full}/${name}`);
      });
    }
    if (statOf(full) !== undefined) {
      attempt(() => {
        disk.rmdir(full);
      });
    }
  }
  for (const name of ['journal.new', 'lock']) {
    if (statOf(`${place.folder}/${name}`) === undefined) continue;
    attempt(() => {
      disk.unlink(`${place.folder}/${name}`);
    });
  }
  if (statOf(place.folder) !== undefined && namesIn(place.folder).length === 0) {
    attempt(() => {
      disk.rmdir(place.folder);
    });
  }
}

/** For clean-up, where the first error is the one that counts and has been thrown already. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
