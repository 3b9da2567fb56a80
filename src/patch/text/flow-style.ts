/** How a value in brackets is laid out (JSON included), and values written that way. */
import { SCALAR_STYLE } from '../../yaml/js-yaml.ts';
import { isMapping } from '../../yaml/mapping.ts';
import { indentation, isFirstOnLine } from './lines.ts';
import { keyText, scalarText } from './scalar.ts';
import type { Node } from './tree.ts';

interface FlowStyle {
  /** Double quotes around every key and string. */
  json: boolean;
  /** White space behind a colon, behind a comma, and inside the brackets. */
  colon: string;
  comma: string;
  pad: string;
  /** An entry a line: the indentation of the closing bracket, and what entries have more. */
  lines: { base: string; step: string } | undefined;
}

const DEFAULT_STEP = '  ';

/** The layout of a collection in brackets; what it does not show comes from the one around it. */
export function flowStyle(text: string, node: Node): FlowStyle {
  const outer = node.parent?.flow === true ? flowStyle(text, node.parent) : outermost(node);
  const starts = [...node.entries.map((entry) => entry.start), ...node.items.map(startOf)];
  const last = starts.at(-1);
  if (last === undefined) return inner(outer);
  const colon = colonOf(text, node) ?? outer.colon;
  return {
    json: isQuoted(node.entries[0]?.key ?? node.items[0]) ?? outer.json,
    colon,
    comma: commaOf(text, starts) ?? (colon === '' ? '' : outer.comma),
    pad: text[node.start + 1] === ' ' ? ' ' : '',
    lines: linesOf(text, node, last),
  };
}

function startOf(node: Node): number {
  return node.head;
}

/** A document in brackets is JSON unless its first key says otherwise. */
function outermost(node: Node): FlowStyle {
  return { json: node.parent === undefined, colon: ' ', comma: ' ', pad: '', lines: undefined };
}

function isQuoted(node: Node | undefined): boolean | undefined {
  if (node === undefined || node.kind !== 'scalar') return undefined;
  if (node.style === SCALAR_STYLE.DOUBLE_QUOTED) return true;
  return node.parent?.kind === 'map' ? false : undefined;
}

function colonOf(text: string, map: Node): string | undefined {
  const entry = map.entries.find(({ colon, value }) => colon !== -1 && value.end > colon + 1);
  if (entry === undefined) return undefined;
  return /\s/.test(text[entry.colon + 1] ?? ' ') ? ' ' : '';
}

/** The white space behind the first comma, where the second entry is on the same line. */
function commaOf(text: string, starts: readonly number[]): string | undefined {
  const [first, second] = starts;
  if (first === undefined || second === undefined) return undefined;
  return /,([ \t]?)[ \t]*$/.exec(text.slice(first, second))?.[1];
}

/** An entry a line, where the closing bracket stands on a line of its own as well. */
function linesOf(text: string, node: Node, lastChild: number): FlowStyle['lines'] {
  if (!isFirstOnLine(text, lastChild) || !isFirstOnLine(text, node.end - 1)) return undefined;
  const base = indentation(text, node.end - 1);
  const own = indentation(text, lastChild);
  return { base, step: own.startsWith(base) ? own.slice(base.length) : DEFAULT_STEP };
}

/** The layout of a new collection inside one of layout `outer`. */
function inner(outer: FlowStyle): FlowStyle {
  const { lines } = outer;
  if (lines === undefined) return outer;
  return { ...outer, lines: { ...lines, base: lines.base + lines.step } };
}

/** A value in brackets, or a scalar. `eol` ends the lines of a layout that has an entry a line. */
export function flowText(value: unknown, style: FlowStyle, eol: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => flowText(item, inner(style), eol));
    return wrap(items, '[]', style, eol);
  }
  if (!isMapping(value)) return scalarText(value, style.json);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  const texts = entries.map(([name, entry]) => entryText(name, entry, style, eol));
  return wrap(texts, '{}', style, eol);
}

/** `key: value` as an entry of a collection of layout `style`. */
export function entryText(name: string, value: unknown, style: FlowStyle, eol: string): string {
  // A colon right behind a plain word is a part of it.
  const colon = style.json ? style.colon : ' ';
  return `${keyText(name, style.json)}:${colon}${flowText(value, inner(style), eol)}`;
}

function wrap(parts: readonly string[], brackets: string, style: FlowStyle, eol: string): string {
  const [open = '', close = ''] = brackets;
  if (parts.length === 0) return brackets;
  const { lines, pad, comma } = style;
  if (lines === undefined) return open + pad + parts.join(`,${comma}`) + pad + close;
  const start = `${eol}${lines.base}${lines.step}`;
  return `${open}${start}${parts.join(`,${start}`)}${eol}${lines.base}${close}`;
}
