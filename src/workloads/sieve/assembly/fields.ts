/** What is to be done with the value of a key, looked up in the table that the other side writes. */
import { FIELDS } from './layout';

/** Left out. Keys without an entry are kept, with everything below them. */
export const DROP: i32 = 1;
/** Set aside: it tells this item from others. */
export const SET_ASIDE: i32 = 2;
/** Kept, and looked into with fields of its own. */
export const ENTER: i32 = 3;
/** The name of a volume. */
export const PLAIN_NAME: i32 = 4;
/** A source of volumes whose type alone counts. */
export const PLAIN_SOURCE: i32 = 5;

/** Which fields are looked for. */
export const ITEM: i32 = 0;
export const METADATA: i32 = 1;
export const SPEC: i32 = 2;
export const CONTAINER: i32 = 3;
export const VOLUME: i32 = 4;
export const OWNER: i32 = 5;
/** Keys are kept for the words in them. */
export const ANNOTATIONS: i32 = 6;
/** None: everything below is kept. */
export const EVERYTHING: i32 = 7;

/** Levels with fields. For each of them two bytes: its first entry, and the first that is not its own. */
export const LEVELS: i32 = 7;
const ENTRIES: i32 = FIELDS + LEVELS * 2;
/** A byte each: the action, the level below, the bracket that opens it, the name's length; then the name. */
export const ENTRY_BYTES: i32 = 40;
const NAME: i32 = 4;

/** The entry of a key; 0 where it has none. */
export function entryOf(level: i32, key: i32, length: i32): i32 {
  const last: i32 = load<u8>(FIELDS + level * 2 + 1);
  for (let index: i32 = load<u8>(FIELDS + level * 2); index < last; index++) {
    const entry = ENTRIES + index * ENTRY_BYTES;
    if (load<u8>(entry + 3) == length && isSame(entry + NAME, key, length)) return entry;
  }
  return 0;
}

export function actionOf(entry: i32): i32 {
  return load<u8>(entry);
}

/** The level below an entry whose value begins with `byte`. */
export function levelBelow(entry: i32, byte: i32): i32 {
  return load<u8>(entry + 2) == byte ? load<u8>(entry + 1) : EVERYTHING;
}

/** True for a key that contains one of the level's names. */
export function holdsWord(level: i32, key: i32, length: i32): bool {
  const last: i32 = load<u8>(FIELDS + level * 2 + 1);
  for (let index: i32 = load<u8>(FIELDS + level * 2); index < last; index++) {
    const entry = ENTRIES + index * ENTRY_BYTES;
    const size: i32 = load<u8>(entry + 3);
    for (let from = 0; from + size <= length; from++) {
      if (isSame(entry + NAME, key + from, size)) return true;
    }
  }
  return false;
}

function isSame(left: i32, right: i32, length: i32): bool {
  for (let index = 0; index < length; index++) {
    if (load<u8>(left + index) != load<u8>(right + index)) return false;
  }
  return true;
}

/** True where one key comes before another in the order of their bytes: then they are not the same. */
export function isBefore(left: i32, leftLength: i32, right: i32, rightLength: i32): bool {
  const shorter = min(leftLength, rightLength);
  for (let index = 0; index < shorter; index++) {
    const difference = <i32>load<u8>(left + index) - <i32>load<u8>(right + index);
    if (difference != 0) return difference < 0;
  }
  return leftLength < rightLength;
}
