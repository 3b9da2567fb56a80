/** Changes of values and entries that stand on lines of their own: YAML's block style. */
import { blockLines, blockStyle, emptyText, isFilledValue } from './block-style.ts';
import { isFlowPlace, replaceFlow } from './flow.ts';
import { column, isFirstOnLine, lineBreak, lineStart, nextLine } from './lines.ts';
import { scalarText } from './scalar.ts';
import { deleteLines, insertLines, splice, type Session } from './session.ts';
import { entryEnd, isEmpty, isFilled, type Entry, type Node } from './tree.ts';

/** Writes `value` in the place of `node`, in brackets where it stands in or is in brackets. */
export function replaceValue(session: Session, node: Node, value: unknown): void {
  session.dropped.push({ start: node.head, end: node.end });
  const isList = Array.isArray(value);
  if (node.parent?.flow === true || (isFlowPlace(node) && (isList || isFilledValue(value)))) {
    replaceFlow(session, node, value);
  } else if (!isFilledValue(value)) replaceByWord(session, node, value);
  else if (isFilled(node) && !node.flow) replaceBlock(session, node, value);
  else if (node.entry === undefined) replaceItem(session, node, value);
  else replaceByBlock(session, node, node.entry, value);
}

/** Writes a scalar, `{}` or `[]`. */
function replaceByWord(session: Session, node: Node, value: unknown): void {
  const { text } = session;
  const style = node.kind === 'scalar' ? node.style : undefined;
  const word = emptyText(value) ?? scalarText(value, false, style);
  const { entry } = node;
  if (entry?.colon === -1) {
    insertLines(session, entry.key.end, [`${' '.repeat(column(text, entry.start))}: ${word}`]);
  } else if (isEmpty(node) && node.head === node.start) {
    splice(session, node.start, node.start, ` ${word}`);
  } else if (entry !== undefined && isBlock(node) && isFirstOnLine(text, node.start)) {
    splice(session, entry.colon + 1, Math.max(propertiesEnd(node), entry.colon + 1), ` ${word}`);
    deleteLines(session, node.start, node.end);
  } else splice(session, node.head, node.end, word);
}

function isBlock(node: Node): boolean {
  return isFilled(node) && !node.flow;
}

/** Behind an anchor and a tag that stand before a value; 0 where there are none. */
function propertiesEnd(node: Node): number {
  return node.head < node.start ? node.headEnd : 0;
}

/** Writes a block collection over another one, at the same column where both are of one kind. */
function replaceBlock(session: Session, node: Node, value: unknown): void {
  const { text } = session;
  const ownLine = isFirstOnLine(text, node.start);
  const { entry } = node;
  const style = blockStyle(text, node.parent ?? node);
  let at = column(text, node.start);
  if (entry !== undefined && ownLine && Array.isArray(value) !== (node.kind === 'list')) {
    at = column(text, entry.start) + (Array.isArray(value) ? style.list : style.map);
  }
  const lines = blockLines(value, at, style).join(lineBreak(session.original, text, node.start));
  if (ownLine) {
    const from = lineStart(text, node.start);
    const end = propertiesEnd(node);
    if (end > 0 && end <= from) splice(session, entry?.colon ?? node.head, end, entry ? ':' : '');
    splice(session, from, node.end, lines);
  } else splice(session, node.head, node.end, lines.slice(at));
}

/** Writes a block collection as an item of a list that was none. */
function replaceItem(session: Session, node: Node, value: unknown): void {
  const { text } = session;
  const style = blockStyle(text, node.parent ?? node);
  const gap = isEmpty(node) && node.head === node.start ? ' ' : '';
  const at = column(text, node.head) + gap.length;
  const lines = blockLines(value, at, style).join(lineBreak(session.original, text, node.start));
  splice(session, node.head, node.end, gap + lines.slice(at));
}

/** Writes a block collection below a key whose value was none; a comment stays behind the key. */
function replaceByBlock(session: Session, node: Node, entry: Entry, value: unknown): void {
  const { text } = session;
  const indent = column(text, entry.start);
  const style = blockStyle(text, node.parent ?? node);
  const lines = blockLines(value, indent + (Array.isArray(value) ? style.list : style.map), style);
  if (entry.colon === -1) {
    insertLines(session, entry.key.end, [`${' '.repeat(indent)}:`, ...lines]);
    return;
  }
  const end = Math.max(node.end, entry.colon + 1);
  splice(session, entry.colon + 1, end, '');
  insertLines(session, end, lines);
}

/** Adds entries behind the last one of a filled map, at its column. */
export function insertBlock(
  session: Session,
  map: Node,
  entries: Readonly<Record<string, unknown>>,
): void {
  const [first, last] = [map.entries[0], map.entries.at(-1)];
  if (first === undefined || last === undefined) return;
  const { text } = session;
  const lines = blockLines(entries, column(text, first.start), blockStyle(text, map));
  insertLines(session, entryEnd(last), lines);
}

/** Takes entries out of a map that keeps at least one: their lines, with the comments in them. */
export function removeBlock(session: Session, map: Node, removed: ReadonlySet<Entry>): void {
  const { text } = session;
  const keptAt = map.entries.findIndex((entry) => !removed.has(entry));
  let from = 0;
  const [first, kept] = [map.entries[0], map.entries[keptAt]];
  if (first !== undefined && kept !== undefined && removed.has(first)) {
    // The first entry may share its line with a list's dash, which stays.
    if (!isFirstOnLine(text, first.start)) from = removeFirst(session, map.entries, keptAt);
  }
  for (const entry of map.entries.slice(from)) {
    if (removed.has(entry)) deleteLines(session, entry.start, entryEnd(entry));
  }
}

/** Removes the entry behind a dash; how many entries at the front are dealt with by that. */
function removeFirst(session: Session, entries: readonly Entry[], keptAt: number): number {
  const { text } = session;
  const [first, kept, before] = [entries[0], entries[keptAt], entries[keptAt - 1]];
  if (first === undefined || kept === undefined || before === undefined) return 0;
  if (lineStart(text, kept.start) === nextLine(text, entryEnd(before))) {
    splice(session, first.start, kept.start, '');
    return keptAt;
  }
  const from = text.slice(0, first.start).trimEnd().length;
  const line = text.slice(entryEnd(first), nextLine(text, entryEnd(first))).trimEnd();
  splice(session, from, entryEnd(first) + line.length, '');
  return 1;
}
