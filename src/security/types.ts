/** The types that flow from the catalog and the options to everything that is written or judged. */
import type {
  Confidence,
  ContainerNeed,
  Evidence,
  Exception,
  ExceptionRow,
  NamespaceKey,
  PodEntry,
} from '../catalog/types.ts';

/** A path inside a pod template: `['spec', 'containers', 0, 'securityContext', 'privileged']`. */
export type FieldPath = readonly (string | number)[];

/** A pod that the configuration installs. */
export interface SelectedPod {
  entry: PodEntry;
  /** The row of `entry.needs` for the Domino version at hand. */
  row: ExceptionRow;
  /** The exceptions that are left after the reductions of the configuration. */
  exceptions: Partial<Record<Exception, Evidence>>;
  /** Exceptions that an option of the configuration removed, with the option in words. */
  reduced: {
    exceptions: readonly Exception[];
    by: string;
    evidence: Evidence;
    /** What containers need then, instead of the need of their row. */
    leaves: readonly (ContainerNeed & { container: string })[];
    /** Containers that the pod no longer has. */
    drops: readonly string[];
  }[];
  /** The condition that held, in words. */
  because: string;
  /** The namespace's real name. */
  namespace: string;
  namespaceKey: NamespaceKey;
}

/** A pod of the catalog that the configuration does not install, and why not. */
export interface OmittedPod {
  entry: PodEntry;
  because: string;
  /** False where it may still appear, switched on by an administrator or brought by the user. */
  excluded: boolean;
}

export interface Selection {
  selected: readonly SelectedPod[];
  omitted: readonly OmittedPod[];
}

/** The controls that a decision speaks of, in the order in which reports show them. */
export const CONTROLS = [
  'runAsNonRoot',
  'privileged',
  'capabilities',
  'seLinuxType',
  'allowPrivilegeEscalation',
  'seccompProfile',
] as const;
export type Control = (typeof CONTROLS)[number];

export interface Capabilities {
  drop: readonly string[];
  add: readonly string[];
}

/** Where a limit comes from. */
export interface Reason {
  why: string;
  from: 'policy' | 'catalog' | 'hardening' | 'api';
  confidence: Confidence;
  source: string;
}

/**
 * What one container may do with one control.
 * equals: exactly this value. atMost: this value or less; nothing is taken away where the reason
 * is only assumed. free: the decision does not speak of it.
 */
export type Limit<Value> =
  | { rule: 'equals'; value: Value; reason: Reason }
  | { rule: 'atMost'; value: Value; reason: Reason }
  | { rule: 'free' };

/** The limits of one container: the decision. */
export interface ContainerLimits {
  /** true: must not run as root; atMost false: may run as root. */
  runAsNonRoot: Limit<boolean>;
  privileged: Limit<boolean>;
  /** atMost with `add: ['*']`: the source names no capabilities, any is within the ceiling. */
  capabilities: Limit<Capabilities>;
  seLinuxType: Limit<string>;
  allowPrivilegeEscalation: Limit<boolean>;
  seccompProfile: Limit<string>;
  /** What the upstream chart is known to set or rely on in this container. */
  need?: ContainerNeed;
}

/** One change of a pod template, relative to the object that holds `metadata` and `spec`. */
export interface Edit {
  path: FieldPath;
  op: 'set' | 'remove';
  value?: unknown;
  control: Control;
  /** Absent for a pod-level field. */
  container?: string;
  reason: Reason;
}
