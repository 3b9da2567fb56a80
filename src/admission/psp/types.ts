/**
 * The data of the PodSecurityPolicy engine. `Psp` is PodSecurityPolicySpec of policy/v1beta1 after
 * the server's defaulting, with the name and the four annotations that admission reads.
 */
import type { IdRange, SeLinuxOptions, UserInfo } from '../scc/types.ts';

export type { IdRange, SeLinuxOptions, UserInfo };

export type UserRule = 'RunAsAny' | 'MustRunAs' | 'MustRunAsNonRoot';
export type GroupRule = 'RunAsAny' | 'MustRunAs' | 'MayRunAs';
export type SeLinuxRule = 'RunAsAny' | 'MustRunAs';

export interface IdStrategy<Rule extends string> {
  rule: Rule;
  ranges: IdRange[];
}

export interface Psp {
  name: string;
  privileged: boolean;
  defaultAddCapabilities: string[];
  requiredDropCapabilities: string[];
  allowedCapabilities: string[];
  volumes: string[];
  hostNetwork: boolean;
  hostPorts: IdRange[];
  hostPID: boolean;
  hostIPC: boolean;
  seLinux: { rule: SeLinuxRule; seLinuxOptions: SeLinuxOptions };
  runAsUser: IdStrategy<UserRule>;
  /** Absent in the object: RunAsAny. */
  runAsGroup: IdStrategy<GroupRule>;
  supplementalGroups: IdStrategy<GroupRule>;
  fsGroup: IdStrategy<GroupRule>;
  readOnlyRootFilesystem: boolean;
  defaultAllowPrivilegeEscalation: boolean | undefined;
  /** Absent in the object: true. */
  allowPrivilegeEscalation: boolean;
  allowedHostPaths: { pathPrefix: string; readOnly: boolean }[];
  allowedFlexVolumes: string[];
  allowedCSIDrivers: string[];
  allowedUnsafeSysctls: string[];
  forbiddenSysctls: string[];
  /** Empty: only `Default`. */
  allowedProcMountTypes: string[];
  runtimeClass: { allowed: string[]; default: string | undefined } | undefined;
  seccomp: ProfileAnnotations;
  appArmor: ProfileAnnotations;
  /** Fields that policy/v1beta1 does not have, in words. */
  ignored: string[];
}

/** The values of `.../allowedProfileNames` and `.../defaultProfileName`; undefined without the annotation. */
export interface ProfileAnnotations {
  allowed: string | undefined;
  default: string | undefined;
}

/** A policy that the server would not store or that is not understood: it admits nothing. */
export interface UncheckedPsp {
  name: string;
  /** Where and why, in words: `spec.runAsUser.rule "Foo" is unknown`. */
  notChecked: string;
}

export type AnyPsp = Psp | UncheckedPsp;

export interface PspRefusal {
  psp: string;
  /** The first failing path of the pod (`spec.containers[0].securityContext.privileged`), null for "not usable". */
  field: string | null;
  /** The first reason in the plugin's words, or "not usable by user or serviceaccount". */
  reason: string;
}

export interface ContainerContext {
  name: string;
  /** Null when the container has none after admission. */
  securityContext: Record<string, unknown> | null;
}

export interface MutatedPod {
  pod: Record<string, unknown>;
  /** Init containers first, then the normal, then the ephemeral ones where the server stores them. */
  containers: ContainerContext[];
}

/** What the plugin changes outside the security contexts. */
export interface OtherChanges {
  /** Annotations that it sets, `kubernetes.io/psp` among them on a create. */
  annotations: Record<string, string>;
  runtimeClassName?: string;
}

export interface PspVerdict {
  /** Null: rests on missing roles (`dependsOn`), or on values that can not be read (`notChecked`). */
  admitted: boolean | null;
  /** The policy that admits. */
  psp: string | null;
  /** Through whom the policy may be used; the service account is asked first. */
  subject: 'serviceaccount' | 'user' | null;
  mutated: MutatedPod | null;
  changes: OtherChanges | null;
  /** Every policy, by name, that was tried and does not admit the pod. */
  refusals: PspRefusal[];
  /** Usable policies that would admit too but would change the pod: the admitting one goes before them (T15). */
  passedOver: string[];
  /** The plugin's refusal in its own words; null unless refused. */
  message: string | null;
  /** Bindings whose role is not in the input and that decide the verdict. */
  dependsOn: string[];
  /** Parts of the pod, or policies, that were not judged, in words. */
  notChecked: string[];
}
