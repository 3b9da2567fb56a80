/**
 * Folding: what an edit cannot reach need not be read again. Of
 *
 *     env:
 *       - name: A
 *     image: x
 *
 * `env: ''` and `image: ''` are left. What stands below `env` is read as before when three things
 * hold, and the folded text proves the first two when it is read. The key stands where it stood: the
 * parser comes to it with the same collections open. The line behind is no part of it: it is neither
 * deeper than the key nor, behind `''`, anything but a new entry. And no blank line or comment was put
 * or brought behind it, which a block scalar would take in; that is looked at here.
 *
 * Documents that come from one template fold to the same text, which is then read once.
 */
import { isMapping, put } from '../../yaml/mapping.ts';
import { isFirstOnLine, lineStart, nextLine, sortedSplices, type Splice } from './lines.ts';
import { SCALAR_STYLE } from '../../yaml/js-yaml.ts';
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
const STUB_TEXT = `'${STUB}'`;

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
    if (!Object.hasOwn(after, name)) continue;
    const old = before[name];
    const next = after[name];
    const folded = Object.is(old, next)
      ? foldSame(folding, entry, next)
      : foldNode(folding, value, old, next);
    if (folded === next) continue;
    if (result === after) result = { ...after };
    put(result, name, folded);
  }
  return result;
}

/** Folds an entry whose value stays; where its form does not allow that, what is in it. */
function foldSame(folding: Folding, entry: Entry, next: unknown): unknown {
  const { text, folds } = folding;
  const { start, key, colon, value } = entry;
  // An anchor or a tag would stand between the colon and the value.
  if (colon === -1 || key.head !== start || value.head !== value.start) return next;
  if (value.kind === 'scalar') {
    if (!isWord(text, entry) || !isUntouched(folding, lineStart(text, start), value.end)) {
      return next;
    }
    folds.push({ start: value.start, end: value.end, text: STUB_TEXT });
    return STUB;
  }
  if (value.flow || !isFilled(value)) return next;
  const isOwn =
    isFirstOnLine(text, value.start) && isUntouched(folding, lineStart(text, start), value.end);
  if (!isOwn) return foldNode(folding, value, next, next);
  folds.push({ start: colon + 1, end: colon + 1, text: ` ${STUB_TEXT}` });
  folds.push({ start: nextLine(text, colon), end: nextLine(text, value.end), text: '' });
  return STUB;
}

/** True for a scalar without a line break, on the line of its key. */
function isWord(text: string, { colon, value }: Entry): boolean {
  const { start, end, style } = value;
  return (
    start < end &&
    style !== SCALAR_STYLE.LITERAL_BLOCK &&
    style !== SCALAR_STYLE.FOLDED_BLOCK &&
    nextLine(text, colon) > end
  );
}

function foldItem({ text, folds }: Folding, { start, end }: Node): string {
  // The line break stays: the stub ends the line of the dash.
  folds.push({ start, end: nextLine(text, end) - 1, text: STUB_TEXT });
  return STUB;
}

/** True for a map that begins behind the dash of its item, and that no splice touches. */
function isFoldableItem(folding: Folding, item: Node): boolean {
  const { text } = folding;
  if (item.kind !== 'map' || item.flow || !isFilled(item) || item.head !== item.start) return false;
  const from = lineStart(text, item.start);
  return /^ *- +$/.test(text.slice(from, item.start)) && isUntouched(folding, from, item.end);
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
