/**
 * The parser's events, also for text in brackets or quotes whose later lines stand no deeper than
 * their key. kubectl's parser takes
 *
 *     command: [
 *       "sh"
 *     ]
 *
 * and charts are full of it; js-yaml calls it deficient indentation. Indentation means nothing in there, so
 * the line that it stopped at is moved to the right and the text parsed again; the events are given
 * with the offsets of the text as it was. It says the same of a tab in front of a bracket (`spec:<tab>{`),
 * where a moved line would become a part of the line before: a space takes the place of such a tab, and
 * only lines that prove to be inside brackets or quotes may have been moved.
 */
import { isInside } from './inside.ts';
import { plainEvents } from './plain-events.ts';
import { parseEvents, YAMLException, type Event } from './js-yaml.ts';

/** Lines that are moved at most, and characters that are parsed at most for it: no quadratic input. */
const MAX_MOVES = 2000;
const MAX_WORK = 64 * 1024 * 1024;

interface Insertion {
  /** In the text as it was: the start of a line. */
  at: number;
  length: number;
}

/** As js-yaml's `parseEvents`, and throws what it throws, with the place in `text`. */
export function readEvents(text: string, options: { maxDepth: number }): Event[] {
  const plain = plainEvents(text);
  if (plain !== undefined) return plain;
  try {
    return parseEvents(text, options);
  } catch (error) {
    if (!isDeficient(error)) throw error;
    return readMoved(text, options, error);
  }
}

function isDeficient(error: unknown): error is YAMLException {
  return error instanceof YAMLException && error.reason === 'deficient indentation';
}

function readMoved(text: string, options: { maxDepth: number }, first: YAMLException): Event[] {
  const margin = ' '.repeat(deepest(text) + 2);
  const insertions: Insertion[] = [];
  let error = first;
  let spaced = text;
  for (let moves = 0; moves < Math.min(MAX_MOVES, MAX_WORK / (text.length + 1)); moves++) {
    const place = original(error.mark?.position ?? 0, insertions);
    const at = text.lastIndexOf('\n', place - 1) + 1;
    const withoutTabs = spacedUpTo(spaced, at, place);
    if (withoutTabs !== spaced) spaced = withoutTabs;
    // Moving a line that was moved already would not help: it is another mistake.
    else if (insertions.some((insertion) => insertion.at === at)) break;
    else {
      insertions.push({ at, length: margin.length });
      insertions.sort((left, right) => left.at - right.at);
    }
    try {
      const events = parseEvents(moved(spaced, insertions, margin), options);
      for (const event of events) placed(event, insertions);
      if (insertions.every((insertion) => isInside(events, text, insertion.at))) return events;
      break;
    } catch (next) {
      if (!(next instanceof YAMLException)) throw next;
      if (!isDeficient(next)) throw relocated(next, insertions);
      error = next;
    }
  }
  throw relocated(error, insertions);
}

/**
 * Spaces for the tabs between the line's indentation and `to`. They separate tokens or stand in
 * scalars, whose values are taken from the text as it was.
 */
function spacedUpTo(text: string, from: number, to: number): string {
  const line = text.slice(from, to);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const rest = line.slice(indent.length);
  if (!rest.includes('\t')) return text;
  return text.slice(0, from) + indent + rest.replaceAll('\t', ' ') + text.slice(to);
}

/** The deepest indentation of the text. */
function deepest(text: string): number {
  let result = 0;
  for (const [line] of text.matchAll(/^ +/gm)) result = Math.max(result, line.length);
  return result;
}

function moved(text: string, insertions: readonly Insertion[], margin: string): string {
  let result = '';
  let from = 0;
  for (const { at } of insertions) {
    result += text.slice(from, at) + margin;
    from = at;
  }
  return result + text.slice(from);
}

/** An offset in the moved text as an offset in the text as it was. */
function original(offset: number, insertions: readonly Insertion[]): number {
  let shift = 0;
  for (const { at, length } of insertions) {
    if (offset < at + shift) break;
    shift += Math.min(length, offset - at - shift);
  }
  return offset - shift;
}

const OFFSETS = [
  'start',
  'end',
  'valueStart',
  'valueEnd',
  'anchorStart',
  'anchorEnd',
  'tagStart',
  'tagEnd',
];

function placed(event: Event, insertions: readonly Insertion[]): void {
  const fields = event as unknown as Record<string, unknown>;
  for (const name of OFFSETS) {
    const offset = fields[name];
    if (typeof offset === 'number' && offset > 0) fields[name] = original(offset, insertions);
  }
}

function relocated(error: YAMLException, insertions: readonly Insertion[]): YAMLException {
  if (error.mark) error.mark.position = original(error.mark.position, insertions);
  return error;
}
