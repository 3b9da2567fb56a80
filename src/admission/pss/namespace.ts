/**
 * What Pod Security Admission does with a pod, or with a workload that has a template, in a namespace.
 * Source: admission/admission.go (ValidatePod, ValidatePodController, EvaluatePod).
 */
import { readPod, stringOf, type PodView } from '../pod.ts';
import { evaluateView, type LevelVerdict } from './evaluate.ts';
import {
  parseNamespaceLabels,
  type LabelError,
  type LevelVersion,
  type NamespacePolicy,
} from './labels.ts';
import { notChecked } from './shape.ts';
import type { Level } from './types.ts';

/** `exemptions` of the server's AdmissionConfiguration; the API does not show them. */
export interface Exemptions {
  readonly namespaces?: readonly string[];
  readonly runtimeClasses?: readonly string[];
  readonly usernames?: readonly string[];
}

export interface NamespacedPod {
  readonly labels: unknown;
  /** A Pod, or the template of a workload, with what was written into it before. */
  readonly pod: unknown;
  /**
   * The template as the user applies it: nothing is written into workloads, and that is what he is warned
   * of. null: the server does not look into objects of this kind. Default: `pod`.
   */
  readonly applied?: unknown;
  /** True for a template: the workload itself is never refused, its pods may be. */
  readonly isTemplate: boolean;
  readonly namespace?: string;
  /** Who creates the object. */
  readonly user?: string;
  /** Who creates the pods of a template instead, where it is known. */
  readonly controller?: string;
  readonly exemptions?: Exemptions;
  readonly defaults?: NamespacePolicy;
  /** Minor version of the server. Default: the newest that is built in. */
  readonly server?: number;
}

/** One failed check as reports show it. */
export interface PsaRefusal {
  readonly policy: Level;
  readonly check: string;
  readonly field: string | null;
  readonly reason: string;
}

export interface PsaOutcome {
  /** The enforced level, and the version of the rules that were applied. */
  readonly level: Level;
  readonly version: `v1.${number}`;
  /** Whether the pod, or the pods of the template, get in. */
  readonly admitted: boolean;
  /** What the user who applies the object is warned of. */
  readonly warn: readonly PsaRefusal[];
  /** What the audit log of that request holds. */
  readonly audit: readonly PsaRefusal[];
}

export interface NamespaceJudgement {
  readonly policy: NamespacePolicy;
  readonly errors: readonly LabelError[];
  /** Whether the object as written is accepted: a template always is. */
  readonly objectAccepted: boolean;
  readonly psa: PsaOutcome;
  /** Why the pod, or the pods of the template, do not get in. */
  readonly refusals: readonly PsaRefusal[];
  /** The exemption that applied to the pods. */
  readonly exempt: 'namespace' | 'user' | 'runtimeClass' | null;
  /** A sentence for each mode whose version is newer than the server's. */
  readonly clamped: readonly string[];
  readonly notChecked: readonly string[];
}

/** The failed checks of a verdict in the form of reports, in the server's order. */
export function refusalsOf(verdict: LevelVerdict): readonly PsaRefusal[] {
  return verdict.results.map(({ id, reason, detail, fields }) => ({
    policy: verdict.level,
    check: id,
    field: fields[0] ?? null,
    reason: `${reason} (${detail})`,
  }));
}

function among(name: string | undefined, list: readonly string[] | undefined): boolean {
  return name !== undefined && name !== '' && (list?.includes(name) ?? false);
}

/** The exemption that spares what `user` creates, by the server's order; null when none does. */
function exemptionOf(
  input: NamespacedPod,
  pod: PodView,
  user: string | undefined,
): NamespaceJudgement['exempt'] {
  const { exemptions } = input;
  if (among(input.namespace, exemptions?.namespaces)) return 'namespace';
  if (among(user, exemptions?.usernames)) return 'user';
  const runtimeClass = stringOf(pod.spec, 'runtimeClassName');
  return among(runtimeClass, exemptions?.runtimeClasses) ? 'runtimeClass' : null;
}

function clampedInWords(
  mode: string,
  asked: LevelVersion,
  verdict: LevelVerdict,
): readonly string[] {
  if (!verdict.clamped) return [];
  return [
    `The ${mode} version ${asked.version} is newer than the server and read as ${verdict.version}.`,
  ];
}

/**
 * Judges a pod, or the pods of a template, by the labels of their namespace. Enforcement looks at pods
 * alone, warnings and audit at templates as well; a refused pod carries no warnings. Never throws.
 */
export function judgeNamespaced(input: NamespacedPod): NamespaceJudgement {
  const pod = readPod(input.pod);
  const { policy, errors } = parseNamespaceLabels(input.labels, input.defaults);
  const judge = (asked: LevelVersion, view = pod) =>
    evaluateView(view, {
      ...asked,
      ...(input.server === undefined ? {} : { server: input.server }),
    });
  const enforce = judge(policy.enforce);
  const isSeen = input.applied !== null;
  const applied = input.applied === undefined ? pod : readPod(input.applied);
  const warn = judge(policy.warn, applied);
  const audit = judge(policy.audit, applied);
  const request = exemptionOf(input, pod, input.user);
  // The creator's exemption spares the workload, not the pods that a controller makes from it: those
  // are spared by the controller's. The runtime class is the pods' own and goes with them.
  const exempt = input.isTemplate ? exemptionOf(input, pod, input.controller) : request;
  const refusals = exempt === null ? refusalsOf(enforce) : [];
  const admitted = refusals.length === 0;
  const objectAccepted = input.isTemplate || admitted;
  return {
    policy,
    errors,
    objectAccepted,
    psa: {
      level: enforce.level,
      version: enforce.version,
      admitted,
      warn: isSeen && request === null && objectAccepted ? refusalsOf(warn) : [],
      audit: isSeen && request === null ? refusalsOf(audit) : [],
    },
    refusals,
    exempt,
    clamped: [
      ...clampedInWords('enforce', policy.enforce, enforce),
      ...clampedInWords('audit', policy.audit, audit),
      ...clampedInWords('warn', policy.warn, warn),
    ],
    notChecked: notChecked(input.pod),
  };
}
