/** Whether an edited text says what was wanted: it is read again, as a whole or what can have changed. */
import { UserError } from '../../diagnostics.ts';
import { isDeepStrictEqual } from '../../security/equal.ts';
import { fold } from './fold.ts';
import { applySplices, type Closed, type Splice } from './lines.ts';
import { eventsOf, plainText, valueOf } from './reading.ts';
import type { Tree } from './tree.ts';

/** True when the text is well formed and says exactly `value`. */
export function says(text: string, value: unknown): boolean {
  const said = saidBy(text);
  return said !== undefined && isDeepStrictEqual(said.value, value);
}

/** Undefined for a text that cannot be read. */
function saidBy(text: string): { value: unknown } | undefined {
  const origin = { file: '', line: 1, column: 1 };
  try {
    const plain = plainText(text, origin);
    return { value: valueOf(plain, eventsOf(plain, origin), origin) };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A text that was read, and what it said. */
export interface ReadText extends Closed {
  tree: Tree;
  value: unknown;
}

/**
 * True only when the text with the splices made says exactly `value`, which shares with the old
 * value whatever is to stay. Told from the text with everything folded that no splice can reach; false
 * also where that cannot tell.
 */
export function saysFolded(read: ReadText, splices: readonly Splice[], value: unknown): boolean {
  // A line break that was added, a hidden one and whatever is shared can reach over a fold.
  if (read.added || read.plain !== read.original) return false;
  const folded = fold(read, splices, value);
  if (folded === undefined) return false;
  const text = applySplices(read.plain, [...splices, ...folded.splices]);
  const said = text === undefined ? undefined : saidByFolded(text);
  return said !== undefined && isDeepStrictEqual(said.value, folded.value);
}

const MAX_KEPT = 200;
const MAX_LENGTH = 4096;
const kept = new Map<string, { value: unknown }>();

/** Folded texts are short and often the same; what a text says depends on nothing else. */
function saidByFolded(text: string): { value: unknown } | undefined {
  const found = kept.get(text);
  if (found !== undefined) return found;
  const said = saidBy(text);
  if (said !== undefined && text.length <= MAX_LENGTH && kept.size < MAX_KEPT) kept.set(text, said);
  return said;
}
