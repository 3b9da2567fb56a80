import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fail } from '../diagnostics.ts';
import type { StepHook } from './disk.ts';
import type { Io } from './io.ts';
import { writeFully } from './output.ts';
import { reason, remedy } from './system-errors.ts';

/** Bytes that wait: in memory up to a limit, in a temporary file past it. */
export interface Spill {
  /** UserError DPS1002 when the disk of the temporary file is full. */
  append(piece: string | Uint8Array): void;
  /** Everything appended so far, in pieces of at most `CHUNK_BYTES`; may be walked again. A piece is valid until the next one. */
  chunks(): Generator<Uint8Array>;
  /** The same as text; a character is never cut. */
  texts(): Generator<string>;
  /** Everything to stdout. Stops without error when stdout has closed, see `Io.outClosed`. */
  copyTo(io: Pick<Io, 'out' | 'outClosed'>): Promise<void>;
  readonly size: number;
  /** Whether a temporary file is in use. */
  readonly isOnDisk: boolean;
  /** Frees memory and file; nothing may be read after it. */
  close(): void;
}

export interface SpillOptions {
  /** Bytes kept in memory; default 8 MiB. */
  memoryLimit?: number;
  /** Folder of the temporary file; default the system's. */
  folder?: string;
  steps?: StepHook;
}

const DEFAULT_LIMIT = 8 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

interface SpillState {
  pieces: Uint8Array[];
  inMemory: number;
  size: number;
  descriptor: number | undefined;
}

/**
 * A place for output that may not be seen before all of it is known, in bounded memory. The
 * temporary file is readable by its owner alone and has no name from the moment it is opened (on
 * Windows: until the end), so that nothing stays behind even when the process is killed.
 */
export function createSpill(options: SpillOptions = {}): Spill {
  const limit = options.memoryLimit ?? DEFAULT_LIMIT;
  const step = options.steps ?? (() => undefined);
  const state: SpillState = { pieces: [], inMemory: 0, size: 0, descriptor: undefined };
  let file: TemporaryFile | undefined;

  const append = (piece: string | Uint8Array): void => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : new Uint8Array(piece);
    state.pieces.push(bytes);
    state.inMemory += bytes.length;
    state.size += bytes.length;
    if (state.inMemory <= (state.descriptor === undefined ? limit : Math.min(limit, CHUNK_BYTES)))
      return;
    try {
      file ??= openTemporary(options.folder ?? tmpdir(), step);
      state.descriptor = file.descriptor;
      step('write temporary file');
      for (const waiting of state.pieces) writeFully(file.descriptor, waiting);
    } catch (error) {
      const message = `Cannot write a temporary file in ${options.folder ?? tmpdir()}: ${reason(error)}.`;
      fail('DPS1002', message, {
        fix: 'Free some space, or set TMPDIR to another folder.',
        ...remedy(error),
      });
    }
    state.pieces = [];
    state.inMemory = 0;
  };
  return {
    append,
    chunks: () => chunksOf(state),
    texts: () => textsOf(state),
    copyTo: async (io) => {
      for (const text of textsOf(state)) {
        if (io.outClosed) return;
        await io.out(text);
      }
    },
    get size() {
      return state.size;
    },
    get isOnDisk() {
      return state.descriptor !== undefined;
    },
    close: () => {
      file?.remove();
      file = undefined;
      state.pieces = [];
    },
  };
}

function* chunksOf(state: SpillState): Generator<Uint8Array> {
  if (state.descriptor !== undefined) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const onDisk = state.size - state.inMemory;
    for (let position = 0; position < onDisk;) {
      const wanted = Math.min(buffer.length, onDisk - position);
      const count = readSync(state.descriptor, buffer, 0, wanted, position);
      if (count === 0) return;
      position += count;
      yield buffer.subarray(0, count);
    }
  }
  yield* joined(state.pieces);
}

/** The same bytes in few pieces: a system call for each document would take longer than patching it. */
function* joined(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    if (size > 0 && size + piece.length > CHUNK_BYTES) {
      yield Buffer.concat(waiting, size);
      waiting = [];
      size = 0;
    }
    if (piece.length < CHUNK_BYTES) {
      waiting.push(piece);
      size += piece.length;
      continue;
    }
    for (let start = 0; start < piece.length; start += CHUNK_BYTES) {
      yield piece.subarray(start, start + CHUNK_BYTES);
    }
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}

function* textsOf(state: SpillState): Generator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const chunk of chunksOf(state)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

interface TemporaryFile {
  descriptor: number;
  remove(): void;
}

function openTemporary(folder: string, step: StepHook): TemporaryFile {
  const path = join(folder, `domino-podsec-${randomBytes(8).toString('hex')}.tmp`);
  step('open temporary file');
  const descriptor = openSync(path, 'wx+', 0o600);
  const isNameless = tryUnlink(path);
  const removeNow = (): void => {
    tryUnlink(path);
  };
  if (!isNameless) process.once('exit', removeNow);
  return {
    descriptor,
    remove: () => {
      closeSync(descriptor);
      if (isNameless) return;
      process.removeListener('exit', removeNow);
      removeNow();
    },
  };
}

function tryUnlink(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
