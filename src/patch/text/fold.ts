/**
 * Folding: lines that an edit cannot reach need not be read again. Of
 *
 *     env:
 *       - name: A
 *     image: x
 *
 * only `env: ''` is left. What stands below `env` is read as before when three things hold, and
 * the folded text proves the first two when it is read. The key stands where it stood: the parser
 * comes to it with the same collections open. The line behind is no part of it: it is neither
 * deeper than the key nor, behind `''`, anything but a new entry. And no blank line or comment was put
 * or brought behind it, which a block scalar would take in; that is looked at here.
 */
import { isMapping, put } from '../../yaml/mapping.ts';
import { isFirstOnLine, lineStart, nextLine, sortedSplices, type Splice } from './lines.ts';
import { isFilled, type Entry, type Node, type Tree } from './tree.ts';

interface Folded {
  splices: Splice[];
  /** What the folded text must say. */
  value: unknown;
}

interface Folding {
  readonly text: string;
  /** The edit's own changes, in the order of the text. */
  readonly splices: readonly Splice[];
  readonly folds: Splice[];
}

/** What stands for the lines of a fold: unlike a plain word or nothing, it cannot go on in the next line. */
const STUB = '';
const STUB_TEXT = ` '${STUB}'`;

const SPACE = 32;

/**
 * The splices that fold a text, and `after`, the value that the edited text must have, folded alike.
 * `after` shares with the old value what is to stay; only that is folded. Undefined where anchors or
 * merge keys may bring one part of the text into another.
 */
export function fold(
  { plain, tree, value }: { plain: string; tree: Tree; value: unknown },
  splices: readonly Splice[],
  after: unknown,
): Folded | undefined {
  if (tree.isShared) return undefined;
  const folding: Folding = {
    text: plain,
    splices: sortedSplices(splices),
    folds: [],
  };
  const folded = foldNode(folding, tree.root, value, after);
  return { splices: folding.folds, value: folded };
}

/** `after` with its folds; the tree and the old value lead to them. */
function foldNode(folding: Folding, node: Node, before: unknown, after: unknown): unknown {
  if (node.flow || !isFilled(node)) return after;
  if (node.kind === 'map' && isMapping(before) && isMapping(after)) {
    return foldMap(folding, node, before, after);
  }
  if (node.kind !== 'list' || !Array.isArray(before) || !Array.isArray(after)) return after;
  if (before.length !== after.length || before.length !== node.items.length) return after;
  return node.items.map((item, index) => {
    const old: unknown = before[index];
    const next: unknown = after[index];
    return old === next && isFoldableItem(folding, item)
      ? foldItem(folding, item)
      : foldNode(folding, item, old, next);
  });
}

function foldMap(
  folding: Folding,
  node: Node,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> {
  let result = after;
  for (const entry of node.entries) {
    const { name, value } = entry;
    if (value.kind === 'scalar' || !Object.hasOwn(after, name)) continue;
    const [old, next] = [before[name], after[name]];
    const folded =
      old === next && isFoldable(folding, entry)
        ? foldEntry(folding, entry)
        : foldNode(folding, value, old, next);
    if (folded === next) continue;
    if (result === after) result = { ...after };
    put(result, name, folded);
  }
  return result;
}

function foldEntry({ text, folds }: Folding, { colon, value }: Entry): string {
  folds.push({ start: colon + 1, end: colon + 1, text: STUB_TEXT });
  folds.push({ start: nextLine(text, colon), end: nextLine(text, value.end), text: '' });
  return STUB;
}

function foldItem({ text, folds }: Folding, { start, end }: Node): string {
  // The line break stays: the stub ends the line of the dash.
  folds.push({ start, end: nextLine(text, end) - 1, text: STUB_TEXT.trimStart() });
  return STUB;
}

/** True for a map that begins behind the dash of its item, and that no splice touches. */
function isFoldableItem(folding: Folding, item: Node): boolean {
  const { text } = folding;
  if (item.kind !== 'map' || item.flow || !isFilled(item) || item.head !== item.start) return false;
  const from = lineStart(text, item.start);
  return /^ *- +$/.test(text.slice(from, item.start)) && isUntouched(folding, from, item.end);
}

/** True for a block collection on lines of its own below its key, and that no splice touches. */
function isFoldable(folding: Folding, { start, key, colon, value }: Entry): boolean {
  if (value.flow || !isFilled(value) || colon === -1 || key.head !== start) return false;
  // An anchor or a tag would stand between the colon and the first line.
  if (value.head !== value.start || !isFirstOnLine(folding.text, value.start)) return false;
  return isUntouched(folding, lineStart(folding.text, start), value.end);
}

/** True when no splice touches the lines from `from` to that of `last`, nor what they end at. */
function isUntouched({ text, splices }: Folding, from: number, last: number): boolean {
  const end = nextLine(text, last);
  const follows = nextWord(text, end);
  for (let at = firstUpTo(splices, from); at < splices.length; at++) {
    const splice = splices[at];
    if (splice === undefined || splice.start > follows) break;
    // What ends where the lines begin must leave the beginning of a line there.
    const isFree = splice.end === from ? splice.text.endsWith('\n') : isNewEntry(splice, end);
    if (!isFree) return false;
  }
  return true;
}

/** The index of the first splice that ends at `offset` or behind; they are sorted and do not overlap. */
function firstUpTo(splices: readonly Splice[], offset: number): number {
  let low = 0;
  let high = splices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((splices[middle]?.end ?? 0) >= offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** True for lines that are put in at `offset` and begin with an entry or an item. */
function isNewEntry({ start, end, text }: Splice, offset: number): boolean {
  return start === offset && end === offset && /^ *[^\s#]/.test(text);
}

/** The first character from `at` on that is no white space (or not one to YAML). */
function nextWord(text: string, at: number): number {
  let next = at;
  while (next < text.length && text.charCodeAt(next) <= SPACE) next++;
  return next;
}
