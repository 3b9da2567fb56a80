/**
 * The parser's events for texts of the plainest form, several times faster: block collections of ASCII
 * on lines of their own, keys that are words, values on the line of their key that are plain or quoted
 * without escapes. Most of what charts render and dumps hold is that. At the first thing that it does
 * not know for sure it gives up, and the text goes to the parser as a whole; a property compares the two.
 */
import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  type Event,
  type ScalarStyle,
} from './js-yaml.ts';

const LINE_FEED = 10;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const DASH = 45;
const COLON = 58;
const BACKSLASH = 92;
const BRACKET = 91;
const BRACE = 123;
const TILDE = 126;
/** Deeper texts are left to the parser, which has a limit. */
const MAX_LEVELS = 100;
const MAX_KEY = 200;

/** What a key may begin with and go on with, and what a plain value may begin with. */
const KEY = 1;
const KEY_START = 2;
const VALUE_START = 4;
const KINDS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z0-9_./-]/.test(char)) KINDS[code] = (KINDS[code] ?? 0) | KEY;
  if (/[A-Za-z0-9_]/.test(char)) KINDS[code] = (KINDS[code] ?? 0) | KEY_START;
  if (/[A-Za-z0-9_./$(+=~;<^]/.test(char)) KINDS[code] = (KINDS[code] ?? 0) | VALUE_START;
}

const OPEN_DOCUMENT = '---\n';

interface Reading {
  readonly text: string;
  readonly events: Event[];
  /** Columns of the open collections, and which are mappings. */
  readonly columns: number[];
  readonly maps: boolean[];
  /** The last key or dash has no value yet. */
  isPending: boolean;
}

/** The events of `text` as the parser gives them; undefined where it has to be asked. */
export function plainEvents(text: string): Event[] | undefined {
  const explicitStart = text.startsWith(OPEN_DOCUMENT);
  const reading: Reading = {
    text,
    events: [{ type: EVENT_ID.DOCUMENT, explicitStart, explicitEnd: false, directives: [] }],
    columns: [],
    maps: [],
    isPending: false,
  };
  let at = explicitStart ? OPEN_DOCUMENT.length : 0;
  while (at < text.length) {
    at = readLine(reading, at);
    if (at === -1 || reading.columns.length > MAX_LEVELS) return undefined;
  }
  if (reading.columns.length === 0) return undefined;
  while (reading.columns.length > 0) close(reading);
  reading.events.push({ type: EVENT_ID.POP });
  return reading.events;
}

/** Reads the line that begins at `begin`; where the next one begins, or -1. */
function readLine(reading: Reading, begin: number): number {
  const { text } = reading;
  let at = skipSpaces(text, begin);
  if (isEnd(text, at)) {
    // Deeper than its collection, it may be taken for the next line of the value before it.
    const isDeeper = !reading.isPending && at - begin > (reading.columns.at(-1) ?? 0);
    return isDeeper ? -1 : lineEnd(text, at, true);
  }
  let isDash = isDashAt(text, at);
  if (!enter(reading, at - begin, isDash, at)) return -1;
  while (isDash) {
    reading.isPending = true;
    at = skipSpaces(text, at + 1);
    if (isEnd(text, at)) return lineEnd(text, at, true);
    isDash = isDashAt(text, at);
    const isItem = !isDash && keyEnd(text, at) === -1;
    if (isItem) return readValue(reading, at);
    open(reading, at - begin, !isDash, at);
  }
  return readEntry(reading, at);
}

/** Closes what ends before this line and opens what begins with it; false where that is not plain. */
function enter(reading: Reading, column: number, isDash: boolean, at: number): boolean {
  const { columns, maps } = reading;
  while (isOver(reading, column, isDash)) close(reading);
  const last = columns.length - 1;
  const isSame = last >= 0 && columns[last] === column;
  if (isSame && isDash === !maps[last]) {
    if (reading.isPending) addEmpty(reading);
    return true;
  }
  // A list may stand at the column of its key; anything else stands deeper, or at the very left.
  const mayOpen = last >= 0 ? reading.isPending : column === 0 && reading.events.length === 1;
  if (mayOpen) open(reading, column, !isDash, at);
  return mayOpen;
}

/** True when the innermost collection ends before a line at this column. */
function isOver({ columns, maps }: Reading, column: number, isDash: boolean): boolean {
  const last = columns.length - 1;
  if (last < 0) return false;
  const open = columns[last] ?? 0;
  return open > column || (open === column && !isDash && maps[last] === false);
}

function readEntry(reading: Reading, at: number): number {
  const { text } = reading;
  const end = keyEnd(text, at);
  if (end === -1) return -1;
  addScalar(reading, at, end, SCALAR_STYLE.PLAIN);
  reading.isPending = true;
  const value = skipSpaces(text, end + 1);
  return isEnd(text, value) ? lineEnd(text, value, value > end + 1) : readValue(reading, value);
}

