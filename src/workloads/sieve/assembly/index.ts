/**
 * Takes the items of a JSON List apart: what is read of an item, and what tells it from others. Refuses
 * whatever is not beyond doubt (invalid JSON, a key that could stand twice, deep nesting), so that the
 * caller reads it in the ordinary way.
 */
import {
  actionOf,
  ANNOTATIONS,
  CONTAINER,
  DROP,
  ENTER,
  entryOf,
  EVERYTHING,
  holdsWord,
  isBefore,
  ITEM,
  levelBelow,
  PLAIN_NAME,
  SET_ASIDE,
  VOLUME,
} from './fields';
import { ASIDE, INPUT, MAX_ITEMS, RECORD_BYTES, RECORDS, REST } from './layout';
import {
  at,
  begin,
  clearOdd,
  copy,
  isOdd,
  lastLine,
  lines,
  moveTo,
  out,
  put,
  scalar,
  space,
  text,
  writeTo,
} from './text';

// What the other side has to know of the memory and of the table.
export { CAPACITY, FIELDS, INPUT, RECORD_BYTES, RECORDS } from './layout';
export {
  ANNOTATIONS,
  CONTAINER,
  DROP,
  ENTER,
  ENTRY_BYTES,
  EVERYTHING,
  ITEM,
  LEVELS,
  METADATA,
  OWNER,
  PLAIN_NAME,
  PLAIN_SOURCE,
  SET_ASIDE,
  SPEC,
  VOLUME,
} from './fields';

const QUOTE: i32 = 34;
const COMMA: i32 = 44;
const COLON: i32 = 58;
const OPEN_ARRAY: i32 = 91;
const CLOSE_ARRAY: i32 = 93;
const OPEN_OBJECT: i32 = 123;
const CLOSE_OBJECT: i32 = 125;
/** JSON of a pod nests about fifteen levels. */
const MAX_DEPTH: i32 = 48;

let depth: i32 = 0;
/** Where the next that is set aside goes. */
let aside: i32 = 0;
/** Of the volume that is read: its plain source, and whether it has a name. */
let source: i32 = 0;
let sourceLength: i32 = 0;
let names: i32 = 0;

/**
 * Reads items, separated by commas, from the bytes between two places of INPUT.
 * @returns how many were taken apart; the first that is not ends it
 */
export function sieve(start: i32, end: i32): i32 {
  // The zero that ends the text for everybody who reads it; what stands there is put back.
  const behind = load<u8>(INPUT + end);
  store<u8>(INPUT + end, 0);
  const count = items(INPUT + start);
  store<u8>(INPUT + end, behind);
  return count;
}

function items(start: i32): i32 {
  begin(start);
  writeTo(REST);
  aside = ASIDE;
  let count = 0;
  while (count < MAX_ITEMS && load<u8>(at) == OPEN_OBJECT) {
    const record = RECORDS + count * RECORD_BYTES;
    store<i32>(record, at - start);
    store<i32>(record, lines, 8);
    store<i32>(record, at - lastLine, 12);
    store<i32>(record, out, 16);
    store<i32>(record, aside, 24);
    if (!item()) break;
    store<i32>(record, at - start, 4);
    store<i32>(record, out, 20);
    store<i32>(record, aside, 28);
    store<i32>(record, lines, 32);
    store<i32>(record, at - lastLine, 36);
    store<i32>(record, hash(load<i32>(record, 16), out), 40);
    count++;
    space();
    if (load<u8>(at) != COMMA) break;
    moveTo(at + 1);
    space();
  }
  return count;
}

/** Equal for equal bytes; for others it differs as a rule, eight bytes at a time. */
function hash(from: i32, to: i32): i32 {
  let sum: u64 = to - from;
  for (; from + 8 <= to; from += 8) sum = (rotl(sum, 5) ^ load<u64>(from)) * 0x517cc1b727220a95;
  for (; from < to; from++) sum = (rotl(sum, 5) ^ load<u8>(from)) * 0x517cc1b727220a95;
  return <i32>(sum >> 32);
}

function item(): bool {
  depth = 0;
  store<u8>(aside, OPEN_OBJECT);
  aside++;
  if (!object(ITEM)) return false;
  store<u8>(aside, CLOSE_OBJECT);
  aside++;
  return true;
}

