/**
 * The decision: what each container of a pod may do with each control. Every Domino pod keeps the
 * documented default; an exception lifts one control, in the containers that use it, up to a ceiling.
 */
import type {
  Confidence,
  ContainerNeed,
  ContainerRow,
  Evidence,
  Exception,
  PodEntry,
} from '../catalog/types.ts';
import type { Capabilities, ContainerLimits, Reason, SelectedPod } from './types.ts';

/** How the decision treats what the vendor does not document. */
export interface DecisionOptions {
  hardening: 'documented' | 'strict';
  /** --enforce-assumed: a limit that is only assumed takes privileges away, too. */
  enforceAssumed: boolean;
}

/** The SELinux type of every Domino pod. It keeps them out of PSA's baseline level (T24). */
export const SELINUX_TYPE = 'spc_t';

/** Stands in `capabilities.add` of a ceiling for "the source names none: any". */
export const ANY_CAPABILITY = '*';

const DEFAULT_REASON: Reason = {
  why: 'Every Domino pod keeps this unless the documentation excepts it.',
  from: 'policy',
  confidence: 'documented',
  source: 'DOC-PODSEC',
};

const STRICT_REASON: Reason = {
  why: 'pod_security.hardening is strict.',
  from: 'hardening',
  confidence: 'derived',
  source: 'HEPH',
};

export const LOCKED: Capabilities = { drop: ['ALL'], add: [] };

const RANK: Record<Confidence, number> = { assumed: 0, derived: 1, documented: 2 };

/** The weakest of several confidences: a chain of facts is as sure as its weakest link. */
export function weakest(...confidences: readonly Confidence[]): Confidence {
  return confidences.reduce(
    (left, right) => (RANK[right] < RANK[left] ? right : left),
    'documented',
  );
}

/** The limits of a container of a pod without a catalog entry: the default policy. */
export function defaultLimits(options: DecisionOptions): ContainerLimits {
  return {
    runAsNonRoot: { rule: 'equals', value: true, reason: DEFAULT_REASON },
    privileged: { rule: 'equals', value: false, reason: DEFAULT_REASON },
    capabilities: { rule: 'equals', value: LOCKED, reason: DEFAULT_REASON },
    seLinuxType: { rule: 'equals', value: SELINUX_TYPE, reason: DEFAULT_REASON },
    ...hardeningLimits(options),
  };
}

function hardeningLimits(
  options: DecisionOptions,
): Pick<ContainerLimits, 'allowPrivilegeEscalation' | 'seccompProfile'> {
  if (options.hardening === 'documented') {
    return { allowPrivilegeEscalation: { rule: 'free' }, seccompProfile: { rule: 'free' } };
  }
  return {
    allowPrivilegeEscalation: { rule: 'equals', value: false, reason: STRICT_REASON },
    seccompProfile: { rule: 'equals', value: 'RuntimeDefault', reason: STRICT_REASON },
  };
}

/** The row of a container: by exact name where the entry lists containers, else none. */
export function containerRow(entry: PodEntry, name: string): ContainerRow | undefined {
  return entry.containers.find((row) => row.name === name);
}

/**
 * The limits of one container of a selected pod.
 * @param matched how sure it is that the workload is this catalog entry at all
 */
export function decide(
  pod: Pick<SelectedPod, 'entry' | 'row' | 'exceptions' | 'reduced'>,
  container: string,
  matched: Confidence,
  options: DecisionOptions,
): ContainerLimits {
  const row = containerRow(pod.entry, container);
  const limits = defaultLimits(options);
  const complete = completeness(pod, matched);
  if (complete === 'assumed' && !options.enforceAssumed) assume(limits, pod);
  // Without a list of containers the exception is the pod's: no container may be left out by a guess.
  const listed = pod.entry.containers.length > 0;
  const granted = (name: Exception): Reason | undefined => {
    const evidence = pod.exceptions[name];
    if (evidence === undefined || (listed && row?.uses.includes(name) !== true)) return undefined;
    return grantReason(pod, evidence, row, matched);
  };
  const privileged = granted('privileged');
  const root = granted('root');
  const capabilities = granted('capabilities');
  if (privileged) limits.privileged = { rule: 'atMost', value: true, reason: privileged };
  if (root) limits.runAsNonRoot = { rule: 'atMost', value: false, reason: root };
  if (capabilities) {
    const add = pod.row.capabilities ?? [ANY_CAPABILITY];
    limits.capabilities = { rule: 'atMost', value: { drop: [], add }, reason: capabilities };
  }
  const need = needOf(pod, container, row);
  liftHardening(limits, need);
  return need === undefined ? limits : { ...limits, need };
}

/** The upstream chart's values for a container: those that a reduction leaves, where one is in force. */
export function needOf(
  { reduced }: Pick<SelectedPod, 'reduced'>,
  container: string,
  row: ContainerRow | undefined,
): ContainerNeed | undefined {
  // The last reduction is the most specific: its keys include those of the ones before.
  const left = reduced
    .flatMap(({ leaves }) => leaves)
    .findLast((need) => need.container === container);
  return left ?? row?.need;
}

/** How sure it is that the entry's list of exceptions, and of containers, leaves nothing out. */
function completeness(pod: Pick<SelectedPod, 'row'>, matched: Confidence): Confidence {
  return weakest(pod.row.complete.confidence, matched);
}

/** Turns the default limits of a pod that is not known well into ceilings that take nothing away. */
function assume(limits: ContainerLimits, pod: Pick<SelectedPod, 'entry' | 'row'>): void {
  const reason: Reason = {
    why: `What ${pod.entry.id} needs is not documented; its default limit is assumed.`,
    from: 'catalog',
    confidence: 'assumed',
    source: pod.row.complete.source,
  };
  limits.runAsNonRoot = { rule: 'atMost', value: true, reason };
  limits.privileged = { rule: 'atMost', value: false, reason };
  limits.capabilities = { rule: 'atMost', value: LOCKED, reason };
}

function grantReason(
  pod: Pick<SelectedPod, 'row'>,
  evidence: Evidence,
  row: ContainerRow | undefined,
  matched: Confidence,
): Reason {
  return {
    why: pod.row.why,
    from: 'catalog',
    confidence: weakest(evidence.confidence, row?.confidence ?? 'documented', matched),
    source: evidence.source,
  };
}

/** Strict hardening holds where the ceiling permits: not beside privileges that it would break. */
function liftHardening(limits: ContainerLimits, need: ContainerNeed | undefined): void {
  const { allowPrivilegeEscalation, privileged, seccompProfile } = limits;
  if (allowPrivilegeEscalation.rule === 'equals' && privileged.rule === 'atMost') {
    limits.allowPrivilegeEscalation = { ...allowPrivilegeEscalation, rule: 'atMost', value: true };
  }
  if (seccompProfile.rule === 'equals' && need?.seccompProfile === 'Unconfined') {
    limits.seccompProfile = { ...seccompProfile, rule: 'atMost', value: 'Unconfined' };
  }
}
