/** The decision over a pod as the upstream chart writes it: what generate knows without --against. */
import type { ContainerNeed, ContainerRow } from '../../catalog/types.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics.ts';
import { decide, needOf, type DecisionOptions } from '../../security/decide.ts';
import { presentContainers } from '../../security/select.ts';
import { settle, type Settlement } from '../../security/settle.ts';
import type { Json } from '../../security/template.ts';
import type { ContainerLimits, SelectedPod } from '../../security/types.ts';

/**
 * The containers that a patch may name. Where some names are assumed the row covers several generations
 * of a chart, and naming a container of another one would add it without an image (T6): then none.
 */
export function nameableContainers(pod: SelectedPod): readonly ContainerRow[] {
  const present = presentContainers(pod);
  return present.some(({ confidence }) => confidence === 'assumed') ? [] : present;
}

export function limitsOf(
  pod: SelectedPod,
  container: string,
  decision: DecisionOptions,
): ContainerLimits {
  return decide(pod, container, pod.entry.name.confidence, decision);
}

export function settleKnown(pod: SelectedPod, decision: DecisionOptions): Settlement {
  const known = nameableContainers(pod);
  const upstream = (row: ContainerRow): Json => ({
    name: row.name,
    securityContext: contextOf(needOf(pod, row.name, row), limitsOf(pod, row.name, decision)),
  });
  const spec = {
    initContainers: known.filter(({ init }) => init === true).map(upstream),
    containers: known.filter(({ init }) => init !== true).map(upstream),
  };
  return settle(spec, (name) => limitsOf(pod, name, decision));
}

const REMEDY = 'If the pod needs it, record that in pod_security.catalog with its source.';

/** What the decision takes from the upstream charts: the same warnings as with --against. */
export function knownRemarks(
  selected: readonly SelectedPod[],
  decision: DecisionOptions,
): Diagnostic[] {
  return selected.flatMap((pod) =>
    settleKnown(pod, decision)
      .notes.filter(({ code }) => code === 'DPS3001')
      .map(({ code, message, container }) => {
        const note = needOf(
          pod,
          container,
          pod.entry.containers.find((row) => row.name === container),
        )?.note;
        return diagnostic(code, `${pod.entry.id}, as its upstream chart is: ${message}`, {
          subject: { kind: pod.entry.workloads[0]?.kind ?? '', name: pod.entry.id, container },
          fix: note === undefined ? REMEDY : `${note} ${REMEDY}`,
        });
      }),
  );
}

const PLAIN_FIELDS = [
  'privileged',
  'runAsNonRoot',
  'runAsUser',
  'runAsGroup',
  'allowPrivilegeEscalation',
  'capabilities',
] as const;

/**
 * The fields of a need, without its evidence. What goes beyond a limit that is only assumed is left out:
 * nobody has seen that this chart asks for it, so a patch must not write it.
 */
function contextOf(need: ContainerNeed | undefined, limits: ContainerLimits): Json {
  const context: Json = {};
  if (need === undefined) return context;
  const { privileged, runAsNonRoot } = limits;
  const isGuessed = {
    privileged: need.privileged === true && privileged.rule === 'atMost' && !privileged.value,
    root: runAsNonRoot.rule === 'atMost' && runAsNonRoot.value,
  };
  for (const field of PLAIN_FIELDS) {
    const value = need[field];
    const isRoot =
      field === 'runAsNonRoot' ? value === false : field === 'runAsUser' && value === 0;
    if (value === undefined || (isRoot && isGuessed.root)) continue;
    if (field === 'privileged' && isGuessed.privileged) continue;
    context[field] = structuredClone(value);
  }
  if (need.seccompProfile !== undefined) context.seccompProfile = { type: need.seccompProfile };
  return context;
}