/** Behind the last character of a key that a colon follows; -1 where there is none. */
function keyEnd(text: string, at: number): number {
  if (((KINDS[text.charCodeAt(at)] ?? 0) & KEY_START) === 0) return -1;
  let end = at + 1;
  while (((KINDS[text.charCodeAt(end)] ?? 0) & KEY) !== 0) end++;
  if (text.charCodeAt(end) !== COLON || end - at > MAX_KEY) return -1;
  return isGap(text, end + 1) ? end : -1;
}

function readValue(reading: Reading, at: number): number {
  const { text } = reading;
  const code = text.charCodeAt(at);
  reading.isPending = false;
  if (code === QUOTE || code === APOSTROPHE) {
    const end = quotedEnd(text, at, code);
    if (end === -1) return -1;
    const style = code === QUOTE ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.SINGLE_QUOTED;
    addScalar(reading, at + 1, end, style);
    return lineEnd(text, end + 1, false);
  }
  if (code === BRACE || code === BRACKET) {
    // The closing ones stand two behind the opening ones.
    if (text.charCodeAt(at + 1) !== code + 2) return -1;
    open(reading, 0, code === BRACE, at, COLLECTION_STYLE.FLOW);
    close(reading);
    return lineEnd(text, at + 2, false);
  }
  const end = plainEnd(text, at);
  if (end === -1) return -1;
  addScalar(reading, at, end, SCALAR_STYLE.PLAIN);
  return lineEnd(text, end, false);
}

/** Where a quoted text without escapes ends; -1 where there is none on this line. */
function quotedEnd(text: string, at: number, quote: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) {
      // A doubled apostrophe stands for one.
      return quote === APOSTROPHE && text.charCodeAt(end + 1) === APOSTROPHE ? -1 : end;
    }
    if (code < SPACE || code > TILDE || (code === BACKSLASH && quote === QUOTE)) return -1;
  }
  return -1;
}

/** Where a plain text ends; -1 where it may be something else, or go on in another way. */
function plainEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const isStart = ((KINDS[first] ?? 0) & VALUE_START) !== 0;
  if (!isStart && !(first === DASH && !isGap(text, at + 1))) return -1;
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === SPACE) {
      const next = skipSpaces(text, end);
      if (isEnd(text, next)) return end;
      if (text.charCodeAt(next) === COLON) return -1;
      end = next;
    } else if (code === LINE_FEED) return end;
    else if (code < SPACE || code > TILDE) return -1;
    else if (code === COLON && isGap(text, end + 1)) return -1;
    else end++;
  }
  return end;
}

/**
 * Behind the line that has nothing more than white space and a comment from `at` on, else -1. A comment
 * needs a space before it, or `isFree`: nothing at all.
 */
function lineEnd(text: string, at: number, isFree: boolean): number {
  let end = skipSpaces(text, at);
  if (text.charCodeAt(end) === HASH) {
    if (!isFree && end === at) return -1;
    while (end < text.length && text.charCodeAt(end) !== LINE_FEED) {
      const code = text.charCodeAt(end);
      if (code < SPACE || code > TILDE) return -1;
      end++;
    }
  }
  if (end >= text.length) return end;
  return text.charCodeAt(end) === LINE_FEED ? end + 1 : -1;
}

function skipSpaces(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === SPACE) next++;
  return next;
}

/** The end of the line, or where a comment would begin. */
function isEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === LINE_FEED || code === HASH;
}

/** White space or the end, which a dash or a colon needs behind it. */
function isGap(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) <= SPACE;
}

function isDashAt(text: string, at: number): boolean {
  return text.charCodeAt(at) === DASH && isGap(text, at + 1);
}

/** Opens a collection as the value of what is pending. */
function open(
  reading: Reading,
  column: number,
  isMap: boolean,
  start: number,
  style: (typeof COLLECTION_STYLE)[keyof typeof COLLECTION_STYLE] = COLLECTION_STYLE.BLOCK,
): void {
  const type = isMap ? EVENT_ID.MAPPING : EVENT_ID.SEQUENCE;
  reading.events.push({
    type,
    start,
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    style,
  });
  reading.columns.push(column);
  reading.maps.push(isMap);
  reading.isPending = false;
}

/** Closes the innermost collection, whose last key or dash may have no value. */
function close(reading: Reading): void {
  if (reading.isPending) addEmpty(reading);
  reading.events.push({ type: EVENT_ID.POP });
  reading.columns.pop();
  reading.maps.pop();
}

function addEmpty(reading: Reading): void {
  addScalar(reading, -1, -1, SCALAR_STYLE.PLAIN);
  reading.isPending = false;
}

function addScalar(
  { events }: Reading,
  valueStart: number,
  valueEnd: number,
  style: ScalarStyle,
): void {
  events.push({
    type: EVENT_ID.SCALAR,
    valueStart,
    valueEnd,
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    style,
    chomping: CHOMPING_MODE.CLIP,
    indent: -1,
    fast: valueStart !== -1,
  });
}
