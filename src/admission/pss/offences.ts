/**
 * Finds who breaks a check, and puts it into words. Most pods break nothing, so nothing is
 * allocated before the first hit.
 */
import { containerPath, type ContainerView, type Json, type PodView } from '../pod.ts';

/** A field with a value that the check forbids; the path is relative to what was looked at. */
export interface BadField {
  readonly field: string;
  readonly value: string;
}

/** Everybody who breaks one check. */
export interface Offence {
  /** The offenders in words: `pod and container "a"`. */
  readonly who: string;
  /** Full paths of the bad fields, in the order found. */
  readonly fields: readonly string[];
  /** The distinct bad values, sorted. */
  readonly values: readonly string[];
}

interface Collected {
  pod: boolean;
  readonly containers: string[];
  readonly fields: string[];
  readonly values: string[];
}

/** Items in double quotes, with commas: `"a", "b"`. */
export function quoted(items: readonly string[]): string {
  return items.map((item) => JSON.stringify(item)).join(', ');
}

/** Distinct items in byte order, so that messages do not depend on the order of a file. */
export function distinct(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

/** The container's name, or its place where it has none. */
function label(container: ContainerView): string {
  return container.name === '' ? containerPath(container) : container.name;
}

/** Containers in words: `container "a"`, `containers "a", "b"`. */
export function containersInWords(names: readonly string[]): string {
  return `${names.length === 1 ? 'container' : 'containers'} ${quoted(names)}`;
}

function collect(into: Collected | null, where: string, bad: readonly BadField[]): Collected {
  const target = into ?? { pod: false, containers: [], fields: [], values: [] };
  for (const { field, value } of bad) {
    target.fields.push(`${where}.${field}`);
    target.values.push(value);
  }
  return target;
}

function finish(found: Collected | null): Offence | null {
  if (found === null) return null;
  const parts = found.pod ? ['pod'] : [];
  if (found.containers.length > 0) parts.push(containersInWords(found.containers));
  return { who: parts.join(' and '), fields: found.fields, values: distinct(found.values) };
}

/** The containers in which `test` finds bad fields; paths are relative to the container. */
export function offendingContainers(
  pod: PodView,
  test: (container: ContainerView) => readonly BadField[] | null,
): Offence | null {
  let found: Collected | null = null;
  for (const container of pod.containers) {
    const bad = test(container);
    if (bad === null) continue;
    found = collect(found, containerPath(container), bad);
    found.containers.push(label(container));
  }
  return finish(found);
}

/** The security contexts, the pod's own first, in which `test` finds bad fields. */
export function offendingContexts(
  pod: PodView,
  test: (securityContext: Json) => readonly BadField[] | null,
): Offence | null {
  let found: Collected | null = null;
  const own = pod.securityContext === undefined ? null : test(pod.securityContext);
  if (own !== null) {
    found = collect(found, 'spec.securityContext', own);
    found.pod = true;
  }
  for (const container of pod.containers) {
    const bad = container.securityContext === undefined ? null : test(container.securityContext);
    if (bad === null) continue;
    found = collect(found, `${containerPath(container)}.securityContext`, bad);
    found.containers.push(label(container));
  }
  return finish(found);
}
