/** The manifests of --against: which workloads are Domino's, and what the policy makes of them. */
import './core.ts';
import { atLeast, diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { AgainstWorkload } from '../render/types.ts';
import { identityOf } from '../security/identity.ts';
import { describeSubject, planPod } from '../security/plan.ts';
import type { PolicyContext } from '../security/standing.ts';
import { templateContainers } from '../security/template.ts';
import { POD_PATH } from '../security/workload-kinds.ts';
import { normalTemplate, type NormalTemplate } from '../workloads/normal-template.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import { eachObject, manifestFiles } from './manifests.ts';

export interface Against {
  workloads: AgainstWorkload[];
  remarks: Diagnostic[];
}

/**
 * @param requireAll a pod of the configuration that is not found is an error
 * @throws UserError for input that cannot be read, or that a merge patch would damage
 */
export function readAgainst(
  paths: readonly string[],
  context: PolicyContext,
  io: Io,
  requireAll: boolean,
): Against {
  const workloads: AgainstWorkload[] = [];
  const remarks: Diagnostic[] = [];
  const found = new Set<string>();
  eachObject(manifestFiles(paths, io), io, { report: (entry) => remarks.push(entry) }, (object) => {
    for (const pod of object.pods) {
      const normal = normalTemplate(pod);
      const plan = planPod(identityOf(object, pod), normal.template, context, {
        byName: isBuiltIn(object),
      });
      const { match, state } = plan.standing;
      if (match !== undefined && state === 'catalog') found.add(match.entry.id);
      remarks.push(...plan.diagnostics);
      if (state === 'unknown-namespace') remarks.push(namespaceUnknown(object));
      if (plan.settlement !== undefined) {
        workloads.push(workloadOf(object, pod, normal, plan));
      }
    }
  });
  for (const { entry } of context.selection?.selected ?? []) {
    if (!found.has(entry.id)) remarks.push(notFound(entry.id, requireAll));
  }
  const errors = remarks.filter(({ severity }) => atLeast(severity, 'error'));
  if (errors.length > 0) throw new UserError(errors, 2);
  return { workloads, remarks };
}

/** Groups of the API server itself: a custom resource may well be called Job. */
const BUILT_IN_GROUP = /^(v1|apps\/.+|batch\/.+|extensions\/.+)$/;

function isBuiltIn({ kind, apiVersion }: ManifestObject): boolean {
  return Object.hasOwn(POD_PATH, kind) && BUILT_IN_GROUP.test(apiVersion);
}

function workloadOf(
  object: ManifestObject,
  pod: PodTemplate,
  { template, realPath }: NormalTemplate,
  plan: AgainstWorkload['plan'],
): AgainstWorkload {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.name,
    ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
    podPath: pod.path,
    containers: templateContainers(template.spec),
    realPath,
    isBuiltIn: isBuiltIn(object),
    plan,
  };
}

function namespaceUnknown({ kind, name, locate }: ManifestObject): Diagnostic {
  const location = locate(['metadata', 'name']);
  return diagnostic(
    'DPS3008',
    `${describeSubject({ kind, name })} states no namespace, so it may be Domino's or not.`,
    {
      severity: 'error',
      fix: 'Say where the chart is installed with --namespace NS.',
      ...(location === undefined ? {} : { location }),
    },
  );
}

function notFound(id: string, requireAll: boolean): Diagnostic {
  return diagnostic('DPS3007', `${id} is installed by the configuration but is not in the input.`, {
    ...(requireAll ? { severity: 'error' as const } : {}),
  });
}
