/** Whether an edited text says what was wanted: it is read again, as a whole or what can have changed. */
import { UserError } from '../../diagnostics.ts';
import { isDeepStrictEqual } from '../../security/equal.ts';
import { fold } from './fold.ts';
import { applySplices, type Closed, type Splice } from './lines.ts';
import { eventsOf, plainText, valueOf } from './reading.ts';
import type { Tree } from './tree.ts';

/** True when the text is well formed and says exactly `value`. */
export function says(text: string, value: unknown): boolean {
  const origin = { file: '', line: 1, column: 1 };
  try {
    const plain = plainText(text, origin);
    return isDeepStrictEqual(valueOf(plain, eventsOf(plain, origin), origin), value);
  } catch (error) {
    if (error instanceof UserError) return false;
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
  return text !== undefined && says(text, folded.value);
}
