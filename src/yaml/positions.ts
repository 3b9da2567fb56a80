/** Where the keys and values of a document stand in its text: an index built from the parser's events on demand. */
import { EVENT_ID, SCALAR_STYLE, getScalarValue, type Event, type ScalarEvent } from './js-yaml.ts';
import type { Location } from '../diagnostics.ts';
import type { Path } from './path.ts';
import { plainKey } from './schema.ts';

/** The source of a scalar as it is written, without quotes, and whether it had any. */
export interface RawScalar {
  text: string;
  quoted: boolean;
}

export interface Positions {
  /**
   * `key`: the key of the last step (a list item has none: where it begins). `value`: the value; a
   * collection is a point. By default the value of a scalar, the key of a collection. A path that
   * does not exist gives the key of the nearest parent that does; undefined for an empty document.
   */
  locate: (path: Path, what?: 'key' | 'value') => Location | undefined;
  /** The source text of the scalar at `path`; undefined for collections and missing paths. */
  raw: (path: Path) => RawScalar | undefined;
}

interface Node {
  start: number;
  /** Absent for collections. */
  end?: number;
  scalar?: ScalarEvent;
  entries?: Map<string, Entry>;
  items?: Entry[];
}
interface Entry {
  keyStart: number;
  keyEnd: number;
  node: Node;
}

/**
 * Positions of the first document in `events()`, which is called on the first question only. `at`
 * turns offsets in `text` into places.
 */
export function positions(
  text: string,
  at: (start: number, end?: number) => Location,
  events: () => readonly Event[],
): Positions {
  let root: Entry | undefined;
  const tree = (): Entry => (root ??= rootEntry(text, events()));
  let scans = 0;
  const find = (path: Path): Found => {
    const scanned = scans++ < MAX_SCANS ? scan(text, events(), path) : undefined;
    return scanned ?? walk(tree(), path);
  };
  return {
    locate(path, what) {
      const { entry, found } = find(path);
      if (entry.node.start < 0) return undefined;
      const { node } = entry;
      const key = !found || what === 'key' || (what === undefined && node.end === undefined);
      return key && entry.keyStart >= 0
        ? at(entry.keyStart, entry.keyEnd)
        : at(node.start, node.end);
    },
    raw(path) {
      const { entry, found } = find(path);
      const { scalar } = entry.node;
      if (!found || scalar === undefined) return undefined;
      const written = scalar.valueStart < 0 ? '' : text.slice(scalar.valueStart, scalar.valueEnd);
      return { text: written, quoted: scalar.style !== SCALAR_STYLE.PLAIN };
    },
  };
}

interface Found {
  entry: Entry;
  found: boolean;
}

/** Places that are looked for in the events; who asks for more gets the tree, which is dear to build. */
const MAX_SCANS = 8;

/** As walk; undefined where an alias or a merge key leads on, which only the tree can follow. */
function scan(text: string, events: readonly Event[], path: Path): Found | undefined {
  let at: Scanned = { index: 1, keyStart: -1, keyEnd: -1, after: 0 };
  for (let depth = 0; ; depth++) {
    const { index, keyStart, keyEnd, after } = at;
    const event = events[index];
    let node: Node;
    if (event?.type === EVENT_ID.SCALAR) node = scalarNode(event, after);
    else if (event !== undefined && 'start' in event) node = { start: event.start };
    else return undefined;
    const entry: Entry = { keyStart, keyEnd, node };
    const step = path[depth];
    if (step === undefined) return { entry, found: true };
    const next =
      typeof step === 'number'
        ? scanItems(events, index, step)
        : scanEntries(text, events, index, step);
    if (next === undefined) return undefined;
    if (next === 'absent') return { entry, found: false };
    at = next;
  }
}

/** The index of a value's event, its key, and where it stands when it is empty. */
interface Scanned {
  index: number;
  keyStart: number;
  keyEnd: number;
  after: number;
}

function scanItems(events: readonly Event[], list: number, wanted: number): Scanned | 'absent' {
  const event = events[list];
  if (event?.type !== EVENT_ID.SEQUENCE) return 'absent';
  let index = list + 1;
  for (let item = 0; item < wanted && !isEnd(events[index]); item++) index = behind(events, index);
  if (isEnd(events[index])) return 'absent';
  return { index, keyStart: -1, keyEnd: -1, after: event.start };
}

/** The last entry of the name, which counts. */
function scanEntries(
  text: string,
  events: readonly Event[],
  map: number,
  wanted: string,
): Scanned | 'absent' | undefined {
  if (events[map]?.type !== EVENT_ID.MAPPING) return 'absent';
  let found: Scanned | 'absent' = 'absent';
  for (let index = map + 1; !isEnd(events[index]); index = behind(events, index + 1)) {
    const event = events[index];
    if (event?.type !== EVENT_ID.SCALAR) return undefined;
    const key = scalarNode(event, 0);
    const name = keyName(text, key);
    if (name === '<<' && isPlain(key)) return undefined;
    if (name !== wanted) continue;
    const keyEnd = key.end ?? key.start;
    found = { index: index + 1, keyStart: key.start, keyEnd, after: keyEnd };
  }
  return found;
}

