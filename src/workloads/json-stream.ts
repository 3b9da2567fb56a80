/**
 * JSON of any length: single objects, several in a row, and big Lists, whose items are parsed in
 * batches. Above about 100 KiB V8 puts the result of JSON.parse straight into the old generation and
 * gets several times slower, so batches stay below.
 */
import { diagnostic, type Diagnostic } from '../diagnostics.ts';
import { put } from '../yaml/mapping.ts';
import { skipSpace, MAX_WINDOW_BYTES, type ByteWindow } from './byte-window.ts';
import { cutBatch, itemIndent } from './json-batch.ts';
import { valueLength } from './json-bytes.ts';

/** Bytes given to one JSON.parse. */
export const BATCH_BYTES = 96 * 1024 - 2;

/** Parsed values and the text they came from. */
export interface JsonBatch {
  values: unknown[];
  /** The text of the values, separated by commas, as in the file. */
  text: string;
  /** In bytes. */
  length: number;
  line: number;
  column: number;
}

/** An object of more than one batch, without the items of a List. */
export interface BigValue {
  line: number;
  column: number;
  value: Record<string, unknown>;
  /** The values of its fields with their texts, in the order of the text; a key may stand there twice. */
  fields: readonly BigField[];
  /** Items were handed over: it is a List, or an array. */
  hasItems: boolean;
}

export interface BigField extends JsonBatch {
  key: string;
  /** Where the key begins, and its length with its quotes. */
  keyLine: number;
  keyColumn: number;
  keyLength: number;
}

export interface JsonHandlers {
  /** A whole top-level value. */
  value(batch: JsonBatch): void;
  /** Items of a List or array too big for one parse; `first` is the position of the first of them. */
  items(batch: JsonBatch, first: number, list: Record<string, unknown>): void;
  /**
   * Takes items from the window's start itself, as many as it wants, and moves the window behind them;
   * returns how many.
   */
  take?: (window: ByteWindow, first: number, list: Record<string, unknown>) => number;
  /** A value of more than one batch begins. */
  opened(place: { line: number; column: number }): void;
  /** It has been read. */
  closed(big: BigValue): void;
  report: (diagnostic: Diagnostic) => void;
}

const OPEN_OBJECT = 123;
const OPEN_ARRAY = 91;

/** Reads values to the end of the input. `yaml`: what follows at the window's start is not JSON; read it as YAML. */
export function eachJsonValue(window: ByteWindow, handlers: JsonHandlers): 'done' | 'yaml' {
  for (;;) {
    const byte = skipSpace(window);
    if (byte === undefined) return 'done';
    if (byte !== OPEN_OBJECT && byte !== OPEN_ARRAY) return 'yaml';
    const length = valueLength(window, BATCH_BYTES);
    if (length === undefined) {
      if (window.ended && window.end - window.start < BATCH_BYTES) return 'yaml';
      if (!streamValue(window, byte, handlers)) return 'done';
      continue;
    }
    const batch = parseBatch(window, length);
    if (batch === undefined) return 'yaml';
    handlers.value(batch);
    passBatch(window, batch);
  }
}

function parseBatch(window: ByteWindow, length: number | undefined): JsonBatch | undefined {
  if (length === undefined) return undefined;
  const { buffer, start, line, column } = window;
  const text = buffer.toString('utf8', start, start + length);
  const values = parse(`[${text}]`);
  if (values === undefined) return undefined;
  return { values, text, length, line, column };
}

function passBatch(window: ByteWindow, { length, text }: JsonBatch): void {
  window.pass(window.start + length, text);
}

function parse(text: string): unknown[] | undefined {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return undefined;
  }
}

/** A value of more than one batch. False when it is broken: reported, and the rest is lost. */
function streamValue(window: ByteWindow, opening: number, handlers: JsonHandlers): boolean {
  const { line, column } = window;
  const fields: BigField[] = [];
  const big: Streamed = { line, column, value: {}, fields, hasItems: opening === OPEN_ARRAY };
  handlers.opened(big);
  window.advance(window.start + 1);
  const complete =
    opening === OPEN_ARRAY
      ? streamItems(window, big.value, handlers)
      : streamFields(window, big, handlers);
  if (complete) handlers.closed(big);
  else handlers.report(broken(window));
  return complete;
}

interface Streamed extends BigValue {
  fields: BigField[];
}

function broken(window: ByteWindow): Diagnostic {
  const { name: file, line, column } = window;
  return diagnostic(
    'DPS7013',
    'The text is not valid JSON here; the rest of the file was not read.',
    {
      location: { file, line, column },
      fix: 'Correct the syntax at the place shown.',
    },
  );
}

function streamFields(window: ByteWindow, big: Streamed, handlers: JsonHandlers): boolean {
  for (let first = true; ; first = false) {
    let byte = skipSpace(window);
    if (byte === 125 /* } */) return pass(window);
    if (!first) {
      if (byte !== 44 /* , */) return false;
      pass(window);
      byte = skipSpace(window);
    }
    const key = byte === 34 /* " */ ? fieldName(window) : undefined;
    if (key === undefined) return false;
    const { name } = key;
    if (name === 'items' && skipSpace(window) === OPEN_ARRAY) {
      pass(window);
      big.hasItems = true;
      if (!streamItems(window, big.value, handlers)) return false;
      continue;
    }
    skipSpace(window);
    const field = wholeValue(window);
    if (field === undefined || field.values.length === 0) return false;
    put(big.value, name, field.values[0]);
    const { line: keyLine, column: keyColumn, text } = key.batch;
    big.fields.push({ ...field, key: name, keyLine, keyColumn, keyLength: text.length });
  }
}

/** A field's name and the colon behind it; undefined when either is broken. */
function fieldName(window: ByteWindow): { name: string; batch: JsonBatch } | undefined {
  const batch = wholeValue(window);
  const name = batch?.values[0];
  if (batch === undefined || typeof name !== 'string') return undefined;
  if (skipSpace(window) !== 58 /* : */) return undefined;
  pass(window);
  return { name, batch };
}

function pass(window: ByteWindow): true {
  window.advance(window.start + 1);
  return true;
}

/** Any value that is kept whole; undefined when it is broken. */
function wholeValue(window: ByteWindow): JsonBatch | undefined {
  const batch = parseBatch(window, valueLength(window, MAX_WINDOW_BYTES));
  if (batch !== undefined) passBatch(window, batch);
  return batch;
}

function streamItems(
  window: ByteWindow,
  list: Record<string, unknown>,
  handlers: JsonHandlers,
): boolean {
  let count = 0;
  let indent: Buffer | undefined;
  for (;;) {
    const byte = skipSpace(window);
    if (byte === 93 /* ] */) return pass(window);
    if (count > 0) {
      if (byte !== 44 /* , */) return false;
      pass(window);
      skipSpace(window);
    }
    indent ??= itemIndent(window);
    while (window.end - window.start < BATCH_BYTES && window.more());
    const taken = handlers.take?.(window, count, list) ?? 0;
    count += taken;
    if (taken > 0) continue;
    const batch =
      parseBatch(window, cutBatch(window, indent, BATCH_BYTES)) ??
      parseBatch(window, valueLength(window, MAX_WINDOW_BYTES));
    if (batch === undefined || batch.values.length === 0) return false;
    handlers.items(batch, count, list);
    count += batch.values.length;
    passBatch(window, batch);
  }
}
