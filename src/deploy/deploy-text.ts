/** The one configuration in a text, with its positions: the file itself, or what a Domino resource embeds. */
import { diagnostic, UserError, type Diagnostic, type Location } from '../diagnostics.ts';
import { frame } from '../text/codeframe.ts';
import {
  duplicateDiagnostic,
  readYaml,
  type Path,
  type RawScalar,
  type YamlDocument,
} from '../yaml/read.ts';
import { isMapping } from '../yaml/mapping.ts';
import { embeddedConfiguration } from './embedded.ts';
import { isSecretKey } from './secrets.ts';
import { pathText } from './value-text.ts';

/** A value with the places of its parts. */
export interface PlacedValue {
  file: string;
  value: unknown;
  /** The value's place by default; a missing key gives its nearest parent. */
  at(path: Path, what?: 'key' | 'value'): Location;
  raw(path: Path): RawScalar | undefined;
  /** Three lines of the file with the secrets masked. */
  frame(location: Location): string;
}

export interface DeployText extends PlacedValue {
  value: Record<string, unknown>;
  /** Duplicate keys: errors that do not stop the reading. */
  problems: Diagnostic[];
  notes: Diagnostic[];
}

/**
 * Reads a text that must hold exactly one configuration. Throws UserError: no YAML, empty, a list at
 * the top, several documents, another kind of Kubernetes object, a Domino resource without a
 * configuration inside.
 */
export function readDeployText(text: string, file: string): DeployText {
  const documents = readYaml(text, file, { duplicateKeys: 'last-wins' }).filter(
    (document) => document.value !== null,
  );
  const document = onlyDocument(documents, file, text);
  const { value } = document;
  if (!isMapping(value)) {
    const kind = Array.isArray(value) ? 'a list' : 'a single value';
    throw refused(
      'DPS2002',
      `The file must be a map of installer keys at the top; it is ${kind}.`,
      {
        document,
        fix: 'Write keys such as "schema:" and "namespaces:" at the start of the line.',
      },
    );
  }
  if (
    typeof value.kind !== 'string' ||
    (value.kind !== 'Domino' && typeof value.apiVersion !== 'string')
  ) {
    return fromDocument(document, file, value, []);
  }
  return fromResource(document, file, value);
}

function onlyDocument(
  documents: readonly YamlDocument[],
  file: string,
  text: string,
): YamlDocument {
  const [first, second] = documents;
  if (first === undefined) {
    const location: Location = { file, line: 1, column: 1 };
    throw new UserError([
      diagnostic('DPS2001', 'The file holds no configuration; it is empty or only comments.', {
        location,
        fix: 'Run "domino-podsec init" to write one, or name the file that the installer is given.',
        frame: frame(text, location, isSecretKey),
      }),
    ]);
  }
  if (second === undefined) return first;
  const resources = documents.filter(
    (document) => isMapping(document.value) && document.value.kind === 'Domino',
  );
  const [resource] = resources;
  if (resource !== undefined && resources.length === 1 && documents.every(isObject))
    return resource;
  throw refused(
    'DPS2003',
    `The file holds ${documents.length} documents; the installer reads one.`,
    {
      document: second,
      fix: 'Keep one configuration per file, and name several files to generate for several clusters.',
      related: [{ message: 'The first document is here.', location: placeOf(first, file) }],
    },
  );
}

function isObject(document: YamlDocument): boolean {
  return isMapping(document.value) && typeof document.value.kind === 'string';
}

function fromResource(
  document: YamlDocument,
  file: string,
  value: Record<string, unknown>,
): DeployText {
  const kind = String(value.kind);
  if (kind !== 'Domino') {
    throw refused(
      'DPS2004',
      `The file is a Kubernetes object of kind ${JSON.stringify(kind)}, not the installer's configuration.`,
      {
        document,
        at: ['kind'],
        fix: 'Name the file that the installer is given; manifests are for audit, admit and patch.',
      },
    );
  }
  const found = embeddedConfiguration(value, document, file);
  if (found !== undefined)
    return fromDocument(found.document, file, found.value, found.prefix, found.place);
  throw refused(
    'DPS2005',
    'The Domino resource holds no installer configuration that could be found.',
    {
      document,
      at: ['kind'],
      fix: 'Copy the map with schema, hostname and namespaces out of the resource into a file of its own, or write it anew with "ddlctl create config".',
    },
  );
}

function fromDocument(
  document: YamlDocument,
  file: string,
  value: Record<string, unknown>,
  prefix: Path,
  place?: Location,
): DeployText {
  const start = placeOf(document, file);
  const shown = (location: Location): string =>
    frame(document.text, location, isSecretKey, document.line);
  const inside = (path: Path): boolean => prefix.every((step, index) => path[index] === step);
  return {
    file,
    value,
    at: (path, what) => place ?? document.locate([...prefix, ...path], what) ?? start,
    raw: (path) => document.raw([...prefix, ...path]),
    frame: (location) => (place === undefined ? shown(location) : ''),
    problems: document.duplicates
      .filter((entry) => inside(entry.path))
      .map((entry) => ({
        ...duplicateDiagnostic(entry, 'error'),
        message: `${pathText(entry.path)} is given twice, in line ${entry.first.line} and line ${entry.second.line}.`,
        frame: shown(entry.second),
      })),
    notes: document.notices,
  };
}

function placeOf(document: YamlDocument, file: string): Location {
  return document.locate([], 'value') ?? { file, line: document.line, column: 1 };
}

function refused(
  code: 'DPS2002' | 'DPS2003' | 'DPS2004' | 'DPS2005',
  message: string,
  more: { document: YamlDocument; at?: Path; fix: string; related?: Diagnostic['related'] },
): UserError {
  const { document, at = [], fix, related } = more;
  const location = document.locate(at, 'value') ?? { file: '', line: document.line, column: 1 };
  return new UserError([
    diagnostic(code, message, {
      location,
      fix,
      frame: frame(document.text, location, isSecretKey, document.line),
      ...(related ? { related } : {}),
    }),
  ]);
}