function value(level: i32): bool {
  const byte: i32 = load<u8>(at);
  if (byte == QUOTE) return text();
  if (byte == OPEN_OBJECT) return object(level);
  if (byte == OPEN_ARRAY) return array(level);
  return scalar();
}

/** Keys must come in the order of their bytes, as kubectl prints them: then none stands twice. */
function object(level: i32): bool {
  if (++depth > MAX_DEPTH) return false;
  const opened = out;
  put(OPEN_OBJECT);
  moveTo(at + 1);
  space();
  let kept = 0;
  let previous = 0;
  let previousLength = 0;
  if (level == VOLUME) names = source = 0;
  let next: i32 = load<u8>(at);
  if (next == CLOSE_OBJECT) moveTo(at + 1);
  while (next != CLOSE_OBJECT) {
    if (load<u8>(at) != QUOTE) return false;
    const mark = out;
    if (kept > 0) put(COMMA);
    const key = at + 1;
    clearOdd();
    if (!text() || isOdd) return false;
    const length = at - 1 - key;
    if (previous != 0 && !isBefore(previous, previousLength, key, length)) return false;
    previous = key;
    previousLength = length;
    space();
    if (load<u8>(at) != COLON) return false;
    moveTo(at + 1);
    put(COLON);
    space();
    if (!(level == EVERYTHING ? value(EVERYTHING) : member(level, key, length, mark))) return false;
    if (out != mark) kept++;
    space();
    next = load<u8>(at);
    moveTo(at + 1);
    if (next == COMMA) space();
    else if (next != CLOSE_OBJECT) return false;
  }
  put(CLOSE_OBJECT);
  if (level == VOLUME && source != 0 && kept == names + 1) {
    writeTo(opened);
    quote(source, sourceLength);
  }
  depth--;
  return true;
}

/** A value of a level with fields of its own; `mark`: in front of its key, where `out` stays if it is left out. */
function member(level: i32, key: i32, length: i32, mark: i32): bool {
  const first: i32 = load<u8>(at);
  if (level == ANNOTATIONS) {
    const isRead = first != QUOTE || holdsWord(level, key, length);
    return isRead ? value(EVERYTHING) : dropped(mark);
  }
  const entry = entryOf(level, key, length);
  if (entry == 0) return value(EVERYTHING);
  switch (actionOf(entry)) {
    case DROP:
      return dropped(mark);
    case SET_ASIDE:
      writeTo(mark);
      return setAside(key, length, levelBelow(entry, first));
    case ENTER:
      return value(levelBelow(entry, first));
    case PLAIN_NAME:
      if (first == QUOTE) names++;
      return value(EVERYTHING);
    default: // PLAIN_SOURCE
      if (first == OPEN_OBJECT) {
        source = key;
        sourceLength = length;
      }
      return value(EVERYTHING);
  }
}

/** Read like any other, for its grammar, and not kept. */
function dropped(mark: i32): bool {
  if (!value(EVERYTHING)) return false;
  writeTo(mark);
  return true;
}

/** Kept among what tells the item from others. */
function setAside(key: i32, length: i32, below: i32): bool {
  const back = out;
  writeTo(aside);
  if (load<u8>(aside - 1) != OPEN_OBJECT) put(COMMA);
  quote(key, length);
  put(COLON);
  if (!value(below)) return false;
  aside = out;
  writeTo(back);
  return true;
}

function quote(name: i32, length: i32): void {
  put(QUOTE);
  copy(name, length);
  put(QUOTE);
}

/** Of containers and volumes every entry must be an object: only of these are fields left out. */
function array(level: i32): bool {
  if (++depth > MAX_DEPTH) return false;
  put(OPEN_ARRAY);
  moveTo(at + 1);
  space();
  const holdsObjects = level == CONTAINER || level == VOLUME;
  let next: i32 = load<u8>(at);
  if (next == CLOSE_ARRAY) moveTo(at + 1);
  while (next != CLOSE_ARRAY) {
    if (holdsObjects && load<u8>(at) != OPEN_OBJECT) return false;
    if (!value(level)) return false;
    space();
    next = load<u8>(at);
    moveTo(at + 1);
    if (next == COMMA) {
      put(COMMA);
      space();
    } else if (next != CLOSE_ARRAY) {
      return false;
    }
  }
  put(CLOSE_ARRAY);
  depth--;
  return true;
}
