/** The verdicts of all pods on every version of Kubernetes or OpenShift, and where they flip. */
import { oncePerKind } from './judge/equal-pods.ts';
import { createJudge } from './judge/judge.ts';
import type { ClusterFacts, PodRequest } from './judge/types.ts';
import { MAX_MINOR } from './pss/index.ts';
import {
  FIRST_OPENSHIFT,
  LAST_OPENSHIFT,
  openshiftTarget,
  targetText,
  type AdmitTarget,
} from './target.ts';

/** The oldest Kubernetes that any Domino release ran on. */
const FIRST_KUBERNETES = 13;
/** Flips that a row names; further ones are counted. */
const MAX_NAMED = 20;

interface MatrixRow {
  readonly version: string;
  readonly admitted: number;
  readonly refused: number;
  readonly open: number;
  /** Pods whose verdict is another one than in the version before: `DaemonSet a/b: admitted -> refused`. */
  readonly flips: readonly string[];
  readonly moreFlips: number;
}

export interface Matrix {
  add: (request: PodRequest, name: string) => void;
  rows: () => readonly MatrixRow[];
}

/** Every release that can be judged, the oldest first. */
export function matrixTargets(onOpenshift: boolean): AdmitTarget[] {
  const [from, to] = onOpenshift
    ? [FIRST_OPENSHIFT, LAST_OPENSHIFT]
    : [FIRST_KUBERNETES, MAX_MINOR];
  const minors = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return minors.flatMap((minor) => {
    const target = onOpenshift ? openshiftTarget(minor) : { kubernetes: minor };
    return 'problem' in target ? [] : [target];
  });
}

type Column = 'admitted' | 'refused' | 'open';

function columnOf(admitted: boolean | null): Column {
  if (admitted === null) return 'open';
  return admitted ? 'admitted' : 'refused';
}

const WORDS: Readonly<Record<Column, string>> = {
  admitted: 'admitted',
  refused: 'refused',
  open: 'depends on what is not known',
};

/** One judge a version; memory does not grow with the pods. */
export function versionMatrix(onOpenshift: boolean, facts: ClusterFacts): Matrix {
  const columns = matrixTargets(onOpenshift).map((target) => ({
    version: targetText(target),
    judge: createJudge(target, facts),
    counts: { admitted: 0, refused: 0, open: 0 },
    flips: [] as string[],
    moreFlips: 0,
  }));
  const verdictsOf = oncePerKind((request) =>
    columns.map(({ judge }) => columnOf(judge(request).admitted)),
  );
  return {
    add(request, name) {
      const verdicts = verdictsOf(request);
      let before: Column | undefined;
      for (const [index, column] of columns.entries()) {
        const verdict = verdicts[index] ?? 'open';
        column.counts[verdict]++;
        if (before !== undefined && before !== verdict) {
          if (column.flips.length < MAX_NAMED)
            column.flips.push(`${name}: ${WORDS[before]} -> ${WORDS[verdict]}`);
          else column.moreFlips++;
        }
        before = verdict;
      }
    },
    rows: () =>
      columns.map(({ version, counts, flips, moreFlips }) => ({
        version,
        ...counts,
        flips,
        moreFlips,
      })),
  };
}
