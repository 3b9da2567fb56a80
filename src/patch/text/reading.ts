/** The steps of reading a document, each with the error of the reader where it cannot be read. */
import { MAX_DEPTH } from '../../yaml/construct-state.ts';
import { construct } from '../../yaml/construct.ts';
import { readError, refusalError } from '../../yaml/errors.ts';
import { readEvents } from '../../yaml/events.ts';
import { isOrdinary, normalize, refusal } from '../../yaml/hidden.ts';
import type { Event } from '../../yaml/js-yaml.ts';
import { locator, type Origin } from '../../yaml/lines.ts';

/** The text as the parser gets it: hidden line breaks made line feeds, one for one. */
export function plainText(text: string, origin: Origin): string {
  const refused = refusal(text);
  if (refused !== undefined) throw refusalError(refused, text, origin);
  return isOrdinary(text) ? text : normalize(text, false, locator(text, origin)).text;
}

export function eventsOf(plain: string, origin: Origin): Event[] {
  try {
    return readEvents(plain, { maxDepth: MAX_DEPTH });
  } catch (error) {
    throw readError(error, plain, origin);
  }
}

export function valueOf(plain: string, events: readonly Event[], origin: Origin): unknown {
  try {
    return construct(events, plain).value;
  } catch (error) {
    throw readError(error, plain, origin);
  }
}
