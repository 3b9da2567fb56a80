/** Counts reasons in bounded memory: a dump may hold a million pods, each with its own words. */

/** Distinct reasons that are kept; later ones are counted as others. */
const MAX_REASONS = 200;

export interface ReasonTally {
  /** Counts one pod under each of its distinct reasons. */
  add: (reasons: Iterable<string>) => void;
  /** The most frequent first, then by name. */
  top: (count: number) => readonly (readonly [reason: string, pods: number])[];
}

export function reasonTally(): ReasonTally {
  const counts = new Map<string, number>();
  return {
    add(reasons) {
      for (const reason of new Set(reasons)) {
        const known = counts.get(reason);
        if (known === undefined && counts.size >= MAX_REASONS) continue;
        counts.set(reason, (known ?? 0) + 1);
      }
    },
    top: (count) =>
      [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).slice(0, count),
  };
}

/** `seLinuxOptions.type spc_t on 41 of 41, hostPath on 3 of 41`. */
export function reasonsInWords(tally: ReasonTally, pods: number, count = 3): string {
  return tally
    .top(count)
    .map(([reason, on]) => `${reason} on ${on} of ${pods}`)
    .join(', ');
}
