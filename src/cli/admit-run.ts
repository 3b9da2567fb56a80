/** The pass over the input: every pod judged, every verdict stored, in memory that does not grow. */
import { factCollector, type FactCollector } from '../admission/judge/collect.ts';
import { createJudge } from '../admission/judge/judge.ts';
import type { ClusterFacts } from '../admission/judge/types.ts';
import { versionMatrix, type Matrix } from '../admission/matrix.ts';
import { isUnreadable, readingFinding } from '../audit/reading.ts';
import { diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import type { ByteSource, Io } from '../io/io.ts';
import { readManifests } from '../workloads/read-manifests.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import {
  findingOf,
  isTemplate,
  podName,
  recordOf,
  type PodInHand,
  type PodRecord,
} from './admit-pod.ts';
import { podJudge } from './admit-judged.ts';
import { openRemedy, remedyOf } from './admit-remedy.ts';
import type { AdmitSetup } from './admit-setup.ts';
import { repeatableSources, type Sources } from './admit-source.ts';
import { accountOf, tallies, type PodNeeds, type Tallies } from './admit-tallies.ts';
import type { Progress } from './audit-progress.ts';
import { findingStore, type FindingStore } from './audit-store.ts';
import { lineStore, type LineStore } from './line-store.ts';

/** Sees every pod with its verdict: what-if and plan. */
export interface PodObserver {
  add: (pod: PodInHand, needs: PodNeeds) => void;
}

/** The facts for what else may be known beside the input. */
export type FactsFrom = (base: ClusterFacts) => ClusterFacts;

export interface AdmitOptions {
  maxFindings: number;
  /** Only text is asked for: what is past maxFindings is counted, and not kept. */
  textOnly: boolean;
  allowEmpty: boolean;
  progress: Progress;
  matrix: boolean;
  /** Made anew for each pass, with what is known by then. */
  observers: (facts: ClusterFacts, factsFrom: FactsFrom) => PodObserver[];
  /** The namespace of an object that states none, where it can be told. */
  namespaceOf: (object: ManifestObject, template: PodTemplate) => string | undefined;
}

export interface AdmitRun {
  findings: FindingStore;
  records: LineStore<PodRecord>;
  counts: { pods: number; admitted: number; refused: number; open: number };
  documents: number;
  /** A file or document could not be read, or nothing was found: exit 2. */
  couldNotRun: boolean;
  facts: ClusterFacts;
  tallies: Tallies;
  matrix?: Matrix;
  accounts: ReadonlySet<string>;
}

interface Pass extends AdmitRun {
  judge: ReturnType<typeof podJudge>;
  observers: PodObserver[];
  collector: FactCollector;
  setup: AdmitSetup;
  options: AdmitOptions;
  /** Facts that came behind a judged pod: the pass is run again with all of them. */
  isLate: boolean;
  /** Whether this pass still collects. */
  collects: boolean;
  remarks: Set<string>;
}

/**
 * Reads and judges every file. Namespaces, bindings and policies may stand behind the pods that they
 * decide about: then, and only then, the input is read a second time.
 */
export function runAdmit(
  files: readonly string[],
  setup: AdmitSetup,
  options: AdmitOptions,
  io: Io,
): AdmitRun {
  const sources = repeatableSources(io);
  try {
    const collector = factCollector(setup.target, setup.namespace);
    let pass = onePass(files, newPass(setup, options, collector, true), sources);
    if (pass.isLate) {
      closeRun(pass);
      pass = onePass(files, newPass(setup, options, collector, false), sources);
    }
    finish(pass);
    return pass;
  } finally {
    sources.close();
    options.progress.done();
  }
}

export function closeRun({ findings, records }: AdmitRun): void {
  findings.close();
  records.close();
}

function newPass(
  setup: AdmitSetup,
  options: AdmitOptions,
  collector: FactCollector,
  collects: boolean,
): Pass {
  const pass: Omit<Pass, 'facts' | 'judge' | 'tallies' | 'observers'> = {
    findings: findingStore(),
    records: lineStore<PodRecord>(),
    counts: { pods: 0, admitted: 0, refused: 0, open: 0 },
    documents: 0,
    couldNotRun: false,
    accounts: collector.accounts,
    collector,
    setup,
    options,
    isLate: false,
    collects,
    remarks: new Set(),
  };
  return { ...pass, ...judging(setup, options, collector) };
}

/** The judge and the tallies for what is known now. */
function judging(
  { target, facts: base }: AdmitSetup,
  options: AdmitOptions,
  collector: FactCollector,
): Pick<Pass, 'facts' | 'judge' | 'tallies' | 'observers' | 'matrix'> {
  const facts = collector.facts(base);
  const counted = tallies(target, facts);
  return {
    facts,
    judge: podJudge(createJudge(target, facts), counted.needsOf),
    tallies: counted,
    observers: options.observers(facts, (other) => collector.facts(other)),
    ...(options.matrix ? { matrix: versionMatrix(target.openshift !== undefined, facts) } : {}),
  };
}

