/** The streaming reader: from bytes to Kubernetes objects, one at a time, in constant memory. */
import { UserError, diagnostic, type Diagnostic } from '../diagnostics.ts';
import type { ByteSource } from '../io/io.ts';
import { parseDocument } from '../yaml/document.ts';
import { byteWindow, skipSpace, type ByteWindow } from './byte-window.ts';
import { batchTexts, formOf, jsonDuplicates, jsonPositions, textOf } from './json-place.ts';
import { duplicatesInBig, locateInBig } from './json-big.ts';
import { eachJsonValue, type BigValue, type JsonBatch, type JsonHandlers } from './json-stream.ts';
import { visitObjects, type SourceValue } from './objects.ts';
import { canSkip } from './skip.ts';
import { twinReader, type TwinReader } from './twins.ts';
import type { ManifestObject, ReadOptions, ReadResult, Twins } from './types.ts';
import { eachYamlChunk } from './yaml-stream.ts';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const OPEN_OBJECT = 123;
const OPEN_ARRAY = 91;

interface Run {
  readonly file: string;
  readonly skip: boolean;
  readonly result: ReadResult;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly visit: (object: ManifestObject) => void;
  readonly twins: Twins | undefined;
  /** What has been reported so far. */
  reports: number;
}

/**
 * Reads every object of a source and calls `visit` with each; the object's `locate` works during
 * the call. A broken document is a diagnostic and the rest is still read; only what the source itself
 * throws, and a document above 64 MiB (DPS7003), ends the reading. The caller closes the source.
 */
export function readManifests(
  source: ByteSource,
  options: ReadOptions,
  visit: (object: ManifestObject) => void,
): ReadResult {
  const result: ReadResult = { documents: 0, skipped: 0, objects: 0, diagnostics: [] };
  const report = options.report ?? ((entry) => result.diagnostics.push(entry));
  const run: Run = {
    file: source.name,
    skip: options.skip ?? true,
    result,
    twins: options.twins,
    reports: 0,
    report(entry) {
      run.reports++;
      report(entry);
    },
    visit(object) {
      result.objects++;
      visit(object);
    },
  };
  const window = byteWindow(source);
  if (opensJson(window)) {
    if (readJson(window, run) === 'done') return result;
  }
  readYamlStream(window, run);
  return result;
}

/** `{` or `[` as the first character is JSON. A byte order mark in front of it does not matter. */
function opensJson(window: ByteWindow): boolean {
  while (window.end < BYTE_ORDER_MARK.length && window.more());
  const mark = window.buffer.subarray(0, window.end).indexOf(BYTE_ORDER_MARK) === 0;
  const from = mark ? BYTE_ORDER_MARK.length : 0;
  const first = firstCharacter(window, from);
  const json = first === OPEN_OBJECT || first === OPEN_ARRAY;
  if (json) window.start = from;
  return json;
}

/** Looks behind white space without passing it: in YAML it is indentation. */
function firstCharacter(window: ByteWindow, from: number): number | undefined {
  for (let at = from; at < window.end || window.more(); at++) {
    const byte = window.buffer[at] ?? 0;
    if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return byte;
  }
  return undefined;
}

function readYamlStream(window: ByteWindow, run: Run): void {
  eachYamlChunk(
    window,
    (chunk, line) => {
      run.result.documents++;
      if (run.skip && canSkip(chunk)) run.result.skipped++;
      else readYamlChunk(chunk.toString('utf8'), line, run);
    },
    run.report,
  );
}

