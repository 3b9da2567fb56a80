/**
 * The strategies for ids: who a container may run as, and which groups a pod may have
 * (apiserver-library-go securitycontextconstraints/user and /group). A range that is not known
 * yields `Unless` failures: they hold only if the namespace's annotation does not say otherwise.
 */
import { child, invalid, required, type Failure, type Place } from './failure.ts';
import type { Preallocated, ValueError } from './namespace.ts';
import type { IdRange } from './types.ts';

/** `any` allows all and writes nothing. */
export type UserStrategy =
  | { type: 'any' }
  | { type: 'nonRoot' }
  | { type: 'exactly'; uid: number }
  | { type: 'range'; range: IdRange | { unknown: string } };

export type GroupStrategy =
  { type: 'any' } | { type: 'ranges'; ranges: IdRange[] | { unknown: string } };

/** What a strategy writes into a field that the pod leaves unset. */
export type Generated<T> = Exclude<Preallocated<T>, ValueError> | undefined;

function inRange(id: number, range: IdRange): boolean {
  return id >= range.min && id <= range.max;
}

export function generateUser(strategy: UserStrategy): Generated<number> {
  if (strategy.type === 'exactly') return { value: strategy.uid };
  if (strategy.type !== 'range') return undefined;
  return 'unknown' in strategy.range ? strategy.range : { value: strategy.range.min };
}

/**
 * Failures of the effective uid and runAsNonRoot of a container.
 * A uid that the strategy itself generated from an unknown range is not passed here.
 */
export function checkUser(
  strategy: UserStrategy,
  place: Place,
  uid: number | undefined,
  nonRoot: boolean | undefined,
): Failure[] {
  const at = child(place, 'runAsUser');
  switch (strategy.type) {
    case 'any':
      return [];
    case 'nonRoot':
      if (nonRoot === undefined && uid === undefined)
        return [required(child(place, 'runAsNonRoot'), 'must be true')];
      if (nonRoot === false) return [invalid(child(place, 'runAsNonRoot'), false, 'must be true')];
      return uid === 0 ? [invalid(at, 0, 'running with the root UID is forbidden')] : [];
    case 'exactly':
      if (uid === undefined) return [required(at, '')];
      return uid === strategy.uid ? [] : [invalid(at, uid, `must be: ${strategy.uid}`)];
    case 'range': {
      if (uid === undefined) return [required(at, '')];
      if ('unknown' in strategy.range) {
        return [
          {
            ...invalid(at, uid, "must be in the namespace's range"),
            unless: [strategy.range.unknown],
          },
        ];
      }
      const { min, max } = strategy.range;
      return inRange(uid, strategy.range)
        ? []
        : [invalid(at, uid, `must be in the ranges: [${min}, ${max}]`)];
    }
  }
}

/** The first id of the first range. */
export function generateGroup(strategy: GroupStrategy): Generated<number> {
  if (strategy.type === 'any') return undefined;
  return 'unknown' in strategy.ranges ? strategy.ranges : { value: strategy.ranges[0]?.min ?? 0 };
}

/** Failures of the groups that a pod states (fsGroup as a list of one). */
export function checkGroups(
  strategy: GroupStrategy,
  place: Place,
  groups: readonly number[],
): Failure[] {
  if (strategy.type === 'any') return [];
  const value = { ids: groups };
  if (groups.length === 0)
    return [invalid(place, value, 'unable to validate empty groups against required ranges')];
  const { ranges } = strategy;
  if ('unknown' in ranges) {
    return groups.map((group) => ({
      ...invalid(place, value, `${group} is not a group of the namespace`),
      unless: [ranges.unknown],
    }));
  }
  return groups
    .filter((group) => !ranges.some((range) => inRange(group, range)))
    .map((group) => invalid(place, value, `${group} is not an allowed group`));
}
