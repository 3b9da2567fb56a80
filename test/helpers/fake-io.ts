/** An Io made of literals: files are an object, output is collected in strings. */
import { fail } from '../../src/diagnostics.ts';
import type { ByteSource, Io } from '../../src/io/io.ts';

export interface FakeIoOptions {
  /** Path to content. Folders exist where a file lies below them. */
  files?: Record<string, string | Uint8Array>;
  stdin?: string | Uint8Array;
  env?: Record<string, string>;
  /** Which streams are terminals; none by default. */
  terminals?: ('stdin' | 'stdout' | 'stderr')[];
  columns?: number;
  now?: Date;
  cwd?: string;
  /** Stdout closes after this many writes. */
  closeAfter?: number;
}

export interface FakeIo extends Io {
  readonly stdout: string;
  readonly stderr: string;
}

export function fakeIo(options: FakeIoOptions = {}): FakeIo {
  const files = new Map(Object.entries(options.files ?? {}));
  const written = { stdout: '', stderr: '', writes: 0 };
  const content = (path: string): Buffer => {
    const found = path === '-' ? (options.stdin ?? '') : files.get(path);
    if (found !== undefined) return Buffer.from(found);
    const reason = kindOf(files, path) === 'folder' ? 'it is a folder' : 'it does not exist';
    return fail('DPS1001', `Cannot read ${path}: ${reason}.`);
  };
  const isTerminal = (name: 'stdin' | 'stdout' | 'stderr'): boolean =>
    options.terminals?.includes(name) ?? false;
  const isClosed = (): boolean => written.writes >= (options.closeAfter ?? Infinity);
  return {
    readText: (path) => content(path).toString('utf8'),
    open: (path) => sourceOf(path === '-' ? '<stdin>' : path, content(path)),
    kind: (path) => kindOf(files, path),
    list: (folder) => [...files.keys()].filter((path) => isBelow(folder, path)).sort(),
    out: (text) => {
      if (isClosed()) return Promise.resolve();
      written.stdout += text;
      written.writes += 1;
      return Promise.resolve();
    },
    get outClosed() {
      return isClosed();
    },
    err: (text) => {
      written.stderr += text;
    },
    stdinIsTerminal: isTerminal('stdin'),
    stdoutIsTerminal: isTerminal('stdout'),
    stderrIsTerminal: isTerminal('stderr'),
    columns: options.columns ?? 80,
    env: (name) => options.env?.[name],
    now: () => options.now ?? new Date('2026-01-02T03:04:05Z'),
    cwd: () => options.cwd ?? '/work',
    get stdout() {
      return written.stdout;
    },
    get stderr() {
      return written.stderr;
    },
  };
}

function sourceOf(name: string, bytes: Buffer): ByteSource {
  let position = 0;
  return {
    name,
    read: (buffer, offset) => {
      const count = Math.min(buffer.length - offset, bytes.length - position);
      buffer.set(bytes.subarray(position, position + count), offset);
      position += count;
      return count;
    },
    close: () => undefined,
  };
}

function isBelow(folder: string, path: string): boolean {
  const start = folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
  return path.startsWith(start) && !/(^|\/)\.[^/]*\//.test(path.slice(start.length));
}

function kindOf(files: ReadonlyMap<string, unknown>, path: string): 'file' | 'folder' | 'absent' {
  if (files.has(path)) return 'file';
  return [...files.keys()].some((file) => isBelow(path, file)) ? 'folder' : 'absent';
}