function readYamlChunk(text: string, line: number, run: Run): void {
  const document = run.result.documents;
  try {
    const parsed = parseDocument(text, { file: run.file, line, column: 1 }, document);
    parsed.notices.forEach(run.report);
    if (parsed.value === null || parsed.value === undefined) return;
    const source = SOURCE.exec(text)?.[1];
    const { value, locate, duplicates, notices } = parsed;
    visitObjects(
      {
        value,
        file: run.file,
        document,
        ...(source === undefined ? {} : { source }),
        locate,
        text: () => ({ text: parsed.text, firstLine: line }),
        duplicates,
        notices,
        isShallow: true,
      },
      run,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    error.diagnostics.forEach(run.report);
  }
}

/** The template that `helm template` names in a comment above each document. */
const SOURCE = /^(?:---[^\n]*\n|#(?! Source: )[^\n]*\n|[ \t\r]*\n)*# Source: ([^\r\n]+)/;

function readJson(window: ByteWindow, run: Run): 'done' | 'yaml' {
  const take = twinsIn(run);
  const outcome = eachJsonValue(window, {
    value(batch) {
      run.result.documents++;
      if (run.result.documents > 1) concatenated(batch, run);
      visitBatch(batch, { run });
    },
    items(batch, first, list) {
      visitBatch(batch, { run, first, list });
    },
    opened(place) {
      run.result.documents++;
      if (run.result.documents > 1) concatenated(place, run);
    },
    closed(big) {
      visitBig(big, run);
    },
    report: run.report,
    ...(take === undefined ? {} : { take }),
  });
  if (outcome === 'yaml' && run.result.documents > 0 && skipSpace(window) !== undefined) {
    run.report(trailing(window));
  }
  return outcome;
}

/** The sieve is made when the first big List comes. */
function twinsIn(run: Run): JsonHandlers['take'] {
  const { twins, result } = run;
  if (twins === undefined) return undefined;
  let reader: TwinReader | undefined;
  let list: Record<string, unknown> = {};
  const read = (batch: JsonBatch, first: number): Twins['ofVisited'] | undefined => {
    const { reports } = run;
    const { objects } = result;
    visitBatch(batch, { run, first, list });
    // What is reported of one has to be reported of each.
    const isSilent = run.reports === reports && result.objects === objects + 1;
    return isSilent ? twins.ofVisited : undefined;
  };
  let isOpen = false;
  return (window, first, of) => {
    list = of;
    if (!isOpen) reader = twinReader(twins.reading, read, () => result.objects++);
    isOpen = true;
    return reader?.take(window, first) ?? 0;
  };
}

function concatenated(batch: Pick<JsonBatch, 'line' | 'column'>, run: Run): void {
  run.report(
    diagnostic(
      'DPS7010',
      'A further JSON object follows without a separator; kubectl reads it, many programs do not.',
      { location: { file: run.file, line: batch.line, column: batch.column } },
    ),
  );
}

function trailing(window: ByteWindow): Diagnostic {
  const { name: file, line, column } = window;
  return diagnostic(
    'DPS7010',
    'After the JSON follows text that is no JSON; it was read as YAML.',
    {
      location: { file, line, column },
    },
  );
}

/** What has items and calls itself a List, or nothing, has been visited by its items. */
function visitBig(big: BigValue, run: Run): void {
  const { value, hasItems } = big;
  const kind = text(value.kind);
  if (hasItems && (kind === '' || kind.endsWith('List'))) return;
  visitObjects(
    {
      value,
      file: run.file,
      document: run.result.documents,
      locate: locateInBig(big, run.file),
      // Too big to be kept beside its fields: findings in it have a place, and no source lines.
      text: () => ({ text: '', firstLine: Infinity }),
      duplicates: duplicatesInBig(big, run.file),
      notices: [],
    },
    run,
  );
}

function visitBatch(
  batch: JsonBatch,
  context: { run: Run; first?: number; list?: Record<string, unknown> },
): void {
  const { run, first, list } = context;
  const { hasDuplicates, isShallow } = formOf(batch);
  const texts = batchTexts(batch, run.file, !hasDuplicates);
  batch.values.forEach((value, index) => {
    const places = jsonPositions(() => texts(index));
    const from: SourceValue = {
      value,
      file: run.file,
      document: run.result.documents,
      locate: (path, what) => places.locate(path, what),
      text: () => textOf(texts(index)),
      duplicates: hasDuplicates ? jsonDuplicates(texts(index)) : [],
      notices: [],
      isShallow,
    };
    if (first !== undefined) {
      from.item = first + index;
      from.list = { apiVersion: text(list?.apiVersion), kind: text(list?.kind) };
    }
    if (value !== null) visitObjects(from, run);
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
