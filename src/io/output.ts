import { fstatSync, writeSync } from 'node:fs';
import process from 'node:process';
import { diagnostic, UserError } from '../diagnostics.ts';
import { isTerminal } from './is-terminal.ts';
import { pause } from './pause.ts';
import { reason, remedy, systemCode } from './system-errors.ts';

const STDOUT = 1;
const STDERR = 2;

/** Stdout as the program uses it. */
export interface Output {
  /** Resolves when the system has taken the text; UserError DPS1002, e.g. for a full disk. */
  write(text: string): Promise<void>;
  /** True when the reader has gone (EPIPE): later text is dropped, and nothing is an error. */
  isClosed(): boolean;
}

/**
 * Stdout. Files are written here and not by node's own stream, which ignores that a write may take
 * a part only; pipes and terminals go through the stream, which waits where a slow reader blocks.
 */
export function createOutput(): Output {
  let isClosed = false;
  let write: ((text: string) => Promise<void>) | undefined;
  return {
    isClosed: () => isClosed,
    write: async (text) => {
      if (isClosed || text === '') return;
      write ??= isStream(STDOUT) ? streamWriter() : fileWriter;
      try {
        await write(text);
      } catch (error) {
        if (!isGone(error)) throw writeError(error);
        isClosed = true;
      }
    },
  };
}

/** Pipes, sockets and terminals; a closed descriptor (`>&-`) is left to node, which opens the null device. */
function isStream(descriptor: number): boolean {
  if (isTerminal(descriptor)) return true;
  try {
    const stat = fstatSync(descriptor);
    return !stat.isFile() && !stat.isCharacterDevice();
  } catch {
    return true;
  }
}

function streamWriter(): (text: string) => Promise<void> {
  const stream = process.stdout;
  // Every failure reaches the callback of its write too; without a listener it would end the process.
  stream.on('error', () => undefined);
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
}

function fileWriter(text: string): Promise<void> {
  writeFully(STDOUT, Buffer.from(text));
  return Promise.resolve();
}

/** Writes all bytes, however little the system takes at once. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') throw error;
      pause(5);
    }
  }
}

function isGone(error: unknown): boolean {
  return ['EPIPE', 'ERR_STREAM_DESTROYED', 'ECONNRESET'].includes(systemCode(error) ?? '');
}

function writeError(error: unknown): UserError {
  return new UserError([
    diagnostic('DPS1002', `Cannot write to stdout: ${reason(error)}.`, remedy(error)),
  ]);
}

/** Talk for people; that nobody listens, or that its disk is full, must not change the outcome. */
export function writeStderr(text: string): void {
  try {
    writeFully(STDERR, Buffer.from(text));
  } catch {
    return;
  }
}
