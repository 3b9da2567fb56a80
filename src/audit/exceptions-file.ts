/** The file of --exceptions: a list of rows, at the top or under the key `exceptions`. */
import type { AcceptedException } from '../deploy/options.ts';
import { diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import { frame } from '../text/codeframe.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isMapping } from '../yaml/mapping.ts';
import { formatPath, readYaml, type Path, type YamlDocument } from '../yaml/read.ts';
import type { ExceptionRow } from './exceptions.ts';

const REQUIRED = ['namespace', 'kind', 'name', 'rule', 'reason'] as const;
const OPTIONAL = ['container', 'owner', 'expires'] as const;
const KEYS: readonly string[] = [...REQUIRED, ...OPTIONAL];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @throws UserError with every problem of the file, each with its place */
export function readExceptionsFile(text: string, file: string): ExceptionRow[] {
  const documents = readYaml(text, file).filter(({ value }) => value !== null);
  const [document] = documents;
  if (document === undefined) return [];
  const { value } = document;
  const isList = Array.isArray(value);
  const rows: unknown = isList ? value : isMapping(value) ? value.exceptions : undefined;
  const reader: Reader = { file, document, prefix: isList ? [] : ['exceptions'], problems: [] };
  if (documents.length > 1 || !Array.isArray(rows)) {
    problem(reader, [], 'The file must hold one list of exceptions, or one under "exceptions".');
  } else if (!isList && isMapping(value)) {
    const others = Object.keys(value).filter((key) => key !== 'exceptions');
    for (const key of others) {
      reader.problems.push(
        located(reader, [key], `The key "${key}" beside "exceptions" is not known.`),
      );
    }
  }
  const found = (Array.isArray(rows) ? rows : []).flatMap((row: unknown, index) =>
    readRow(reader, row, index),
  );
  if (reader.problems.length > 0) throw new UserError(reader.problems);
  return found;
}

interface Reader {
  file: string;
  document: YamlDocument;
  prefix: Path;
  problems: Diagnostic[];
}

function readRow(reader: Reader, row: unknown, index: number): ExceptionRow[] {
  if (!isMapping(row)) {
    problem(reader, [index], `${name(reader, [index])} must be a mapping.`);
    return [];
  }
  const before = reader.problems.length;
  for (const key of REQUIRED) required(reader, row, index, key);
  for (const key of Object.keys(row)) optional(reader, row, index, key);
  if (reader.problems.length > before) return [];
  const accepted = row as unknown as AcceptedException;
  const location = reader.document.locate([...reader.prefix, index], 'value');
  return [{ ...accepted, file: reader.file, ...(location === undefined ? {} : { location }) }];
}

function required(
  reader: Reader,
  row: Readonly<Record<string, unknown>>,
  index: number,
  key: (typeof REQUIRED)[number],
): void {
  const value = row[key];
  if (typeof value === 'string' && value.trim() !== '') return;
  const isEmpty = value === undefined || value === null || value === '';
  const why =
    key === 'reason' ? 'say why it is accepted' : 'an empty selector would match everything';
  problem(
    reader,
    [index, key],
    isEmpty
      ? `${name(reader, [index, key])} is missing: ${why}.`
      : `${name(reader, [index, key])} must be text that is not empty.`,
  );
}

function optional(
  reader: Reader,
  row: Readonly<Record<string, unknown>>,
  index: number,
  key: string,
): void {
  if ((REQUIRED as readonly string[]).includes(key)) return;
  const path = [index, key];
  if (!KEYS.includes(key)) {
    const near = nearestName(key, KEYS);
    const hint = near === undefined ? `Known are ${KEYS.join(', ')}.` : `Did you mean "${near}"?`;
    problem(reader, path, `${name(reader, path)} is not known.`, hint);
    return;
  }
  const value = row[key];
  if (typeof value !== 'string' || value.trim() === '') {
    problem(reader, path, `${name(reader, path)} must be text that is not empty.`);
  } else if (key === 'expires' && !isDay(value)) {
    problem(
      reader,
      path,
      `${name(reader, path)} must be a day written yyyy-mm-dd; got "${value}".`,
    );
  }
}

/** A day of the calendar: 30 February is none. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function name(reader: Reader, path: Path): string {
  return formatPath(
    reader.prefix.length === 0 ? ['exceptions', ...path] : [...reader.prefix, ...path],
  );
}

function problem(reader: Reader, path: Path, message: string, fix?: string): void {
  reader.problems.push(located(reader, [...reader.prefix, ...path], message, fix));
}

function located(
  { document, file }: Reader,
  path: Path,
  message: string,
  fix?: string,
): Diagnostic {
  const location = document.locate(path) ?? { file, line: document.line, column: 1 };
  return diagnostic('DPS4904', message, {
    location,
    frame: frame(document.text, location, undefined, document.line),
    ...(fix === undefined ? {} : { fix }),
  });
}
