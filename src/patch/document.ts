/** One document of a stream: its pods judged, its text edited, the result judged again. */
import { diagnostic, UserError, type Diagnostic, type Location } from '../diagnostics.ts';
import { identityOf } from '../security/identity.ts';
import { planPod, type PlanOptions, type PodPlan } from '../security/plan.ts';
import { settle } from '../security/settle.ts';
import type { PolicyContext } from '../security/standing.ts';
import { POD_PATH } from '../security/workload-kinds.ts';
import { parseDocument } from '../yaml/document.ts';
import { normalTemplate } from '../workloads/normal-template.ts';
import { visitObjects, type SourceValue } from '../workloads/objects.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import type { Path } from '../yaml/read.ts';
import type { ValueEdit } from './apply.ts';
import { editDocumentValue } from './edit-text.ts';

/** What a run of patch decides by. */
export interface PatchJob {
  policy: PolicyContext;
  options: PlanOptions;
}

export interface PatchedPod {
  kind: string;
  /** The namespace that it was judged by; undefined: unknown. */
  namespace: string | undefined;
  name: string;
  apiVersion: string;
  /** Hook annotations, when it is a Helm hook: Helm 3 never sends those. */
  hooks: readonly string[];
  annotations: Readonly<Record<string, string>>;
  /** From the object's root to the pod spec. */
  specPath: Path;
  plan: PodPlan;
  /** How many fields were changed; 0: already right, or left alone. */
  changes: number;
}

export interface PatchedDocument {
  text: string;
  pods: PatchedPod[];
  diagnostics: Diagnostic[];
}

/** Where the text of a document stands. */
export interface Place {
  file: string;
  /** The line of the file at which the text begins, and the column, 1 by default. */
  line: number;
  column?: number;
  /** Counts the documents of the file from 1. */
  document: number;
  /** The text is an item of a List that was too big to be read as a whole. */
  item?: number;
  list?: { apiVersion: string; kind: string };
}

/**
 * @returns the text, byte for byte the same where nothing is decided otherwise
 * @throws UserError for what cannot be read or edited, with its place
 */
export function patchDocument(text: string, place: Place, job: PatchJob): PatchedDocument {
  const { file, line, column = 1, document } = place;
  const parsed = parseDocument(text, { file, line, column }, document);
  const diagnostics: Diagnostic[] = [...parsed.notices];
  if (parsed.value === null || parsed.value === undefined) return { text, pods: [], diagnostics };
  const edits: ValueEdit[] = [];
  const pods: PatchedPod[] = [];
  visitObjects(
    {
      ...unplaced(parsed.value, place),
      locate: parsed.locate,
      text: () => ({ text: parsed.text, firstLine: line }),
      duplicates: parsed.duplicates,
    },
    {
      report: (entry) => diagnostics.push(softened(entry)),
      visit: (object) => {
        for (const pod of object.pods) {
          const planned = plannedPod(object, pod, job);
          pods.push(planned.pod);
          edits.push(...planned.edits);
          diagnostics.push(...planned.diagnostics);
        }
      },
    },
  );
  if (edits.length === 0) return { text, pods, diagnostics };
  const { value, events } = parsed;
  const edited = editDocumentValue(text, edits, { file, firstLine: line, value, events });
  settledOrFail(edited.value, place, pods);
  return { text: edited.text, pods, diagnostics };
}

/** A value without positions. */
function unplaced(value: unknown, { file, document, item, list }: Place): SourceValue {
  return {
    value,
    file,
    document,
    ...(item === undefined ? {} : { item }),
    ...(list === undefined ? {} : { list }),
    locate: () => undefined,
    text: () => ({ text: '', firstLine: 1 }),
    duplicates: [],
    notices: [],
  };
}

/** A duplicate key is an error only where an edit touches it, which the editor refuses by itself. */
function softened(entry: Diagnostic): Diagnostic {
  return entry.code === 'DPS7006' ? { ...entry, severity: 'warning' } : entry;
}

interface Planned {
  pod: PatchedPod;
  edits: ValueEdit[];
  diagnostics: Diagnostic[];
}

function plannedPod(object: ManifestObject, pod: PodTemplate, job: PatchJob): Planned {
  const { template, realPath } = normalTemplate(pod);
  const byName = Object.hasOwn(POD_PATH, object.kind);
  const plan = planPod(identityOf(object, pod), template, job.policy, { ...job.options, byName });
  const edits = (plan.settlement?.edits ?? []).map(({ path, op, value }): ValueEdit => {
    const real = [...object.base, ...realPath(path)];
    return op === 'set' ? { path: real, op, value } : { path: real, op };
  });
  return {
    pod: {
      kind: object.kind,
      namespace: plan.standing.namespace,
      name: object.name || `${object.generateName ?? ''}*`,
      apiVersion: object.apiVersion,
      hooks: object.hooks,
      annotations: object.annotations,
      specPath: pod.specPath,
      plan,
      changes: edits.length,
    },
    edits,
    diagnostics: remarks(object, pod, plan, job.options),
  };
}

/** What is to be said of a pod, at its place; looking that up costs, so only where there is something. */
function remarks(
  object: ManifestObject,
  pod: PodTemplate,
  { diagnostics, standing }: PodPlan,
  options: PlanOptions,
): Diagnostic[] {
  // With --only-catalog a pod without a row stays as it is in any namespace.
  const isOpen = standing.state === 'unknown-namespace' && options.onlyCatalog !== true;
  if (diagnostics.length === 0 && !isOpen) return [];
  const location = object.locate(pod.path.length === 0 ? ['metadata', 'name'] : pod.path);
  const placed = diagnostics.map((entry) =>
    entry.location === undefined && location !== undefined ? { ...entry, location } : entry,
  );
  return isOpen ? [...placed, namespaceUnknown(object)] : placed;
}

function namespaceUnknown({ kind, name, generateName, locate }: ManifestObject): Diagnostic {
  const location: Location | undefined = locate(['metadata', 'name']);
  const subject = `${kind} ${name || `${generateName ?? ''}*`}`;
  return diagnostic(
    'DPS3008',
    `${subject} states no namespace, so it may be Domino's or not.`,
    {
      severity: 'error',
      fix: 'Say where the chart is installed with --namespace NS.',
      ...(location === undefined ? {} : { location }),
    },
  );
}

/** The result, judged again by the same limits, must leave nothing to do: else the decision did not land. */
function settledOrFail(value: unknown, place: Place, pods: readonly PatchedPod[]): void {
  const left: string[] = [];
  let index = 0;
  visitObjects(unplaced(value, place), {
    report: () => undefined,
    visit: (object) => {
      for (const pod of object.pods) {
        const plan = pods[index++]?.plan;
        if (plan !== undefined && plan.settlement === undefined) continue;
        const spec = normalTemplate(pod).template.spec;
        if (plan !== undefined && settle(spec, plan.standing.limitsOf).edits.length === 0) continue;
        left.push(`${object.kind} ${object.name}`);
      }
    },
  });
  if (left.length === 0 && index === pods.length) return;
  const { file, line, column = 1 } = place;
  throw new UserError([
    diagnostic('DPS5003', `${left.join(', ')} did not become what was decided.`, {
      location: { file, line, column },
    }),
  ]);
}
