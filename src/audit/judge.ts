/** Rules and policy over one object: everything that an audit says of it. */
import { codes } from '../codes/index.ts';
import { atLeast, diagnostic, type Severity, type Subject } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import { settle } from '../security/settle.ts';
import type { PolicyContext } from '../security/standing.ts';
import type { ManifestObject } from '../workloads/types.ts';
import { auditPod, subjectOf } from './context.ts';
import { exceptionUse } from './exceptions-used.ts';
import { fingerprint, identityOf, podPlace, type Identity } from './fingerprint.ts';
import { indexEdits, patchText, type EditIndex } from './patch-text.ts';
import { remarksOn } from './remarks.ts';
import { rules as allRules } from './rules/index.ts';
import type { Shape, Shapes } from './shapes.ts';
import { fixedState, STATE_NAMES, stateOf, type PodState } from './states.ts';
import type { AuditPod, AuditTarget, ObjectRule, PodRule, Rule, RuleHit } from './types.ts';

/** What becomes of a finding. hidden and known ones are counted by the caller and not completed. */
export type Fate = 'keep' | 'accepted' | 'known' | 'hidden';

/** Built once a run. */
export interface AuditContext {
  policy: PolicyContext;
  target: AuditTarget;
  /** Default: every rule. */
  rules?: readonly Rule[];
  /**
   * Decides on each finding before it gets what is dear to compute: place, patch. `aliases` are the
   * names by which the workload is known (its own, its controller's). Default: keep all.
   */
  fateOf?: (finding: Finding, aliases: readonly Identity[]) => Fate;
  /**
   * False when a finding will only be counted: its place, patch and fingerprint are then left out.
   * Default: always true.
   */
  isShown?: () => boolean;
  /**
   * False when fateOf decides the same for pods of every name, so that it may be asked with a finding of
   * another pod. Default: true.
   */
  namesMatter?: boolean;
  /** What pods of one shape share; absent: every pod is judged by itself. */
  shapes?: Shapes;
}

/** One pod of the object, judged. */
export interface PodAudit {
  pod: AuditPod;
  state: PodState;
  used: readonly string[];
  unneeded: readonly string[];
  /** Of a custom resource that describes its pod in pieces. */
  isPiece?: true;
}

export interface ObjectAudit {
  /** In the order of the rules; those that are kept. */
  findings: Finding[];
  pods: PodAudit[];
  /** Nothing was found, not even what is accepted, known or hidden. */
  isSilent: boolean;
  /** Something was found on the object as a whole. */
  isOfObject: boolean;
}

/** Judges an object during its visit. Pure; never throws, whatever the object holds. */
export function auditObject(object: ManifestObject, context: AuditContext): ObjectAudit {
  const isShown = context.isShown?.() ?? true;
  const run: Run = {
    object,
    context,
    identity: identityOf(object),
    findings: [],
    isShown,
    isSilent: true,
  };
  const rules = context.rules ?? allRules;
  judgeObject(run, rules);
  const isOfObject = !run.isSilent;
  const pods = object.pods.map((template) => {
    const pod = auditPod(object, template, context.policy, context.target);
    const shape = context.shapes?.of(object, template, pod.standing);
    if (shape !== undefined) pod.shape = shape;
    return judgePod(run, pod, rules);
  });
  const { pieces = [] } = object;
  if (pieces.length > 0) remarkPieces(run);
  for (const template of pieces) {
    const pod = auditPod(object, template, context.policy, context.target);
    pods.push({ ...judgePod(run, pod, rules.filter(seesPieces), isWritten), isPiece: true });
  }
  return { findings: run.findings, pods, isSilent: run.isSilent, isOfObject };
}

/**
 * Judges a pod again whose names alone have changed, for its counts: what is found has no place, no patch
 * and no fingerprint, as in a context whose isShown says false.
 */
export function judgeAgain(pod: AuditPod, context: AuditContext): ObjectAudit {
  const { object } = pod;
  const identity = identityOf(object);
  const run: Run = { object, context, identity, findings: [], isShown: false, isSilent: true };
  const pods = [judgePod(run, pod, context.rules ?? allRules)];
  return { findings: run.findings, pods, isSilent: run.isSilent, isOfObject: false };
}

/** What is absent in a piece may be there in the pod. */
function isWritten({ effective }: RuleHit): boolean {
  return effective?.some(({ value }) => value !== null) !== false;
}

/** Its finding is an absence, whatever else is written. */
function seesPieces({ id }: Rule): boolean {
  return id !== 'run-as-non-root-unset';
}

function remarkPieces(run: Run): void {
  const { object, context, identity } = run;
  const namespace = object.namespace ?? context.policy.defaultNamespace;
  const subject = subjectOf(object, namespace);
  const message = `${subject.kind} describes pods in pieces, and its operator adds the rest: only what is written here was judged.`;
  const finding: Finding = { ...diagnostic('DPS4907', message), subject };
  finding.fix = codes.DPS4907.fix;
  if (run.isShown) finding.fingerprint = fingerprint('DPS4907', subject, identity, '');
  emit(run, finding, { path: ['kind'] });
}

interface Run {
  object: ManifestObject;
  context: AuditContext;
  identity: Identity;
  findings: Finding[];
  isShown: boolean;
  isSilent: boolean;
}

