/** Changes inside brackets: YAML's flow collections and JSON. */
import { entryText, flowStyle, flowText } from './flow-style.ts';
import { indentation, isFirstOnLine, lineBreak, lineStart, nextLine, skipBlank } from './lines.ts';
import { splice, type Session } from './session.ts';
import { scalarText } from './scalar.ts';
import { entryEnd, isEmpty, isFilled, type Entry, type Node } from './tree.ts';

/** Writes `value` in the place of a value that stands in brackets, or is in brackets itself. */
export function replaceFlow(session: Session, node: Node, value: unknown): void {
  const { text } = session;
  const eol = lineBreak(session.original, text, node.start);
  const style = flowStyle(text, node);
  const isCollection = typeof value === 'object' && value !== null;
  const written = isCollection
    ? flowText(value, style, eol)
    : scalarText(value, style.json, node.kind === 'scalar' ? node.style : undefined);
  if (!isEmpty(node) || node.head < node.start) splice(session, node.head, node.end, written);
  else if (node.entry?.colon === -1) splice(session, node.start, node.start, `: ${written}`);
  else splice(session, node.start, node.start, ` ${written}`);
}

/** Adds entries at the end of a filled map, each on its own line where the last one is. */
export function insertFlow(
  session: Session,
  map: Node,
  entries: Readonly<Record<string, unknown>>,
  removed: ReadonlySet<Entry>,
): void {
  const { text } = session;
  const last = map.entries.at(-1);
  if (last === undefined) return;
  const kept = map.entries.findLast((entry) => !removed.has(entry)) ?? last;
  const eol = lineBreak(session.original, text, map.start);
  const style = flowStyle(text, map);
  const parts = Object.entries(entries).map(([name, value]) => entryText(name, value, style, eol));
  const end = entryEnd(last);
  const trailing = commaAfter(text, last);
  if (style.lines === undefined) {
    splice(session, end, end, parts.map((part) => `,${style.comma}${part}`).join(''));
    return;
  }
  const indent = indentation(text, last.start);
  const place = nextLine(text, trailing ?? end);
  if (trailing === undefined) splice(session, entryEnd(kept), entryEnd(kept), ',');
  const lines = parts.map((part) => indent + part).join(`,${eol}`);
  splice(session, place, place, lines + (trailing === undefined ? '' : ',') + eol);
}

/** Takes entries out of a map that keeps at least one, with their commas. */
export function removeFlow(session: Session, map: Node, removed: ReadonlySet<Entry>): void {
  const { text } = session;
  const kept = map.entries.findLastIndex((entry) => !removed.has(entry));
  const lastKept = map.entries[kept];
  const last = map.entries.at(-1);
  if (lastKept === undefined || last === undefined) return;
  const ownLines =
    map.entries.every((entry) => isFirstOnLine(text, entry.start)) &&
    isFirstOnLine(text, map.end - 1);
  map.entries.forEach((entry, index) => {
    if (!removed.has(entry)) return;
    const next = map.entries[index + 1];
    if (ownLines) {
      const end = commaAfter(text, entry) ?? entryEnd(entry);
      splice(session, lineStart(text, entry.start), nextLine(text, end), '');
    } else if (index < kept && next !== undefined) splice(session, entry.start, next.start, '');
  });
  if (lastKept === last) return;
  if (!ownLines) splice(session, entryEnd(lastKept), entryEnd(last), '');
  else if (commaAfter(text, last) === undefined) {
    const comma = commaAfter(text, lastKept) ?? entryEnd(lastKept);
    splice(session, comma, comma + 1, '');
  }
}

function commaAfter(text: string, entry: Entry): number | undefined {
  const at = skipBlank(text, entryEnd(entry));
  return text[at] === ',' ? at : undefined;
}

/** True for a value that is, or stands, in brackets and so is written in brackets. */
export function isFlowPlace(node: Node): boolean {
  return node.parent?.flow === true || (node.flow && (isFilled(node) || node.parent === undefined));
}
