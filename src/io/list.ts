import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import { fail, UserError, type Diagnostic } from '../diagnostics.ts';
import { reason, remedy, systemCode } from './system-errors.ts';

/** What is at a path, following symbolic links; a broken link is absent. UserError DPS1001 where it cannot be told. */
export function pathKind(path: string): 'file' | 'folder' | 'absent' {
  const stat = onDisk('read', path, () => statOrNothing(path));
  if (stat === undefined) return 'absent';
  return stat.isDirectory() ? 'folder' : 'file';
}

function statOrNothing(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * Every file below a folder as `folder/...` paths in byte order. Hidden folders (`.git`) are
 * skipped. Links are followed, a link to a folder that contains it is not entered twice; a broken
 * link is listed, so that reading it fails and nothing is skipped in silence. Pipes, sockets and
 * devices are no manifests, and reading one may never end: they are left out. A folder that cannot be
 * listed goes to `report` and the rest is listed; without it, UserError DPS1001.
 */
export function listFiles(folder: string, report?: (problem: Diagnostic) => void): string[] {
  const found: string[] = [];
  collect(folder, [], { found, report });
  return found
    .map((path) => ({ path, bytes: Buffer.from(path) }))
    .sort((left, right) => Buffer.compare(left.bytes, right.bytes))
    .map((entry) => entry.path);
}

interface Walk {
  found: string[];
  report: ((problem: Diagnostic) => void) | undefined;
}

function collect(folder: string, above: readonly string[], walk: Walk): void {
  let inside: string[];
  let entries: Dirent[];
  try {
    inside = [...above, onDisk('list', folder, () => realpathSync(folder))];
    entries = entriesOf(folder);
  } catch (error) {
    if (walk.report === undefined || !(error instanceof UserError)) throw error;
    error.diagnostics.forEach(walk.report);
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const kind = kindOf(entry, path);
    if (kind === 'file') walk.found.push(path);
    else if (kind === 'other' || entry.name.startsWith('.')) continue;
    else if (!isAround(path, inside, entry.isSymbolicLink())) collect(path, inside, walk);
  }
}

/** `file` also for what cannot be told: reading it says why. */
function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'other' {
  let kind: Dirent | Stats | undefined = entry;
  if (entry.isSymbolicLink()) {
    try {
      kind = statSync(path, { throwIfNoEntry: false });
    } catch {
      return 'file';
    }
  }
  if (kind === undefined) return 'file';
  if (kind.isDirectory()) return 'folder';
  const isSpecial =
    kind.isFIFO() || kind.isSocket() || kind.isCharacterDevice() || kind.isBlockDevice();
  return isSpecial ? 'other' : 'file';
}

function entriesOf(folder: string): Dirent[] {
  return onDisk('list', folder, () => readdirSync(folder, { withFileTypes: true }));
}

function isAround(path: string, inside: readonly string[], isLink: boolean): boolean {
  return isLink && inside.includes(realpathSync(path));
}

function onDisk<T>(verb: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    return fail('DPS1001', `Cannot ${verb} ${path}: ${reason(error)}.`, remedy(error));
  }
}
