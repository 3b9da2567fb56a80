/** The shape of a row of the code tables; `explain CODE` prints it. Codes never change meaning. */
export interface CodeEntry {
  /** Default severity; a diagnostic may carry another where the row's `why` says when. */
  severity: 'error' | 'warning' | 'note';
  /** A few words, no full stop: "Unknown key in deploy.yaml". */
  title: string;
  /** Why it matters, one or two sentences. */
  why: string;
  /** What to do about it, one or two sentences. */
  fix: string;
}
