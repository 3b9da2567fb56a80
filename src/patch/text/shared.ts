/**
 * Anchors, aliases and merge keys: an edit at one place must not reach another. Where the shared
 * part is small (a scalar, a list of scalars, a securityContext or something in it), it is written
 * out at the place that must not change; anything larger is refused.
 */
import type { FieldPath } from '../../security/types.ts';
import { formatPath } from '../../yaml/path.ts';
import type { Expansion } from './plan.ts';
import { valueAt } from './plan.ts';
import type { Session } from './session.ts';
import { pathOf, type Node } from './tree.ts';

const CONTEXT = 'securityContext';

/** True for a place whose shared value may be written out. */
export function isWrittenOut(path: FieldPath, value: unknown): boolean {
  if (!isExact(value)) return false;
  if (path.includes(CONTEXT)) return true;
  if (Array.isArray(value)) return value.every(isScalar);
  return value !== undefined && isScalar(value);
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** False for a value with a number that would lose digits. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExact);
}

/**
 * What must be written out since it repeats something that changes; empty when nothing does.
 * Refuses (DPS5001) where a repeated part is too large or stands where it cannot be written out.
 */
export function sharedPlaces(session: Session, root: unknown): Expansion[] {
  const { tree, walked, dropped } = session;
  const isDropped = (node: Node): boolean =>
    dropped.some(({ start, end }) => node.head >= start && node.end <= end);
  return tree.aliases.flatMap((alias) => {
    const { target } = alias;
    if (target === undefined || isDropped(alias)) return [];
    if (!walked.has(target) && !isDropped(target)) return [];
    return [expansion(session, root, alias)];
  });
}

function expansion(session: Session, root: unknown, alias: Node): Expansion {
  const path = pathOf(alias);
  if (path !== undefined) {
    const value = path.reduce(valueAt, root);
    if (isWrittenOut(path, value)) return { path, value };
    return refuse(session, alias, path);
  }
  const map = mergingMap(alias);
  const place = map === undefined ? undefined : pathOf(map);
  if (place !== undefined && isWrittenOut(place, place.reduce(valueAt, root))) {
    return { path: place };
  }
  return refuse(session, alias, place);
}

/** The map that an alias is merged into, alone or in a list. */
function mergingMap(alias: Node): Node | undefined {
  const holder = alias.parent?.kind === 'list' ? alias.parent : alias;
  return holder.entry?.merge === true ? holder.parent : undefined;
}

function refuse(session: Session, alias: Node, path: FieldPath | undefined): never {
  const place = path === undefined || path.length === 0 ? 'Another place' : formatPath(path);
  const name = alias.target?.anchor ?? '';
  return session.refuse(
    'DPS5001',
    { offset: alias.head, path },
    `${place} repeats "&${name}", in which something must be changed here only.`,
  );
}
