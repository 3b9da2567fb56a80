/**
 * The data of the SecurityContextConstraints engine. `Scc` is the object security.openshift.io/v1
 * after the server's defaulting, without metadata but the name; `priority: null` counts as 0.
 */

import type { ValueStyle } from './failure.ts';

/** An inclusive range of ids. */
export interface IdRange {
  min: number;
  max: number;
}

export interface SeLinuxOptions {
  user?: string;
  role?: string;
  type?: string;
  level?: string;
}

export type UserStrategyType = 'MustRunAs' | 'MustRunAsRange' | 'MustRunAsNonRoot' | 'RunAsAny';
export type SimpleStrategyType = 'MustRunAs' | 'RunAsAny';

export interface Scc {
  name: string;
  priority: number | null;
  allowHostDirVolumePlugin: boolean;
  allowHostIPC: boolean;
  allowHostNetwork: boolean;
  allowHostPID: boolean;
  allowHostPorts: boolean;
  allowPrivilegeEscalation: boolean;
  allowPrivilegedContainer: boolean;
  defaultAllowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem: boolean;
  allowedCapabilities: string[];
  defaultAddCapabilities: string[];
  requiredDropCapabilities: string[];
  allowedFlexVolumes: { driver: string }[];
  allowedUnsafeSysctls: string[];
  forbiddenSysctls: string[];
  seccompProfiles: string[];
  volumes: string[];
  runAsUser: { type: UserStrategyType; uid?: number; uidRangeMin?: number; uidRangeMax?: number };
  seLinuxContext: { type: SimpleStrategyType; seLinuxOptions?: SeLinuxOptions };
  fsGroup: { type: SimpleStrategyType; ranges: IdRange[] };
  supplementalGroups: { type: SimpleStrategyType; ranges: IdRange[] };
  userNamespaceLevel: 'AllowHostLevel' | 'RequirePodLevel';
  users: string[];
  groups: string[];
}

/** An SCC of the input that this program can not judge: kept in the order, never admits. */
export interface UncheckedScc {
  name: string;
  priority: number | null;
  /** Why, in words: `runAsUser.type "MustRunAsFoo" is unknown`. */
  notChecked: string;
}

export type AnyScc = Scc | UncheckedScc;

/** What the plugin of a release does beside its SCCs; steps in release-features.ts. */
export interface SccFeatures {
  /** The annotation openshift.io/required-scc is honoured (4.14). */
  requiredScc: boolean;
  /** A container with a non-zero uid gets `runAsNonRoot: true` (4.11, with Pod Security). */
  nonRootFromUid: boolean;
  /** The pod's seccomp annotation is written anew from the field, also by the final validation (4.14). */
  seccompFromField: boolean;
  /** AppArmor annotations become fields of the stored pod (Kubernetes 1.30, OpenShift 4.17). */
  appArmorFields: boolean;
  /** How reasons print lists and what is not set (JSON from Kubernetes 1.34, OpenShift 4.21). */
  valueStyle: ValueStyle;
  safeSysctls: readonly string[];
}

export interface NamespaceInfo {
  name: string;
  annotations?: Readonly<Record<string, string>> | undefined;
  labels?: Readonly<Record<string, string>> | undefined;
}

/** A requester: the groups are all groups but system:authenticated, which is implied. */
export interface UserInfo {
  name: string;
  groups: readonly string[];
}

export interface Refusal {
  scc: string;
  /** The first failing path in the plugin's words (`.containers[0].capabilities.add`), null for "not usable". */
  field: string | null;
  /** The first reason in the plugin's words, or "not usable by user or serviceaccount". */
  reason: string;
  /** The same place as a path of the pod (`spec.containers[0].securityContext.capabilities.add`), null without one. */
  path: string | null;
}

export interface ContainerContext {
  name: string;
  /** Null when the container has none after admission. */
  securityContext: Record<string, unknown> | null;
}

export interface SccVerdict {
  /** Null: rests on missing input (`dependsOn`) or on values that can not be read (`notChecked`). */
  admitted: boolean | null;
  /** The SCC that admits; null when refused, undecided, or for a Windows pod, which no SCC judges. */
  scc: string | null;
  subject: 'serviceaccount' | 'user' | null;
  /** The contexts after admission, init containers first; null unless admitted. */
  mutated: { pod: Record<string, unknown>; containers: ContainerContext[] } | null;
  /** Every SCC tried before the verdict, in the order of trial. */
  refusals: Refusal[];
  /** The plugin's refusal in its own words; null unless refused. */
  message: string | null;
  /** Namespace annotations that decide the verdict and are not known. */
  dependsOn?: string[];
  /** Namespace annotations whose unknown values are left out of `mutated` (the verdict stands). */
  valuesFrom?: string[];
  /** Parts of the pod, or SCCs, that could not be judged, in words. */
  notChecked?: string[];
}

export const UID_RANGE = 'openshift.io/sa.scc.uid-range';
export const MCS = 'openshift.io/sa.scc.mcs';
export const SUPPLEMENTAL_GROUPS = 'openshift.io/sa.scc.supplemental-groups';
export const REQUIRED_SCC = 'openshift.io/required-scc';
