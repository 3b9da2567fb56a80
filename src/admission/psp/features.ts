/**
 * What differs between the Kubernetes releases that have PodSecurityPolicy. Sources: the CHANGELOGs of
 * kubernetes/kubernetes; KEP-135 (seccomp fields, 1.19); safe sysctls in sysctl/mustmatchpatterns.go.
 */

/** The API policy/v1beta1 PodSecurityPolicy is gone from 1.25 on (KEP-2579). */
const REMOVED_IN = 25;

export interface PspFeatures {
  /** `securityContext.seccompProfile` exists; before, only the annotations count. */
  seccompFields: boolean;
  /** runAsGroup is on by default (beta in 1.14), in pods and in policies. */
  runAsGroup: boolean;
  /** Policies may limit the runtime class (1.14). */
  runtimeClass: boolean;
  /** `allowedCSIDrivers` is looked at (inline CSI volumes, beta in 1.16). */
  csiDrivers: boolean;
  /** Service account tokens come as projected volumes (1.21), before that as secrets. */
  boundTokens: boolean;
  safeSysctls: ReadonlySet<string>;
}

/** [minor since which it is safe, sysctl]. */
const SAFE_SYSCTLS: readonly (readonly [number, string])[] = [
  [0, 'kernel.shm_rmid_forced'],
  [0, 'net.ipv4.ip_local_port_range'],
  [0, 'net.ipv4.tcp_syncookies'],
  [18, 'net.ipv4.ping_group_range'],
  [22, 'net.ipv4.ip_unprivileged_port_start'],
];

/** Whether Kubernetes 1.`minor` has PodSecurityPolicy at all. */
export function available(minor: number): boolean {
  return minor < REMOVED_IN;
}

/** The behaviour of the plugin of Kubernetes 1.`minor`, at the release's last patch. */
export function featuresForMinor(minor: number): PspFeatures {
  const safe = SAFE_SYSCTLS.filter(([since]) => minor >= since).map(([, name]) => name);
  return {
    seccompFields: minor >= 19,
    runAsGroup: minor >= 14,
    runtimeClass: minor >= 14,
    csiDrivers: minor >= 16,
    boundTokens: minor >= 21,
    safeSysctls: new Set(safe),
  };
}
