/** One workload judged and settled: what `generate --against`, `patch` and `audit` all build on. */
import { diagnostic, type Diagnostic, type Subject } from '../diagnostics.ts';
import type { Match, WorkloadIdentity } from './match.ts';
import { settle, type Settlement } from './settle.ts';
import { standingOf, type PolicyContext, type Standing } from './standing.ts';
import { asMap, templateContainers, type Json } from './template.ts';

/** What the caller decides about pods that no catalog row matches. */
export interface PlanOptions {
  /** --only-catalog: leave them alone. */
  onlyCatalog?: boolean;
  /** --patch-unknown: apply the default policy to users' pods. */
  patchUnknown?: boolean;
  /** Containers are found by name (a merge patch): one without a name is an error (T7). */
  byName?: boolean;
  /** In the place of `settle`: for callers that see many pods that are alike. */
  settle?: (spec: Json, standing: Standing) => Settlement;
}

export interface PodPlan {
  standing: Standing;
  /** undefined: the pod is left as it is. */
  settlement?: Settlement;
  diagnostics: Diagnostic[];
}

/**
 * @param template the object that holds `metadata` and `spec` of the pod
 * @returns the edits relative to `template`, and every remark on the pod with its subject
 */
export function planPod(
  identity: WorkloadIdentity,
  template: Json,
  context: PolicyContext,
  options: PlanOptions = {},
): PodPlan {
  const spec = asMap(template.spec) ?? {};
  const standing = standingOf(identity, spec, context);
  const subject: Subject = {
    kind: identity.kind,
    ...(standing.namespace === undefined ? {} : { namespace: standing.namespace }),
    name: identity.name || `${identity.generateName ?? ''}*`,
  };
  const diagnostics = standingRemarks(standing, subject);
  if (!isSettled(standing, options)) return { standing, diagnostics };
  for (const container of options.byName === true ? templateContainers(spec) : []) {
    if (container.name !== '') continue;
    const place = `spec.${container.list}[${container.index}]`;
    diagnostics.push(
      diagnostic('DPS3014', `${describeSubject(subject)}: ${place} has no name.`, { subject }),
    );
  }
  const settlement = options.settle?.(spec, standing) ?? settle(spec, standing.limitsOf);
  for (const { code, message, container, field } of settlement.notes) {
    diagnostics.push(
      diagnostic(code, `${describeSubject(subject)}: ${lowerFirst(message)}`, {
        subject: { ...subject, container },
        fix: remedy(code, standing, field),
      }),
    );
  }
  return { standing, settlement, diagnostics };
}

/** Whether the policy's values are written into the pod. */
export function isSettled({ state }: Standing, options: PlanOptions): boolean {
  switch (state) {
    case 'catalog':
    case 'not-expected':
      return true;
    case 'default':
      return options.onlyCatalog !== true;
    case 'user-workload':
      return options.patchUnknown === true;
    case 'unknown-namespace':
    case 'foreign':
    case 'windows':
      return false;
  }
}

/** `DaemonSet domino-platform/ebs-csi-node`. */
export function describeSubject({ kind, namespace, name }: Subject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** How a workload was recognised, in words; each begins with its name. */
export function standingRemarks(standing: Standing, subject: Subject): Diagnostic[] {
  const name = describeSubject(subject);
  return remarksOf(standing).map(([code, message]) =>
    diagnostic(code, `${name}: ${message}`, { subject }),
  );
}

type Remark = [code: Diagnostic['code'], message: string];

function remarksOf(standing: Standing): Remark[] {
  const { match, near, state } = standing;
  if (state === 'windows') return [['DPS3010', 'a Windows pod is left as it is.']];
  if (state === 'foreign') return [];
  if (match !== undefined) return matchRemarks(match, standing);
  const remarks: Remark[] = near.map(({ entry, because }) => [
    'DPS3006',
    `perhaps ${entry.id}, but ${because}.`,
  ]);
  if (state === 'user-workload') remarks.push(['DPS3011', 'a pod of users is not judged.']);
  return remarks;
}

function matchRemarks({ entry, confidence }: Match, standing: Standing): Remark[] {
  const { others, omitted, state, namespace } = standing;
  const remarks: Remark[] = [];
  if (others.length > 0) {
    const rest = others.map((other) => other.entry.id).join(', ');
    remarks.push(['DPS3004', `the rows ${entry.id} and ${rest} match; ${entry.id} is used.`]);
  }
  if (confidence === 'assumed') {
    remarks.push(['DPS3005', `taken for ${entry.id} by an assumed name, kind or namespace.`]);
  }
  if (state === 'not-expected' && omitted !== undefined) {
    remarks.push([
      'DPS3012',
      `${entry.id} is not installed by the configuration (${omitted.because}).`,
    ]);
  }
  if (namespace === undefined) {
    remarks.push(['DPS3008', `its namespace is unknown; taken for ${entry.id} by its name alone.`]);
  }
  return remarks;
}

function remedy(code: Diagnostic['code'], { match }: Standing, field: string): string {
  if (code === 'DPS3009') return 'Nothing to do.';
  const row = match === undefined ? 'a row for the pod' : `the row "${match.entry.id}"`;
  const how = code === 'DPS3002' ? `, or lower it with --enforce-assumed` : '';
  return `If the container needs ${field}, record it as ${row} in pod_security.catalog${how}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
