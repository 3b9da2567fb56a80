/**
 * Breaks a line at spaces so that no part is wider than `width` columns; a longer word stays whole,
 * since a path that is cut cannot be copied. Later parts are indented by `indent` columns.
 */
export function wrap(text: string, width: number, indent: number): string {
  if (displayWidth(text) <= width) return text;
  const lines: string[] = [];
  const margin = ' '.repeat(indent);
  const start = /^ */.exec(text)?.[0] ?? '';
  let line = start;
  let isEmpty = true;
  for (const word of text.slice(start.length).split(' ')) {
    if (!isEmpty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = margin + word;
    } else {
      line = isEmpty ? line + word : `${line} ${word}`;
    }
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}

/** Scripts and symbols that terminals show two columns wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes on a terminal; it must hold no control characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** Fills a text with spaces up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
