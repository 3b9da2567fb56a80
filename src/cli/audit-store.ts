/** The findings of a run in bounded memory: lines of JSON, on disk once there are many. */
import type { Severity } from '../diagnostics.ts';
import { createSpill, type SpillOptions } from '../io/spill.ts';
import type { Finding } from '../report/report.ts';

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

/** About 10,000 findings stay in memory. */
const MEMORY = 8 * 1024 * 1024;
/** Lines are handed over in pieces of this size: a write a finding would be slow. */
const PIECE = 64 * 1024;

/** UserError DPS1002 from `add` when the disk of the temporary file is full. */
export function findingStore(options: SpillOptions = {}): FindingStore {
  const spill = createSpill({ memoryLimit: MEMORY, ...options });
  const counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  let waiting: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (waiting.length === 0) return;
    spill.append(waiting.join(''));
    waiting = [];
    size = 0;
  };
  return {
    add(finding) {
      const line = `${JSON.stringify(finding)}\n`;
      counts[finding.severity]++;
      waiting.push(line);
      size += line.length;
      if (size >= PIECE) flush();
    },
    count(severity) {
      counts[severity]++;
    },
    findings: {
      *[Symbol.iterator]() {
        flush();
        yield* lines(spill.texts());
      },
    },
    counts,
    get isOnDisk() {
      return spill.isOnDisk;
    },
    close: () => {
      spill.close();
    },
  };
}

/** One line at a time: a list of all lines of a piece would outlive the garbage collector's young space. */
function* lines(texts: Iterable<string>): Generator<Finding> {
  let rest = '';
  for (const text of texts) {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield JSON.parse(rest + text.slice(start, end)) as Finding;
      rest = '';
      start = end + 1;
    }
    rest += text.slice(start);
  }
}
