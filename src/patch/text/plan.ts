/** All edits of a document as one tree, so that each place in the text is changed once. */
import { applyEdits, type ValueEdit } from '../apply.ts';
import { isDeepStrictEqual } from '../../security/equal.ts';
import type { FieldPath } from '../../security/types.ts';
import { isMapping, put } from '../../yaml/mapping.ts';

export interface Plan {
  /** What becomes of the value here; absent where only something below it changes. */
  edit: { op: 'set'; value: unknown; forced: boolean } | { op: 'remove' } | undefined;
  children: Map<string | number, Plan>;
  /** The merge keys of this map are written out. */
  unmerge: boolean;
}

/** What must be done beside the edits, so that they do not reach other places: see shared.ts. */
export interface Expansion {
  path: FieldPath;
  /** The value to write out at `path`; absent: the merge keys of the map at `path` are written out. */
  value?: unknown;
}

/** The edits that change something, in one tree; undefined when none does. */
export function makePlan(
  value: unknown,
  edits: readonly ValueEdit[],
  expansions: readonly Expansion[] = [],
): Plan | undefined {
  const plan = newPlan();
  for (const expansion of expansions) {
    const node = descend(plan, expansion.path);
    if ('value' in expansion) node.edit = { op: 'set', value: expansion.value, forced: true };
    else node.unmerge = true;
  }
  for (const edit of edits) add(plan, edit);
  return prune(plan, value) ? plan : undefined;
}

function newPlan(): Plan {
  return { edit: undefined, children: new Map(), unmerge: false };
}

function descend(plan: Plan, path: FieldPath): Plan {
  let node = plan;
  for (const step of path) {
    let next = node.children.get(step);
    if (next === undefined) node.children.set(step, (next = newPlan()));
    node = next;
  }
  return node;
}

function add(plan: Plan, edit: ValueEdit): void {
  let node = plan;
  for (let depth = 0; depth < edit.path.length; depth++) {
    const step = edit.path[depth] ?? '';
    if (node.edit !== undefined) {
      addBelow(node, { ...edit, path: edit.path.slice(depth) });
      return;
    }
    node = descend(node, [step]);
  }
  node.children.clear();
  const forced = node.edit?.op === 'set' && node.edit.forced;
  if (edit.op === 'remove') node.edit = { op: 'remove' };
  else node.edit = { op: 'set', value: edit.value ?? null, forced };
}

/** An edit below a place that is already set or removed. */
function addBelow(node: Plan, edit: ValueEdit): void {
  if (node.edit === undefined) return;
  if (node.edit.op === 'set') node.edit.value = applyEdits(node.edit.value, [edit]);
  else if (edit.op === 'set') {
    node.edit = { op: 'set', value: applyEdits(undefined, [edit]), forced: false };
  }
}

/** Takes out what changes nothing; false when nothing is left. */
function prune(plan: Plan, value: unknown): boolean {
  if (plan.edit?.op === 'set') {
    return plan.edit.forced || !isDeepStrictEqual(plan.edit.value, value);
  }
  if (plan.edit !== undefined) return value !== undefined;
  for (const [step, child] of plan.children) {
    if (!prune(child, valueAt(value, step))) plan.children.delete(step);
  }
  return plan.children.size > 0 || plan.unmerge;
}

/** The value one step down; undefined where there is none. */
export function valueAt(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') {
    return Array.isArray(value) ? (value as readonly unknown[])[step] : undefined;
  }
  return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** `value` with the plan carried out; undefined for a removed one. */
export function carryOut(plan: Plan, value: unknown): unknown {
  if (plan.edit !== undefined) return plan.edit.op === 'set' ? plan.edit.value : undefined;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => {
      const child = plan.children.get(index);
      return child === undefined ? item : carryOut(child, item);
    });
  }
  const result: Record<string, unknown> = isMapping(value) ? { ...value } : {};
  for (const [step, child] of plan.children) {
    const next = carryOut(child, valueAt(value, step));
    if (next === undefined) Reflect.deleteProperty(result, step);
    else put(result, String(step), next);
  }
  return result;
}

/** The paths of the places that the plan changes. */
export function changedPaths(plan: Plan): FieldPath[] {
  const found: FieldPath[] = [];
  collect(plan, [], found);
  return found;
}

function collect(plan: Plan, way: (string | number)[], found: FieldPath[]): void {
  if (plan.edit !== undefined || plan.unmerge) found.push(way.slice());
  for (const [step, child] of plan.children) {
    way.push(step);
    collect(child, way, found);
    way.pop();
  }
}
