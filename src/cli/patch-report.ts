/** What a run of patch has seen, and the report of it. */
import { diagnostic, type Diagnostic } from '../diagnostics.ts';
import type { PatchedPod } from '../patch/document.ts';
import { describeSubject } from '../security/plan.ts';
import type { PolicyContext } from '../security/standing.ts';
import type { Report, Section } from '../report/report.ts';
import type { Args } from './command.ts';
import { isSet } from './flags.ts';
import { reportOf, subjectOf } from './report.ts';

export interface PatchRun {
  diagnostics: Diagnostic[];
  /** One row a pod: what happened, the workload, why. */
  rows: string[][];
  counts: Record<'changed' | 'right' | 'left', number>;
  /** Ids of catalog rows that were found. */
  found: Set<string>;
  hooks: string[];
  /** Nothing but white space was read so far. */
  isBlank: boolean;
}

export function newRun(): PatchRun {
  return {
    diagnostics: [],
    rows: [],
    counts: { changed: 0, right: 0, left: 0 },
    found: new Set(),
    hooks: [],
    isBlank: true,
  };
}

const LEFT: Partial<Record<PatchedPod['plan']['standing']['state'], string>> = {
  'user-workload': 'a pod of users',
  'unknown-namespace': 'its namespace is unknown',
  foreign: "not in a namespace of Domino's",
  windows: 'a Windows pod',
  default: 'no row of the catalog',
};

/** Notes what became of a pod. */
export function addPod(run: PatchRun, pod: PatchedPod): void {
  const { plan, changes, kind, namespace, name, hooks } = pod;
  const subject = describeSubject({
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  });
  const { match, state } = plan.standing;
  if (state === 'catalog' && match !== undefined) run.found.add(match.entry.id);
  if (hooks.length > 0) run.hooks.push(subject);
  if (plan.settlement === undefined) {
    run.counts.left++;
    run.rows.push(['left alone', subject, LEFT[state] ?? '']);
  } else if (changes > 0) {
    run.counts.changed++;
    const what = match === undefined ? 'the default policy' : match.entry.id;
    run.rows.push(['changed', subject, `${what}, ${changes} field${changes === 1 ? '' : 's'}`]);
  } else {
    run.counts.right++;
    run.rows.push(['already right', subject, match?.entry.id ?? 'the default policy']);
  }
}

/** The pods that the configuration installs and the input does not hold. */
export function missingPods(run: PatchRun, { selection }: PolicyContext): Diagnostic[] {
  return (selection?.selected ?? [])
    .filter(({ entry }) => !run.found.has(entry.id))
    .map(({ entry }) =>
      diagnostic(
        'DPS3007',
        `${entry.id} is installed by the configuration but is not in the input.`,
        { severity: 'note' },
      ),
    );
}

export function patchReport(
  run: PatchRun,
  notes: readonly Diagnostic[],
  context: PolicyContext,
  args: Args,
): Report {
  const missing = missingPods(run, context);
  const strict = isSet(args, 'require-all');
  const findings = [
    ...notes,
    ...run.diagnostics,
    ...missing.map((entry) => (strict ? { ...entry, severity: 'error' as const } : entry)),
  ];
  return reportOf({
    command: 'patch',
    subject: subjectOf(context.options),
    findings,
    sections: [workloads(run), ...hookSection(run)],
    counters: { ...run.counts },
  });
}

function workloads({ rows }: PatchRun): Section {
  return { title: 'Workloads', columns: ['result', 'workload', 'because'], rows };
}

/** Helm 3 renders hooks apart and never passes them to a post-renderer (T1); Helm 4 does. */
function hookSection({ hooks }: PatchRun): Section[] {
  if (hooks.length === 0) return [];
  return [
    {
      title: 'Hooks of the chart',
      columns: ['workload'],
      rows: hooks.map((subject) => [subject]),
      note: 'Helm 3 never passes hooks to a post-renderer; in that way of use these stay unpatched.',
    },
  ];
}
