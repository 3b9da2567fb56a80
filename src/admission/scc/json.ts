/** Reading of untyped JSON: a reader gives undefined for "not there" and notes what has the wrong type. */

export type Json = Readonly<Record<string, unknown>>;

/** What could not be read, in words: the API server refuses such an object, so it is not judged. */
export type Notes = string[];

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object; null counts as absent, and so do inherited names such as `constructor`. */
export function fieldOf(object: Json | undefined, key: string): unknown {
  if (object === undefined || !Object.hasOwn(object, key)) return undefined;
  return object[key] ?? undefined;
}

/** Paths are put together only when there is something to say: a stream of pods reads a lot and says little. */
function note(notes: Notes, path: string, key: string | undefined, wanted: string): void {
  notes.push(`${key === undefined ? path : `${path}.${key}`} is not ${wanted}`);
}

/** Each reader: `path` is where the value stands, or with `key` where its parent stands. */
export function readObject(
  value: unknown,
  path: string,
  notes: Notes,
  key?: string,
): Json | undefined {
  if (value === undefined || value === null || isObject(value)) return value ?? undefined;
  note(notes, path, key, 'an object');
  return undefined;
}

export function readList(
  value: unknown,
  path: string,
  notes: Notes,
  key?: string,
): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as unknown[];
  note(notes, path, key, 'a list');
  return [];
}

export function readString(
  value: unknown,
  path: string,
  notes: Notes,
  key?: string,
): string | undefined {
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  note(notes, path, key, 'a string');
  return undefined;
}

export function readBoolean(
  value: unknown,
  path: string,
  notes: Notes,
  key?: string,
): boolean | undefined {
  if (value === undefined || value === null || typeof value === 'boolean')
    return value ?? undefined;
  note(notes, path, key, 'true or false');
  return undefined;
}

/** A whole number that JSON can carry exactly; ids and ports are never larger. */
export function readInteger(
  value: unknown,
  path: string,
  notes: Notes,
  key?: string,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  note(notes, path, key, 'a whole number');
  return undefined;
}

export function readStrings(value: unknown, path: string, notes: Notes, key?: string): string[] {
  const items = readList(value, path, notes, key);
  if (items.every((item) => typeof item === 'string')) return [...items];
  note(notes, path, key, 'a list of strings');
  return items.filter((item) => typeof item === 'string');
}
