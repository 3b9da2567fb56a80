/** What a pod is to the documented exceptions: one state a pod. */
import type { Severity } from '../diagnostics.ts';
import type { Standing } from '../security/standing.ts';

export type PodState =
  'conforms' | 'used' | 'unneeded' | 'undocumented' | 'user' | 'foreign' | 'windows';

/** As findings carry them. */
export const STATE_NAMES: Readonly<Record<PodState, string>> = {
  conforms: 'conforms',
  used: 'documented exception, used',
  unneeded: 'documented exception, no longer needed',
  undocumented: 'undocumented exception',
  user: 'user workload, not judged',
  foreign: 'not a Domino pod',
  windows: 'Windows pod',
};

/** As the counters of a report name them. */
export const STATE_COUNTERS: Readonly<Record<PodState, string>> = {
  conforms: 'conforming',
  used: 'with a documented exception',
  unneeded: 'with an exception no longer needed',
  undocumented: 'with an undocumented exception',
  user: 'of users',
  foreign: 'not of Domino',
  windows: 'for Windows',
};

/** The state that standing alone decides; undefined: the findings decide. */
export function fixedState({ state }: Standing): PodState | undefined {
  switch (state) {
    case 'windows':
      return 'windows';
    case 'user-workload':
      return 'user';
    case 'foreign':
      return 'foreign';
    case 'catalog':
    case 'not-expected':
    case 'default':
    case 'unknown-namespace':
      return undefined;
  }
}

/**
 * @param open severities of the findings that no exception of the user accepts
 * @param accepted whether one of his accepts a finding
 */
export function stateOf(
  standing: Standing,
  open: readonly Severity[],
  accepted: boolean,
  use: { used: readonly unknown[]; unneeded: readonly unknown[] },
): PodState {
  const fixed = fixedState(standing);
  if (fixed !== undefined) return fixed;
  if (open.some((severity) => severity !== 'note')) return 'undocumented';
  if (use.used.length > 0 || accepted) return 'used';
  return use.unneeded.length > 0 ? 'unneeded' : 'conforms';
}
