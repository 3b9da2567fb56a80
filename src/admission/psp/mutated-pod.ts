/** The pod that really runs: the input with what admission wrote. */
import { isObject } from '../scc/json.ts';
import type { PspVerdict } from './types.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** A copy of `pod` (`{metadata, spec}`) as stored, for Pod Security to judge next or for an update. The input is not changed. */
export function mutatedPod(pod: unknown, { mutated, changes }: PspVerdict): unknown {
  if (mutated === null || !isObject(pod) || !isObject(pod['spec'])) return pod;
  const spec: Record<string, unknown> = { ...pod['spec'], securityContext: mutated.pod };
  if (changes?.runtimeClassName !== undefined) spec['runtimeClassName'] = changes.runtimeClassName;
  let next = 0;
  for (const list of LISTS) {
    const containers = spec[list];
    if (!Array.isArray(containers)) continue;
    spec[list] = containers.flatMap((container: unknown) => {
      const stored = mutated.containers[next++];
      // The server drops ephemeral containers before 1.23, and they come last.
      if (stored === undefined) return [];
      if (!isObject(container) || stored.securityContext === null) return [container];
      return [{ ...container, securityContext: stored.securityContext }];
    });
  }
  const metadata = isObject(pod['metadata']) ? pod['metadata'] : {};
  const annotations = isObject(metadata['annotations']) ? metadata['annotations'] : {};
  return {
    ...pod,
    metadata: { ...metadata, annotations: { ...annotations, ...changes?.annotations } },
    spec,
  };
}
