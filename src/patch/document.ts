/** One document of a stream: its pods judged, its text edited, the result judged again. */
import { diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import { identityOf } from '../security/identity.ts';
import { planPod, type PlanOptions, type PodPlan } from '../security/plan.ts';
import type { Settlement } from '../security/settle.ts';
import type { PolicyContext } from '../security/standing.ts';
import { POD_PATH } from '../security/workload-kinds.ts';
import { parseDocument } from '../yaml/document.ts';
import { normalTemplate } from '../workloads/normal-template.ts';
import { visitObjects } from '../workloads/objects.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/path.ts';
import type { ValueEdit } from './apply.ts';
import { editDocumentValue } from './edit-text.ts';
import { settledSpec } from './settlements.ts';
import { valueAt } from './text/plan.ts';

/** What a run of patch decides by. */
export interface PatchJob {
  policy: PolicyContext;
  options: PlanOptions;
}

export interface PatchedPod {
  /** `DaemonSet domino-platform/ebs-csi-node`, as the manifest names it. */
  kind: string;
  namespace: string | undefined;
  name: string;
  apiVersion: string;
  /** Hook annotations, when it is a Helm hook: Helm 3 never sends those. */
  hooks: readonly string[];
  annotations: Readonly<Record<string, string>>;
  plan: PodPlan;
  /** How many fields were changed; 0: already right, or left alone. */
  changes: number;
}

export interface PatchedDocument {
  text: string;
  pods: PatchedPod[];
  diagnostics: Diagnostic[];
}

interface Place {
  file: string;
  /** The line of the file at which the text begins. */
  line: number;
  /** Counts the documents of the file from 1. */
  document: number;
}

/**
 * @returns the text, byte for byte the same where nothing is decided otherwise
 * @throws UserError for what cannot be read or edited, with its place
 */
export function patchDocument(text: string, place: Place, job: PatchJob): PatchedDocument {
  const { file, line, document } = place;
  const parsed = parseDocument(text, { file, line, column: 1 }, document);
  const diagnostics: Diagnostic[] = [...parsed.notices];
  if (parsed.value === null || parsed.value === undefined) return { text, pods: [], diagnostics };
  const edits: ValueEdit[] = [];
  const pods: PatchedPod[] = [];
  const judged: Judged[] = [];
  visitObjects(
    {
      value: parsed.value,
      file,
      document,
      locate: parsed.locate,
      text: () => ({ text: parsed.text, firstLine: line }),
      duplicates: parsed.duplicates,
      notices: [],
      // The parser refuses what nests deeper.
      isShallow: true,
    },
    {
      report: (entry) => diagnostics.push(softened(entry)),
      visit: (object) => {
        for (const pod of object.pods) {
          const planned = plannedPod(object, pod, job);
          judged.push({ object, pod, plan: planned.pod.plan });
          pods.push(planned.pod);
          edits.push(...planned.edits);
          diagnostics.push(...planned.diagnostics);
        }
      },
    },
  );
  if (edits.length === 0) return { text, pods, diagnostics };
  const options = { file, firstLine: line, value: parsed.value, syntax: parsed.syntax };
  const edited = editDocumentValue(text, edits, options);
  settledOrFail(edited.value, place, judged, job.policy);
  return { text: edited.text, pods, diagnostics };
}

/** A duplicate key is an error only where an edit touches it, which the editor refuses by itself. */
function softened(entry: Diagnostic): Diagnostic {
  return entry.code === 'DPS7006' ? { ...entry, severity: 'warning' } : entry;
}

/** A pod as it was judged before the edits. */
interface Judged {
  object: ManifestObject;
  pod: PodTemplate;
  plan: PodPlan;
}

interface Planned {
  pod: PatchedPod;
  edits: ValueEdit[];
  diagnostics: Diagnostic[];
}

function plannedPod(object: ManifestObject, pod: PodTemplate, job: PatchJob): Planned {
  const { template, realPath } = normalTemplate(pod);
  const byName = Object.hasOwn(POD_PATH, object.kind);
  const plan = planPod(identityOf(object, pod), template, job.policy, {
    ...job.options,
    byName,
    settle: (spec, standing) => settledSpec(spec, standing, job.policy),
  });
  const edits = (plan.settlement?.edits ?? []).map(({ path, op, value }): ValueEdit => {
    const real = [...object.base, ...realPath(path)];
    return op === 'set' ? { path: real, op, value } : { path: real, op };
  });
  const location = object.locate(pod.path.length === 0 ? ['metadata', 'name'] : pod.path);
  const placed = plan.diagnostics;
  for (const entry of placed) if (location !== undefined) entry.location ??= location;
  if (plan.standing.state === 'unknown-namespace') placed.push(namespaceUnknown(object));
  return {
    pod: {
      kind: object.kind,
      namespace: plan.standing.namespace,
      name: object.name || `${object.generateName ?? ''}*`,
      apiVersion: object.apiVersion,
      hooks: object.hooks,
      annotations: object.annotations,
      plan,
      changes: edits.length,
    },
    edits,
    diagnostics: placed,
  };
}

function namespaceUnknown({ kind, name, locate }: ManifestObject): Diagnostic {
  const location = locate(['metadata', 'name']);
  return diagnostic(
    'DPS3008',
    `${kind} ${name} states no namespace, so it may be Domino's or not.`,
    {
      severity: 'error',
      fix: 'Say where the chart is installed with --namespace NS.',
      ...(location === undefined ? {} : { location }),
    },
  );
}

/** The result, judged again, must leave nothing to do: else the decision did not land. */
function settledOrFail(
  value: unknown,
  { file, line }: Place,
  judged: readonly Judged[],
  policy: PolicyContext,
): void {
  const left = judged.filter((entry) => !isSettledNow(value, entry, policy));
  if (left.length === 0) return;
  const names = left.map(({ object }) => `${object.kind} ${object.name}`);
  throw new UserError([
    diagnostic('DPS5003', `${names.join(', ')} did not become what was decided.`, {
      location: { file, line, column: 1 },
    }),
  ]);
}

/** Edits reach nothing but contexts, so the pod and its standing are the ones that were found before. */
function isSettledNow(
  value: unknown,
  { object, pod, plan }: Judged,
  policy: PolicyContext,
): boolean {
  const { settlement, standing } = plan;
  if (settlement === undefined || landed.has(settlement)) return true;
  const at = (path: Path): Record<string, unknown> => {
    const found = [...object.base, ...path].reduce(valueAt, value);
    return isMapping(found) ? found : {};
  };
  const containers = pod.containers.map((container) => ({
    ...container,
    value: at(container.path),
  }));
  const { template } = normalTemplate({ ...pod, spec: at(pod.specPath), containers });
  if (settledSpec(template.spec, standing, policy).edits.length > 0) return false;
  landed.add(settlement);
  return true;
}

/**
 * Settlements whose edits were seen to leave nothing to do. Pods that share one have the same contexts
 * before the edits, and so after them.
 */
const landed = new WeakSet<Settlement>();
