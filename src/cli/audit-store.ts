/** The findings of a run in bounded memory, with their counts. */
import type { Severity } from '../diagnostics.ts';
import type { SpillOptions } from '../io/spill.ts';
import type { Finding } from '../report/report.ts';
import { lineStore } from './line-store.ts';

export interface FindingStore {
  add: (finding: Finding) => void;
  /** Counts a finding that nobody will look at. */
  count: (severity: Severity) => void;
  /** In the order of `add`; may be walked several times. */
  readonly findings: Iterable<Finding>;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly isOnDisk: boolean;
  close: () => void;
}

/** About 10,000 findings stay in memory. UserError DPS1002 from `add` as of a line store. */
export function findingStore(options: SpillOptions = {}): FindingStore {
  const store = lineStore<Finding>(options);
  const counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  return {
    add(finding) {
      counts[finding.severity]++;
      store.add(finding);
    },
    count(severity) {
      counts[severity]++;
    },
    findings: store.records,
    counts,
    get isOnDisk() {
      return store.isOnDisk;
    },
    close: store.close,
  };
}
