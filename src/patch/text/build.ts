/** Builds the tree of a document: one pass over the parser's events, which give no ends of collections. */
import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  getScalarValue,
  type Event,
  type ScalarEvent,
} from '../../yaml/js-yaml.ts';
import { plainKey } from '../../yaml/schema.ts';
import { nextLine, skipBlank } from './lines.ts';
import type { Entry, Node, Tree } from './tree.ts';

interface Cursor {
  readonly text: string;
  readonly events: readonly Event[];
  index: number;
  /** Behind what was read last. */
  at: number;
  readonly anchors: Map<string, Node>;
  readonly aliases: Node[];
  merges: boolean;
}

/** The tree of the first document of an event stream; undefined for an empty document. */
export function buildTree(text: string, events: readonly Event[]): Tree | undefined {
  const anchors = new Map<string, Node>();
  const cursor: Cursor = { text, events, index: 1, at: 0, anchors, aliases: [], merges: false };
  const first = events[1];
  if (first === undefined || first.type === EVENT_ID.POP) return undefined;
  const root = readNode(cursor, undefined);
  const { aliases, merges } = cursor;
  return { root, aliases, isShared: merges || anchors.size > 0 || aliases.length > 0 };
}

function readNode(cursor: Cursor, parent: Node | undefined): Node {
  const event = cursor.events[cursor.index++];
  const node = newNode(cursor.at, parent);
  if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) {
    return node;
  }
  if (event.type === EVENT_ID.ALIAS) return readAlias(cursor, event, node);
  readProperties(cursor, event, node);
  if (event.type === EVENT_ID.SCALAR) readScalar(cursor, event, node);
  else {
    node.start = event.start;
    node.flow = event.style === COLLECTION_STYLE.FLOW;
    node.kind = event.type === EVENT_ID.MAPPING ? 'map' : 'list';
    if (node.headEnd === -1) node.head = node.headEnd = node.start;
    const opened = node.flow && '{['.includes(cursor.text[node.start] ?? '');
    cursor.at = opened ? node.start + 1 : node.start;
    if (node.kind === 'map') {
      node.entries = [];
      readEntries(cursor, node);
    } else {
      node.items = [];
      readItems(cursor, node);
    }
    if (opened) closeFlow(cursor);
    node.end = cursor.at;
  }
  if (node.headEnd === -1) node.head = node.headEnd = node.start;
  cursor.at = node.end;
  return node;
}

/** What a scalar holds; shared, since most nodes are scalars. */
const NOTHING: never[] = [];

function newNode(at: number, parent: Node | undefined): Node {
  return {
    kind: 'scalar',
    head: -1,
    headEnd: -1,
    start: at,
    end: at,
    flow: false,
    style: SCALAR_STYLE.PLAIN,
    anchor: '',
    target: undefined,
    entries: NOTHING,
    items: NOTHING,
    parent,
    entry: undefined,
  };
}

function readAlias(
  cursor: Cursor,
  event: { anchorStart: number; anchorEnd: number },
  node: Node,
): Node {
  node.kind = 'alias';
  node.head = node.headEnd = node.start = event.anchorStart - 1;
  node.end = cursor.at = event.anchorEnd;
  node.target = cursor.anchors.get(cursor.text.slice(event.anchorStart, event.anchorEnd));
  cursor.aliases.push(node);
  return node;
}

function readProperties(
  cursor: Cursor,
  event: { anchorStart: number; anchorEnd: number; tagStart: number; tagEnd: number },
  node: Node,
): void {
  const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
  if (anchorStart === -1 && tagStart === -1) return;
  const anchorHead = anchorStart === -1 ? Infinity : anchorStart - 1;
  node.head = Math.min(anchorHead, tagStart === -1 ? Infinity : tagStart);
  node.headEnd = Math.max(anchorEnd, tagEnd);
  cursor.at = Math.max(cursor.at, node.headEnd);
  if (anchorStart === -1) return;
  node.anchor = cursor.text.slice(anchorStart, anchorEnd);
  cursor.anchors.set(node.anchor, node);
}

