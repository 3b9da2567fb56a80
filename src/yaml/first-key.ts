import { EVENT_ID, SCALAR_STYLE, getScalarValue, type Event } from './js-yaml.ts';
import { plainKey } from './schema.ts';

/**
 * Where the mapping opened by event `from` first writes a key itself, before the offset given;
 * undefined when the key only came from a merge.
 */
export function firstKeyOffset(
  text: string,
  events: readonly Event[],
  from: number,
  wanted: { key: string; before: number },
): number | undefined {
  let depth = 0;
  let keyNext = true;
  for (let index = from + 1; index < events.length; index++) {
    const event = events[index];
    if (event === undefined) return undefined;
    if (event.type === EVENT_ID.POP && --depth < 0) return undefined;
    if (depth === 0 && event.type === EVENT_ID.SCALAR && keyNext) {
      if (event.valueStart >= wanted.before) return undefined;
      const source = getScalarValue(text, event);
      const key = event.style === SCALAR_STYLE.PLAIN ? plainKey(source) : source;
      if (key === wanted.key) return event.valueStart;
    }
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) depth++;
    else if (depth === 0) keyNext = !keyNext;
  }
  return undefined;
}
