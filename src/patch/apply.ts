/** Edits on parsed values: what the edited text must mean. */
import { fail } from '../diagnostics.ts';
import type { FieldPath } from '../security/types.ts';
import { isMapping, put } from '../yaml/mapping.ts';
import { formatPath } from '../yaml/path.ts';

/**
 * One change of a value. `set` writes `value` and creates missing parents (absent or null) as
 * maps; `remove` takes the key away where it is there and leaves its parent, even empty.
 */
export interface ValueEdit {
  path: FieldPath;
  op: 'set' | 'remove';
  value?: unknown;
}

/** Called where an edit cannot be made: the path of the value in the way, and a sentence. */
type Refuse = (path: FieldPath, message: string) => never;

/**
 * `value` with the edits applied one after the other; the argument is not changed, untouched parts
 * are shared with the result. Throws UserError DPS5004 where a path leads through a scalar, into a
 * list by name, past the end of a list, or removes an item of a list.
 */
export function applyEdits(value: unknown, edits: readonly ValueEdit[]): unknown {
  return applyEditsOr(value, edits, (_path, message) => fail('DPS5004', message));
}

/** As applyEdits, with the caller's own refusal. */
export function applyEditsOr(value: unknown, edits: readonly ValueEdit[], refuse: Refuse): unknown {
  const work: Work = { refuse, own: new Set() };
  return edits.reduce((current, edit) => applyAt(current, edit, 0, work), value);
}

interface Work {
  refuse: Refuse;
  /** Collections that are copies already, and so may be changed. */
  own: Set<object>;
}

function applyAt(value: unknown, edit: ValueEdit, depth: number, work: Work): unknown {
  const step = edit.path[depth];
  if (step === undefined) return edit.value ?? null;
  if (typeof step === 'number') return applyToItem(value, step, { edit, depth, work });
  const absent = value === undefined || value === null;
  if (!absent && !isMapping(value)) return refuseKind(value, 'mapping', edit, depth, work.refuse);
  const here = isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  if (edit.op === 'remove' && here === undefined) return value;
  const copy = ownMap(value, work);
  if (edit.op === 'remove' && depth === edit.path.length - 1) Reflect.deleteProperty(copy, step);
  else put(copy, step, applyAt(here, edit, depth + 1, work));
  return copy;
}

function ownMap(value: unknown, { own }: Work): Record<string, unknown> {
  if (isMapping(value) && own.has(value)) return value;
  const copy = isMapping(value) ? { ...value } : {};
  own.add(copy);
  return copy;
}

function applyToItem(
  value: unknown,
  index: number,
  at: { edit: ValueEdit; depth: number; work: Work },
): unknown {
  const { edit, depth, work } = at;
  const { refuse } = work;
  if (!Array.isArray(value)) return refuseKind(value, 'list', edit, depth, refuse);
  const place = edit.path.slice(0, depth + 1);
  if (index >= value.length) {
    return refuse(
      place,
      `${formatPath(place)} does not exist: the list has ${value.length} items.`,
    );
  }
  if (edit.op === 'remove' && depth === edit.path.length - 1) {
    return refuse(place, `${formatPath(place)} is an item of a list, which is never removed.`);
  }
  const items: unknown[] = work.own.has(value) ? value : [...(value as unknown[])];
  work.own.add(items);
  items[index] = applyAt(items[index], edit, depth + 1, work);
  return items;
}

function refuseKind(
  value: unknown,
  wanted: 'mapping' | 'list',
  edit: ValueEdit,
  ...[depth, refuse]: [number, Refuse]
): never {
  const path = edit.path.slice(0, depth);
  const place = path.length === 0 ? 'The document' : formatPath(path);
  return refuse(path, `${place} is ${kindOf(value)}, not a ${wanted}.`);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
