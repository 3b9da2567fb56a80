/** Tolerant reading of a pod template's security contexts: wrong types count as absent. */

export type Json = Record<string, unknown>;

export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
export type ContainerList = (typeof CONTAINER_LISTS)[number];

export interface TemplateContainer {
  name: string;
  list: ContainerList;
  index: number;
  value: Json;
}

/** The value as a map, or undefined for anything else (null and lists included). */
export function asMap(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

/** Every container of a pod spec: init containers first, then normal, then ephemeral ones. */
export function templateContainers(spec: Json): TemplateContainer[] {
  const found: TemplateContainer[] = [];
  for (const list of CONTAINER_LISTS) {
    const items = spec[list];
    if (!Array.isArray(items)) continue;
    items.forEach((item: unknown, index) => {
      const value = asMap(item);
      if (value === undefined) return;
      found.push({ name: typeof value.name === 'string' ? value.name : '', list, index, value });
    });
  }
  return found;
}

/** `spec.os.name`, or the node selector or a required affinity, say Windows (contracts: matching). */
export function isWindows(spec: Json): boolean {
  if (asMap(spec.os)?.name === 'windows') return true;
  if (asMap(spec.nodeSelector)?.['kubernetes.io/os'] === 'windows') return true;
  const node = asMap(asMap(spec.affinity)?.nodeAffinity);
  const terms = asMap(node?.requiredDuringSchedulingIgnoredDuringExecution)?.nodeSelectorTerms;
  return Array.isArray(terms) && terms.length > 0 && terms.every(termWantsWindows);
}

/** Terms are alternatives, so a pod is for Windows only when each of them demands it. */
function termWantsWindows(term: unknown): boolean {
  const expressions = asMap(term)?.matchExpressions;
  return (
    Array.isArray(expressions) &&
    expressions.some((item: unknown) => {
      const { key, operator, values } = asMap(item) ?? {};
      return (
        key === 'kubernetes.io/os' &&
        operator === 'In' &&
        Array.isArray(values) &&
        values.length > 0 &&
        values.every((value) => value === 'windows')
      );
    })
  );
}
