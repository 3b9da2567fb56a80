/** Where everything stands in the memory that both sides share; the build asks for as much. Nothing is allocated. */

/** The table of fields, as `src/sieve/fields.ts` writes it. */
export const FIELDS: i32 = 0x1000;
/** What each item is reported by: eleven numbers of 32 bits. */
export const RECORDS: i32 = 0x2000;
export const MAX_ITEMS: i32 = 1024;
export const RECORD_BYTES: i32 = 44;
/** The window on the text that is read. Small enough for a processor's cache, as all of this together. */
export const INPUT: i32 = 0x10000;
export const CAPACITY: i32 = 0x40000;
/** Room behind each text, since sixteen bytes are moved at a time. */
const ROOM: i32 = 0x1000;
/** What is left of the items. */
export const REST: i32 = INPUT + CAPACITY + ROOM;
/** What tells one item from others of its kind. */
export const ASIDE: i32 = REST + CAPACITY + ROOM;
