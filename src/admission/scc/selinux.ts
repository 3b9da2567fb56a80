/** The strategy for SELinux options: equal in all four parts, or anything (apiserver-library-go /selinux). */
import { child, invalid, type Failure, type Place } from './failure.ts';
import type { SeLinuxOptions } from './types.ts';

/** `any` allows all and writes nothing; a level that is not known names its annotation. */
export type SeLinuxStrategy =
  { type: 'any' } | { type: 'exactly'; options: SeLinuxOptions; unknownLevel?: string };

/** Categories may stand in any order: `s0:c6,c0` equals `s0:c0,c6`. */
function sameLevel(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  const [a, b] = [expected.indexOf(':'), actual.indexOf(':')];
  if (a < 0 || b < 0 || expected.slice(0, a) !== actual.slice(0, b)) return false;
  const sorted = (level: string, from: number): string =>
    level
      .slice(from + 1)
      .split(',')
      .sort()
      .join(',');
  return sorted(expected, a) === sorted(actual, b);
}

/** Failures of options that the pod states; what the strategy itself wrote is right by definition. */
export function checkSeLinux(
  strategy: SeLinuxStrategy,
  place: Place,
  actual: SeLinuxOptions,
): Failure[] {
  if (strategy.type === 'any') return [];
  const at = child(place, 'seLinuxOptions');
  const failures: Failure[] = [];
  const level = actual.level ?? '';
  if (strategy.unknownLevel !== undefined) {
    const failure = invalid(child(at, 'level'), level, "must be the namespace's level");
    // A namespace's level is never empty, so an empty one is wrong whatever the annotation says.
    failures.push(level === '' ? failure : { ...failure, unless: [strategy.unknownLevel] });
  } else if (!sameLevel(strategy.options.level ?? '', level)) {
    failures.push(invalid(child(at, 'level'), level, `must be ${strategy.options.level ?? ''}`));
  }
  for (const key of ['role', 'type', 'user'] as const) {
    const [wanted, has] = [strategy.options[key] ?? '', actual[key] ?? ''];
    if (wanted !== has) failures.push(invalid(child(at, key), has, `must be ${wanted}`));
  }
  return failures;
}
