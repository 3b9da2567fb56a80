import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../diagnostics.ts';
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
 * link is listed, so that reading it fails and nothing is skipped in silence. UserError DPS1001.
 */
export function listFiles(folder: string): string[] {
  const found: string[] = [];
  collect(folder, [], found);
  return found
    .map((path) => ({ path, bytes: Buffer.from(path) }))
    .sort((left, right) => Buffer.compare(left.bytes, right.bytes))
    .map((entry) => entry.path);
}

function collect(folder: string, above: readonly string[], found: string[]): void {
  const inside = [...above, onDisk('list', folder, () => realpathSync(folder))];
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink() ? linksToFolder(path) : entry.isDirectory();
    if (!isFolder) found.push(path);
    else if (!entry.name.startsWith('.') && !isAround(path, inside, entry.isSymbolicLink())) {
      collect(path, inside, found);
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  return onDisk('list', folder, () => readdirSync(folder, { withFileTypes: true }));
}

function linksToFolder(path: string): boolean {
  try {
    return pathKind(path) === 'folder';
  } catch {
    return false;
  }
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
