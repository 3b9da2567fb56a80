/** Places in one JSON text, found by looking through the characters; nothing is parsed or built. */

/**
 * A value, the member of an object or the item of a list. Offsets in the text; `keyStart` is -1 where
 * there is no key. Members are looked for one after the other, no further than they are asked for.
 */
export interface JsonNode {
  keyStart: number;
  keyEnd: number;
  start: number;
  names?: Map<string, JsonNode>;
  items?: JsonNode[];
  /** The member that was found last. */
  last?: JsonNode;
  isWhole?: boolean;
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const SPACE = 32;

/** True for an object or a list. */
export function isCollection(text: string, start: number): boolean {
  const code = text.charCodeAt(start);
  return code === OPEN_OBJECT || code === OPEN_ARRAY;
}

/** The value's first character: white space and commas are passed. */
export function valueStart(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code <= SPACE || code === COMMA;) {
    code = text.charCodeAt(++at);
  }
  return at;
}

/** Behind the value that begins at `start`; the text's length where it does not end. */
export function valueEnd(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === QUOTE) return stringEnd(text, start);
  return code === OPEN_OBJECT || code === OPEN_ARRAY
    ? collectionEnd(text, start)
    : scalarEnd(text, start);
}

function collectionEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return text.length;
}

function stringEnd(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = at - 1;
    while (text.charCodeAt(slashes) === BACKSLASH) slashes--;
    if ((at - slashes) % 2 === 1) return at + 1;
  }
  return text.length;
}

function scalarEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE || code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT) break;
  }
  return at;
}

/**
 * The member of a collection in JSON that JSON.parse has taken; undefined where there is none.
 * @param unique no key stands twice: otherwise the last one counts, and all have to be seen
 */
export function memberOf(
  text: string,
  node: JsonNode,
  step: string | number,
  unique: boolean,
): JsonNode | undefined {
  const isList = text.charCodeAt(node.start) === OPEN_ARRAY;
  if (!isCollection(text, node.start) || isList !== (typeof step === 'number')) return undefined;
  const known = (): JsonNode | undefined =>
    typeof step === 'number' ? node.items?.[step] : node.names?.get(step);
  let found = unique || isList ? known() : undefined;
  while (found === undefined && node.isWhole !== true) {
    if (isList) readItem(text, node);
    else readEntry(text, node);
    if (unique || isList) found = known();
  }
  return found ?? known();
}

/** Where the next member begins. */
function nextStart(text: string, { last, start }: JsonNode): number {
  return valueStart(text, last === undefined ? start + 1 : valueEnd(text, last.start));
}

function readItem(text: string, node: JsonNode): void {
  const start = nextStart(text, node);
  if (start >= text.length || text.charCodeAt(start) === CLOSE_ARRAY) {
    node.isWhole = true;
    return;
  }
  node.last = { keyStart: -1, keyEnd: -1, start };
  (node.items ??= []).push(node.last);
}

function readEntry(text: string, node: JsonNode): void {
  const keyStart = nextStart(text, node);
  if (text.charCodeAt(keyStart) !== QUOTE) {
    node.isWhole = true;
    return;
  }
  const keyEnd = stringEnd(text, keyStart);
  const start = valueStart(text, text.indexOf(':', keyEnd) + 1);
  node.last = { keyStart, keyEnd, start };
  (node.names ??= new Map()).set(keyText(text, keyStart, keyEnd), node.last);
}

function keyText(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : inner;
}
