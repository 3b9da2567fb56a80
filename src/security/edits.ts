/** The difference between a template's contexts and the settled ones, as edits of single fields. */
import { isDeepStrictEqual } from './equal.ts';
import type { Work, WorkingContainer } from './settle.ts';
import { asMap, type Json } from './template.ts';
import type { ContainerLimits, Control, Edit, FieldPath, Reason } from './types.ts';

const CONTROL_OF: Record<string, Control> = {
  runAsNonRoot: 'runAsNonRoot',
  runAsUser: 'runAsNonRoot',
  privileged: 'privileged',
  capabilities: 'capabilities',
  seLinuxOptions: 'seLinuxType',
  allowPrivilegeEscalation: 'allowPrivilegeEscalation',
  seccompProfile: 'seccompProfile',
};

const CONTROLS = Object.entries(CONTROL_OF);

const API_REASON: Reason = {
  why: 'The API server refuses it beside the privilege that is allowed.',
  from: 'api',
  confidence: 'documented',
  source: 'K8S-API',
};

/** Edits in a fixed order: the pod's fields, then container by container, fields as in CONTROL_OF. */
export function contextEdits(before: Json, work: Work): Edit[] {
  const edits = fieldEdits(['spec', 'securityContext'], before, work.context, (control) => ({
    reason: reasonOf(work.containers[0]?.limits, control),
  }));
  for (const container of work.containers) {
    const path = ['spec', container.list, container.index, 'securityContext'];
    const old = asMap(container.value.securityContext) ?? {};
    edits.push(
      ...fieldEdits(path, old, container.context, (control) => ({
        container: container.name,
        reason: containerReason(container, control),
      })),
    );
  }
  return edits;
}

type Context = (control: Control) => { container?: string; reason: Reason };

function fieldEdits(base: FieldPath, before: Json, after: Json, context: Context): Edit[] {
  const edits: Edit[] = [];
  for (const [field, control] of CONTROLS) {
    const old = before[field];
    const next = after[field];
    if (isDeepStrictEqual(old, next)) continue;
    const add = (path: FieldPath, value: unknown): void => {
      const op = value === undefined ? { op: 'remove' as const } : { op: 'set' as const, value };
      edits.push({ path: [...base, ...path], ...op, control, ...context(control) });
    };
    const oldMap = asMap(old) ?? {};
    const nextMap = asMap(next);
    if (nextMap === undefined) add([field], next);
    else {
      for (const key of new Set([...Object.keys(nextMap), ...Object.keys(oldMap)])) {
        if (!isDeepStrictEqual(oldMap[key], nextMap[key])) add([field, key], nextMap[key]);
      }
    }
  }
  return edits;
}

function containerReason(container: WorkingContainer, control: Control): Reason {
  const removed =
    control === 'allowPrivilegeEscalation' && container.context[control] === undefined;
  return removed ? API_REASON : reasonOf(container.limits, control);
}

function reasonOf(limits: ContainerLimits | undefined, control: Control): Reason {
  const limit = limits?.[control];
  return limit === undefined || limit.rule === 'free' ? API_REASON : limit.reason;
}
