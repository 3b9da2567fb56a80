/** From the value of a document to the Kubernetes objects in it. */
import { diagnostic, type Diagnostic, type Location } from '../diagnostics.ts';
import { MAX_DEPTH } from '../yaml/construct-state.ts';
import { isMapping } from '../yaml/mapping.ts';
import { duplicateDiagnostic, type Duplicate, type Path } from '../yaml/read.ts';
import { malformed, type ObjectContext } from './containers.ts';
import { checkObjectCase, checkPodCase } from './field-case.ts';
import { hooksOf, NO_TEXTS, own, ownersOf, textsAt } from './metadata.ts';
import { podPieces } from './pieces.ts';
import { podTemplates } from './pods.ts';
import type { ManifestObject, PodTemplate } from './types.ts';

/** A value with what is known of its place; paths of `locate` and `duplicates` start at the value. */
export interface SourceValue {
  value: unknown;
  file: string;
  document: number;
  item?: number;
  /** From the root of the document to the value; absent: it is the root. */
  base?: Path;
  source?: string;
  /** apiVersion and kind of the List that holds the value. */
  list?: { apiVersion: string; kind: string };
  locate: (path: Path, what?: 'key' | 'value') => Location | undefined;
  text: () => { text: string; firstLine: number };
  duplicates: Duplicate[];
  notices: Diagnostic[];
  /** It is known to nest no deeper than YAML may; another walk over it is not needed. */
  isShallow?: boolean;
}

interface ObjectType {
  apiVersion: string;
  kind: string;
}

export interface Receiver {
  visit: (object: ManifestObject) => void;
  report: (diagnostic: Diagnostic) => void;
}

/**
 * Visits the objects of a value: itself, or the items of a List at any depth. Problems are reported,
 * also what nests deeper than YAML may (JSON of any depth parses).
 */
export function visitObjects(from: SourceValue, to: Receiver): void {
  if (from.isShallow !== true && isDeeper(from.value, MAX_DEPTH)) to.report(tooDeep(from));
  else visitValue(from, to);
}

