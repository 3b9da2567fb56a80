/** A stream of manifests, document by document: what needs no change passes byte for byte. */
import { diagnostic, fail, UserError, type Diagnostic } from '../diagnostics.ts';
import type { ByteSource } from '../io/io.ts';
import { byteWindow, type ByteWindow } from '../workloads/byte-window.ts';
import { canSkip } from '../workloads/skip.ts';
import { eachYamlChunk } from '../workloads/yaml-stream.ts';
import {
  patchDocument,
  type PatchedDocument,
  type PatchedPod,
  type PatchJob,
  type Place,
} from './document.ts';
import { eachJsonPiece } from './json-stream.ts';

export interface PatchSink {
  /** The output, in order. */
  write: (piece: string | Uint8Array) => void;
  report: (diagnostic: Diagnostic) => void;
  pod: (pod: PatchedPod) => void;
  /** Is told of every document that changes, and of the line at which it begins: for --diff. */
  changed?: (change: PatchedText) => void;
}

export interface PatchedText {
  before: string;
  after: string;
  line: number;
  /** The text ends in the middle of a line of the file: an item of a big List. */
  isPart: boolean;
}

/** Reads a source to its end. Problems of single documents go to the sink; nothing is thrown for them. */
export function patchStream(source: ByteSource, job: PatchJob, sink: PatchSink): void {
  const file = source.name;
  const window = byteWindow(source);
  let document = 0;
  if (opensJson(window, sink)) {
    const { documents, isDone } = eachJsonPiece(window, {
      edit: (piece, place) => {
        patchChunk(piece, { file, ...place }, job, sink);
      },
      write: sink.write,
      report: sink.report,
    });
    if (isDone) return;
    document = documents;
    if (document > 0) sink.report(trailing(window));
  }
  eachYamlChunk(
    window,
    (chunk, line) => {
      document++;
      if (canSkip(chunk)) sink.write(chunk);
      else patchChunk(chunk, { file, line, document }, job, sink);
    },
    sink.report,
    sink.write,
  );
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** `{` or `[` as the first character is JSON; a byte order mark in front of it is passed. */
function opensJson(window: ByteWindow, sink: PatchSink): boolean {
  while (window.end < BYTE_ORDER_MARK.length && window.more());
  const hasMark = window.buffer.subarray(0, window.end).indexOf(BYTE_ORDER_MARK) === 0;
  const from = hasMark ? BYTE_ORDER_MARK.length : 0;
  for (let at = from; at < window.end || window.more(); at++) {
    const character = String.fromCharCode(window.buffer[at] ?? 0);
    if (' \t\r\n'.includes(character)) continue;
    const isJson = character === '{' || character === '[';
    if (isJson && hasMark) {
      sink.write(BYTE_ORDER_MARK);
      window.start = from;
    }
    return isJson;
  }
  return false;
}

/** kubectl goes on behind a separator; anything else it refuses. */
function trailing({ name: file, line, column, buffer, start }: ByteWindow): Diagnostic {
  const isSeparated = buffer.toString('latin1', start, start + 3) === '---';
  return diagnostic(
    'DPS7010',
    'After the JSON follows text that is no JSON; it was read as YAML.',
    { location: { file, line, column }, ...(isSeparated ? {} : { severity: 'error' as const }) },
  );
}

function patchChunk(chunk: Buffer, place: Place, job: PatchJob, sink: PatchSink): void {
  const text = chunk.toString('utf8');
  let patched: PatchedDocument;
  try {
    patched = patchDocument(text, place, job);
    // A byte that is no UTF-8 would come out as another: such a document must not be edited.
    if (patched.text !== text && Buffer.byteLength(text) !== chunk.length) notText(place);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    error.diagnostics.forEach(sink.report);
    return;
  }
  patched.diagnostics.forEach(sink.report);
  patched.pods.forEach(sink.pod);
  if (patched.text === text) {
    sink.write(chunk);
    return;
  }
  const { line, item } = place;
  sink.changed?.({ before: text, after: patched.text, line, isPart: item !== undefined });
  sink.write(patched.text);
}

function notText({ file, line }: Place): never {
  return fail('DPS1001', `A document of ${file} is not UTF-8 text.`, {
    location: { file, line, column: 1 },
    fix: 'Save it as UTF-8.',
  });
}
