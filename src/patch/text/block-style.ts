/** How a document indents, read from the nearest example, and values written that way. */
import { isMapping } from '../../yaml/mapping.ts';
import { column, isFirstOnLine } from './lines.ts';
import { keyText, scalarText } from './scalar.ts';
import { isFilled, type Node } from './tree.ts';

/** Columns that a nested map, and a nested list's dash, stand behind their key. */
interface BlockStyle {
  map: number;
  list: number;
}

const DEFAULT_STEP = 2;

/** The indentation for new content of `map`: that of its own entries, else of the maps around it. */
export function blockStyle(text: string, map: Node): BlockStyle {
  const found: Partial<BlockStyle> = {};
  for (let at: Node | undefined = map; at !== undefined; at = at.parent) {
    for (const entry of at.flow ? [] : at.entries) {
      const { value } = entry;
      if (value.flow || !isFilled(value) || !isFirstOnLine(text, value.start)) continue;
      const kind = value.kind === 'map' ? 'map' : 'list';
      found[kind] ??= column(text, value.start) - column(text, entry.start);
    }
    if (found.map !== undefined && found.list !== undefined) break;
  }
  const step = found.map ?? DEFAULT_STEP;
  return { map: step, list: found.list ?? step };
}

/** The lines of a collection at column `at`; empty collections below it stand as `{}` and `[]`. */
export function blockLines(value: unknown, at: number, style: BlockStyle): string[] {
  const indent = ' '.repeat(at);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      if (!isFilledValue(item)) return [`${indent}- ${inlineText(item)}`];
      const [first = '', ...rest] = blockLines(item, at + 2, style);
      return [`${indent}- ${first.slice(at + 2)}`, ...rest];
    });
  }
  return Object.entries(isMapping(value) ? value : {}).flatMap(([name, entry]) => {
    if (entry === undefined) return [];
    const key = `${indent}${keyText(name, false)}:`;
    if (!isFilledValue(entry)) return [`${key} ${inlineText(entry)}`];
    return [key, ...blockLines(entry, at + (Array.isArray(entry) ? style.list : style.map), style)];
  });
}

function inlineText(value: unknown): string {
  return emptyText(value) ?? scalarText(value, false);
}

/** `{}` or `[]` for an empty collection. */
export function emptyText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
  return isMapping(value) && Object.keys(value).length === 0 ? '{}' : undefined;
}

/** True for a list or a map with something in it. */
export function isFilledValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && emptyText(value) === undefined;
}
