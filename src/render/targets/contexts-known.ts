/**
 * Patches without --against: from what the catalog knows of the upstream charts. Containers are
 * patched only under documented or derived names, because naming an absent one would add it (T6).
 */
import type { ContainerRow, WorkloadKind, WorkloadName } from '../../catalog/types.ts';
import type { DeployOptions } from '../../deploy/options.ts';
import { SELINUX_TYPE, type DecisionOptions } from '../../security/decide.ts';
import type { Settlement } from '../../security/settle.ts';
import { asMap, type Json } from '../../security/template.ts';
import type { Reason, SelectedPod } from '../../security/types.ts';
import { apiVersionOf, POD_PATH } from '../../security/workload-kinds.ts';
import type { RenderInput } from '../types.ts';
import { limitsOf, nameableContainers, settleKnown } from './known-settlement.ts';
import { merged, patchObject, type PatchContainer } from './patch-body.ts';
import type { ContextPatch } from './security-contexts.ts';

export function knownPatches({ options, selection, decision }: RenderInput): ContextPatch[] {
  return selection.selected.flatMap((pod) =>
    kindsOf(pod).map((kind) => knownPatch(pod, kind, decision, options)),
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
  options: DeployOptions,
): ContextPatch {
  const { entry } = pod;
  const known = nameableContainers(pod);
  const settlement = settleKnown(pod, decision);
  const podContext =
    known.length === 0 ? { seLinuxOptions: { type: SELINUX_TYPE } } : settlement.pod;
  const names = entry.workloads.filter((name) => name.kind === kind);
  const [first] = names;
  const head = {
    apiVersion: apiVersionOf(kind, options.kubernetes?.minor),
    kind,
    name: first?.name ?? entry.id,
  };
  const containers = settlement.containers.map(({ name, list, context }): PatchContainer => ({
    name,
    list,
    securityContext: merged(context),
  }));
  const suffix = kindsOf(pod).length > 1 ? `.${kind.toLowerCase()}` : '';
  return {
    file: `${entry.id}${suffix}.yaml`,
    body: patchObject(head, POD_PATH[kind], merged(podContext), containers),
    target: { kind, name: targetPattern(names), namespace: placePattern(pod, options) },
    title: `${entry.id}: ${entry.title}`,
    facts: [
      `Installed because ${pod.because}.`,
      ...names
        .filter(isUnexpressed)
        .map(({ pattern }) => `Not reached by this patch: names of the form ${pattern ?? ''}.`),
      ...containerFacts(pod, known),
      ...settlement.notes.filter(({ code }) => code === 'DPS3001').map(({ message }) => message),
    ],
    reasons: reasonsOf(settlement, pod, decision),
  };
}

/**
 * The pod's namespace, and "default", which stands for objects that state none (charts leave it out);
 * where the namespace is a guess, any of Domino's. A pod of the same name elsewhere is not Domino's.
 */
function placePattern({ entry, namespace }: SelectedPod, options: DeployOptions): string {
  const own =
    entry.namespace.confidence === 'assumed'
      ? Object.values(options.namespaces).map(({ name }) => name)
      : [namespace];
  return `^(${[...new Set([...own, 'default'])].map(escaped).join('|')})$`;
}

function containerFacts({ entry }: SelectedPod, known: readonly ContainerRow[]): string[] {
  const assumed = entry.containers.filter(({ confidence }) => confidence === 'assumed');
  if (known.length > 0) {
    return [
      'Written for the containers that the upstream chart has. Use --against for the chart at hand.',
    ];
  }
  if (assumed.length === 0) {
    return ['Container names are not known, so only the pod is patched; use --against.'];
  }
  const names = entry.containers.map(({ name }) => name).join(', ');
  return [
    `Its containers go by different names (${names}), some of them assumed; a patch would add those that are not there, so only the pod is patched; use --against.`,
  ];
}

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

/** Why a container goes beyond the default: only what an exception lifts, not assumed defaults. */
function reasonsOf(settlement: Settlement, pod: SelectedPod, decision: DecisionOptions): string[] {
  return settlement.containers.flatMap(({ name, context }) => {
    const { privileged, runAsNonRoot, capabilities, need } = limitsOf(pod, name, decision);
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
    const texts = lifted.map(
      ([word, { why, confidence, source }]) =>
        `${name}, ${word}: ${why} (${confidence}, ${source})`,
    );
    const origin = need === undefined ? '' : ` (${need.confidence}, ${need.source})`;
    return [...texts, ...loosened(context).map((what) => `${name}, ${what}${origin}`)];
  });
}

/** Values of the upstream chart that no exception names, and that a reviewer must see all the same. */
function loosened(context: Json): string[] {
  return [
    ...(context.allowPrivilegeEscalation === true ? ['may escalate privileges'] : []),
    ...(asMap(context.seccompProfile)?.type === 'Unconfined' ? ['seccomp is unconfined'] : []),
  ];
}
