/** The report of `admit`: a table a pod, what will run, and what the namespaces need. */
import { forecast, SYNC_LABEL, type SyncForecast } from '../admission/label-sync.ts';
import { boundGrants, releaseOf } from '../admission/judge/scc-stage.ts';
import { psaInWords, refusalsInWords, verdictInWords } from '../admission/judge/words.ts';
import { mergeGrants } from '../admission/scc/rbac.ts';
import { targetText } from '../admission/target.ts';
import type { ReportFormat, Report, Section } from '../report/report.ts';
import { formats } from '../report/formats/index.ts';
import { VERSION } from '../version.ts';
import { admitJson } from './admit-json.ts';
import type { PodRecord } from './admit-pod.ts';
import type { AdmitRun } from './admit-run.ts';
import type { AdmitSetup } from './admit-setup.ts';
import { UNKNOWN_NAMESPACE } from './admit-tallies.ts';
import { matrixSection } from './admit-matrix.ts';
import { coverageSections } from './admit-coverage.ts';

const WILL_RUN = 'What will run';
const COLUMNS = ['pod', 'verdict', 'Pod Security', 'written into it', 'refused by'];

function shownValue(value: unknown): string {
  if (value === undefined) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function nameOf({ kind, namespace, name }: PodRecord['entry']): string {
  return `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
}

/** `pod: fsGroup 1000650000; app: runAsUser 1000650000`. */
function changesInWords({ changes }: PodRecord): string {
  const byPlace = new Map<string, string[]>();
  for (const { container, field, after } of changes) {
    const place = container ?? 'pod';
    const words = byPlace.get(place) ?? [];
    words.push(`${field} ${shownValue(after)}`);
    byPlace.set(place, words);
  }
  return [...byPlace].map(([place, words]) => `${place}: ${words.join(', ')}`).join('; ');
}

function podRow(record: PodRecord): string[] {
  const { entry } = record;
  return [
    nameOf(entry),
    verdictInWords(entry),
    psaInWords(entry),
    changesInWords(record),
    refusalsInWords(entry),
  ];
}

function* mapped<T>(
  items: Iterable<T>,
  limit: number,
  row: (item: T) => string[],
): Generator<string[]> {
  let count = 0;
  for (const item of items) {
    if (count++ >= limit) return;
    yield row(item);
  }
}

function rowsOf<T>(
  items: Iterable<T>,
  limit: number,
  row: (item: T) => string[],
): Iterable<string[]> {
  return { [Symbol.iterator]: () => mapped(items, limit, row) };
}

function podTable({ records, counts }: AdmitRun, limit: number): Section {
  const hidden = counts.pods - limit;
  return {
    title: 'Pods',
    columns: COLUMNS,
    rows: rowsOf(records.records, limit, podRow),
    ...(hidden > 0
      ? { note: `${hidden} more; --max-findings shows more, the other formats show all.` }
      : {}),
  };
}

/** The manifest's value beside the one that runs, with its place; the places of the first pods alone are known. */
function* changeRows(records: Iterable<PodRecord>): Generator<string[]> {
  for (const { entry, changes } of records) {
    for (const { container, field, before, after, place } of changes) {
      if (place === undefined) return;
      yield [
        nameOf(entry),
        container ?? 'pod',
        field,
        shownValue(before),
        shownValue(after),
        entry.policy ?? '',
        place,
      ];
    }
  }
}

function willRun({ records, counts }: AdmitRun, limit: number): Section | undefined {
  const rows = { [Symbol.iterator]: () => changeRows(records.records) };
  if (rows[Symbol.iterator]().next().done === true) return undefined;
  return {
    title: WILL_RUN,
    columns: ['pod', 'container', 'field', 'manifest', 'runs as', 'written by', 'place'],
    rows,
    ...(counts.pods > limit ? { note: `Of the first ${limit} pods.` } : {}),
  };
}

function leastPrivilege({ tallies: { psa, scc } }: AdmitRun): Section | undefined {
  const needs = psa.all();
  if (needs.size === 0) return undefined;
  const sccs = scc?.all();
  const onOpenshift = sccs === undefined ? [] : ['smallest set of SCCs', 'because of'];
  return {
    title: 'Least privilege of the namespaces',
    columns: ['namespace', 'pods', 'lowest level', 'because of', ...onOpenshift],
    rows: [...needs].map(([namespace, need]) => {
      const row = [namespace, String(need.pods), need.level, need.because];
      const set = sccs?.get(namespace);
      if (set === undefined) return row;
      const names = set.sccs === undefined ? 'no SCC admits all' : set.sccs.join(', ');
      return [...row, names === '' ? 'none to bind' : names, set.because];
    }),
  };
}

function forecastRow({ namespace, level, why, remedy }: SyncForecast): string[] {
  const written =
    level === null ? 'nothing' : `enforce, audit and warn ${level}, each version latest`;
  return [namespace, written, why, remedy];
}

/** The syncer came with OpenShift 4.11. */
const SYNCER_SINCE = 11;

/** What the label syncer does to the namespaces of the pods (T38). */
function syncSection({ facts, tallies, accounts }: AdmitRun, minor: number): Section | undefined {
  const names = new Set([...tallies.psa.all().keys(), ...facts.namespaces.keys()]);
  names.delete(UNKNOWN_NAMESPACE);
  if (tallies.scc === undefined || names.size === 0 || minor < SYNCER_SINCE) return undefined;
  const grants = mergeGrants(facts.sccGrants, boundGrants(facts.bind));
  return {
    title: "OpenShift's label syncer",
    columns: ['namespace', 'will write', 'because', 'to stop it'],
    rows: [...names].map((name) => {
      const own = [...accounts].filter((account) => account.startsWith(`${name}/`));
      const namespace = {
        name,
        labels: facts.namespaces.get(name)?.labels ?? {},
        annotations: facts.namespaces.get(name)?.annotations ?? facts.annotations,
        accounts: own.map((account) => account.slice(name.length + 1)),
      };
      return forecastRow(forecast(namespace, tallies.sccs, grants));
    }),
    note: `Labels that are not in the input count as unset; ${SYNC_LABEL} decides.`,
  };
}

function aboutSection({ target, facts }: AdmitSetup): Section {
  const rows = [['target', targetText(target)]];
  if (target.openshift !== undefined) {
    const compared = releaseOf(target).comparedWithData;
    rows.push(['SCCs', compared ? 'compared with the release' : 'derived, not compared']);
  }
  if (facts.exemptions === undefined) rows.push(['exemptions', 'none assumed']);
  return { title: 'Judged for', columns: ['what', 'value'], rows };
}

export interface AdmitReport {
  report: Report;
  formats: readonly ReportFormat[];
}

/** @param more tables of what-if and plan */
export function admitReport(
  run: AdmitRun,
  setup: AdmitSetup,
  more: readonly Section[],
  maxPods: number,
): AdmitReport {
  const { counts, findings, records } = run;
  const sections = [
    willRun(run, maxPods),
    leastPrivilege(run),
    ...coverageSections(run),
    syncSection(run, setup.target.openshift?.minor ?? 0),
    run.matrix === undefined ? undefined : matrixSection(run.matrix),
    ...more,
    aboutSection(setup),
  ];
  const { pods, admitted, refused, open } = counts;
  const report: Report = {
    tool: 'domino-podsec',
    version: VERSION,
    command: 'admit',
    subject: setup.subject,
    findings: findings.findings,
    totals: {
      ...findings.counts,
      pods,
      admitted,
      refused,
      ...(open === 0 ? {} : { undecided: open }),
    },
    table: podTable(run, Infinity),
    sections: sections.filter((section) => section !== undefined),
  };
  const json = admitJson(records.records, [WILL_RUN]);
  const own = formats.map((format): ReportFormat => {
    if (format.id === 'json') return json;
    if (format.id !== 'text') return format;
    const write: ReportFormat['write'] = (given, options) =>
      format.write({ ...given, table: podTable(run, maxPods) }, options);
    return { ...format, write };
  });
  return { report, formats: own };
}
