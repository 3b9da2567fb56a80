/**
 * The order in which the plugin tries SCCs: priority from high to low, then the score of how much
 * an SCC permits from low to high, then the name (apiserver-library-go util/sort).
 */
import type { AnyScc, Scc } from './types.ts';

/** Weights: each is more than all smaller ones together, so one kind of freedom never outweighs a greater one. */
const PRIVILEGED = 1_600_000;
const HOST_PORTS = 800_000;
const HOST_NETWORK = 400_000;
const HOST_VOLUME = 200_000;
const OTHER_VOLUME = 100_000;
const STRATEGY: Readonly<Record<string, number>> = {
  RunAsAny: 40_000,
  MustRunAsNonRoot: 30_000,
  MustRunAsRange: 20_000,
  MustRunAs: 10_000,
};
const CAPABILITIES = {
  start: 5000,
  add: 300,
  allowAll: 4000,
  allowOne: 10,
  dropAll: -3000,
  dropOne: -50,
  max: 9999,
};
/** Volume types so harmless that they count nothing. */
const TRIVIAL_VOLUMES = new Set([
  'secret',
  'configMap',
  'emptyDir',
  'downwardAPI',
  'projected',
  'none',
]);

function volumeScore(volumes: readonly string[]): number {
  if (volumes.includes('hostPath') || volumes.includes('*')) return HOST_VOLUME;
  return volumes.some((volume) => !TRIVIAL_VOLUMES.has(volume)) ? OTHER_VOLUME : 0;
}

function names(capabilities: readonly string[], wanted: string): boolean {
  return capabilities.some((capability) => capability.toUpperCase() === wanted);
}

function capabilityScore(scc: Scc): number {
  const { allowedCapabilities: allowed, requiredDropCapabilities: drops } = scc;
  const allowsAll = names(allowed, '*') || names(allowed, 'ALL');
  const score =
    CAPABILITIES.start +
    CAPABILITIES.add * scc.defaultAddCapabilities.length +
    (allowsAll ? CAPABILITIES.allowAll : CAPABILITIES.allowOne * allowed.length) +
    (names(drops, 'ALL') ? CAPABILITIES.dropAll : CAPABILITIES.dropOne * drops.length);
  return Math.min(CAPABILITIES.max, Math.max(0, score));
}

/** How much an SCC permits; 0 is the strictest. Unit: the plugin's points. */
export function restrictionScore(scc: Scc): number {
  return (
    (scc.allowPrivilegedContainer ? PRIVILEGED : 0) +
    (scc.allowHostNetwork ? HOST_NETWORK : 0) +
    (scc.allowHostPorts ? HOST_PORTS : 0) +
    volumeScore(scc.volumes) +
    capabilityScore(scc) +
    (STRATEGY[scc.seLinuxContext.type] ?? 0) +
    (STRATEGY[scc.runAsUser.type] ?? 0)
  );
}

/** A new array in the order of trial. An SCC that can not be checked stands first in its priority: nothing may hide it. */
export function sortSccs(sccs: readonly AnyScc[]): AnyScc[] {
  const keyed = sccs.map((scc) => ({
    scc,
    priority: scc.priority ?? 0,
    score: 'notChecked' in scc ? -1 : restrictionScore(scc),
  }));
  keyed.sort(
    (a, b) =>
      b.priority - a.priority ||
      a.score - b.score ||
      (a.scc.name < b.scc.name ? -1 : a.scc.name > b.scc.name ? 1 : 0),
  );
  return keyed.map((entry) => entry.scc);
}
