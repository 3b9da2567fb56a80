/** Counters of a run, and the small indexes that join its pods with the catalog. */
import { diagnostic } from '../diagnostics.ts';
import type { Finding, Section } from '../report/report.ts';
import { describeSubject } from '../security/plan.ts';
import type { SelectedPod } from '../security/types.ts';
import { subjectOf } from './context.ts';
import { fingerprint, identityOf } from './fingerprint.ts';
import type { PodAudit } from './judge.ts';
import { STATE_COUNTERS, STATE_NAMES, type PodState } from './states.ts';

/** Rows of the table of catalog pods; more than this is a dump of which the first are enough. */
const MAX_ROWS = 1000;

export interface AuditTally {
  readonly pods: number;
  addPod: (audit: PodAudit) => void;
  addDocuments: (documents: number, skipped: number) => void;
  /** Catalog pods that the configuration installs and the input lacks. */
  missing: () => Finding[];
  nothingFound: () => Finding;
  /** In a fixed order; states without pods are left out. */
  counters: () => Record<string, number>;
  /** Every state with its number of pods, for programs. */
  states: () => { state: PodState; title: string; pods: number }[];
  /** The catalog pods of the input with their states: what a reviewer signs. */
  catalogPods: () => Section | undefined;
}

export function auditTally(selected: readonly SelectedPod[]): AuditTally {
  const counts = { pods: 0, documents: 0, skipped: 0 };
  const states = new Map<PodState, number>();
  const found = new Set<string>();
  const rows = new Map<string, readonly string[]>();
  let hasMore = false;
  return {
    get pods() {
      return counts.pods;
    },
    addPod(audit) {
      counts.pods++;
      states.set(audit.state, (states.get(audit.state) ?? 0) + 1);
      const { standing } = audit.pod;
      if (standing.state !== 'catalog' || standing.match === undefined) return;
      found.add(standing.match.entry.id);
      const row = rowOf(audit, standing.match.entry.id);
      const key = row.slice(0, 2).join('\0');
      if (rows.size < MAX_ROWS || rows.has(key)) rows.set(key, row);
      else hasMore = true;
    },
    addDocuments(documents, skipped) {
      counts.documents += documents;
      counts.skipped += skipped;
    },
    missing: () =>
      selected
        .filter(({ entry }) => !found.has(entry.id))
        .map(({ entry, because }) => ({
          ...diagnostic(
            'DPS3007',
            `${entry.id} is installed by the configuration (${because}) but is not in the input.`,
            { severity: 'note' },
          ),
          fingerprint: fingerprint('DPS3007', undefined, undefined, entry.id),
        })),
    nothingFound: () =>
      diagnostic(
        'DPS4905',
        `No workload was found in ${counts.documents} ${counts.documents === 1 ? 'document' : 'documents'}.`,
        { fix: 'Check the paths and the rendering, or say --allow-empty.' },
      ),
    counters: () => {
      const named: Record<string, number> = { documents: counts.documents, pods: counts.pods };
      for (const [state, name] of Object.entries(STATE_COUNTERS)) {
        const count = states.get(state as PodState);
        if (count !== undefined) named[name] = count;
      }
      return named;
    },
    states: () =>
      (Object.keys(STATE_NAMES) as PodState[]).map((state) => ({
        state,
        title: STATE_NAMES[state],
        pods: states.get(state) ?? 0,
      })),
    catalogPods: () =>
      rows.size === 0
        ? undefined
        : {
            title: 'Catalog pods',
            columns: ['pod', 'workload', 'state', 'exceptions in use', 'confidence'],
            rows: [...rows.values()],
            ...(hasMore ? { note: `Only the first ${MAX_ROWS} are listed.` } : {}),
          },
  };
}

/** One row a workload: the pods of a DaemonSet in a dump share it. */
function rowOf({ pod, state, used }: PodAudit, id: string): string[] {
  const { kind, name } = identityOf(pod.object);
  const subject = subjectOf(pod.object, pod.standing.namespace);
  const workload = describeSubject({ ...subject, kind, name });
  const confidence = pod.standing.match?.confidence ?? '';
  const row = [id, workload, STATE_NAMES[state], used.join(', ') || 'none', confidence];
  return JSON.parse(JSON.stringify(row)) as string[];
}