function isEnd(event: Event | undefined): boolean {
  return event === undefined || event.type === EVENT_ID.POP;
}

/** Behind the node at `index`. */
function behind(events: readonly Event[], index: number): number {
  let depth = 0;
  for (let at = index; at < events.length; at++) {
    const type = events[at]?.type;
    if (type === EVENT_ID.POP) depth--;
    else if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++;
    if (depth <= 0) return at + 1;
  }
  return events.length;
}

function walk(root: Entry, path: Path): Found {
  let entry = root;
  for (const step of path) {
    const next =
      typeof step === 'number' ? entry.node.items?.[step] : entry.node.entries?.get(step);
    if (next === undefined) return { entry, found: false };
    entry = next;
  }
  return { entry, found: true };
}

interface Cursor {
  readonly text: string;
  readonly events: readonly Event[];
  index: number;
  readonly anchors: Map<string, Node>;
}

function rootEntry(text: string, events: readonly Event[]): Entry {
  const cursor: Cursor = { text, events, index: 1, anchors: new Map() };
  return { keyStart: -1, keyEnd: -1, node: readNode(cursor, 0) };
}

/** `after` is where an empty value stands: behind its key. */
function readNode(cursor: Cursor, after: number): Node {
  const event = cursor.events[cursor.index++];
  if (event === undefined) return { start: -1 };
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return remember(cursor, event, scalarNode(event, after));
    case EVENT_ID.ALIAS: {
      const name = cursor.text.slice(event.anchorStart, event.anchorEnd);
      const target = cursor.anchors.get(name);
      const own = { start: event.anchorStart - 1, end: event.anchorEnd };
      if (target?.end === undefined) return { ...target, start: own.start };
      return { ...target, ...own };
    }
    case EVENT_ID.MAPPING: {
      const node: Node = { start: event.start, entries: new Map() };
      remember(cursor, event, node);
      readEntries(cursor, node.entries ?? new Map<string, Entry>());
      return node;
    }
    case EVENT_ID.SEQUENCE: {
      const items: Entry[] = [];
      const node = remember(cursor, event, { start: event.start, items });
      while (
        cursor.events[cursor.index]?.type !== EVENT_ID.POP &&
        cursor.index < cursor.events.length
      ) {
        items.push({ keyStart: -1, keyEnd: -1, node: readNode(cursor, event.start) });
      }
      cursor.index++;
      return node;
    }
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return { start: -1 };
  }
}

function remember(
  cursor: Cursor,
  event: { anchorStart: number; anchorEnd: number },
  node: Node,
): Node {
  if (event.anchorStart !== -1) {
    cursor.anchors.set(cursor.text.slice(event.anchorStart, event.anchorEnd), node);
  }
  return node;
}

function scalarNode(event: ScalarEvent, after: number): Node {
  if (event.valueStart < 0) return { start: after, end: after, scalar: event };
  const quotes = isQuoted(event) ? 1 : 0;
  return { start: event.valueStart - quotes, end: event.valueEnd + quotes, scalar: event };
}

function isQuoted(event: ScalarEvent): boolean {
  return event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function readEntries(cursor: Cursor, entries: Map<string, Entry>): void {
  while (
    cursor.index < cursor.events.length &&
    cursor.events[cursor.index]?.type !== EVENT_ID.POP
  ) {
    const key = readNode(cursor, 0);
    const keyEnd = key.end ?? key.start;
    const node = readNode(cursor, keyEnd);
    const name = keyName(cursor.text, key);
    // A merge overrides what stands before it, as in the value itself.
    if (name !== '<<' || !isPlain(key)) entries.set(name, { keyStart: key.start, keyEnd, node });
    else if (node.items === undefined) copyEntries(node, entries);
    else for (const item of node.items.toReversed()) copyEntries(item.node, entries);
  }
  cursor.index++;
}

function copyEntries(node: Node, into: Map<string, Entry>): void {
  for (const [name, entry] of node.entries ?? []) into.set(name, entry);
}

function isPlain(key: Node): boolean {
  return key.scalar?.style === SCALAR_STYLE.PLAIN && key.scalar.tagStart === -1;
}

function keyName(text: string, key: Node): string {
  if (key.scalar === undefined) return '';
  const source = getScalarValue(text, key.scalar);
  return key.scalar.style === SCALAR_STYLE.PLAIN ? (plainKey(source) ?? '') : source;
}
