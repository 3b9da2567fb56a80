/** Reads YAML and JSON text as kubectl does (sigs.k8s.io/yaml): the one reader of the program. */
import { UserError, diagnostic, type Diagnostic } from '../diagnostics.ts';
import { frame } from '../text/codeframe.ts';
import { duplicateDiagnostic, parseDocument, type YamlDocument } from './document.ts';
import { splitJson } from './json-stream.ts';
import { splitStream } from './split.ts';

export type { Duplicate, YamlDocument } from './document.ts';
export { duplicateDiagnostic } from './document.ts';
export { formatPath, type Path } from './path.ts';
export type { RawScalar } from './positions.ts';

export interface ReadOptions {
  /** `error` (the default) refuses a document with a key given twice; `last-wins` lists it in `duplicates`. */
  duplicateKeys?: 'error' | 'last-wins';
  /** The line of the file at which `text` begins. */
  firstLine?: number;
}

/**
 * The documents of a text, empty ones left out. Throws one UserError with every problem found:
 * syntax, unknown tags, limits on aliases (go-yaml's) and depth (1000), directives and separators
 * that kubectl refuses, duplicate keys. Values are trees: aliases are copied, merge keys applied.
 */
export function readYaml(text: string, file: string, options: ReadOptions = {}): YamlDocument[] {
  const firstLine = options.firstLine ?? 1;
  const documents: YamlDocument[] = [];
  const problems: Diagnostic[] = [];
  const json = splitJson(text);
  const { chunks, bad } = json === undefined ? splitStream(text) : { chunks: json };
  chunks.forEach((chunk, index) => {
    try {
      const origin = {
        file,
        line: firstLine + chunk.line - 1,
        column: columnOf(text, chunk.offset),
      };
      const document = parseDocument(chunk.text, origin, index + 1);
      if (json !== undefined && index > 0) document.notices.push(concatenated(document));
      if (options.duplicateKeys !== 'last-wins') {
        problems.push(...document.duplicates.map((entry) => duplicateError(entry, document)));
      }
      if (document.value !== null || document.notices.length > 0) documents.push(document);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.diagnostics);
    }
  });
  if (bad !== undefined) {
    problems.push(separatorDiagnostic(text, { file, line: firstLine + bad.line - 1, firstLine }));
  }
  if (problems.length > 0) throw new UserError(problems);
  return documents;
}

function columnOf(text: string, offset: number): number {
  return offset === 0 ? 1 : offset - text.lastIndexOf('\n', offset - 1);
}

function duplicateError(
  entry: YamlDocument['duplicates'][number],
  document: YamlDocument,
): Diagnostic {
  return {
    ...duplicateDiagnostic(entry, 'error'),
    frame: frame(document.text, entry.second, undefined, document.line),
  };
}

function concatenated(document: YamlDocument): Diagnostic {
  const location = document.locate([], 'value');
  return diagnostic(
    'DPS7010',
    'A further JSON object follows without a separator; kubectl reads it, many programs do not.',
    location === undefined ? {} : { location },
  );
}

/** The error for a line that begins with `---` and goes on; `text` is for the frame. */
export function separatorDiagnostic(
  text: string,
  place: { file: string; line: number; firstLine: number },
): Diagnostic {
  const location = {
    file: place.file,
    line: place.line,
    column: 1,
    endLine: place.line,
    endColumn: 4,
  };
  return diagnostic(
    'DPS7005',
    'A line that begins with "---" may hold only a comment behind it; kubectl refuses the rest of the stream.',
    {
      location,
      fix: 'Put the content on a line of its own, or indent the line.',
      frame: frame(text, location, undefined, place.firstLine),
    },
  );
}
