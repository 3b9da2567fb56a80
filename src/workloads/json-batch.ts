/** Cutting the items of a pretty-printed List into batches by their indentation. */
import type { ByteWindow } from './byte-window.ts';

const LINE_FEED = 10;
const SPACE = 32;
const TAB = 9;

/**
 * The bytes that end an item which begins at the window's start: a line feed, the indentation of
 * its first line, a closing brace. Undefined when the item does not stand on a line of its own.
 */
export function itemIndent(window: ByteWindow): Buffer | undefined {
  const { buffer, start } = window;
  let at = start - 1;
  while (at >= 0 && (buffer[at] === SPACE || buffer[at] === TAB)) at--;
  if (at < 0 || buffer[at] !== LINE_FEED) return undefined;
  return Buffer.concat([buffer.subarray(at, start), Buffer.from('}')]);
}

/**
 * The length of as many whole items as fit into `limit` bytes; undefined when none does. A raw line
 * feed cannot stand inside a JSON string, and a cut inside an item leaves a bracket open, which
 * JSON.parse refuses: a wrong guess costs time, never an item.
 */
export function cutBatch(
  window: ByteWindow,
  indent: Buffer | undefined,
  limit: number,
): number | undefined {
  if (indent === undefined) return undefined;
  const { buffer, start } = window;
  const stop = Math.min(window.end, start + limit);
  const found = buffer.subarray(start, stop).lastIndexOf(indent);
  return found === -1 ? undefined : found + indent.length;
}
