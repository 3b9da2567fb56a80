/** What admission wrote into a pod: the manifest's value beside the one that will really run. */
import { isMapping } from '../yaml/mapping.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Change {
  /** null: the pod's own security context. */
  readonly container: string | null;
  /** Below the security context: `seLinuxOptions.level`. */
  readonly field: string;
  /** undefined: not set. */
  readonly before: unknown;
  readonly after: unknown;
  /** Path in the pod of the security context: `spec.containers[0].securityContext`. */
  readonly at: string;
}

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Leaves by dotted path; lists count as leaves. */
function leaves(value: unknown, path: string, into: Map<string, unknown>): void {
  if (!isMapping(value)) {
    if (value !== undefined && value !== null) into.set(path, value);
    return;
  }
  for (const [key, entry] of Object.entries(value)) {
    leaves(entry, path === '' ? key : `${path}.${key}`, into);
  }
}

function compare(
  before: unknown,
  after: unknown,
  place: Pick<Change, 'container' | 'at'>,
): Change[] {
  if (before === after) return [];
  const [old, now] = [new Map<string, unknown>(), new Map<string, unknown>()];
  leaves(before, '', old);
  leaves(after, '', now);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const change = { ...place, field, before: old.get(field), after: now.get(field) };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}

function items(spec: Json, list: string): readonly Json[] {
  const found = spec[list];
  return Array.isArray(found)
    ? (found as unknown[]).map((item) => (isMapping(item) ? item : {}))
    : [];
}

/** The differences of the security contexts of two forms of one pod, the pod's own first. */
export function changesOf(before: Json, after: unknown): Change[] {
  const old = before['spec'];
  const now = isMapping(after) ? after.spec : undefined;
  if (!isMapping(old) || !isMapping(now) || old === now) return [];
  const own = { container: null, at: 'spec.securityContext' };
  const changes = compare(old.securityContext, now.securityContext, own);
  for (const list of LISTS) {
    const written = items(now, list);
    items(old, list).forEach((container, index) => {
      const name = typeof container['name'] === 'string' ? container['name'] : `${list}[${index}]`;
      const place = { container: name, at: `spec.${list}[${index}].securityContext` };
      const context = written[index]?.['securityContext'];
      changes.push(...compare(container['securityContext'], context, place));
    });
  }
  return changes;
}
