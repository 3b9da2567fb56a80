/** Finds the installer's configuration inside a Domino resource: as a map, or as text that holds YAML. */
import { UserError, type Location } from '../diagnostics.ts';
import { readYaml, type Path, type YamlDocument } from '../yaml/read.ts';
import { isMapping } from '../yaml/mapping.ts';
import { optionTable, otherKeys } from './option-table.ts';

export interface Embedded {
  value: Record<string, unknown>;
  document: YamlDocument;
  /** Where the configuration begins in `document`. */
  prefix: Path;
  /** Set where the text was quoted, so that positions inside it do not exist in the file. */
  place?: Location;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...optionTable.map((row) => row.path.split('.')[0] ?? ''),
  ...Object.keys(otherKeys),
]);
/** Names that many maps have, and that alone prove nothing. */
const COMMON = new Set(['name', 'version', 'helm', 'git', 'schema']);
const MAX_DEPTH = 8;

interface Candidate {
  path: Path;
  value: Record<string, unknown>;
  text?: string;
  score: number;
}

/** The configuration in `resource` (a Domino object that `document` holds); undefined where none is. */
export function embeddedConfiguration(
  resource: Record<string, unknown>,
  document: YamlDocument,
  file: string,
): Embedded | undefined {
  const candidates = [...search(resource, [])].sort((a, b) => b.score - a.score);
  const [best] = candidates;
  if (best === undefined) return undefined;
  if (best.text === undefined) return { value: best.value, document, prefix: best.path };
  return fromText(best, best.text, document, file);
}

/** How many keys only an installer's configuration has; 0 where that is too few to be one. */
function score(value: unknown): number {
  if (!isMapping(value)) return 0;
  const known = Object.keys(value).filter((key) => KNOWN.has(key));
  const telling = known.filter((key) => !COMMON.has(key)).length;
  return telling >= 2 || (telling >= 1 && known.includes('schema')) ? known.length : 0;
}

function* search(value: unknown, path: Path): Generator<Candidate> {
  if (path.length > MAX_DEPTH) return;
  if (isMapping(value)) {
    const points = path.length > 0 ? score(value) : 0;
    if (points > 0) yield { path, value, score: points };
    else for (const [key, item] of Object.entries(value)) yield* search(item, [...path, key]);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* search(item, [...path, index]);
  } else if (typeof value === 'string' && value.includes(':')) {
    const inner = parsed(value)?.value;
    const points = score(inner);
    if (isMapping(inner) && points > 0) yield { path, value: inner, text: value, score: points };
  }
}

/** The first document of a text; undefined where it is not YAML. */
function parsed(text: string, file = '', firstLine = 1): YamlDocument | undefined {
  try {
    return readYaml(text, file, { duplicateKeys: 'last-wins', firstLine })[0];
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * A literal block is YAML where it stands, only indented: read with its indentation, from its line
 * on, every position inside is the position in the file.
 */
function fromText(best: Candidate, text: string, document: YamlDocument, file: string): Embedded {
  const place = document.locate(best.path, 'value') ?? { file, line: document.line, column: 1 };
  const block = document.raw(best.path)?.text ?? '';
  const inner = block.includes('\n') ? parsed(block, file, place.line) : undefined;
  if (inner !== undefined && isMapping(inner.value) && score(inner.value) === best.score) {
    return { value: inner.value, document: inner, prefix: [] };
  }
  return { value: best.value, document: parsed(text, file) ?? document, prefix: [], place };
}
