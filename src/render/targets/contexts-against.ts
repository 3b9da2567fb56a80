/** Patches with --against: exact, for the workloads at hand, with every container in its order. */
import type { Json } from '../../security/template.ts';
import type { Edit } from '../../security/types.ts';
import { describeSubject } from '../../security/plan.ts';
import type { AgainstWorkload, RenderInput } from '../types.ts';
import { escaped } from './contexts-known.ts';
import { patchObject, replaced, type PatchContainer } from './patch-body.ts';
import type { ContextPatch } from './security-contexts.ts';

export function againstPatches({ against = [] }: RenderInput): ContextPatch[] {
  const names = new Map<string, number>();
  return against
    .filter(({ plan }) => (plan.settlement?.edits.length ?? 0) > 0)
    .map((workload) => {
      const base = `${workload.kind}-${workload.name}`.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
      const count = (names.get(base) ?? 0) + 1;
      names.set(base, count);
      return againstPatch(workload, count === 1 ? `${base}.yaml` : `${base}-${count}.yaml`);
    });
}

function againstPatch(workload: AgainstWorkload, file: string): ContextPatch {
  const { kind, name, namespace, apiVersion, plan, podPath, containers } = workload;
  const edits = plan.settlement?.edits ?? [];
  const settled = plan.settlement?.containers ?? [];
  const list = containers.map((container): PatchContainer => {
    const after = settled.find(
      (entry) => entry.list === container.list && entry.index === container.index,
    );
    const changed = edits.some(
      ({ path }) => path[1] === container.list && path[2] === container.index,
    );
    const named = { name: container.name, list: container.list };
    return changed && after ? { ...named, securityContext: replaced(after.context) } : named;
  });
  const podChanged = edits.some(({ path }) => path[1] === 'securityContext');
  const podContext = podChanged ? replaced(plan.settlement?.pod ?? {}) : undefined;
  return {
    file,
    body: workload.isBuiltIn
      ? patchObject({ apiVersion, kind, name }, podPath, podContext, list)
      : jsonPatch(workload, list, podContext),
    target: {
      kind,
      name: `^${escaped(name)}$`,
      ...(namespace === undefined ? {} : { namespace: `^${escaped(namespace)}$` }),
    },
    title: describeSubject({ kind, name, ...(namespace === undefined ? {} : { namespace }) }),
    facts: [standingText(workload)],
    reasons: [...new Set(edits.map(reasonText))],
  };
}

/**
 * A custom resource has no merge keys: a merge patch would replace its whole list of containers
 * (T10). Each context is set as a whole; `add` replaces what is there.
 */
function jsonPatch(
  { containers, realPath }: AgainstWorkload,
  list: readonly PatchContainer[],
  podContext: Json | undefined,
): Json[] {
  const add = (path: readonly (string | number)[], context: Json): Json => {
    const value: Json = { ...context };
    delete value.$patch;
    return { op: 'add', path: pointer(realPath(path)), value };
  };
  const pod = podContext === undefined ? [] : [add(['spec', 'securityContext'], podContext)];
  const changed = containers.flatMap(({ list: name, index }, position) => {
    const context = list[position]?.securityContext;
    return context === undefined ? [] : [add(['spec', name, index, 'securityContext'], context)];
  });
  return [...pod, ...changed];
}

/** A JSON pointer (RFC 6901). */
function pointer(path: readonly (string | number)[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function standingText({ plan: { standing } }: AgainstWorkload): string {
  const { match, state } = standing;
  if (match === undefined) return 'No row of the catalog: the default policy.';
  if (state === 'not-expected') {
    return `${match.entry.id}, which the configuration does not install: the default policy.`;
  }
  return `${match.entry.id} of the catalog: ${match.entry.title}`;
}

function reasonText({ container, path, op, reason }: Edit): string {
  const field = path.slice(path.indexOf('securityContext') + 1).join('.');
  const place = container ?? 'pod';
  const verb = op === 'remove' ? `${field} removed` : field;
  return `${place}, ${verb}: ${reason.why} (${reason.confidence}, ${reason.source})`;
}