function onePass(files: readonly string[], pass: Pass, sources: Sources): Pass {
  for (const file of files) readFile(file, pass, sources);
  return pass;
}

function readFile(file: string, pass: Pass, sources: Sources): void {
  let source: ByteSource | undefined;
  const report = (problem: Diagnostic): void => {
    if (isUnreadable(problem)) pass.couldNotRun = true;
    pass.findings.add(readingFinding(problem));
  };
  let state = 'fresh';
  try {
    source = sources.open(file);
    const result = readManifests(source, { report }, (object) => {
      if (pass.collects && pass.collector.add(object)) state = changed(pass);
      if (pass.isLate) return;
      if (state === 'stale' && object.pods.length > 0) {
        Object.assign(pass, judging(pass.setup, pass.options, pass.collector));
        state = 'fresh';
      }
      for (const template of object.pods) visit(object, template, pass);
    });
    pass.documents += result.documents;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    error.diagnostics.forEach(report);
    pass.couldNotRun = true;
  } finally {
    source?.close();
  }
  if (state === 'stale') Object.assign(pass, judging(pass.setup, pass.options, pass.collector));
}

/** New facts: before the first pod they only make the judge anew. */
function changed(pass: Pass): 'stale' | 'fresh' {
  if (pass.counts.pods === 0) return 'stale';
  pass.isLate = true;
  return 'fresh';
}

function visit(object: ManifestObject, template: PodTemplate, pass: Pass): void {
  if (isPatch(object, template)) {
    note(
      pass,
      'DPS6005',
      `${object.file}: ${object.kind} ${object.name} is a patch and not judged.`,
    );
    return;
  }
  const { options, counts, findings, setup } = pass;
  const namespace = object.namespace ?? setup.namespace ?? options.namespaceOf(object, template);
  const pod = { metadata: template.metadata, spec: template.spec };
  const request = { pod, kind: object.kind, isTemplate: isTemplate(object), namespace };
  const { judgement, needs, changes } = pass.judge(request);
  const inHand: PodInHand = { object, template, namespace, judgement, pod };
  const account = accountOf(template.spec, pass.facts);
  pass.tallies.count({ namespace, account, judgement }, needs);
  const isShown = counts.pods < options.maxFindings;
  counts.pods++;
  counts[judgement.admitted === null ? 'open' : judgement.admitted ? 'admitted' : 'refused']++;
  if (isShown || !options.textOnly) pass.records.add(recordOf(inHand, changes, isShown));
  if (judgement.admitted !== true) report(inHand, needs, account, pass);
  for (const remark of judgement.notes)
    note(pass, 'DPS6003', `${podName(inHand)}: ${remark}`, remark);
  for (const observer of pass.observers) observer.add(inHand, needs);
  pass.matrix?.add(request, podName(inHand));
  options.progress.step(counts.pods, findings.counts);
}

/** The finding of a pod that is not admitted. Text shows the first ones; of the others only the count is needed. */
function report(inHand: PodInHand, needs: PodNeeds, account: string, pass: Pass): void {
  const { findings, options } = pass;
  const { error, warning, note: notes } = findings.counts;
  const isShown = error + warning + notes < options.maxFindings;
  if (!isShown && options.textOnly) {
    findings.count('error');
    return;
  }
  const isRefused = inHand.judgement.admitted === false;
  const fix = isRefused ? remedyOf(inHand, needs, account) : openRemedy(inHand);
  findings.add(findingOf(inHand, { fix, withFrame: isShown }));
}

/** A strategic-merge patch among manifests: no container has an image, and its folder is one of patches. */
function isPatch({ file }: ManifestObject, { containers }: PodTemplate): boolean {
  return (
    /(?:^|\/)patches\//.test(file) && containers.every(({ value }) => value.image === undefined)
  );
}

/** Remarks that are kept apart; the same words about another pod are left out. */
const MAX_REMARKS = 500;

function note(
  { remarks, findings }: Pass,
  code: 'DPS6003' | 'DPS6005' | 'DPS6006',
  message: string,
  key = message,
): void {
  if (remarks.has(key) || remarks.size >= MAX_REMARKS) return;
  remarks.add(key);
  findings.add(diagnostic(code, message));
}

/** What can only be said when everything has been read. */
function finish(pass: Pass): void {
  for (const { source } of pass.facts.unknownBindings)
    note(pass, 'DPS6006', `It is not known ${source}.`);
  if (pass.counts.pods > 0 || pass.options.allowEmpty) return;
  pass.couldNotRun = true;
  const documents = `${pass.documents} ${pass.documents === 1 ? 'document' : 'documents'}`;
  pass.findings.add(diagnostic('DPS6004', `No workload was found in ${documents}.`));
}
