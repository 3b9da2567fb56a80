/** Whether a place of a text is inside brackets or quotes, told from the parser's events. */
import {
  COLLECTION_STYLE,
  EVENT_ID,
  SCALAR_STYLE,
  type Event,
  type ScalarEvent,
} from './js-yaml.ts';

const HASH = 35;
const CLOSE_LIST = 93;
const CLOSE_MAP = 125;

/** True when no line that begins at `at` can open or close a block: indentation means nothing there. */
export function isInside(events: readonly Event[], text: string, at: number): boolean {
  const flows: boolean[] = [];
  // Behind the token that was met last.
  let last = 0;
  for (const event of events) {
    if (startOf(event) >= at) break;
    switch (event.type) {
      case EVENT_ID.POP:
        if (flows.pop() !== true) break;
        last = closingBracket(text, last) + 1;
        if (last > at) return true;
        break;
      case EVENT_ID.SCALAR:
        if (event.valueEnd >= at) return isQuoted(event) || flows.includes(true);
        last = Math.max(
          last,
          event.anchorEnd,
          event.tagEnd,
          event.valueEnd + Number(isQuoted(event)),
        );
        break;
      case EVENT_ID.ALIAS:
        last = event.anchorEnd;
        break;
      case EVENT_ID.DOCUMENT:
        flows.push(false);
        break;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        flows.push(event.style === COLLECTION_STYLE.FLOW);
        if (event.style === COLLECTION_STYLE.FLOW) last = event.start + 1;
    }
  }
  return flows.includes(true);
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return 'start' in event ? event.start : -1;
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** The next closing bracket; between two tokens stand only spaces, commas, colons and comments. */
function closingBracket(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_LIST || code === CLOSE_MAP) return at;
    if (code !== HASH) continue;
    const end = text.indexOf('\n', at);
    at = end === -1 ? text.length : end;
  }
  return text.length;
}
