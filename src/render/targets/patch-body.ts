/** The strategic-merge patch of one workload, as a value. */
import { asMap, type ContainerList, type Json } from '../../security/template.ts';

/**
 * `$patch: replace` because a merge never removes: capabilities.add, seLinuxOptions.level and a uid
 * that the decision takes away would survive it (T9).
 */
export function replaced(context: Json): Json {
  return { $patch: 'replace', ...context };
}

/**
 * A context for a workload that is not at hand: fields are merged, so that what the decision does
 * not speak of stays, but maps of which it decides the whole are replaced.
 */
export function merged(context: Json): Json {
  const result: Json = { ...context };
  for (const field of ['capabilities', 'seLinuxOptions', 'seccompProfile']) {
    const map = asMap(context[field]);
    if (map !== undefined) result[field] = replaced(map);
  }
  return result;
}

export interface PatchContainer {
  name: string;
  list: ContainerList;
  /** Absent: the container is only named, to keep its place in the list (T8). */
  securityContext?: Json;
}

/** The patch object; `podPath` leads to the pod template. Lists without containers are left out. */
export function patchObject(
  head: { apiVersion: string; kind: string; name: string },
  podPath: readonly (string | number)[],
  podContext: Json | undefined,
  containers: readonly PatchContainer[],
): Json {
  const spec: Json = {};
  if (podContext !== undefined) spec.securityContext = podContext;
  for (const list of ['initContainers', 'containers'] as const) {
    const entries = containers.filter((container) => container.list === list);
    if (entries.length > 0) spec[list] = entries.map(containerPatch);
  }
  const body = podPath.reduceRight<Json>((inner, key) => ({ [key]: inner }), { spec });
  return {
    apiVersion: head.apiVersion,
    kind: head.kind,
    metadata: { name: head.name },
    ...body,
  };
}

function containerPatch({ name, securityContext }: PatchContainer): Json {
  return securityContext === undefined ? { name } : { name, securityContext };
}
