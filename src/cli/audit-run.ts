/** One pass over the input: every object judged, every finding stored, in memory that does not grow. */
import { baselineGate, type Gate } from '../audit/gate.ts';
import { exceptionBook, type ExceptionBook } from '../audit/exceptions.ts';
import { readingFinding, isUnreadable } from '../audit/reading.ts';
import { auditObject, type AuditContext, type ObjectAudit, type PodAudit } from '../audit/judge.ts';
import { namespaceIndex, type NamespaceIndex } from '../audit/namespaces.ts';
import { createShapes, POD_READING } from '../audit/shapes.ts';
import { auditTally, type AuditTally } from '../audit/tally.ts';
import { twinAudit } from '../audit/twins.ts';
import { UserError, type Diagnostic, type Severity } from '../diagnostics.ts';
import type { ByteSource, Io } from '../io/io.ts';
import type { Finding } from '../report/report.ts';
import { frame } from '../text/codeframe.ts';
import { readManifests } from '../workloads/read-manifests.ts';
import type { ManifestObject, PodTemplate, TakeTwin, Twins } from '../workloads/types.ts';
import type { AuditPolicy } from './audit-policy.ts';
import { findingStore, type FindingStore } from './audit-store.ts';
import type { Progress } from './audit-progress.ts';

export interface AuditOptions {
  showFrom: Severity;
  maxFindings: number;
  baseline?: ReadonlySet<string>;
  allowEmpty: boolean;
  /** Only text is asked for: findings past maxFindings are counted, and not kept. */
  textOnly: boolean;
  progress: Progress;
  /** Folders of the input that could not be listed. */
  unlisted?: readonly Diagnostic[];
  /** For tests: where findings wait. */
  store?: FindingStore;
}

export interface AuditRun {
  store: FindingStore;
  gate: Gate;
  tally: AuditTally;
  book: ExceptionBook;
  /** A file or document could not be read, or nothing was found: exit 2. */
  couldNotRun: boolean;
}

interface State extends AuditRun {
  context: AuditContext;
  namespaces: NamespaceIndex;
  options: AuditOptions;
}

/** Reads and judges every file. Problems of single files and documents become findings. */
export function runAudit(
  files: readonly string[],
  policy: AuditPolicy,
  options: AuditOptions,
  io: Io,
): AuditRun {
  // Node's first date in words costs more than judging a thousand pods.
  const today = policy.exceptions.length === 0 ? '' : io.now().toISOString().slice(0, 10);
  const book = exceptionBook(policy.exceptions, today);
  const gate = baselineGate({ book, showFrom: options.showFrom, baseline: options.baseline });
  const state: State = {
    store: options.store ?? findingStore(),
    gate,
    book,
    tally: auditTally(policy.policy.selection?.selected ?? []),
    couldNotRun: false,
    context: {
      policy: policy.policy,
      target: policy.target,
      fateOf: gate.fateOf,
      isShown: () => isShown(state),
      // A baseline shows everything.
      namesMatter: policy.exceptions.length > 0,
      shapes: createShapes(),
    },
    namespaces: namespaceIndex(policy.target),
    options,
  };
  for (const problem of options.unlisted ?? []) reportOn(state, problem);
  for (const file of files) readFile(file, state, io);
  options.progress.done();
  finish(state);
  return state;
}

function readFile(file: string, state: State, io: Io): void {
  let source: ByteSource | undefined;
  const report = (problem: Diagnostic): void => {
    reportOn(state, problem);
  };
  try {
    source = io.open(file);
    let last: ObjectAudit | undefined;
    const twins: Twins = {
      reading: POD_READING,
      ofVisited: (kept) => (last === undefined ? undefined : takeTwins(last, kept, state)),
    };
    const result = readManifests(source, { report, twins }, (object) => {
      last = auditObject(object, state.context);
      add(last, object, state);
    });
    state.tally.addDocuments(result.documents, result.skipped);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    error.diagnostics.forEach(report);
    state.couldNotRun = true;
  } finally {
    source?.close();
  }
}

function reportOn(state: State, problem: Diagnostic): void {
  if (isUnreadable(problem)) state.couldNotRun = true;
  addAll(state, [readingFinding(problem)]);
}

/** How twins of what was audited are counted, where they need not be read. */
function takeTwins(
  audit: ObjectAudit,
  kept: () => PodTemplate | undefined,
  state: State,
): TakeTwin | undefined {
  const twin = twinAudit(audit, state.context, kept);
  if (twin === undefined) return undefined;
  return (names) => {
    const found = twin(names);
    const [pod] = found?.pods ?? [];
    if (found === undefined || pod === undefined) return false;
    add(found, pod.pod.object, state);
    return true;
  };
}

function add({ findings, pods }: ObjectAudit, object: ManifestObject, state: State): void {
  const { tally, store, options, namespaces } = state;
  for (const finding of findings) keep(finding, object, state);
  namespaces.addNamespace(object);
  for (const pod of pods) addPod(pod, state);
  options.progress.step(tally.pods, store.counts);
}

function addPod(audit: PodAudit, state: State): void {
  state.tally.addPod(audit);
  if (audit.state !== 'windows' && audit.isPiece !== true) {
    state.namespaces.addPod(audit.pod, audit.pod.standing.namespace);
  }
}

function isShown({ store, options }: State): boolean {
  const { error, warning, note } = store.counts;
  if (!options.textOnly || options.baseline !== undefined) return true;
  return error + warning + note < options.maxFindings;
}

/** Source lines are drawn for findings that the text report shows, while the text is at hand. */
function keep(finding: Finding, object: ManifestObject, { store, options }: State): void {
  const { counts } = store;
  const shown = counts.error + counts.warning + counts.note < options.maxFindings;
  if (shown && finding.location !== undefined && finding.frame === undefined) {
    const { text, firstLine } = object.text();
    // An item of a JSON list may begin in the middle of a line: its columns are not the text's.
    const isInside = object.item !== undefined && finding.location.line === firstLine;
    const drawn = isInside ? '' : frame(text, finding.location, undefined, firstLine);
    if (drawn !== '') finding.frame = drawn;
  }
  if (options.textOnly && !shown) store.count(finding.severity);
  else store.add(finding);
}

/** What can only be said when everything has been read. */
function finish(state: State): void {
  const { namespaces, tally, book, options } = state;
  addAll(state, [...namespaces.findings(), ...tally.missing()]);
  addAll(state, book.remarks());
  if (tally.pods === 0 && !options.allowEmpty) {
    state.couldNotRun = true;
    addAll(state, [tally.nothingFound()]);
  }
}

function addAll({ gate, store }: State, findings: readonly Finding[]): void {
  for (const finding of findings) {
    const { subject } = finding;
    const aliases = subject === undefined ? [] : [{ kind: subject.kind, name: subject.name }];
    if (gate.fateOf(finding, aliases) === 'keep') store.add(finding);
  }
}