function readScalar(cursor: Cursor, event: ScalarEvent, node: Node): void {
  node.style = event.style;
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      node.start = event.valueStart < 0 ? cursor.at : event.valueStart;
      node.end = event.valueStart < 0 ? cursor.at : event.valueEnd;
      break;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      node.start = event.valueStart - 1;
      node.end = event.valueEnd + 1;
      break;
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      node.start = skipBlank(cursor.text, cursor.at);
      node.end = blockScalarEnd(cursor.text, event, node.start);
  }
}

/** Behind the last character that counts: blank lines at the end do so only with `+`. */
function blockScalarEnd(text: string, event: ScalarEvent, header: number): number {
  const headerEnd = text.slice(header, nextLine(text, header)).trimEnd().length + header;
  const content = text.slice(event.valueStart, event.valueEnd);
  const indent = Math.max(event.indent, 0);
  const blank =
    event.chomping === CHOMPING_MODE.KEEP
      ? /\r?\n$/
      : new RegExp(`(?:\\r?\\n {0,${indent}})*(?:\\r?\\n)?$`);
  return Math.max(headerEnd, event.valueStart + content.replace(blank, '').length);
}

function isOver(cursor: Cursor): boolean {
  const event = cursor.events[cursor.index];
  return event === undefined || event.type === EVENT_ID.POP;
}

function readEntries(cursor: Cursor, map: Node): void {
  const { text } = cursor;
  while (!isOver(cursor)) {
    const start = skipSeparators(cursor, map);
    if (text[start] === '?' && /\s/.test(text[start + 1] ?? ' ')) cursor.at = start + 1;
    const event = cursor.events[cursor.index];
    const key = readNode(cursor, map);
    const after = skipBlank(text, key.end);
    const colon = text[after] === ':' ? after : -1;
    if (colon !== -1) cursor.at = colon + 1;
    const value = readNode(cursor, map);
    const merge = isMerge(text, event);
    cursor.merges ||= merge;
    const name = merge ? '<<' : nameOf(text, event);
    const entry: Entry = { name, merge, start, key, colon, value };
    value.entry = entry;
    map.entries.push(entry);
    cursor.at = Math.max(cursor.at, colon + 1, key.end);
  }
  cursor.index++;
}

function isMerge(text: string, event: Event | undefined): boolean {
  return (
    event?.type === EVENT_ID.SCALAR &&
    event.style === SCALAR_STYLE.PLAIN &&
    event.tagStart === -1 &&
    text.startsWith('<<', event.valueStart) &&
    getScalarValue(text, event) === '<<'
  );
}

function nameOf(text: string, event: Event | undefined): string {
  if (event?.type !== EVENT_ID.SCALAR) return '';
  const source = getScalarValue(text, event);
  return event.style === SCALAR_STYLE.PLAIN ? (plainKey(source) ?? '') : source;
}

function readItems(cursor: Cursor, list: Node): void {
  while (!isOver(cursor)) {
    const start = skipSeparators(cursor, list);
    if (!list.flow && cursor.text[start] === '-') cursor.at = start + 1;
    list.items.push(readNode(cursor, list));
  }
  cursor.index++;
}

function skipSeparators(cursor: Cursor, parent: Node): number {
  let at = skipBlank(cursor.text, cursor.at);
  while (parent.flow && cursor.text[at] === ',') at = skipBlank(cursor.text, at + 1);
  return at;
}

function closeFlow(cursor: Cursor): void {
  let at = skipBlank(cursor.text, cursor.at);
  while (cursor.text[at] === ',') at = skipBlank(cursor.text, at + 1);
  if (cursor.text[at] === '}' || cursor.text[at] === ']') cursor.at = at + 1;
}
