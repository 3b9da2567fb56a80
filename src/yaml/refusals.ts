/** Texts that js-yaml takes and reads as something else than go-yaml, or that Kubernetes refuses. */
import { COLLECTION_STYLE, SCALAR_STYLE, type ScalarEvent } from './js-yaml.ts';
import { ConstructError, type State } from './construct-state.ts';

const COLON = 58;
const SPACE = 32;

/** go-yaml ends the name of an anchor at any other character. */
const ANCHOR = /^[\w-]+$/;

interface Properties {
  anchorStart: number;
  anchorEnd: number;
  tagStart: number;
  tagEnd: number;
}

/**
 * `&a:b` is an anchor and a text for go-yaml, and `!!str,b: 1` a tag and the value 1.
 * @throws ConstructError
 */
export function checkProperties({ text }: State, event: Properties): void {
  const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
  if (anchorStart !== -1 && !ANCHOR.test(text.slice(anchorStart, anchorEnd))) {
    throw new ConstructError(
      anchorStart - 1,
      'syntax',
      'The name of an anchor may hold only letters, digits, - and _.',
    );
  }
  if (tagStart !== -1 && text.charCodeAt(tagEnd) > SPACE) {
    throw new ConstructError(tagStart, 'syntax', 'A tag needs a space behind it.');
  }
}

/** @throws ConstructError always */
export function nullKey(offset: number): never {
  throw new ConstructError(
    offset,
    'syntax',
    'A key is null or a collection, which Kubernetes refuses.',
  );
}

/** @throws ConstructError always */
export function refuseMerge(offset: number): never {
  throw new ConstructError(
    offset,
    'syntax',
    'A merge key (<<) needs a mapping or a list of mappings.',
  );
}

/**
 * A scalar that begins with a question mark: in brackets `?a` is the text `?a` for js-yaml, and the key `a` for go-yaml.
 * @throws ConstructError
 */
export function checkQuestion({ events, frames }: State, event: ScalarEvent): void {
  const { style, valueStart } = event;
  if (style !== SCALAR_STYLE.PLAIN) return;
  const open = events[frames[frames.length - 1]?.event ?? 0];
  if (open === undefined || !('style' in open) || open.style !== COLLECTION_STYLE.FLOW) return;
  throw new ConstructError(valueStart, 'syntax', 'A question mark needs a space behind it.');
}

/** A line break that is escaped and blank lines behind it: js-yaml drops them, go-yaml keeps their breaks. */
const ESCAPED_BLANK = /(?:^|[^\\])(?:\\\\)*\\\r?\n[ \t]*\r?\n/;

/** @throws ConstructError */
export function checkEscapedBreak({ text }: State, event: ScalarEvent): void {
  const { style, valueStart, valueEnd } = event;
  if (style !== SCALAR_STYLE.DOUBLE_QUOTED) return;
  const found = ESCAPED_BLANK.exec(text.slice(valueStart, valueEnd));
  if (found === null) return;
  throw new ConstructError(
    valueStart + found.index,
    'syntax',
    'A blank line behind an escaped line break is read in different ways.',
  );
}

/** `{a:}` and `{a:[b]}`: a key and a colon for js-yaml, the text `a:` for go-yaml. */
export function refuseTightColon(text: string, colon: number): void {
  if (text.charCodeAt(colon) !== COLON || !',[]{}'.includes(text[colon + 1] ?? ' ')) return;
  throw new ConstructError(colon, 'syntax', 'A colon needs a space behind it.');
}

export function refuseTag(state: State, start: number, end: number): never {
  const tag = state.text.slice(start, end);
  throw new ConstructError(start, 'tag', `The tag "${tag}" is unknown or does not fit its value.`);
}
