/** One buffer that moves over a source of any length: memory does not grow with the input. */
import { fail } from '../diagnostics.ts';
import type { ByteSource } from '../io/io.ts';

const START_BYTES = 256 * 1024;
/** The largest single document or list item; beyond it reading stops with an error. */
export const MAX_WINDOW_BYTES = 64 * 1024 * 1024;

export interface ByteWindow {
  readonly name: string;
  /** Valid from `start` to `end`; replaced when it grows, so never keep it over `more()`. */
  buffer: Buffer;
  start: number;
  end: number;
  /** Line of the file at `start`, from 1, and its column. */
  line: number;
  column: number;
  ended: boolean;
  /** Reads on; the byte at `start` may move to 0. False at the end of the input. UserError DPS7003 beyond 64 MiB. */
  more(): boolean;
  /** Goes on in another buffer, which nobody else may use. False: what has been read does not fit into it. */
  moveInto(buffer: Buffer): boolean;
  /** Moves `start` forward and counts the lines passed. */
  advance(to: number): void;
  /** The same over bytes whose text is at hand, which is faster. */
  pass(to: number, text: string): void;
}

const LINE_FEED = 10;

/** A window on the beginning of `source`; nothing is read yet. */
export function byteWindow(source: ByteSource): ByteWindow {
  const window: ByteWindow = {
    name: source.name,
    buffer: Buffer.allocUnsafe(START_BYTES),
    start: 0,
    end: 0,
    line: 1,
    column: 1,
    ended: false,
    more() {
      if (window.ended) return false;
      makeRoom(window);
      const count = source.read(window.buffer, window.end);
      window.end += count;
      window.ended = count === 0;
      return count > 0;
    },
    moveInto(buffer) {
      const { start, end } = window;
      if (window.buffer === buffer) return true;
      if (end - start > buffer.length) return false;
      window.buffer.copy(buffer, 0, start, end);
      window.buffer = buffer;
      window.start = 0;
      window.end = end - start;
      return true;
    },
    advance(to) {
      const { buffer } = window;
      let lines = 0;
      let lastLine = -1;
      for (let at = window.start; at < to; at++) {
        if (buffer[at] === LINE_FEED) {
          lines++;
          lastLine = at;
        }
      }
      window.line += lines;
      window.column = lastLine === -1 ? window.column + to - window.start : to - lastLine;
      window.start = to;
    },
    pass(to, text) {
      let last = -1;
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
        window.line++;
        last = at;
      }
      window.column = last === -1 ? window.column + text.length : text.length - last;
      window.start = to;
    },
  };
  return window;
}

function makeRoom(window: ByteWindow): void {
  const { buffer, start, end } = window;
  if (start > 0) {
    buffer.copyWithin(0, start, end);
    window.start = 0;
    window.end = end - start;
  } else if (end === buffer.length) {
    if (end >= MAX_WINDOW_BYTES) {
      fail('DPS7003', `A document of ${window.name} is larger than 64 MiB.`, {
        location: { file: window.name, line: window.line, column: window.column },
        fix: 'Split the document.',
      });
    }
    const grown = Buffer.allocUnsafe(buffer.length * 2);
    buffer.copy(grown, 0, 0, end);
    window.buffer = grown;
  }
}

/** The first byte at or behind `start` that is not JSON white space, read on as needed; undefined at the end. */
export function skipSpace(window: ByteWindow): number | undefined {
  for (;;) {
    let at = window.start;
    while (at < window.end && isSpace(window.buffer[at] ?? 0)) at++;
    window.advance(at);
    if (at < window.end) return window.buffer[at];
    if (!window.more()) return undefined;
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === LINE_FEED || byte === 13;
}
