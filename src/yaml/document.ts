/** One YAML document: its value as Kubernetes reads it, and where everything stands in the text. */
import { readEvents } from './events.ts';
import { EVENT_ID, type Event } from './js-yaml.ts';
import { diagnostic, type Diagnostic, type Location } from '../diagnostics.ts';
import { MAX_DEPTH, type DuplicateOffsets } from './construct-state.ts';
import { construct } from './construct.ts';
import { readError, refusalError } from './errors.ts';
import { isOrdinary, normalize, refusal } from './hidden.ts';
import { locator, type Origin } from './lines.ts';
import { formatPath, type Path } from './path.ts';
import { positions, type Positions } from './positions.ts';

/** A key that stands twice in one mapping; the second one counts. */
export interface Duplicate {
  path: Path;
  first: Location;
  second: Location;
}

/** The text as the parser got it (hidden line breaks made line feeds), and what it made of it. */
export interface Syntax {
  plain: string;
  events: readonly Event[];
}

export interface YamlDocument extends Positions {
  value: unknown;
  /** Counts the documents of the file from 1, empty ones included. */
  index: number;
  /** Line of the file at which the document's text begins, from 1. */
  line: number;
  /** The document's text, for frames. */
  text: string;
  /** For whoever edits the text: it need not be parsed again. */
  syntax: Syntax;
  duplicates: Duplicate[];
  /** What kubectl sees and other readers do not: hidden line breaks, marks, dropped content. */
  notices: Diagnostic[];
}

/**
 * Parses the text between two separators. Throws UserError with place and frame: syntax, unknown
 * tag, alias or depth limit, directive, NUL, byte order mark inside.
 */
export function parseDocument(text: string, origin: Origin, index: number): YamlDocument {
  let plain = text;
  let notices: Diagnostic[] = [];
  const refused = refusal(text);
  if (refused !== undefined) throw refusalError(refused, text, origin);
  // Hidden line breaks become line feeds one for one, so places are looked up in the original.
  const at = locator(text, origin);
  if (!isOrdinary(text)) ({ text: plain, notices } = normalize(text, index === 1, at));
  try {
    const events = readEvents(plain, { maxDepth: MAX_DEPTH });
    const { value, duplicates } = construct(events, plain);
    const dropped = droppedContent(events, at);
    if (dropped !== undefined) notices.push(dropped);
    return {
      value: events.length === 0 ? null : value,
      index,
      line: origin.line,
      text,
      syntax: { plain, events },
      duplicates: locateDuplicates(duplicates, at),
      notices,
      ...positions(plain, at, () => events),
    };
  } catch (error) {
    throw readError(error, text, origin);
  }
}

type At = (start: number, end?: number) => Location;

function locateDuplicates(found: DuplicateOffsets[], at: At): Duplicate[] {
  return found.map(({ path, first, second }) => ({ path, first: at(first), second: at(second) }));
}

/** kubectl parses only the first document of a text; anything after `...` is lost. */
function droppedContent(events: readonly Event[], at: At): Diagnostic | undefined {
  const next = events.findIndex((event, index) => index > 0 && event.type === EVENT_ID.DOCUMENT);
  if (next === -1) return undefined;
  const content = events.slice(next).find((event) => startOf(event) >= 0);
  if (content === undefined) return undefined;
  return diagnostic(
    'DPS7008',
    'What follows the end of this document ("..." or a hidden separator) is ignored by kubectl, and was not read.',
    { location: at(startOf(content)) },
  );
}

function startOf(event: Event): number {
  if ('start' in event) return event.start;
  return 'valueStart' in event ? event.valueStart : -1;
}

/** The diagnostic for a duplicate key: a warning, or an error where `severity` says so. */
export function duplicateDiagnostic(
  duplicate: Duplicate,
  severity: 'error' | 'warning',
): Diagnostic {
  const { path, first, second } = duplicate;
  return diagnostic(
    'DPS7006',
    `The key ${formatPath(path)} is given twice, in line ${first.line} and line ${second.line}; Kubernetes takes the last one.`,
    {
      severity,
      location: second,
      related: [{ message: 'The first one is here.', location: first }],
      fix: 'Remove one of the two.',
    },
  );
}
