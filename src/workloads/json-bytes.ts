/** Finding the ends of JSON values in bytes, without parsing them. */
import type { ByteWindow } from './byte-window.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const COMMA = 44;
const SPACE = 32;

/**
 * The length of the JSON value at the window's start, read on as needed; undefined when it does not
 * end within `limit` bytes or before the input does. Scalars end before a comma, bracket or space.
 */
export function valueLength(window: ByteWindow, limit: number): number | undefined {
  const scan: Scan = { at: 0, depth: 0 };
  for (;;) {
    const stop = Math.min(window.end - window.start, limit);
    const length = scanValue(window.buffer, window.start, stop, scan);
    if (length !== undefined) return length;
    if (window.end - window.start >= limit) return undefined;
    if (!window.more())
      return scan.depth === 0 && scan.at > 0 && scan.at === stop ? stop : undefined;
  }
}

/** How far a value has been looked through, from the window's start, and the brackets open there. */
interface Scan {
  at: number;
  depth: number;
}

/** What a byte does to the scan. */
const OTHER = 0;
const TEXT = 1;
const OPEN = 2;
const CLOSE = 3;
const BREAK = 4;
const CLASSES = new Uint8Array(256);
CLASSES.fill(BREAK, 0, SPACE + 1);
CLASSES[COMMA] = BREAK;
CLASSES[QUOTE] = TEXT;
CLASSES[OPEN_OBJECT] = CLASSES[OPEN_ARRAY] = OPEN;
CLASSES[CLOSE_OBJECT] = CLASSES[CLOSE_ARRAY] = CLOSE;

function scanValue(buffer: Buffer, start: number, stop: number, scan: Scan): number | undefined {
  while (scan.at < stop) {
    const kind = CLASSES[buffer[start + scan.at] ?? 0] ?? OTHER;
    if (kind === TEXT) {
      const end = stringEnd(buffer, start + scan.at, start + stop);
      if (end === -1) return undefined;
      scan.at = end - start;
      if (scan.depth === 0) return scan.at;
      continue;
    }
    if (kind === OPEN) scan.depth++;
    else if (kind === CLOSE && --scan.depth <= 0) return scan.depth < 0 ? scan.at : scan.at + 1;
    else if (kind === BREAK && scan.depth === 0) return scan.at;
    scan.at++;
  }
  return undefined;
}

/** Behind the closing quote of the string that opens at `open`; -1 when it does not close before `stop`. */
function stringEnd(buffer: Buffer, open: number, stop: number): number {
  let at = buffer.indexOf(QUOTE, open + 1);
  while (at !== -1 && at < stop) {
    if (!isEscaped(buffer, at, open)) return at + 1;
    at = buffer.indexOf(QUOTE, at + 1);
  }
  return -1;
}

function isEscaped(buffer: Buffer, at: number, from: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes > from && buffer[at - 1 - slashes] === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

/**
 * How many keys a JSON text writes: quotes that close in front of a colon. Undefined when white space
 * in front of a colon makes that uncertain.
 */
export function countKeys(text: string): number | undefined {
  let keys = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === QUOTE && !isEscapedIn(text, at - 1)) keys++;
    else if (before <= SPACE) return undefined;
  }
  return keys;
}

function isEscapedIn(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

/** How many keys a parsed value has, at every depth; undefined where it nests deeper than `levels`. */
export function keysIn(value: unknown, levels: number): number | undefined {
  if (typeof value !== 'object' || value === null) return 0;
  if (levels === 0) return undefined;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const entry of value as unknown[]) {
      if (typeof entry !== 'object' || entry === null) continue;
      const inner = keysIn(entry, levels - 1);
      if (inner === undefined) return undefined;
      keys += inner;
    }
    return keys;
  }
  for (const key in value) {
    keys++;
    const entry = (value as Record<string, unknown>)[key];
    if (typeof entry !== 'object' || entry === null) continue;
    const inner = keysIn(entry, levels - 1);
    if (inner === undefined) return undefined;
    keys += inner;
  }
  return keys;
}
