/** From a plan to changes of the text: which place of the document each part of the plan touches. */
import type { FieldPath } from '../../security/types.ts';
import { put } from '../../yaml/mapping.ts';
import { formatPath } from '../../yaml/path.ts';
import { insertBlock, removeBlock, replaceValue } from './block.ts';
import { insertFlow, removeFlow } from './flow.ts';
import { carryOut, valueAt, type Plan } from './plan.ts';
import type { Session } from './session.ts';
import { isWrittenOut } from './shared.ts';
import { entryEnd, findEntry, isFilled, mergeBrings, type Entry, type Node } from './tree.ts';

/** A place of the document: its node, what it says now, and where it is. */
interface Place {
  node: Node;
  value: unknown;
  path: FieldPath;
}

/** Notes the changes that carry `plan` out on the value at `place`. */
export function editPlace(session: Session, place: Place, plan: Plan): void {
  const { node, value, path } = place;
  if (plan.edit !== undefined) {
    if (plan.edit.op === 'set') replaceValue(session, node, plan.edit.value);
    return;
  }
  if (node.kind === 'alias') {
    if (!isWrittenOut(path, value)) refuseShared(session, place, node.head, 'an alias');
    replaceValue(session, node, carryOut(plan, value));
  } else if (!isFilled(node)) replaceValue(session, node, carryOut(plan, value));
  else if (node.kind === 'list') editList(session, place, plan);
  else editMap(session, place, plan);
}

function editList(session: Session, place: Place, plan: Plan): void {
  session.walked.add(place.node);
  for (const [step, child] of plan.children) {
    const node = typeof step === 'number' ? place.node.items[step] : undefined;
    if (node === undefined) continue;
    const value = valueAt(place.value, step);
    editPlace(session, { node, value, path: [...place.path, step] }, child);
  }
}

/** What happens to the entries of one map, apart from those that change inside. */
interface Changes {
  removed: Set<Entry>;
  added: Record<string, unknown>;
  unmerge: boolean;
}

function editMap(session: Session, place: Place, plan: Plan): void {
  const { node } = place;
  session.walked.add(node);
  const changes: Changes = { removed: new Set(), added: {}, unmerge: plan.unmerge };
  for (const [step, child] of plan.children) {
    editEntry(session, place, { key: String(step), plan: child }, changes);
  }
  if (changes.unmerge) writeMergesOut(session, place, plan, changes);
  const { removed, added } = changes;
  for (const entry of removed) session.dropped.push({ start: entry.start, end: entryEnd(entry) });
  if (removed.size === node.entries.length) {
    replaceValue(session, node, added);
    return;
  }
  if (removed.size > 0) (node.flow ? removeFlow : removeBlock)(session, node, removed);
  if (Object.keys(added).length === 0) return;
  if (node.flow) insertFlow(session, node, added, removed);
  else insertBlock(session, node, added);
}

function editEntry(
  session: Session,
  place: Place,
  at: { key: string; plan: Plan },
  changes: Changes,
): void {
  const { key, plan } = at;
  const { node } = place;
  const path = [...place.path, key];
  const value = valueAt(place.value, key);
  const entry = findEntry(node, key);
  const merged = node.entries.some((other) => other.merge && mergeBrings(other.value, key));
  if (plan.edit?.op === 'remove') {
    if (entry !== undefined) changes.removed.add(entry);
    if (merged) changes.unmerge = true;
  } else if (entry !== undefined) editPlace(session, { node: entry.value, value, path }, plan);
  else {
    if (merged && plan.edit === undefined && !isWrittenOut(path, value)) {
      refuseShared(session, { ...place, path }, mergeOffset(node), 'a merge key');
    }
    put(changes.added, key, carryOut(plan, value));
  }
}

/** Replaces the merge keys of a map by what they bring in and the plan leaves. */
function writeMergesOut(session: Session, place: Place, plan: Plan, changes: Changes): void {
  const { node, path } = place;
  if (!isWrittenOut(path, undefined))
    refuseShared(session, place, mergeOffset(node), 'a merge key');
  const after = carryOut(plan, place.value);
  const added: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(after as Record<string, unknown>)) {
    if (findEntry(node, key) === undefined) put(added, key, value);
  }
  changes.added = added;
  for (const entry of node.entries) if (entry.merge) changes.removed.add(entry);
}

function mergeOffset(map: Node): number {
  return map.entries.find((entry) => entry.merge)?.start ?? map.start;
}

function refuseShared(session: Session, place: Place, offset: number, by: string): never {
  const path = formatPath(place.path);
  return session.refuse(
    'DPS5001',
    { offset, path: place.path },
    `${path} must be changed, but ${by} shares it with another place.`,
  );
}
