/** Lines of a document and the changes to its text. Offsets count UTF-16 units. */

/** One change: the characters from `start` up to `end` become `text`. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

const BYTE_ORDER_MARK = 0xfeff;

/** Where the line of `at` begins; a byte order mark at the very start belongs to no line. */
export function lineStart(text: string, at: number): number {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  return start === 0 && text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : start;
}

/** Where the line after that of `at` begins; the end of the text where there is none. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** The column of an offset, from 0. */
export function column(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** True where only white space stands before `at` in its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

/** The white space at the start of the line of `at`. */
export function indentation(text: string, at: number): string {
  const start = lineStart(text, at);
  let end = start;
  while (end < at && (text[end] === ' ' || text[end] === '\t')) end++;
  return text.slice(start, end);
}

/**
 * The end-of-line characters of the line of `at`, of the line before it for a last line that has
 * none, and a line feed for a text of one line. `original` is the text before hidden line breaks
 * were made line feeds.
 */
export function lineBreak(original: string, plain: string, at: number): string {
  let end = plain.indexOf('\n', at);
  if (end === -1) end = plain.lastIndexOf('\n');
  if (end === -1) return '\n';
  if (original[end] === '\r') return '\r';
  return original[end] === '\n' && original[end - 1] === '\r' ? '\r\n' : '\n';
}

/** A text whose last line has a line break; `added` when it had none. */
export interface Closed {
  plain: string;
  original: string;
  added: boolean;
}

/** Gives the last line a line break, so that every line can be moved and removed alike. */
export function closeLastLine(original: string, plain: string): Closed {
  if (plain.endsWith('\n')) return { plain, original, added: false };
  const eol = lineBreak(original, plain, plain.length);
  return { plain: plain + (eol === '\r' ? '\n' : eol), original: original + eol, added: true };
}

/** Takes the line break of the last line away again. */
export function openLastLine(text: string): string {
  return text.replace(/(?:\r\n|\n|\r)$/, '');
}

/** Behind white space, line breaks and comments from `at` on. */
export function skipBlank(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code === 32 || code === 10 || code === 13 || code === 9) next++;
    else if (code === 35) next = nextLine(text, next);
    else if (code === BYTE_ORDER_MARK && next === 0) next++;
    else return next;
  }
}

/** By place: at one offset, insertions before a replacement, in the order in which they were made. */
export function sortedSplices(splices: readonly Splice[]): Splice[] {
  return splices.toSorted(
    (left, right) =>
      left.start - right.start || Number(left.end > left.start) - Number(right.end > right.start),
  );
}

/** The text with all changes made at once; undefined when two of them overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string | undefined {
  let result = '';
  let at = 0;
  for (const splice of sortedSplices(splices)) {
    if (splice.start < at) return undefined;
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}
