/** A pod template in the shape of the API, whatever form the resource keeps it in. */
import type { Path } from '../yaml/read.ts';
import type { Container, ContainerType, PodTemplate } from './types.ts';

export type ContainerListName = 'initContainers' | 'containers' | 'ephemeralContainers';

const LIST_OF: Record<ContainerType, ContainerListName> = {
  init: 'initContainers',
  sidecar: 'initContainers',
  container: 'containers',
  ephemeral: 'ephemeralContainers',
};

export interface NormalTemplate {
  /** What the policy judges: `metadata`, and `spec` with its containers in the three lists. */
  template: { metadata: Record<string, unknown>; spec: Record<string, unknown> };
  /** The real place, from the object's root, of a path below `template`. */
  realPath: (path: Path) => Path;
}

/** True where `metadata` and `spec` of the pod stand in the shape of the API as they are. */
export function isNormal({ path, specPath }: PodTemplate): boolean {
  return specPath.length === path.length + 1;
}

/** Some resources (Argo workflows) write a single container where the API has a list. */
export function normalTemplate(pod: PodTemplate): NormalTemplate {
  const lists: Record<ContainerListName, Container[]> = {
    initContainers: [],
    containers: [],
    ephemeralContainers: [],
  };
  for (const container of pod.containers) lists[LIST_OF[container.type]].push(container);
  const spec: Record<string, unknown> = { ...pod.spec };
  for (const [name, containers] of Object.entries(lists)) {
    if (containers.length > 0) spec[name] = containers.map(({ value }) => value);
    else Reflect.deleteProperty(spec, name);
  }
  return {
    template: { metadata: pod.metadata, spec },
    realPath: (path) => {
      const [first, list, index, ...rest] = path;
      if (first !== 'spec') return [...pod.path, ...path];
      const container = Object.hasOwn(lists, String(list))
        ? lists[list as ContainerListName][Number(index)]
        : undefined;
      if (container === undefined) return [...pod.specPath, ...path.slice(1)];
      return [...container.path, ...rest];
    },
  };
}
