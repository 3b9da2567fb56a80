/** The pod that really runs: the input with the contexts that admission wrote. */
import { isObject } from './json.ts';
import { CONTAINER_LISTS } from './read.ts';
import type { SccVerdict } from './types.ts';

/** A copy of `pod` (`{metadata, spec}`) with the mutated contexts, for Pod Security to judge next. The input is not changed. */
export function mutatedPod(pod: unknown, mutated: NonNullable<SccVerdict['mutated']>): unknown {
  if (!isObject(pod) || !isObject(pod['spec'])) return pod;
  const spec: Record<string, unknown> = { ...pod['spec'], securityContext: mutated.pod };
  let next = 0;
  for (const list of CONTAINER_LISTS) {
    const containers = spec[list];
    if (!Array.isArray(containers)) continue;
    spec[list] = containers.map((container: unknown) => {
      const context = mutated.containers[next++]?.securityContext ?? null;
      if (!isObject(container) || context === null) return container;
      return { ...container, securityContext: context };
    });
  }
  return { ...pod, spec };
}
