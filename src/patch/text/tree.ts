/** What a document's text is made of: keys and values with both ends, from the parser's events. */
import { SCALAR_STYLE, type ScalarStyle } from '../../yaml/js-yaml.ts';
import type { Path } from '../../yaml/path.ts';

export interface Node {
  kind: 'map' | 'list' | 'scalar' | 'alias';
  /** Where an anchor or a tag begins, else `start`. */
  head: number;
  /** Behind the anchor and the tag, else `head`. */
  headEnd: number;
  /** The first character, quotes and brackets included; where it would stand for an empty value. */
  start: number;
  /** Behind the last character that belongs to the value. */
  end: number;
  /** Written in brackets. */
  flow: boolean;
  style: ScalarStyle;
  anchor: string;
  /** What an alias repeats. */
  target: Node | undefined;
  entries: Entry[];
  items: Node[];
  parent: Node | undefined;
  /** The entry of `parent` that this is the value of. */
  entry: Entry | undefined;
}

export interface Entry {
  name: string;
  /** A merge key, `<<`. */
  merge: boolean;
  /** The key, or the question mark before an explicit one. */
  start: number;
  key: Node;
  /** The offset of the colon; -1 where there is none. */
  colon: number;
  value: Node;
}

export interface Tree {
  root: Node;
  /** In the order of the text. */
  aliases: Node[];
  /** True when an anchor, an alias or a merge key may bring one part of the text into another. */
  isShared: boolean;
}

/** True for null without a character, a value that is only an anchor or a tag included. */
export function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.start === node.end && node.style === SCALAR_STYLE.PLAIN;
}

/** True for a collection with at least one entry or item. */
export function isFilled(node: Node): boolean {
  return node.entries.length > 0 || node.items.length > 0;
}

/** Behind the last character of an entry. */
export function entryEnd(entry: Entry): number {
  return Math.max(entry.value.end, entry.key.end, entry.colon + 1);
}

/** The entry that gives a key its value: the last of its name, merge keys aside. */
export function findEntry(map: Node, name: string): Entry | undefined {
  return map.entries.findLast((entry) => !entry.merge && entry.name === name);
}

/** The path of a value in the document; undefined inside a merge key's value or for a key. */
export function pathOf(node: Node): Path | undefined {
  const path: (string | number)[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if (at.entry === undefined) {
      const index = at.parent.items.indexOf(at);
      if (index === -1) return undefined;
      path.push(index);
    } else {
      if (at.entry.merge) return undefined;
      path.push(at.entry.name);
    }
  }
  return path.reverse();
}

/** True when a merge key's value brings the key in. */
export function mergeBrings(node: Node | undefined, name: string): boolean {
  if (node === undefined) return false;
  if (node.kind === 'alias') return mergeBrings(node.target, name);
  return (
    node.items.some((item) => mergeBrings(item, name)) ||
    node.entries.some((entry) =>
      entry.merge ? mergeBrings(entry.value, name) : entry.name === name,
    )
  );
}

/**
 * A key given twice on the way to a place, at it or anywhere inside: its second entry. Where the
 * way leads through an alias or a merge key, what is behind it is not looked at.
 */
export function findDuplicate(root: Node, path: Path): { entry: Entry; path: Path } | undefined {
  let node = root;
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'number') {
      const item = node.items[step];
      if (item === undefined) return undefined;
      node = item;
      continue;
    }
    const entry = findEntry(node, step);
    if (entry === undefined) return undefined;
    const other = node.entries.find(({ merge, name }) => !merge && name === step);
    if (other !== entry) return { entry, path: path.slice(0, depth + 1) };
    node = entry.value;
  }
  return duplicateInside(node, path);
}

function duplicateInside(node: Node, path: Path): { entry: Entry; path: Path } | undefined {
  const names = new Set<string>();
  for (const entry of node.entries) {
    const place = [...path, entry.name];
    if (!entry.merge && names.has(entry.name)) return { entry, path: place };
    if (!entry.merge) names.add(entry.name);
    const below = duplicateInside(entry.value, place);
    if (below !== undefined) return below;
  }
  for (const [index, item] of node.items.entries()) {
    const below = duplicateInside(item, [...path, index]);
    if (below !== undefined) return below;
  }
  return undefined;
}
