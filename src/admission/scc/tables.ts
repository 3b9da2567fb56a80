/** Which SCCs an OpenShift release ships: the rows of table-rows.ts, minus what came later. */
import { SCC_ROWS } from './table-rows.ts';
import type { Scc, SccFeatures } from './types.ts';

export const FIRST_MINOR = 10;
export const LAST_MINOR = 23;

/** Releases whose SCCs are compared with the manifests of their release branch. */
export const COMPARED_MINORS: readonly number[] = [10, 11, 16, 17, 20];

/**
 * Volume types that the shipped SCCs name only from a minor release on. `ephemeral`:
 * cluster-kube-apiserver-operator PR 1380, `csi`: "somewhere around 4.13" (its PR 1681),
 * `image`: PR 1968, and in the manifests of release-4.20.
 */
const VOLUME_SINCE: Readonly<Record<string, number>> = { ephemeral: 12, csi: 13, image: 20 };

/**
 * hostmount-anyuid-v2 came in z-streams (branch dates: 4.19 before its first release, 4.18 on
 * 2025-10-15, 4.17 on 2025-10-28). With about one z-stream a week, `absentTo` is surely before
 * and `presentFrom` surely after that day; between them, and without z, both are possible.
 */
const HOSTMOUNT_V2: Readonly<Record<number, { absentTo: number; presentFrom: number }>> = {
  17: { absentTo: 35, presentFrom: 56 },
  18: { absentTo: 20, presentFrom: 36 },
  19: { absentTo: -1, presentFrom: 0 },
};
const HOSTMOUNT_V2_NAME = 'hostmount-anyuid-v2';

/** The sysctls that the plugin calls safe; the second group came with Kubernetes 1.29 (OpenShift 4.16). */
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SAFE_SYSCTLS_16 = [
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];

export interface OpenshiftRelease {
  minor: number;
  z?: number | undefined;
}

export type ReleaseSccs =
  | {
      ok: true;
      /** `4.20`. */
      release: string;
      sccs: Scc[];
      /** Present when the z-stream decides whether hostmount-anyuid-v2 exists: the set without it. */
      sccsWithoutHostmountV2?: Scc[];
      /** False: "derived, not compared". */
      comparedWithData: boolean;
      features: SccFeatures;
    }
  | { ok: false; reason: string };

/** The plugin's behaviour in a minor release of OpenShift 4. */
export function featuresForMinor(minor: number): SccFeatures {
  return {
    requiredScc: minor >= 14,
    nonRootFromUid: minor >= 11,
    seccompFromField: minor >= 14,
    appArmorFields: minor >= 17,
    valueStyle: minor >= 21 ? 'json' : 'go',
    safeSysctls: minor >= 16 ? [...SAFE_SYSCTLS, ...SAFE_SYSCTLS_16] : SAFE_SYSCTLS,
  };
}

function atMinor(scc: Scc, minor: number): Scc {
  return {
    ...scc,
    volumes: scc.volumes.filter((volume) => minor >= (VOLUME_SINCE[volume] ?? 0)),
    // Until the -v2 forms came, everybody had `restricted` through the SCC's own groups.
    groups: scc.name === 'restricted' && minor < 11 ? ['system:authenticated'] : scc.groups,
  };
}

/**
 * The SCCs of OpenShift `4.<minor>`, by name. 4.17 to 4.19 without a telling z-stream also give
 * the set without hostmount-anyuid-v2. `ok: false` outside 4.10 to 4.23: no data, no guess.
 */
export function sccsForRelease({ minor, z }: OpenshiftRelease): ReleaseSccs {
  if (!Number.isInteger(minor) || minor < FIRST_MINOR || minor > LAST_MINOR) {
    return {
      ok: false,
      reason: `OpenShift 4.${minor} is outside 4.${FIRST_MINOR} to 4.${LAST_MINOR}, whose SCCs are known.`,
    };
  }
  const shipped = SCC_ROWS.filter((row) => minor >= (row.since ?? 0)).map((row) =>
    atMinor(row.scc, minor),
  );
  const without = shipped.filter((scc) => scc.name !== HOSTMOUNT_V2_NAME);
  const step = HOSTMOUNT_V2[minor];
  const base = {
    ok: true as const,
    release: `4.${minor}`,
    comparedWithData: COMPARED_MINORS.includes(minor),
    features: featuresForMinor(minor),
  };
  if (step === undefined || (z !== undefined && z >= step.presentFrom))
    return { ...base, sccs: shipped };
  if (z !== undefined && z <= step.absentTo) return { ...base, sccs: without };
  return { ...base, sccs: shipped, sccsWithoutHostmountV2: without };
}

/** Names of every SCC that any release ships: their ClusterRoles `system:openshift:scc:<name>` ship too. */
export const SHIPPED_SCC_NAMES: ReadonlySet<string> = new Set(SCC_ROWS.map((row) => row.scc.name));
