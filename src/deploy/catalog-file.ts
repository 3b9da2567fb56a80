/** The file of --catalog: a list of rows, or a map with the key `catalog`, by the schema of pod_security.catalog. */
import { diagnostic, type Diagnostic, UserError } from '../diagnostics.ts';
import { frame } from '../text/codeframe.ts';
import { isMapping } from '../yaml/mapping.ts';
import { readYaml, type Path, type YamlDocument } from '../yaml/read.ts';
import { findings, valueProblem } from './issues.ts';
import { knownAt } from './option-tree.ts';
import type { CatalogCorrection } from './options.ts';
import { rowsSchema } from './schema.ts';
import { catalogColumns } from './rows/pod-security-lists.ts';
import { isSecretKey } from './secrets.ts';
import { strictUnknown, unknownKeyError } from './unknown-keys.ts';

const LIST = ['pod_security', 'catalog'];

export interface CatalogFile {
  rows: readonly CatalogCorrection[];
  diagnostics: readonly Diagnostic[];
}

/** Every problem of the file is returned; the rows are usable only where there is none. */
export function readCatalogFile(text: string, file: string): CatalogFile {
  let documents: YamlDocument[];
  try {
    documents = readYaml(text, file).filter((entry) => entry.value !== null);
  } catch (error) {
    if (error instanceof UserError) return { rows: [], diagnostics: error.diagnostics };
    throw error;
  }
  const [document, second] = documents;
  if (document === undefined) return { rows: [], diagnostics: [] };
  if (second !== undefined)
    return { rows: [], diagnostics: [wrongShape(second, file, 'has a second document')] };
  const { value } = document;
  if (Array.isArray(value)) return judged(document, file, value, []);
  if (isMapping(value) && Array.isArray(value.catalog))
    return judged(document, file, value.catalog, ['catalog']);
  return { rows: [], diagnostics: [wrongShape(document, file, 'has none')] };
}

function wrongShape(document: YamlDocument, file: string, what: string): Diagnostic {
  const location = document.locate([], 'value') ?? { file, line: document.line, column: 1 };
  return diagnostic(
    'DPS2002',
    `The catalog file must hold one list of rows, at the top or under the key catalog; it ${what}.`,
    {
      location,
      frame: frame(document.text, location, isSecretKey, document.line),
    },
  );
}

function judged(
  document: YamlDocument,
  file: string,
  rows: readonly unknown[],
  prefix: Path,
): CatalogFile {
  const start = { file, line: document.line, column: 1 };
  // Paths in messages begin with `catalog`, whether the file has that key or not.
  const inFile = (path: Path): Path => [...prefix, ...path.slice(1)];
  const placed = {
    file,
    value: { catalog: rows },
    at: (path: Path, what?: 'key' | 'value') => document.locate(inFile(path), what) ?? start,
    raw: (path: Path) => document.raw(inFile(path)),
    frame: (location: Diagnostic['location'] & object) =>
      frame(document.text, location, isSecretKey, document.line),
  };
  const result = rowsSchema(catalogColumns).safeParse(rows);
  const diagnostics = findings(result.error?.issues ?? [], rows).map(({ path, unknown }) => {
    const place = ['catalog', ...path];
    const inDeploy = [...LIST, ...path];
    return unknown
      ? unknownKeyError(placed, { ...strictUnknown(inDeploy), path: place })
      : valueProblem(placed, place, undefined, knownAt(inDeploy));
  });
  return { rows: rows as readonly CatalogCorrection[], diagnostics };
}