/** Everything that walks a value calls itself for each level. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((entry) => isDeeper(entry, levels - 1));
  for (const key in value) {
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}

function tooDeep(from: SourceValue): Diagnostic {
  const location = from.locate([]);
  return diagnostic('DPS7003', `The value nests deeper than ${MAX_DEPTH} levels.`, {
    ...(location === undefined ? {} : { location }),
  });
}

function visitValue(from: SourceValue, to: Receiver): void {
  const { value } = from;
  if (Array.isArray(value)) {
    visitItems(from, value, [], undefined, to);
    return;
  }
  if (!isMapping(value)) {
    to.report(notManifest(from));
    return;
  }
  const { apiVersion, kind } = value;
  const type = { apiVersion: textOr(apiVersion), kind: textOr(kind) };
  // Anything with items is a List to kubectl; what does not call itself one is read as itself, too.
  if (Array.isArray(value.items)) {
    visitItems(from, value.items, ['items'], type, to);
    if (type.kind === '' || type.kind.endsWith('List')) return;
  } else if (value.items === undefined || value.items === null) {
    if (type.kind === 'List') return;
  }
  if (isUnset(apiVersion) && type.kind !== '' && holdsPods(value, type, from)) {
    to.report(withoutVersion(from, type.kind));
  } else if (!isTyped(type, from)) {
    to.report(notManifest(from));
    checkObjectCase(value, { locate: from.locate, notice: to.report });
    return;
  }
  to.visit(makeObject(from, value, to));
}

/** An item may have the type of its List, whose kind can stand behind the items. */
function isTyped({ apiVersion, kind }: ObjectType, { list }: SourceValue): boolean {
  if (kind === '' && apiVersion === '') return list !== undefined;
  return kind !== '' && apiVersion !== '';
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function holdsPods(
  value: Record<string, unknown>,
  type: ObjectType,
  { locate }: SourceValue,
): boolean {
  return podTemplates(value, type, { locate, notice: () => undefined }).length > 0;
}

function withoutVersion(from: SourceValue, kind: string): Diagnostic {
  const location = from.locate(['kind']);
  return diagnostic(
    'DPS7015',
    `This ${kind} holds a pod and names no apiVersion; it was read all the same.`,
    location === undefined ? {} : { location },
  );
}

function visitItems(
  from: SourceValue,
  items: unknown[],
  prefix: Path,
  list: { apiVersion: string; kind: string } | undefined,
  to: Receiver,
): void {
  items.forEach((value, index) => {
    const path = [...prefix, index];
    const below = from.duplicates.filter((entry) =>
      path.every((step, at) => entry.path[at] === step),
    );
    visitValue(
      {
        ...from,
        value,
        item: from.item ?? index,
        base: [...(from.base ?? []), ...path],
        list: list ?? { apiVersion: '', kind: '' },
        locate: (inner, what) => from.locate([...path, ...inner], what),
        duplicates: below.map((entry) => ({ ...entry, path: entry.path.slice(path.length) })),
      },
      to,
    );
  });
}

function notManifest(from: SourceValue): Diagnostic {
  const location = from.locate([]);
  return diagnostic(
    'DPS7011',
    'This is not a Kubernetes manifest (it needs apiVersion and kind), so it is skipped.',
    {
      ...(location === undefined ? {} : { location }),
    },
  );
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function makeObject(
  from: SourceValue,
  value: Record<string, unknown>,
  to: Receiver,
): ManifestObject {
  const notices: Diagnostic[] = [...from.notices];
  const context: ObjectContext = {
    locate: from.locate,
    notice(entry) {
      notices.push(entry);
      to.report(entry);
    },
  };
  const inherited = inheritedType(value, from.list);
  const metadata = mappingAt(value, ['metadata'], context);
  const type = {
    apiVersion: textAt(value, ['apiVersion'], context) ?? inherited.apiVersion,
    kind: textAt(value, ['kind'], context) ?? inherited.kind,
  };
  const generateName = textAt(metadata, ['metadata', 'generateName'], context);
  const namespace = textAt(metadata, ['metadata', 'namespace'], context);
  const { annotations, labels } = metadata;
  checkObjectCase(value, context);
  const found = podTemplates(value, type, context);
  const pods = Array.isArray(value.items) ? found.filter((pod) => !isOfItem(pod, value)) : found;
  for (const pod of pods) checkPodCase(pod, context);
  for (const entry of from.duplicates) to.report(duplicateDiagnostic(entry, severityOf(entry)));
  const object: ManifestObject = {
    file: from.file,
    document: from.document,
    base: from.base ?? [],
    apiVersion: type.apiVersion,
    kind: type.kind,
    name: own(textAt(metadata, ['metadata', 'name'], context) ?? ''),
    labels: NO_TEXTS,
    annotations: NO_TEXTS,
    hooks: [],
    owners: ownersOf(metadata.ownerReferences),
    value,
    pods,
    locate: from.locate,
    text: from.text,
    duplicates: from.duplicates,
    notices,
  };
  addPieces(object, found, context);
  if (from.item !== undefined) object.item = from.item;
  if (generateName !== undefined) object.generateName = own(generateName);
  if (namespace !== undefined) object.namespace = own(namespace);
  if (from.source !== undefined) object.source = from.source;
  if (isMapping(labels)) object.labels = textsAt(labels);
  if (isMapping(annotations)) {
    object.annotations = textsAt(annotations);
    object.hooks = hooksOf(object.annotations);
  }
  return object;
}

function addPieces(
  object: ManifestObject,
  found: readonly PodTemplate[],
  context: ObjectContext,
): void {
  const pieces = podPieces(object.value, object, found, context);
  for (const pod of pieces) checkPodCase(pod, context);
  if (pieces.length > 0) object.pieces = pieces;
}

/** True for a pod in one of the items, where these are objects: they have been visited before. */
function isOfItem({ specPath }: PodTemplate, value: Record<string, unknown>): boolean {
  if (specPath[0] !== 'items' || !Array.isArray(value.items)) return false;
  const item: unknown = value.items[Number(specPath[1])];
  if (!isMapping(item)) return true;
  const { apiVersion, kind } = item;
  return textOr(kind) === ''
    ? textOr(apiVersion) === ''
    : isUnset(apiVersion) || textOr(apiVersion) !== '';
}

/** Inside a securityContext the hidden first value is a trap: an error there (contracts: audit). */
function severityOf(entry: Duplicate): 'error' | 'warning' {
  return entry.path.includes('securityContext') ? 'error' : 'warning';
}

/** Items of a PodList that name no kind are Pods, as in a dump of the API. */
function inheritedType(
  value: Record<string, unknown>,
  list: { apiVersion: string; kind: string } | undefined,
): { apiVersion: string; kind: string } {
  const none = { apiVersion: '', kind: '' };
  if (list === undefined || value.apiVersion !== undefined || value.kind !== undefined) return none;
  const kind = list.kind.endsWith('List') ? list.kind.slice(0, -'List'.length) : '';
  return kind === '' ? none : { apiVersion: list.apiVersion, kind };
}

function mappingAt(
  value: Record<string, unknown>,
  path: [string],
  context: ObjectContext,
): Record<string, unknown> {
  const found = value[path[0]];
  if (isMapping(found)) return found;
  if (found !== undefined && found !== null) malformed(path, 'a mapping', context);
  return {};
}

/** A field that must be text; another type is reported and shown as text, null is absent. */
function textAt(
  holder: Record<string, unknown>,
  path: Path,
  context: ObjectContext,
): string | undefined {
  const found = holder[String(path[path.length - 1])];
  if (typeof found === 'string') return found;
  if (found === undefined || found === null) return undefined;
  malformed(path, 'text (put it in quotes)', context);
  return JSON.stringify(found);
}
