/**
 * The edge of the program as an interface. Only src/io touches disk, terminal, environment and
 * clock; everything else receives this object, so a test passes one made of literals.
 */

import type { Diagnostic } from '../diagnostics.ts';

/** A synchronous source of bytes. The buffer belongs to the caller; 0 means end of input. */
export interface ByteSource {
  /** What messages call it: the path as the user wrote it, or `<stdin>`. */
  readonly name: string;
  /** Reads up to `buffer.length - offset` bytes; returns how many, 0 at the end. Throws UserError. */
  read(buffer: Uint8Array, offset: number): number;
  close(): void;
}

export interface Io {
  /** The whole of a UTF-8 text file. UserError DPS1001: missing, folder, binary, over 64 MiB, unreadable. */
  readText(path: string): string;
  /** Opens a file, or `-` for stdin, for one pass. UserError DPS1001 as above (any size is taken). */
  open(path: string): ByteSource;
  kind(path: string): 'file' | 'folder' | 'absent';
  /** Every file below a folder, recursively, sorted by byte order; hidden folders are skipped. What cannot be listed: UserError DPS1001, or `report`. */
  list(folder: string, report?: (problem: Diagnostic) => void): string[];
  /** Result text to stdout; resolves when the operating system has taken it. */
  out(text: string): Promise<void>;
  /**
   * True once the reader of stdout has gone (`| head`). Reports end quietly with the exit code they
   * have; `patch`, whose output must be whole, exits 2.
   */
  readonly outClosed: boolean;
  /** Everything that is not the result goes to stderr. */
  err(text: string): void;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly columns: number;
  env(name: string): string | undefined;
  now(): Date;
  cwd(): string;
}
