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
 * with the offsets of the text as it was.
 */
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
  for (let moves = 0; moves < Math.min(MAX_MOVES, MAX_WORK / (text.length + 1)); moves++) {
    const place = original(error.mark?.position ?? 0, insertions);
    const at = text.lastIndexOf('\n', place - 1) + 1;
    // Moving a line that was moved already would not help: it is another mistake.
    if (insertions.some((insertion) => insertion.at === at)) break;
    insertions.push({ at, length: margin.length });
    insertions.sort((left, right) => left.at - right.at);
    try {
      return parseEvents(moved(text, insertions, margin), options).map((event) =>
        placed(event, insertions),
      );
    } catch (next) {
      if (!(next instanceof YAMLException)) throw next;
      if (!isDeficient(next)) throw relocated(next, insertions);
      error = next;
    }
  }
  throw relocated(error, insertions);
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

function placed(event: Event, insertions: readonly Insertion[]): Event {
  const fields = event as unknown as Record<string, unknown>;
  for (const name of OFFSETS) {
    const offset = fields[name];
    if (typeof offset === 'number' && offset > 0) fields[name] = original(offset, insertions);
  }
  return event;
}

function relocated(error: YAMLException, insertions: readonly Insertion[]): YAMLException {
  if (error.mark) error.mark.position = original(error.mark.position, insertions);
  return error;
}
