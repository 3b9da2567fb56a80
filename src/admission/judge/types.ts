/** What a judgement gets and gives; the three engines come together here. */
import type { AnyPsp } from '../psp/types.ts';
import type { PspGrants } from '../psp/rbac.ts';
import type { Exemptions, Level, NamespacePolicy, PsaOutcome } from '../pss/index.ts';
import type { SccGrants } from '../scc/rbac.ts';
import type { AnyScc, ContainerContext, UserInfo } from '../scc/types.ts';

type Texts = Readonly<Record<string, string>>;

/** What is known of a namespace; absent: not known. */
export interface NamespaceFacts {
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

/** A binding whose role is not in the input: what it grants is not known. */
export interface UnknownBinding {
  /** null: in every namespace. */
  readonly namespace: string | null;
  /** `user:<name>` or `group:<name>`. */
  readonly subjects: readonly string[];
  /** `ClusterRole foo of RoleBinding ns/bar`. */
  readonly source: string;
}

/** Everything about the cluster that decides verdicts. */
export interface ClusterFacts {
  readonly namespaces: ReadonlyMap<string, NamespaceFacts>;
  /** Annotations of every namespace of which none of its own are known. */
  readonly annotations?: Texts;
  readonly sccGrants: SccGrants;
  readonly unknownBindings: readonly UnknownBinding[];
  /** SCCs of the input: they join, or replace, those that the release ships. */
  readonly sccs: readonly AnyScc[];
  readonly psps: readonly AnyPsp[];
  readonly pspGrants: PspGrants;
  /** Whether PodSecurityPolicies are in force; undefined: not known. */
  readonly psp: boolean | undefined;
  /** Enforced in every namespace, whatever its labels say. */
  readonly level?: Level;
  /** SCCs bound to the service accounts of every namespace; every pod then runs as `default`. */
  readonly bind?: readonly string[];
  readonly exemptions?: Exemptions;
  readonly defaults?: NamespacePolicy;
  /** Who creates bare pods. */
  readonly user?: UserInfo;
}

export interface PodRequest {
  /** `{metadata, spec}` of a pod or of a template, any JSON value. */
  readonly pod: unknown;
  readonly kind: string;
  /** True for a template: the workload itself is always accepted. */
  readonly isTemplate: boolean;
  /** undefined: not known. */
  readonly namespace: string | undefined;
}

/** A failed policy as the JSON contract has it. */
export interface PodRefusal {
  readonly policy: string;
  /** The id of the failed check of Pod Security; null for an SCC or a PSP. */
  readonly check: string | null;
  readonly field: string | null;
  readonly reason: string;
}

export interface Judgement {
  /** null: rests on what is not known (`dependsOn`). */
  readonly admitted: boolean | null;
  /** The SCC, the PSP or the level of Pod Security that admits. */
  readonly policy: string | null;
  readonly subject: 'serviceaccount' | 'user' | null;
  /** The SCC or PSP that the pod gets past, though Pod Security may refuse it then. */
  readonly through: Pick<Judgement, 'policy' | 'subject'> | null;
  readonly psa: PsaOutcome | null;
  readonly mutated: {
    readonly pod: Readonly<Record<string, unknown>>;
    readonly containers: readonly ContainerContext[];
  } | null;
  readonly refusals: readonly PodRefusal[];
  /** The first failing field of each refusal as a path of the pod; null where there is none. */
  readonly paths: readonly (string | null)[];
  readonly dependsOn: readonly string[];
  /** Sentences that do not change the verdict. */
  readonly notes: readonly string[];
  /** The pod as Pod Security judged it: with what SCC or PSP wrote. */
  readonly judgedPod: unknown;
}

export type Judge = (request: PodRequest) => Judgement;
