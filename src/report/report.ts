/**
 * What a command has to say when it is done, before a format is chosen. Reports are walked, not
 * held: findings and rows are iterables that can be walked again, so memory stays bounded.
 */
import type { Diagnostic, Severity } from '../diagnostics.ts';

/** A value of the security context as a container gets it. */
export interface EffectiveValue {
  /** The field's path, e.g. `securityContext.runAsNonRoot`. */
  field: string;
  value: unknown;
  /** Where it comes from: the container, the pod, or Kubernetes' default. */
  origin: string;
  container?: string;
}

export interface Finding extends Diagnostic {
  /** The rule's id: `run-as-non-root`. */
  rule?: string;
  /** How the pod relates to the documented exceptions. */
  state?: string;
  /** The same for the same problem, also after lines have moved; what `--baseline` compares. */
  fingerprint?: string;
  /** The exact patch that repairs it, as text to paste. */
  patch?: string;
  /** The page that says so. */
  docs?: string;
  effective?: EffectiveValue[];
}

/** A rule or message code as formats show it beside its findings. */
export interface RuleInfo {
  code: string;
  /** The rule's id, where the code is an audit rule's. */
  id?: string;
  severity: Severity;
  title: string;
  why: string;
  fix: string;
  docs?: string;
}

/** A table that belongs to a report: verdicts, selected pods, written files. */
export interface Section {
  title: string;
  columns: readonly string[];
  rows: Iterable<readonly string[]>;
  /** A sentence below the table. */
  note?: string;
}

/** What the report is about; only what was known to the run. */
export interface ReportSubject {
  kubernetesVersion?: string;
  openshiftVersion?: string;
  dominoVersion?: string;
  /** The configuration's path as the user wrote it. */
  config?: string;
}

/** Counters. The three severities count exactly the entries of `findings`; others are the command's own (`pods`, ...). */
export interface Totals {
  error: number;
  warning: number;
  note: number;
  readonly [counter: string]: number;
}

export interface Report {
  tool: string;
  version: string;
  command: string;
  subject: ReportSubject;
  /** In the order of the input; may be walked several times. */
  findings: Iterable<Finding>;
  totals: Totals;
  sections: readonly Section[];
  /** Metadata of audit rules; the rows of the message table are known without it. */
  rules?: readonly RuleInfo[];
  /** What csv writes instead of the findings, for commands whose result is a table (`admit`). */
  table?: Section;
  /** What json writes under `data`, for results that are no findings: name to items. */
  data?: Readonly<Record<string, Iterable<unknown>>>;
}

/** What the command line says about the looks of a report. */
export interface FormatOptions {
  /** Text: colours. Default false. */
  color?: boolean;
  /** Text: columns to wrap at. Default: no wrapping. */
  width?: number;
  /** Text: how many findings are shown. Default 200. */
  maxFindings?: number;
  /** JUnit: what counts as a failed test. Default error. */
  failOn?: Severity | 'never';
}

export interface ReportFormat {
  id: string;
  /** One sentence for --help and the README. */
  description: string;
  mediaType: string;
  /** The report in pieces; put together they are the document. */
  write: (report: Report, options?: FormatOptions) => Iterable<string>;
}

/** Counters of a list that fits in memory. */
export function countTotals(
  findings: Iterable<{ severity: Severity }>,
  more: Readonly<Record<string, number>> = {},
): Totals {
  const totals = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findings) totals[severity] += 1;
  return { ...totals, ...more };
}

/** `Deployment domino-platform/nucleus`; the container is left to the message. */
export function subjectName(finding: Pick<Diagnostic, 'subject'>): string {
  const { subject } = finding;
  if (subject === undefined) return '';
  const name =
    subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  return `${subject.kind} ${name}`;
}

/** `2 errors, 1 warning`, or `no findings`. */
export function totalsLine(totals: Totals): string {
  const parts = (['error', 'warning', 'note'] as const)
    .filter((severity) => totals[severity] > 0)
    .map((severity) => `${totals[severity]} ${severity}${totals[severity] === 1 ? '' : 's'}`);
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** The counters that are the command's own, as `12 pods, 1 namespace`. */
export function countersLine(totals: Totals): string {
  return Object.entries(totals)
    .filter(([name]) => !['error', 'warning', 'note'].includes(name))
    .map(([name, count]) => `${count} ${count === 1 ? singular(name) : name}`)
    .join(', ');
}

/** `pod` of `pods`; counters of several words (`of users`) stand for any number. */
function singular(name: string): string {
  return /^[a-z]+[^s]s$/.test(name) ? name.slice(0, -1) : name;
}

/** The subject as label and value, in a fixed order, without what is not known. */
export function subjectLines(subject: ReportSubject): [string, string][] {
  const lines: [string, string | undefined][] = [
    ['Configuration', subject.config],
    ['Domino', subject.dominoVersion],
    ['Kubernetes', subject.kubernetesVersion],
    ['OpenShift', subject.openshiftVersion],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== undefined);
}

/** The tables in the order of their importance: the command's own first. */
export function allSections(report: Report): readonly Section[] {
  return report.table === undefined ? report.sections : [report.table, ...report.sections];
}
