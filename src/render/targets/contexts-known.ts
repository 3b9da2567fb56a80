/**
 * Patches without --against: from what the catalog knows of the upstream charts. Containers are
 * patched only under documented or derived names, because naming an absent one would add it (T6).
 */
import type {
  ContainerNeed,
  ContainerRow,
  WorkloadKind,
  WorkloadName,
} from '../../catalog/types.ts';
import { decide, needOf, SELINUX_TYPE, type DecisionOptions } from '../../security/decide.ts';
import { settle, type Settlement } from '../../security/settle.ts';
import type { Json } from '../../security/template.ts';
import { presentContainers } from '../../security/select.ts';
import type { Reason, SelectedPod } from '../../security/types.ts';
import { apiVersionOf, POD_PATH } from '../../security/workload-kinds.ts';
import type { RenderInput } from '../types.ts';
import { merged, patchObject, type PatchContainer } from './patch-body.ts';
import type { ContextPatch } from './security-contexts.ts';

export function knownPatches({ options, selection, decision }: RenderInput): ContextPatch[] {
  return selection.selected.flatMap((pod) =>
    kindsOf(pod).map((kind) => knownPatch(pod, kind, decision, options.kubernetes?.minor)),
  );
}

/** Pods whose every name is a pattern that kustomize cannot express: reached with --against only. */
export function unreachedPods(selected: readonly SelectedPod[]): string[] {
  return selected.filter((pod) => kindsOf(pod).length === 0).map(({ entry }) => entry.id);
}

/** The kinds under which a target can name the pod. */
function kindsOf({ entry }: SelectedPod): WorkloadKind[] {
  const names = entry.workloads.filter((name) => !isUnexpressed(name));
  return [...new Set(names.map(({ kind }) => kind))];
}

function knownPatch(
  pod: SelectedPod,
  kind: WorkloadKind,
  decision: DecisionOptions,
  minor: number | undefined,
): ContextPatch {
  const { entry } = pod;
  const present = presentContainers(pod);
  const known = present.filter(({ confidence }) => confidence !== 'assumed');
  const settlement = settleKnown(pod, known, decision);
  const podContext =
    known.length === 0 ? { seLinuxOptions: { type: SELINUX_TYPE } } : settlement.pod;
  const names = entry.workloads.filter((name) => name.kind === kind);
  const [first] = names;
  const head = { apiVersion: apiVersionOf(kind, minor), kind, name: first?.name ?? entry.id };
  const containers = settlement.containers.map(({ name, list, context }): PatchContainer => ({
    name,
    list,
    securityContext: merged(context),
  }));
  const suffix = kindsOf(pod).length > 1 ? `.${kind.toLowerCase()}` : '';
  return {
    file: `${entry.id}${suffix}.yaml`,
    body: patchObject(head, POD_PATH[kind], merged(podContext), containers),
    target: { kind, name: targetPattern(names) },
    title: `${entry.id}: ${entry.title}`,
    facts: [
      `Installed because ${pod.because}.`,
      ...names
        .filter(isUnexpressed)
        .map(({ pattern }) => `Not reached by this patch: names of the form ${pattern ?? ''}.`),
      ...assumedContainers(present),
      ...(known.length === 0
        ? ['Container names are not known, so only the pod is patched; use --against.']
        : [
            'Written for the containers that the upstream chart has. Use --against for the chart at hand.',
          ]),
    ],
    reasons: reasonsOf(settlement, pod, decision),
  };
}

/** Runs the decision over the pod as the upstream chart writes it. */
function settleKnown(
  pod: SelectedPod,
  known: readonly ContainerRow[],
  decision: DecisionOptions,
): Settlement {
  const upstream = (row: ContainerRow): Json => ({
    name: row.name,
    securityContext: contextOf(needOf(pod, row.name, row)),
  });
  const spec = {
    initContainers: known.filter(({ init }) => init === true).map(upstream),
    containers: known.filter(({ init }) => init !== true).map(upstream),
  };
  return settle(spec, (name) => decide(pod, name, pod.entry.name.confidence, decision));
}

/** The fields of a need, without its evidence. */
function contextOf(need: ContainerNeed | undefined): Json {
  if (need === undefined) return {};
  const context: Json = {};
  for (const field of PLAIN_FIELDS) {
    if (need[field] !== undefined) context[field] = structuredClone(need[field]);
  }
  if (need.seccompProfile !== undefined) context.seccompProfile = { type: need.seccompProfile };
  return context;
}

const PLAIN_FIELDS = [
  'privileged',
  'runAsNonRoot',
  'runAsUser',
  'runAsGroup',
  'allowPrivilegeEscalation',
  'capabilities',
] as const;

/** Go's regular expressions, which kustomize uses, have no look-around. */
function isUnexpressed(name: WorkloadName): boolean {
  return name.pattern?.includes('(?') === true && !name.pattern.includes('(?:');
}

/** One anchored pattern for all names: a target that matches nothing fails in silence (T5). */
function targetPattern(names: readonly WorkloadName[]): string {
  const parts = names
    .filter((name) => !isUnexpressed(name))
    .map((name) => name.pattern ?? escaped(name.name));
  return parts.length === 1 ? `^${parts[0] ?? ''}$` : `^(${parts.join('|')})$`;
}

/** A name for use in a regular expression. */
export function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function assumedContainers(rows: readonly ContainerRow[]): string[] {
  const names = rows.filter(({ confidence }) => confidence === 'assumed').map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    `Assumed container names, left out because a wrong one would be added: ${names.join(', ')}.`,
  ];
}

/** Why a container goes beyond the default: only what an exception lifts, not assumed defaults. */
function reasonsOf(settlement: Settlement, pod: SelectedPod, decision: DecisionOptions): string[] {
  return settlement.containers.flatMap(({ name }) => {
    const limits = decide(pod, name, pod.entry.name.confidence, decision);
    const { privileged, runAsNonRoot, capabilities } = limits;
    const lifted: [string, Reason][] = [];
    if (privileged.rule === 'atMost' && privileged.value) {
      lifted.push(['privileged', privileged.reason]);
    }
    if (runAsNonRoot.rule === 'atMost' && !runAsNonRoot.value) {
      lifted.push(['root', runAsNonRoot.reason]);
    }
    if (capabilities.rule === 'atMost' && capabilities.value.add.length > 0) {
      lifted.push(['capabilities', capabilities.reason]);
    }
    return lifted.map(
      ([word, { why, confidence, source }]) =>
        `${name}, ${word}: ${why} (${confidence}, ${source})`,
    );
  });
}
