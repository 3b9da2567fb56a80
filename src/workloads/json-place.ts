/** Places and duplicate keys in JSON, found in the text only when somebody asks. */
import { parseEvents, type Event } from '../yaml/js-yaml.ts';
import { construct } from '../yaml/construct.ts';
import { MAX_DEPTH } from '../yaml/construct-state.ts';
import { valueEnd } from '../yaml/json-stream.ts';
import { locator, type Origin } from '../yaml/lines.ts';
import { positions, type Positions } from '../yaml/positions.ts';
import type { Duplicate } from '../yaml/read.ts';
import { countKeys, keysIn } from './json-bytes.ts';
import type { JsonBatch } from './json-stream.ts';

/** One value of a batch: its text and where that begins. */
export interface JsonText {
  text: string;
  origin: Origin;
}

/** Cuts a batch into its values on the first question. */
export function batchTexts(batch: JsonBatch, file: string): (index: number) => JsonText {
  let texts: JsonText[] | undefined;
  return (index) => {
    texts ??= cut(batch, file);
    return texts[index] ?? { text: '', origin: { file, line: batch.line, column: batch.column } };
  };
}

function cut(batch: JsonBatch, file: string): JsonText[] {
  const { text } = batch;
  const at = locator(text, { file, line: batch.line, column: batch.column });
  const texts: JsonText[] = [];
  let start = 0;
  for (let index = 0; index < batch.values.length; index++) {
    while (' \t\r\n,'.includes(text[start] ?? '?')) start++;
    const end = endOf(text, start);
    texts.push({ text: text.slice(start, end), origin: at(start) });
    start = end;
  }
  return texts;
}

function endOf(text: string, start: number): number {
  if (text[start] === '{' || text[start] === '[') return valueEnd(text, start) ?? text.length;
  const scalar = /"(?:[^"\\]|\\.)*"|[^,\]}\s]+/y;
  scalar.lastIndex = start;
  return scalar.test(text) ? scalar.lastIndex : text.length;
}

/** Positions in one JSON value. Text that the YAML parser refuses (JSON allows a little more) has only its beginning. */
export function jsonPositions(source: () => JsonText): Positions {
  let found: Positions | undefined;
  const get = (): Positions => {
    if (found === undefined) {
      const { text, origin } = source();
      found = positions(text, locator(text, origin), () => eventsOf(text) ?? []);
    }
    return found;
  };
  return {
    locate: (path, what) => get().locate(path, what) ?? source().origin,
    raw: (path) => get().raw(path),
  };
}

function eventsOf(text: string): Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch {
    return undefined;
  }
}

/** True when the text of a batch writes more keys than its values have. */
export function hasDuplicates(batch: JsonBatch): boolean {
  return countKeys(batch.text) !== keysIn(batch.values);
}

/** The keys given twice in one JSON value. */
export function jsonDuplicates(source: JsonText): Duplicate[] {
  const { text, origin } = source;
  const events = eventsOf(text);
  if (events === undefined) return [];
  const at = locator(text, origin);
  return construct(events, text).duplicates.map(({ path, first, second }) => ({
    path,
    first: at(first),
    second: at(second),
  }));
}
