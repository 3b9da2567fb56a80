/** Places and duplicate keys in JSON, found in the text only when somebody asks. */
import type { Location } from '../diagnostics.ts';
import { parseEvents, type Event } from '../yaml/js-yaml.ts';
import { construct } from '../yaml/construct.ts';
import { MAX_DEPTH } from '../yaml/construct-state.ts';
import { locator } from '../yaml/lines.ts';
import type { Positions } from '../yaml/positions.ts';
import type { Duplicate, Path } from '../yaml/read.ts';
import { countKeys, keysIn } from './json-bytes.ts';
import { isCollection, memberOf, valueEnd, valueStart, type JsonNode } from './json-scan.ts';
import type { JsonBatch } from './json-stream.ts';

/** One value in a longer text, whose places are known. */
export interface JsonText {
  whole: string;
  start: number;
  end: number;
  at: (start: number, end?: number) => Location;
  /** No key stands twice in it. */
  unique: boolean;
  /** Of the key in front of it, for the field of an object that is read field by field. */
  key?: Location;
}

/** Finds the values of a batch, no further than they are asked for. */
export function batchTexts(
  batch: JsonBatch,
  file: string,
  unique: boolean,
): (index: number) => JsonText {
  const { text: whole } = batch;
  const at = locator(whole, { file, line: batch.line, column: batch.column });
  const texts: JsonText[] = [];
  return (index) => {
    while (texts.length <= index) {
      const start = valueStart(whole, texts[texts.length - 1]?.end ?? 0);
      texts.push({ whole, start, end: valueEnd(whole, start), at, unique });
    }
    return texts[index] ?? { whole, start: 0, end: 0, at, unique };
  };
}

/** The text of the value and the line of the file at which it begins. */
export function textOf({ whole, start, end, at }: JsonText): { text: string; firstLine: number } {
  return { text: whole.slice(start, end), firstLine: at(start).line };
}

/** Positions in one JSON value, looked for in its text on demand. */
export function jsonPositions(source: () => JsonText): Positions {
  let root: JsonNode | undefined;
  const walk = (path: Path): { node: JsonNode; found: boolean } => {
    const { whole, start, unique } = source();
    root ??= { keyStart: -1, keyEnd: -1, start };
    let node = root;
    for (const step of path) {
      const next = memberOf(whole, node, step, unique);
      if (next === undefined) return { node, found: false };
      node = next;
    }
    return { node, found: true };
  };
  return {
    locate(path, what) {
      const { node, found } = walk(path);
      const { whole, at, key } = source();
      const isPoint = isCollection(whole, node.start);
      const isKey = !found || what === 'key' || (what === undefined && isPoint);
      if (isKey && node.keyStart >= 0) return at(node.keyStart, node.keyEnd);
      if (isKey && node === root && key !== undefined) return key;
      return isPoint ? at(node.start) : at(node.start, valueEnd(whole, node.start));
    },
    raw(path) {
      const { node, found } = walk(path);
      const { whole } = source();
      if (!found || isCollection(whole, node.start)) return undefined;
      const written = whole.slice(node.start, valueEnd(whole, node.start));
      const quoted = written.startsWith('"');
      return { text: quoted ? written.slice(1, -1) : written, quoted };
    },
  };
}

function eventsOf(text: string): Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch {
    return undefined;
  }
}

export interface BatchForm {
  /** The text writes more keys than the values have, or it is not sure that it does not. */
  hasDuplicates: boolean;
  /** No value nests deeper than YAML may. */
  isShallow: boolean;
}

/** What one walk over the values of a batch tells. */
export function formOf({ text, values }: Pick<JsonBatch, 'text' | 'values'>): BatchForm {
  // The list of the values is a level of its own.
  const keys = keysIn(values, MAX_DEPTH + 1);
  return {
    hasDuplicates: keys === undefined || countKeys(text) !== keys,
    isShallow: keys !== undefined,
  };
}

/** The keys given twice in one JSON value. */
export function jsonDuplicates({ whole, start, end, at }: JsonText): Duplicate[] {
  const text = whole.slice(start, end);
  const events = eventsOf(text);
  if (events === undefined) return [];
  return construct(events, text).duplicates.map(({ path, first, second }) => ({
    path,
    first: at(start + first),
    second: at(start + second),
  }));
}
