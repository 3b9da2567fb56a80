import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail } from '../diagnostics.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { ByteSource } from './io.ts';
import { pause } from './pause.ts';
import { reason, remedy, systemCode } from './system-errors.ts';
import { createTextCheck } from './text-check.ts';

/** The largest file that readText takes; more is not a configuration. */
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;

const STDIN = 0;

/**
 * Opens a file, or `-` for stdin, for one pass; the bytes are checked to be UTF-8 text as they
 * pass. Throws UserError DPS1001: missing (with the nearest name in the same folder), a folder,
 * no permission, binary, not UTF-8.
 */
export function openSource(path: string): ByteSource {
  if (path === '-') return sourceOf(STDIN, '<stdin>');
  if (path === '') return fail('DPS1001', 'Cannot read a file with an empty name.');
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    return refuse(path, error);
  }
  if (fstatSync(descriptor).isDirectory()) {
    closeSync(descriptor);
    fail('DPS1001', `Cannot read ${path}: it is a folder.`, { fix: 'Name a file in it.' });
  }
  return sourceOf(descriptor, path);
}

function sourceOf(descriptor: number, name: string): ByteSource {
  const check = createTextCheck(name);
  let isOpen = true;
  return {
    name,
    read: (buffer, offset) => {
      const count = readBytes(descriptor, buffer, offset, name);
      if (count > 0) check.add(buffer.subarray(offset, offset + count));
      else if (offset < buffer.length) check.end();
      return count;
    },
    close: () => {
      if (isOpen && descriptor !== STDIN) closeSync(descriptor);
      isOpen = false;
    },
  };
}

/** A pipe that is not ready answers EAGAIN, and the end of a pipe is an error EOF on Windows. */
function readBytes(descriptor: number, buffer: Uint8Array, offset: number, name: string): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' && code !== 'EINTR') return refuse(name, error);
      pause(5);
    }
  }
}

/** The whole of a UTF-8 text file of at most `limit` bytes. UserError DPS1001, as openSource. */
export function readWholeText(path: string, limit = MAX_TEXT_BYTES): string {
  const source = openSource(path);
  try {
    let buffer = Buffer.allocUnsafe(64 * 1024);
    let length = 0;
    for (;;) {
      const count = source.read(buffer, length);
      if (count === 0) return buffer.toString('utf8', 0, length);
      length += count;
      if (length > limit) {
        fail('DPS1001', `Cannot read ${source.name}: it is larger than ${describeBytes(limit)}.`);
      }
      if (length === buffer.length) {
        buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      }
    }
  } finally {
    source.close();
  }
}

function describeBytes(bytes: number): string {
  const mebibytes = bytes / (1024 * 1024);
  return mebibytes >= 1 ? `${mebibytes} MiB` : `${bytes} bytes`;
}

function refuse(path: string, error: unknown): never {
  const near = systemCode(error) === 'ENOENT' ? neighbour(path) : undefined;
  const help = near === undefined ? remedy(error) : { fix: `Did you mean "${near}"?` };
  return fail('DPS1001', `Cannot read ${path}: ${reason(error)}.`, help);
}

/** The entry of the same folder whose name is nearest, as a path in the user's own spelling. */
function neighbour(path: string): string | undefined {
  const name = basename(path);
  try {
    const names = readdirSync(dirname(path)).sort();
    const stem = name.replace(/\.[^.]*$/, '');
    const near =
      nearestName(name, names) ?? names.find((entry) => entry.replace(/\.[^.]*$/, '') === stem);
    return near === undefined ? undefined : path.slice(0, path.length - name.length) + near;
  } catch {
    return undefined;
  }
}
