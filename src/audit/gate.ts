/** What becomes of each finding: accepted, known from the baseline, hidden, or kept; and the counts. */
import { atLeast, type Severity } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import type { ExceptionBook } from './exceptions.ts';
import type { Identity } from './fingerprint.ts';
import type { Fate } from './judge.ts';

export interface Gate {
  fateOf: (finding: Finding, aliases: readonly Identity[]) => Fate;
  /** Findings that count for --fail-on: kept and hidden ones. */
  readonly open: Readonly<Record<Severity, number>>;
  readonly accepted: number;
  readonly known: number;
  /** Fingerprints of the baseline that did not come up again. */
  readonly resolved: number;
}

export interface GateOptions {
  book: ExceptionBook;
  showFrom: Severity;
  baseline: ReadonlySet<string> | undefined;
}

/** Only findings of rules and of Domino's decisions can be accepted: broken input cannot. */
export function baselineGate({ book, showFrom, baseline }: GateOptions): Gate {
  const open: Record<Severity, number> = { error: 0, warning: 0, note: 0 };
  const counters = { accepted: 0, known: 0 };
  const seen = new Set<string>();
  return {
    fateOf(finding, aliases) {
      const { fingerprint, severity, code } = finding;
      if (!code.startsWith('DPS7') && book.accepts(finding, aliases)) {
        counters.accepted++;
        return 'accepted';
      }
      if (fingerprint !== undefined && baseline?.has(fingerprint) === true) {
        counters.known++;
        seen.add(fingerprint);
        return 'known';
      }
      open[severity]++;
      return atLeast(severity, showFrom) ? 'keep' : 'hidden';
    },
    open,
    get accepted() {
      return counters.accepted;
    },
    get known() {
      return counters.known;
    },
    get resolved() {
      return baseline === undefined ? 0 : baseline.size - seen.size;
    },
  };
}
