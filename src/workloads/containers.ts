/** The containers of a pod spec, of every type, with their places. */
import { diagnostic, type Diagnostic, type Location } from '../diagnostics.ts';
import { isMapping } from '../yaml/mapping.ts';
import { formatPath, type Path } from '../yaml/read.ts';
import type { Container, ContainerType } from './types.ts';

/** What a reader of one object needs to report about it. */
export interface ObjectContext {
  locate: (path: Path, what?: 'key' | 'value') => Location | undefined;
  notice: (diagnostic: Diagnostic) => void;
}

const LISTS = [
  ['initContainers', 'init'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral'],
] as const satisfies [string, ContainerType][];

/** Init containers, containers, ephemeral containers; entries that are no mapping are reported and left out. */
export function containersOf(
  spec: Record<string, unknown>,
  specPath: Path,
  context: ObjectContext,
): Container[] {
  return LISTS.flatMap(([field, type]) =>
    containerList(spec[field], [...specPath, field], type, context),
  );
}

/** The containers of one list of a pod spec. */
export function containerList(
  list: unknown,
  path: Path,
  type: ContainerType,
  context: ObjectContext,
): Container[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    malformed(path, 'a list', context);
    return [];
  }
  const containers: Container[] = [];
  list.forEach((value: unknown, index) => {
    const place = [...path, index];
    if (isMapping(value)) containers.push(container(value, type, index, place));
    else malformed(place, 'a mapping', context);
  });
  return containers;
}

function container(
  value: Record<string, unknown>,
  type: ContainerType,
  index: number,
  path: Path,
): Container {
  const sidecar = type === 'init' && value.restartPolicy === 'Always';
  const name = typeof value.name === 'string' ? value.name : '';
  return { name, type: sidecar ? 'sidecar' : type, index, path, value };
}

/** Reports that the field at `path` is not `expected`, which Kubernetes would refuse. */
export function malformed(path: Path, expected: string, context: ObjectContext): void {
  const location = context.locate(path);
  context.notice(
    diagnostic('DPS7014', `The field ${formatPath(path)} must be ${expected}.`, {
      ...(location === undefined ? {} : { location }),
      fix: 'Correct the field at the place shown.',
    }),
  );
}
