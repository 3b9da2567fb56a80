/** The patch of one finding: the edits of `patch` for that control, as a strategic merge patch to paste. */
import type { Control, Edit } from '../security/types.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { AuditPod } from './types.ts';

/** Kinds whose lists merge by name; others would be replaced as a whole (T10). */
const MERGED = new Set([
  'Pod',
  'PodTemplate',
  'ReplicationController',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
]);

type Json = Record<string, unknown>;

/** The edits of a pod by control and container: a pod may have very many of both. */
export type EditIndex = ReadonlyMap<string, readonly Edit[]>;

/** @param edits the settlement of the pod, relative to its template */
export function indexEdits(edits: readonly Edit[]): EditIndex {
  const index = new Map<string, Edit[]>();
  for (const edit of edits) {
    const key = keyOf(edit.control, edit.container);
    const list = index.get(key);
    if (list === undefined) index.set(key, [edit]);
    else list.push(edit);
  }
  return index;
}

function keyOf(control: Control, container: string | undefined): string {
  return container === undefined ? control : `${control} ${container}`;
}

/**
 * @param known bodies that were written before for pods of the same edits
 * @returns YAML, or undefined where nothing changes or no merge patch could say it
 */
export function patchText(
  { object, pod }: Pick<AuditPod, 'object' | 'pod'>,
  control: Control,
  container: string | undefined,
  edits: () => EditIndex,
  known: Map<string, string | undefined> = new Map(),
): string | undefined {
  if (!MERGED.has(object.kind) || object.name === '' || container === '') return undefined;
  const key = keyOf(control, container);
  let body = known.get(key);
  if (body === undefined && !known.has(key)) {
    body = bodyText(pod, control, container, edits());
    known.set(key, body);
  }
  return body === undefined ? undefined : headText(object) + body;
}

function headText({ apiVersion, kind, name, namespace }: ManifestObject): string {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return yamlText({ apiVersion, kind, metadata });
}

/** The patch without what names the object. */
function bodyText(
  pod: PodTemplate,
  control: Control,
  container: string | undefined,
  edits: EditIndex,
): string | undefined {
  const wanted = [
    ...(edits.get(keyOf(control, undefined)) ?? []),
    ...(container === undefined ? [] : (edits.get(keyOf(control, container)) ?? [])),
  ];
  if (wanted.length === 0) return undefined;
  const template: Json = {};
  for (const edit of wanted) apply(template, edit);
  return yamlText(pod.path.reduceRight<Json>((inner, key) => ({ [key]: inner }), template));
}

/** `['spec', 'containers', 0, 'securityContext', ...]`: containers are found by name, removals are null. */
function apply(template: Json, { path, op, value, container }: Edit): void {
  const [spec = 'spec', list, , ...rest] = path;
  const pod = below(template, String(spec));
  const isPod = container === undefined;
  const holder = isPod ? pod : entryOf(pod, String(list), container);
  const steps = (isPod ? path.slice(1) : rest).map(String);
  const last = steps.pop() ?? '';
  const parent = steps.reduce(below, holder);
  parent[last] = op === 'remove' ? null : value;
}

function below(holder: Json, key: string): Json {
  const found = holder[key];
  if (isMapping(found)) return found;
  const made: Json = {};
  holder[key] = made;
  return made;
}

function entryOf(pod: Json, list: string, name: string): Json {
  const entries = (pod[list] ??= []) as Json[];
  const found = entries.find((entry) => entry.name === name);
  if (found !== undefined) return found;
  const made: Json = { name };
  entries.push(made);
  return made;
}

/**
 * Maps, lists and scalars as block YAML; much faster than a general writer, which counts where each
 * of many findings has a patch. Text is plain only where no reader takes it for anything else.
 */
export function yamlText(value: Json): string {
  return `${mapLines(value).join('\n')}\n`;
}

function mapLines(map: Json): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const name = scalar(key);
    if (isMapping(value) && Object.keys(value).length > 0) {
      return [`${name}:`, ...mapLines(value).map((line) => `  ${line}`)];
    }
    if (Array.isArray(value) && value.length > 0) {
      return [`${name}:`, ...value.flatMap(itemLines)];
    }
    return [`${name}: ${scalar(value)}`];
  });
}

function itemLines(item: unknown): string[] {
  if (!isMapping(item)) return [`  - ${scalar(item)}`];
  return mapLines(item).map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`));
}

const PLAIN = /^[A-Za-z][A-Za-z0-9_./-]*$/;
const AMBIGUOUS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: unknown): string {
  if (typeof value === 'string' && PLAIN.test(value) && !AMBIGUOUS.test(value)) return value;
  return JSON.stringify(value);
}