function judgeObject(run: Run, rules: readonly Rule[]): void {
  const { object, context } = run;
  const own = context.target.dominoNamespaces;
  const input = {
    object,
    target: context.target,
    isDominoNamespace: (name: string) => own?.has(name) === true,
  };
  for (const rule of rules) {
    if (rule.scope !== 'object') continue;
    for (const hit of rule.check(input)) {
      emit(run, draft(run, rule, hit, subjectOf(object, object.namespace)), hit);
    }
  }
}

function judgePod(
  run: Run,
  pod: AuditPod,
  rules: readonly Rule[],
  counts?: (hit: RuleHit) => boolean,
): PodAudit {
  const { standing } = pod;
  const subject = subjectOf(run.object, standing.namespace);
  const fixed = fixedState(standing);
  const where = placeIn(run, pod);
  const hits: { rule: PodRule; hit: RuleHit; finding: Finding; fate: Fate }[] = [];
  if (fixed !== 'user') {
    const fitting = fixed === 'windows' ? rules.filter(judgesWindows) : rules;
    for (const { rule, hit } of hitsOn(pod, fitting, counts)) {
      const finding = draft(run, rule, capped(hit, rule, fixed), subject, where);
      hits.push({ rule, hit, finding, fate: fateOf(run, finding) });
    }
  }
  const open = hits
    .filter(({ fate }) => fate !== 'accepted')
    .map(({ finding }) => finding.severity);
  const use = exceptionUse(pod);
  const state = stateOf(standing, open, open.length < hits.length, use);
  for (const remark of remarksOn(pod, subject)) {
    if (run.isShown) remark.fingerprint = fingerprint(remark.code, subject, run.identity, '');
    remark.state = STATE_NAMES[state];
    if (fateOf(run, remark) !== 'keep') continue;
    place(run, remark, { path: ['metadata', 'name'] });
    run.findings.push(remark);
  }
  const shape: Pick<Shape, 'edits' | 'patches'> = pod.shape ?? { patches: new Map() };
  const edits = (): EditIndex =>
    (shape.edits ??= indexEdits(settle(pod.pod.spec, standing.limitsOf).edits));
  for (const { rule, hit, finding, fate } of hits) {
    if (fate !== 'keep') continue;
    finding.state = STATE_NAMES[state];
    place(run, finding, hit);
    if (run.isShown && rule.control !== undefined && state !== 'foreign') {
      const patch = patchText(pod, rule.control, hit.container, edits, shape.patches);
      if (patch !== undefined) finding.patch = patch;
    }
    run.findings.push(finding);
  }
  return { pod, state, ...use };
}

function judgesWindows(rule: Rule): boolean {
  return rule.scope === 'pod' && rule.forWindows === true;
}

function placeIn({ object, isShown }: Run, { pod }: AuditPod): string {
  return isShown ? podPlace(object, pod.path) : '';
}

type Hits = NonNullable<Shape['hits']>;

function hitsOn(
  pod: AuditPod,
  rules: readonly Rule[],
  counts: (hit: RuleHit) => boolean = () => true,
): Hits {
  const { shape } = pod;
  if (shape?.hits !== undefined) return shape.hits;
  const found: Hits = rules.flatMap((rule) =>
    rule.scope === 'pod'
      ? rule
          .check(pod)
          .filter(counts)
          .map((hit) => ({ rule, hit }))
      : [],
  );
  // Kept for long, so without the text of the document that they were cut from.
  if (shape !== undefined) shape.hits = found.map(({ rule, hit }) => ({ rule, hit: copy(hit) }));
  return found;
}

function copy(hit: RuleHit): RuleHit {
  return JSON.parse(JSON.stringify(hit)) as RuleHit;
}

/** The policy is Domino's: what it says of others' pods is for information. */
function capped(hit: RuleHit, rule: PodRule, state: PodState | undefined): RuleHit {
  const severity: Severity = hit.severity ?? rule.severity;
  return state === 'foreign' && atLeast(severity, 'warning') ? { ...hit, severity: 'note' } : hit;
}

function draft(
  run: Run,
  rule: PodRule | ObjectRule,
  hit: RuleHit,
  subject: Subject,
  place = '',
): Finding {
  const named =
    hit.container === undefined || hit.container === '' ? {} : { container: hit.container };
  const of = { ...subject, ...named };
  const severity = hit.severity ?? rule.severity;
  return {
    code: rule.code,
    severity,
    message: hit.message,
    rule: rule.id,
    subject: of,
    fix: hit.fix ?? rule.fix,
    docs: rule.docs,
    // With the severity: what was a warning when it was accepted must not hide an error.
    ...(run.isShown
      ? {
          fingerprint: fingerprint(rule.code, of, run.identity, `${place}${hit.field} ${severity}`),
        }
      : {}),
    ...(hit.effective === undefined ? {} : { effective: hit.effective }),
  };
}

function emit(run: Run, finding: Finding, hit: Pick<RuleHit, 'path' | 'what'>): void {
  if (fateOf(run, finding) !== 'keep') return;
  place(run, finding, hit);
  run.findings.push(finding);
}

function fateOf(run: Run, finding: Finding): Fate {
  const { context, object, identity } = run;
  run.isSilent = false;
  return context.fateOf?.(finding, [{ kind: object.kind, name: object.name }, identity]) ?? 'keep';
}

function place(
  { object, isShown }: Run,
  finding: Finding,
  { path, what }: Pick<RuleHit, 'path' | 'what'>,
): void {
  if (!isShown) return;
  const location = object.locate(path, what);
  if (location !== undefined) finding.location = location;
}
