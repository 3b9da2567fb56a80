/**
 * What differs between the Kubernetes releases that have PodSecurityPolicy. Sources: the plugin and
 * pkg/api/pod/util.go of the last patches of 1.14 to 1.24, kube_features.go for what is on by default.
 */

/** The API policy/v1beta1 PodSecurityPolicy is gone from 1.25 on (KEP-2579). */
const REMOVED_IN = 25;

export interface PspFeatures {
  /** `securityContext.seccompProfile` exists; before, only the annotations count. */
  seccompFields: boolean;
  /** runAsGroup is on by default (beta in 1.14), in pods and in policies. */
  runAsGroup: boolean;
  /** Policies may limit the runtime class (1.15). */
  runtimeClass: boolean;
  /** `allowedCSIDrivers` is looked at (inline CSI volumes, beta in 1.16). */
  csiDrivers: boolean;
  /** Service account tokens come as projected volumes (1.21), before that as secrets. */
  boundTokens: boolean;
  /** Who allows secrets allows the projected token too (1.19, later patches). */
  tokenForSecret: boolean;
  /**
   * Ephemeral containers: before 1.23 the server drops them from a pod, but from 1.18 on the plugin gives
   * them its defaults all the same, and does not check them. `absent`: it does not see them either.
   */
  ephemeralContainers: 'checked' | 'dropped' | 'absent';
  /** `windowsOptions.hostProcess` exists (1.22). */
  hostProcess: boolean;
  /** Refusals begin with the plugin's name (1.19). */
  namedRefusals: boolean;
  /** fsGroupChangePolicy is stored (on by default from 1.20 on); before, the server drops it. */
  fsGroupChangePolicy: boolean;
  /** Fields of a pod's and of a container's securityContext that the server knows. */
  podFields: ReadonlySet<string>;
  containerFields: ReadonlySet<string>;
  safeSysctls: ReadonlySet<string>;
}

/** [minor since which it exists, name]. */
type Since = readonly (readonly [number, string])[];

const SAFE_SYSCTLS: Since = [
  [0, 'kernel.shm_rmid_forced'],
  [0, 'net.ipv4.ip_local_port_range'],
  [0, 'net.ipv4.tcp_syncookies'],
  [18, 'net.ipv4.ping_group_range'],
  [22, 'net.ipv4.ip_unprivileged_port_start'],
];

const SHARED_FIELDS: Since = [
  ...['seLinuxOptions', 'windowsOptions', 'runAsUser', 'runAsGroup', 'runAsNonRoot'].map(
    (name) => [0, name] as const,
  ),
  [19, 'seccompProfile'],
];
const POD_FIELDS: Since = [
  ...SHARED_FIELDS,
  [0, 'supplementalGroups'],
  [0, 'fsGroup'],
  [0, 'sysctls'],
  [0, 'fsGroupChangePolicy'],
];
const CONTAINER_FIELDS: Since = [
  ...SHARED_FIELDS,
  [0, 'capabilities'],
  [0, 'privileged'],
  [0, 'readOnlyRootFilesystem'],
  [0, 'allowPrivilegeEscalation'],
  [0, 'procMount'],
];

/** Whether Kubernetes 1.`minor` has PodSecurityPolicy at all. */
export function available(minor: number): boolean {
  return minor < REMOVED_IN;
}

/** The behaviour of the plugin of Kubernetes 1.`minor`, at the release's last patch. */
export function featuresForMinor(minor: number): PspFeatures {
  const names = (list: Since): ReadonlySet<string> =>
    new Set(list.filter(([since]) => minor >= since).map(([, name]) => name));
  return {
    seccompFields: minor >= 19,
    runAsGroup: minor >= 14,
    runtimeClass: minor >= 15,
    csiDrivers: minor >= 16,
    boundTokens: minor >= 21,
    tokenForSecret: minor >= 19,
    ephemeralContainers: minor >= 23 ? 'checked' : minor >= 18 ? 'dropped' : 'absent',
    hostProcess: minor >= 22,
    fsGroupChangePolicy: minor >= 20,
    namedRefusals: minor >= 19,
    podFields: names(POD_FIELDS),
    containerFields: names(CONTAINER_FIELDS),
    safeSysctls: names(SAFE_SYSCTLS),
  };
}
