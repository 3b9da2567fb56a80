/** Finds the ends of JSON values in a text: kubectl reads any number of them, one after the other. */
import type { Chunk } from './split.ts';

/**
 * The objects of a text that is a stream of several JSON objects; undefined when it is one value or
 * no JSON, which the YAML parser then reads.
 */
export function splitJson(text: string): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let line = 1;
  let at = 0;
  for (;;) {
    const start = skipSpace(text, at);
    if (start === text.length) break;
    if (text[start] !== '{') return undefined;
    const end = valueEnd(text, start);
    if (end === undefined) return undefined;
    line += count(text, at, start);
    chunks.push({ text: text.slice(start, end), offset: start, line });
    line += count(text, start, end);
    at = end;
  }
  return chunks.length > 1 ? chunks : undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  return at;
}

function count(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1))
    lines++;
  return lines;
}

/** The offset behind the object or array that begins at `start`; undefined when it does not end. */
export function valueEnd(text: string, start: number): number | undefined {
  const token = /["{}[\]]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '"') {
      const end = stringEnd(text, match.index);
      if (end === undefined) return undefined;
      token.lastIndex = end;
    } else if (match[0] === '{' || match[0] === '[') depth++;
    else if (--depth === 0) return match.index + 1;
  }
  return undefined;
}

function stringEnd(text: string, open: number): number | undefined {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = at - 1;
    while (text[slashes] === '\\') slashes--;
    if ((at - slashes) % 2 === 1) return at + 1;
  }
  return undefined;
}
