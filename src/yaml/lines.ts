/** From an offset in a text to the line and column that an editor shows. */
import type { Location } from '../diagnostics.ts';

/** Where a text stands in its file: documents of a stream and items of a list are read apart. */
export interface Origin {
  file: string;
  /** Line of the first character, from 1. */
  line: number;
  /** Column of the first character, from 1. */
  column: number;
}

/** Turns offsets of one text into locations; the table of line starts is made when many are asked for. */
export function locator(text: string, origin: Origin): (start: number, end?: number) => Location {
  let starts: number[] | undefined;
  let asked = 0;
  const at = (offset: number): { line: number; column: number } => {
    // One place of a text is looked for more often than many.
    if (asked++ < MAX_COUNTS) return counted(text, offset, origin);
    starts ??= lineStarts(text);
    const index = lastAtOrBefore(starts, offset);
    const column = offset - (starts[index] ?? 0);
    return { line: origin.line + index, column: column + (index === 0 ? origin.column : 1) };
  };
  return (start, end) => {
    const from = at(start);
    if (end === undefined || end <= start) return { file: origin.file, ...from };
    const to = at(end);
    return { file: origin.file, ...from, endLine: to.line, endColumn: to.column };
  };
}

const MAX_COUNTS = 4;

function counted(text: string, offset: number, origin: Origin): { line: number; column: number } {
  let line = 0;
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end === -1 || end >= offset) break;
    start = end + 1;
    line++;
  }
  return { line: origin.line + line, column: offset - start + (line === 0 ? origin.column : 1) };
}

/** Only a line feed counts as a line's end, as in the editors and in the streaming reader. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lastAtOrBefore(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
