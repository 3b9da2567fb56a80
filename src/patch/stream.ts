/** A stream of manifests, document by document: what needs no change passes byte for byte. */
import { fail, UserError, type Diagnostic } from '../diagnostics.ts';
import type { ByteSource } from '../io/io.ts';
import { byteWindow, type ByteWindow } from '../workloads/byte-window.ts';
import { canSkip } from '../workloads/skip.ts';
import { eachYamlChunk } from '../workloads/yaml-stream.ts';
import { patchDocument, type PatchedDocument, type PatchJob, type PatchedPod } from './document.ts';

export interface PatchSink {
  /** The output, in order. */
  write: (piece: string | Uint8Array) => void;
  report: (diagnostic: Diagnostic) => void;
  pod: (pod: PatchedPod) => void;
  /** Is told of every document that changes: for --diff. */
  changed?: (before: string, after: string, line: number) => void;
}

/** Reads a source to its end. Problems of single documents go to the sink; nothing is thrown for them. */
export function patchStream(source: ByteSource, job: PatchJob, sink: PatchSink): void {
  const window = byteWindow(source);
  let document = 0;
  if (isJson(window)) {
    patchWhole(window, job, sink);
    return;
  }
  eachYamlChunk(
    window,
    (chunk, line) => {
      document++;
      if (canSkip(chunk)) sink.write(chunk);
      else patchChunk(chunk, { file: source.name, line, document }, job, sink);
    },
    sink.report,
    sink.write,
  );
}

/** JSON is one document: a List is edited as a whole, whatever the form of its text. */
function isJson(window: ByteWindow): boolean {
  while (window.end - window.start < 4096 && window.more());
  const head = window.buffer.toString('utf8', window.start, Math.min(window.end, 4096));
  return /^\ufeff?\s*[[{]/.test(head);
}

function patchWhole(window: ByteWindow, job: PatchJob, sink: PatchSink): void {
  while (window.more());
  const chunk = window.buffer.subarray(window.start, window.end);
  patchChunk(chunk, { file: window.name, line: 1, document: 1 }, job, sink);
}

type Place = Parameters<typeof patchDocument>[1];

function patchChunk(chunk: Buffer, place: Place, job: PatchJob, sink: PatchSink): void {
  const text = chunk.toString('utf8');
  // A byte that is no UTF-8 would come out as another: such a document must not be edited.
  const isExact = Buffer.byteLength(text) === chunk.length;
  let patched: PatchedDocument;
  try {
    patched = patchDocument(text, place, job);
    if (!isExact && patched.text !== text) notText(place);
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
  sink.changed?.(text, patched.text, place.line);
  sink.write(patched.text);
}

function notText({ file, line }: Place): never {
  return fail('DPS1001', `A document of ${file} is not UTF-8 text.`, {
    location: { file, line, column: 1 },
    fix: 'Save it as UTF-8.',
  });
}
