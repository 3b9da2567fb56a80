/** The documents of a YAML stream, one at a time, split as kubectl splits them. */
import type { Diagnostic } from '../diagnostics.ts';
import { isSeparatorRest } from '../yaml/split.ts';
import { separatorDiagnostic } from '../yaml/read.ts';
import type { ByteWindow } from './byte-window.ts';

const SEPARATOR = Buffer.from('\n---');
const LINE_FEED = 10;

/**
 * Calls `take` with the bytes of each document, valid during the call only, and the line at which
 * they begin. A separator line that kubectl refuses is reported and ends its document. `between` gets
 * the separator lines, so that the pieces of both together are the whole stream.
 */
export function eachYamlChunk(
  window: ByteWindow,
  take: (chunk: Buffer, line: number) => void,
  report: (diagnostic: Diagnostic) => void,
  between: (separator: Buffer) => void = () => undefined,
): void {
  while (window.start < window.end || window.more()) {
    openingSeparator(window, report);
    const found = findSeparator(window);
    const { buffer, start, line } = window;
    const end = found === undefined ? window.end : found.at;
    if (end > start) take(buffer.subarray(start, end), line);
    window.advance(end);
    if (found === undefined) continue;
    const lineEnd = found.next;
    if (!isSeparatorRest(buffer.toString('utf8', end + 3, lineEnd)))
      refuse(window, lineEnd, report);
    between(window.buffer.subarray(end, lineEnd));
    window.advance(lineEnd);
  }
}

/** A separator in front of the first document belongs to it; a refused one is reported and passed. */
function openingSeparator(window: ByteWindow, report: (diagnostic: Diagnostic) => void): void {
  while (window.end - window.start < 3 && window.more());
  if (window.buffer.toString('latin1', window.start, window.start + 3) !== '---') return;
  const next = lineEnd(window, window.start);
  if (isSeparatorRest(window.buffer.toString('utf8', window.start + 3, next))) return;
  refuse(window, next, report);
  window.advance(next);
}

/** The next line that begins with `---`: its first byte and the byte behind its line feed. */
function findSeparator(window: ByteWindow): { at: number; next: number } | undefined {
  let from = 0;
  for (;;) {
    const { buffer, start, end } = window;
    const found = buffer.subarray(start + from, end).indexOf(SEPARATOR);
    if (found !== -1) {
      const offset = from + found + 1;
      const next = lineEnd(window, start + offset);
      return { at: window.start + offset, next };
    }
    from = Math.max(0, end - start - SEPARATOR.length + 1);
    if (!window.more()) return undefined;
  }
}

/** Behind the line feed that ends the line of `at`; the window may move, so the result counts from the new start. */
function lineEnd(window: ByteWindow, at: number): number {
  const offset = at - window.start;
  for (;;) {
    const found = window.buffer.subarray(window.start + offset, window.end).indexOf(LINE_FEED);
    if (found !== -1) return window.start + offset + found + 1;
    if (!window.more()) return window.end;
  }
}

function refuse(window: ByteWindow, end: number, report: (diagnostic: Diagnostic) => void): void {
  const { buffer, start, line, name } = window;
  const text = buffer.toString('utf8', start, Math.min(end, start + 1000));
  report(separatorDiagnostic(text, { file: name, line, firstLine: line }));
}
