/** Splits a stream into the texts that kubectl hands to its parser one by one (its YAMLReader). */

/** One document's text. `offset` counts UTF-16 units from the start of the stream, `line` from 1. */
export interface Chunk {
  text: string;
  offset: number;
  line: number;
}

/** A separator line that kubectl refuses: `--- key: value`, `---x`, `-----BEGIN`. */
export interface BadSeparator {
  offset: number;
  line: number;
}

/** kubectl takes nothing but white space and a comment behind the three dashes. */
export function isSeparatorRest(rest: string): boolean {
  const trimmed = rest.trim();
  return trimmed === '' || trimmed.startsWith('#');
}

/**
 * Chunks between lines that begin with `---`. A separator that nothing precedes is part of the chunk
 * it opens, as in kubectl. At a line that kubectl refuses the split ends and names it.
 */
export function splitStream(text: string): { chunks: Chunk[]; bad?: BadSeparator } {
  const chunks: Chunk[] = [];
  let start = 0;
  let startLine = 1;
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const next = end === -1 ? text.length : end + 1;
    if (text.startsWith('---', at)) {
      if (!isSeparatorRest(text.slice(at + 3, next))) return { chunks, bad: { offset: at, line } };
      if (at > start) {
        chunks.push({ text: text.slice(start, at), offset: start, line: startLine });
        start = next;
        startLine = line + 1;
      }
    }
    at = next;
    line++;
  }
  if (start < text.length) {
    chunks.push({ text: text.slice(start), offset: start, line: startLine });
  }
  return { chunks };
}
