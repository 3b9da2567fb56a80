/**
 * Proves what `generate` writes: with exactly those objects every pod is admitted, without them none
 * is, and the SCC anyuid alone is not enough. Pure.
 */
import { factCollector, NO_FACTS, type CollectedObject } from './judge/collect.ts';
import { createJudge } from './judge/judge.ts';
import type { ClusterFacts, Judgement } from './judge/types.ts';
import { refusalsInWords } from './judge/words.ts';
import { grantsForNamespace, mergeGrants } from './scc/rbac.ts';
import { MCS, SUPPLEMENTAL_GROUPS, UID_RANGE } from './scc/types.ts';
import { targetText, type AdmitTarget } from './target.ts';

/** A pod as it will be, with its workload. */
export interface VerifyPod {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** `{metadata, spec}`. */
  readonly pod: unknown;
}

export interface VerifyInput {
  readonly target: AdmitTarget;
  readonly pods: readonly VerifyPod[];
  /** The generated objects: namespaces, bindings, policies. */
  readonly objects: readonly CollectedObject[];
  /** Whether PodSecurityPolicies are in force. */
  readonly psp: boolean;
  /** Annotations of namespaces by name; a typical block where none are known, since each has some. */
  readonly annotations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface VerifyResult {
  /** Verdicts that were asked for. */
  readonly verdicts: number;
  /** One sentence each; empty: proven. */
  readonly problems: readonly string[];
}

const TYPICAL = {
  [UID_RANGE]: '1000650000/10000',
  [MCS]: 's0:c26,c5',
  [SUPPLEMENTAL_GROUPS]: '1000650000/10000',
};

/** What every namespace falls back to where nothing is generated: the strictest that Domino can not pass. */
const BASELINE = { 'pod-security.kubernetes.io/enforce': 'baseline' };

interface Trial {
  readonly expected: boolean;
  readonly facts: ClusterFacts;
  /** `with the generated objects` */
  readonly circumstance: string;
}

function annotated(facts: ClusterFacts, { annotations }: VerifyInput): ClusterFacts {
  const namespaces = new Map(facts.namespaces);
  for (const [name, own] of Object.entries(annotations)) {
    const known = namespaces.get(name);
    namespaces.set(name, { ...known, annotations: { ...known?.annotations, ...own } });
  }
  return { ...facts, namespaces, annotations: TYPICAL };
}

function withLabels(facts: ClusterFacts, labels: Readonly<Record<string, string>>): ClusterFacts {
  const namespaces = [...facts.namespaces].map(
    ([name, known]) => [name, { ...known, labels }] as const,
  );
  return { ...facts, namespaces: new Map(namespaces) };
}

/** Each generated kind of object is taken away by itself: what it gives must be missing then. */
function trials(input: VerifyInput): Trial[] {
  const collector = factCollector(input.target);
  for (const object of input.objects) collector.add(object);
  const base = { ...NO_FACTS, psp: input.psp };
  const facts = annotated(collector.facts(base), input);
  const all: Trial[] = [{ expected: true, facts, circumstance: 'with the generated objects' }];
  const { openshift, kubernetes } = input.target;
  if (openshift !== undefined || kubernetes >= 23) {
    all.push({
      expected: false,
      facts: withLabels(facts, BASELINE),
      circumstance: 'in a namespace of level baseline',
    });
  }
  if (openshift !== undefined) {
    const none = { ...facts, sccGrants: NO_FACTS.sccGrants };
    const names = [...new Set(input.pods.map(({ namespace }) => namespace))];
    const anyuid = mergeGrants(...names.map((name) => grantsForNamespace(name, ['anyuid'])));
    all.push(
      { expected: false, facts: none, circumstance: 'without the generated bindings' },
      {
        expected: false,
        facts: { ...facts, sccGrants: anyuid },
        circumstance: 'with a binding of anyuid alone',
      },
    );
  }
  if (input.psp && openshift === undefined && kubernetes < 25) {
    all.push({
      expected: false,
      facts: { ...facts, pspGrants: NO_FACTS.pspGrants },
      circumstance: 'without the generated bindings',
    });
  }
  return all;
}

function problemOf(
  pod: VerifyPod,
  judgement: Judgement,
  { expected, circumstance }: Trial,
  target: string,
): string {
  const name = `${pod.kind} ${pod.namespace}/${pod.name}`;
  if (!expected) {
    const by = judgement.policy === null ? '' : ` by ${judgement.policy}`;
    return `${name} is admitted${by} on ${target} ${circumstance}, so they prove nothing.`;
  }
  const open = judgement.dependsOn.join(', ');
  const why = judgement.admitted === null ? `it depends on ${open}` : refusalsInWords(judgement);
  return `${name} is not admitted on ${target} ${circumstance}: ${why}.`;
}

/** Judges every pod in every circumstance. A target whose SCCs are not known throws: check it before. */
export function verifyOutput(input: VerifyInput): VerifyResult {
  const problems: string[] = [];
  let verdicts = 0;
  const target = targetText(input.target);
  for (const trial of trials(input)) {
    const judge = createJudge(input.target, trial.facts);
    for (const pod of input.pods) {
      const { kind, namespace } = pod;
      const judgement = judge({ pod: pod.pod, kind, isTemplate: kind !== 'Pod', namespace });
      verdicts++;
      const holds = trial.expected ? judgement.admitted === true : judgement.admitted === false;
      if (!holds) problems.push(problemOf(pod, judgement, trial, target));
    }
  }
  return { verdicts, problems };
}
