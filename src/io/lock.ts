import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fail } from '../diagnostics.ts';
import type { Disk } from './disk.ts';
import { systemCode } from './system-errors.ts';

/**
 * Takes the lock file of a control folder, which holds the number of the process that writes. A
 * lock whose process is gone was left by a crash and is taken over. UserError DPS1006 when another
 * process is at work. Returns the path, to be removed at the end.
 */
export function takeLock(disk: Disk, controlFolder: string, place: string): string {
  const path = `${controlFolder}/lock`;
  for (let attempt = 0; ; attempt++) {
    try {
      disk.create(path, `${process.pid}\n`);
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt > 2) throw error;
    }
    refuseLiving(path, place);
    try {
      disk.unlink(path);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
}

function refuseLiving(path: string, place: string): void {
  const owner = Number.parseInt(readOrEmpty(path), 10);
  // Containers start at the same numbers each time: our own number in a lock is an older life of us.
  if (!(owner > 0) || owner === process.pid || !isAlive(owner)) return;
  fail('DPS1006', `Another run (process ${owner}) is writing to ${place}; nothing was changed.`, {
    fix: `Wait for it to end; if process ${owner} is something else, delete ${path}.`,
  });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
