/** The strategies for ids: users of containers, groups of pods (podsecuritypolicy/user and /group). */
import { child, invalid, required, type Failure, type Place } from '../scc/failure.ts';
import type { GroupRule, IdRange, IdStrategy, UserRule } from './types.ts';

/** Go's print of ranges: `[{1 65535}]`. */
function rangesText(ranges: readonly IdRange[]): string {
  return `[${ranges.map(({ min, max }) => `{${min} ${max}}`).join(' ')}]`;
}

function inRanges(id: number, ranges: readonly IdRange[]): boolean {
  return ranges.some(({ min, max }) => id >= min && id <= max);
}

/** What MustRunAs writes into a field that is not set: the first id of the first range. */
export function generateId({ rule, ranges }: IdStrategy<string>): number | undefined {
  return rule === 'MustRunAs' ? ranges[0]?.min : undefined;
}

/** Failures of the effective uid and runAsNonRoot of a container; `place` is its securityContext. */
export function checkUser(
  { rule, ranges }: IdStrategy<UserRule>,
  place: Place,
  uid: number | undefined,
  nonRoot: boolean | undefined,
): Failure[] {
  const at = child(place, 'runAsUser');
  switch (rule) {
    case 'RunAsAny':
      return [];
    case 'MustRunAs':
      if (uid === undefined) return [required(at, '')];
      if (inRanges(uid, ranges)) return [];
      return [invalid(at, uid, `must be in the ranges: ${rangesText(ranges)}`)];
    case 'MustRunAsNonRoot': {
      const flag = child(place, 'runAsNonRoot');
      if (nonRoot === undefined && uid === undefined) return [required(flag, 'must be true')];
      if (nonRoot === false) return [invalid(flag, false, 'must be true')];
      return uid === 0 ? [invalid(at, 0, 'running with the root UID is forbidden')] : [];
    }
  }
}

/** Failures of groups; fsGroup and runAsGroup are lists of one, or of none where they are not set. */
export function checkGroups(
  { rule, ranges }: IdStrategy<GroupRule>,
  place: Place,
  groups: readonly number[],
): Failure[] {
  if (rule === 'RunAsAny') return [];
  const value = { ids: groups };
  const empty = rule === 'MustRunAs' && groups.length === 0;
  if (empty)
    return [invalid(place, value, 'unable to validate empty groups against required ranges')];
  return groups
    .filter((group) => !inRanges(group, ranges))
    .map((group) =>
      invalid(place, value, `group ${group} must be in the ranges: ${rangesText(ranges)}`),
    );
}
