/**
 * How far a hidden value reaches, read over lines, so that its closing bracket or quote is known.
 * The text need not be valid YAML; where brackets do not match, the value never ends.
 */

export interface HiddenValue {
  /** `plain` is all that only indentation ends: plain and block scalars, block maps and lists. */
  readonly mode: 'waiting' | 'quoted' | 'flow' | 'plain' | 'closed';
  /** The brackets that still have to close, the innermost last. */
  readonly brackets: string;
  readonly quote: Quote | undefined;
}

type Quote = '"' | "'";
type Step = [value: HiddenValue, rest: string];

/** Before the first character of the value. */
export const WAITING: HiddenValue = { mode: 'waiting', brackets: '', quote: undefined };

const NEVER_CLOSED = '\0';
/** Blanks, tags, anchors, and a colon that stands below its key. */
const BEFORE_VALUE = /^(?:\s+|[&!]\S*|:(?=\s|$)|#.*)*/;
/** What may end a quoted text, and the escapes that look like it. */
const IN_QUOTED = { '"': /\\.|"/, "'": /''|'/ } as const;
const MARK_OF_FLOW = /(?<=^|[\s,:[{])["']|[{}[\]]|(?<=^|\s)#/;
const CLEAN_END = /^[ \t]*(?:[,}\]]|#|$)/;

/** The value after one more line of it. A mode of `plain` or `closed` is final. */
export function readOn(value: HiddenValue, line: string): HiddenValue {
  let step: Step = [value, line];
  while (step[1] !== '' && step[0].mode !== 'plain' && step[0].mode !== 'closed') {
    step = next(...step);
  }
  return step[0];
}

function next(value: HiddenValue, text: string): Step {
  if (value.quote !== undefined) return inQuotes(value, value.quote, text);
  return value.mode === 'waiting' ? begin(value, text) : inFlow(value, text);
}

function begin(value: HiddenValue, text: string): Step {
  const rest = text.slice(BEFORE_VALUE.exec(text)?.[0].length);
  const first = rest.charAt(0);
  if (first === '') return [value, ''];
  if (first === '{' || first === '[') return [{ ...value, mode: 'flow' }, rest];
  const quote = quoteOf(first);
  return [{ ...value, mode: quote === undefined ? 'plain' : 'quoted', quote }, rest.slice(1)];
}

function inQuotes(value: HiddenValue, quote: Quote, text: string): Step {
  const end = endOfQuoted(quote, text);
  if (end === undefined) return [value, ''];
  const rest = text.slice(end + 1);
  return value.mode === 'quoted' ? ended(rest) : [{ ...value, quote: undefined }, rest];
}

/** The place of the closing quote in a text that begins behind the opening one. */
function endOfQuoted(quote: Quote, text: string): number | undefined {
  const marks = new RegExp(IN_QUOTED[quote], 'g');
  let mark = marks.exec(text);
  while (mark !== null && mark[0] !== quote) mark = marks.exec(text);
  return mark?.index;
}

/** What stands between the quotes that the text begins with; undefined where it does not. */
export function quotedText(text: string): string | undefined {
  const quote = quoteOf(text.charAt(0));
  if (quote === undefined) return undefined;
  const rest = text.slice(1);
  const end = endOfQuoted(quote, rest);
  return end === undefined ? undefined : rest.slice(0, end);
}

function inFlow(value: HiddenValue, text: string): Step {
  const mark = MARK_OF_FLOW.exec(text);
  if (mark === null || mark[0] === '#') return [value, ''];
  const rest = text.slice(mark.index + 1);
  const quote = quoteOf(mark[0]);
  if (quote !== undefined) return [{ ...value, quote }, rest];
  const brackets = bracketsAfter(value.brackets, mark[0]);
  return brackets === '' ? ended(rest) : [{ ...value, brackets }, rest];
}

function quoteOf(character: string): Quote | undefined {
  return character === '"' || character === "'" ? character : undefined;
}

function bracketsAfter(brackets: string, mark: string): string {
  if (mark === '{') return `${brackets}}`;
  if (mark === '[') return `${brackets}]`;
  return brackets.endsWith(mark) ? brackets.slice(0, -1) : brackets + NEVER_CLOSED;
}

/** What stands behind the end by mistake may be a part of the secret. */
function ended(rest: string): Step {
  return [{ ...WAITING, mode: CLEAN_END.test(rest) ? 'closed' : 'plain' }, rest];
}
