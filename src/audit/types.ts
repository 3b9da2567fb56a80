/** What flows through an audit: the pod as rules see it, rules, and what they find. */
import type { OpenShiftVersion } from '../deploy/options.ts';
import type { Severity } from '../diagnostics.ts';
import type { EffectiveValue, RuleInfo } from '../report/report.ts';
import type { Standing } from '../security/standing.ts';
import type { ContainerLimits, Control } from '../security/types.ts';
import type { Container, ManifestObject, PodTemplate } from '../workloads/types.ts';
import type { Path } from '../yaml/read.ts';
import type { Shape } from './shapes.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The cluster that the manifests are meant for; only what the run knows. */
export interface AuditTarget {
  /** Kubernetes 1.`kubernetes`. */
  kubernetes?: number;
  openshift?: OpenShiftVersion;
  isOpenShift: boolean;
  /** PodSecurityPolicies are in force; undefined: not known. */
  psp?: boolean;
  /** Names of the configuration's namespaces; undefined without configuration. */
  dominoNamespaces?: ReadonlySet<string>;
}

/** A container with its security context and what it may do. */
export interface AuditContainer {
  /** Empty when the manifest gives none. */
  name: string;
  /** `Container "web"`, `Init container "setup"`: the start of a message. */
  label: string;
  container: Container;
  /** Empty when the container has none. */
  context: Json;
  limits: ContainerLimits;
}

/** A pod or pod template under audit. Paths start at the root of its object. */
export interface AuditPod {
  object: ManifestObject;
  pod: PodTemplate;
  target: AuditTarget;
  standing: Standing;
  /** The pod's own security context; empty when there is none. */
  context: Json;
  annotations: Json;
  containers: readonly AuditContainer[];
  /** What is known from pods like it; rules have nothing to do with it. */
  shape?: Shape;
}

/** An object that is judged as a whole: a namespace, a policy, an API version. */
export interface AuditObject {
  object: ManifestObject;
  target: AuditTarget;
  isDominoNamespace: (name: string) => boolean;
}

/** What is known of a namespace when all input has been read. */
export interface NamespaceFacts {
  name: string;
  labels: Readonly<Record<string, string>>;
  target: AuditTarget;
  refused: { readonly baseline: RefusedPods; readonly restricted: RefusedPods };
}

/** Pods that a level of Pod Security refuses: how many, and the first of them in words. */
export interface RefusedPods {
  count: number;
  examples: string[];
}

/** One violation. `field` is the same wherever the value stands: it goes into the fingerprint. */
export interface RuleHit {
  message: string;
  path: Path;
  field: string;
  what?: 'key' | 'value';
  container?: string;
  severity?: Severity;
  fix?: string;
  effective?: EffectiveValue[];
}

interface RuleBase extends RuleInfo {
  id: string;
  code: `DPS4${string}`;
  docs: string;
  /** The fields that the rule reads, as a reader of `list rules` looks for them. */
  fields: readonly string[];
  /** The control whose edits are the rule's patch; absent where nothing can be patched safely. */
  control?: Control;
}

export interface PodRule extends RuleBase {
  scope: 'pod';
  /** Judges pods for Windows as well, to which the fields of the policy do not apply. */
  forWindows?: true;
  check: (pod: AuditPod) => RuleHit[];
}

export interface ObjectRule extends RuleBase {
  scope: 'object';
  check: (object: AuditObject) => RuleHit[];
}

export interface NamespaceRule extends RuleBase {
  scope: 'namespace';
  check: (namespace: NamespaceFacts) => RuleHit[];
}

export type Rule = PodRule | ObjectRule | NamespaceRule;
