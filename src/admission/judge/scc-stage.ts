/** SCC admission of a pod with everything that is known of the cluster. */
import { asMap, mapOf, serviceAccountOf } from '../pod.ts';
import { createSccAdmission, type SccAdmission } from '../scc/admit.ts';
import { mutatedPod } from '../scc/mutated-pod.ts';
import { mergeGrants, serviceAccountUser, type SccGrants } from '../scc/rbac.ts';
import { sccsForRelease, type ReleaseSccs } from '../scc/tables.ts';
import type { AnyScc, SccVerdict } from '../scc/types.ts';
import type { AdmitTarget } from '../target.ts';
import { contractReason, isAboutPod, type Stage } from './stage.ts';
import type { ClusterFacts, PodRequest } from './types.ts';

const NOTHING: readonly never[] = [];
/** Stands for the namespace where none is stated and none is needed. */
const ANY_NAMESPACE = 'default';

/** `--bind`: to all service accounts, in whatever namespace. */
export function boundGrants(bind: readonly string[] | undefined): SccGrants {
  if (bind === undefined) return { grants: [], notChecked: [] };
  const subjects = ['group:system:serviceaccounts'];
  return {
    grants: [{ namespace: null, subjects, sccs: [...bind], source: '--bind' }],
    notChecked: [],
  };
}

/** The release's SCCs with those of the input, which win by name. */
export function allSccs(shipped: readonly AnyScc[], own: readonly AnyScc[]): readonly AnyScc[] {
  if (own.length === 0) return shipped;
  const names = new Set(own.map(({ name }) => name));
  return [...shipped.filter(({ name }) => !names.has(name)), ...own];
}

/** The SCCs of the target's release. @throws Error where the target is no release that is known */
export function releaseOf(target: AdmitTarget): Extract<ReleaseSccs, { ok: true }> {
  const release = sccsForRelease(target.openshift ?? { minor: -1 });
  if (!release.ok) throw new Error(release.reason);
  return release;
}

/** Whether the rights of a service account differ from namespace to namespace. */
function namespaceMatters({ sccGrants, unknownBindings }: ClusterFacts): boolean {
  return [...sccGrants.grants, ...unknownBindings].some(
    ({ namespace, subjects }) =>
      namespace !== null || subjects.some((subject) => /system:serviceaccounts?:/.test(subject)),
  );
}

/** Bindings of unknown roles that may let the pod's service account use anything. */
function unknownRights(facts: ClusterFacts, namespace: string, account: string): string[] {
  const who = serviceAccountUser(namespace, account);
  const identities = new Set([`user:${who.name}`, ...who.groups.map((group) => `group:${group}`)]);
  return facts.unknownBindings
    .filter((binding) => binding.namespace === null || binding.namespace === namespace)
    .filter(({ subjects }) => subjects.some((subject) => identities.has(subject)))
    .map(({ source }) => source);
}

function stageOf(verdict: SccVerdict, pod: unknown): Stage {
  const notChecked = verdict.notChecked ?? NOTHING;
  const open = [...(verdict.dependsOn ?? NOTHING), ...notChecked];
  const admitted = verdict.admitted === true;
  return {
    verdict: admitted ? 'admitted' : verdict.admitted === false ? 'refused' : 'open',
    policy: verdict.scc,
    subject: verdict.subject,
    mutated: verdict.mutated,
    refusals: verdict.refusals.map(({ scc, field, reason }) => ({
      policy: scc,
      check: null,
      field,
      reason: contractReason(reason),
    })),
    paths: verdict.refusals.map(({ path }) => path),
    dependsOn: admitted ? notChecked.filter(isAboutPod) : open,
    notes: admitted ? admittedNotes(verdict, notChecked) : NOTHING,
    pod: verdict.mutated === null ? pod : mutatedPod(pod, verdict.mutated),
  };
}

function admittedNotes(verdict: SccVerdict, notChecked: readonly string[]): string[] {
  const notes = notChecked.filter((note) => !isAboutPod(note)).map((note) => `${note}.`);
  const missing = verdict.valuesFrom ?? NOTHING;
  if (missing.length > 0) {
    notes.push(
      `What comes from the namespace annotation ${missing.join(' and ')} is not known and left out.`,
    );
  }
  return notes;
}

/** An SCC of the input that cannot be judged, or a role that is not in the input, may admit the pod. */
function orOpen(stage: Stage, verdict: SccVerdict, unknown: readonly string[]): Stage {
  if (stage.verdict !== 'refused') return stage;
  const open = [...(verdict.notChecked ?? NOTHING).filter((note) => !isAboutPod(note)), ...unknown];
  return open.length === 0 ? stage : { ...stage, verdict: 'open', dependsOn: open };
}

function describe({ admitted, scc }: SccVerdict): string {
  if (admitted === null) return 'open';
  return admitted ? `admitted by ${scc ?? 'none'}` : 'refused';
}

/** Both results where the z-stream decides (contracts: admit). */
function withAlternative(stage: Stage, verdict: SccVerdict, other: SccVerdict): Stage {
  if (other.admitted === verdict.admitted && other.scc === verdict.scc) return stage;
  const both = `the z-stream: ${describe(verdict)} with hostmount-anyuid-v2, ${describe(other)} without it`;
  if (other.admitted === verdict.admitted) {
    return { ...stage, notes: [...stage.notes, `The policy depends on ${both}.`] };
  }
  return { ...stage, verdict: 'open', dependsOn: [...stage.dependsOn, both] };
}

/** Prepares SCC admission for many pods. */
export function createSccStage(
  target: AdmitTarget,
  facts: ClusterFacts,
): (request: PodRequest) => Stage {
  const release = releaseOf(target);
  const grants = mergeGrants(facts.sccGrants, boundGrants(facts.bind));
  const make = (shipped: readonly AnyScc[]): SccAdmission =>
    createSccAdmission({ sccs: allSccs(shipped, facts.sccs), features: release.features, grants });
  const main = make(release.sccs);
  const alternative =
    release.sccsWithoutHostmountV2 === undefined ? undefined : make(release.sccsWithoutHostmountV2);
  const needsNamespace = namespaceMatters(facts);
  return ({ pod, isTemplate, namespace }) => {
    const name = namespace ?? ANY_NAMESPACE;
    const known = facts.namespaces.get(name);
    const request = {
      pod,
      namespace: { name, annotations: known?.annotations ?? facts.annotations },
      ...(facts.bind === undefined ? {} : { serviceAccount: 'default' }),
      ...(facts.user === undefined || isTemplate ? {} : { user: facts.user }),
    };
    const verdict = main(request);
    let stage = stageOf(verdict, pod);
    const account =
      facts.bind === undefined ? serviceAccountOf(mapOf(asMap(pod), 'spec')) : 'default';
    stage = orOpen(stage, verdict, unknownRights(facts, name, account));
    if (alternative !== undefined) stage = withAlternative(stage, verdict, alternative(request));
    const isWindows = verdict.admitted === true && verdict.scc === null;
    if (namespace !== undefined || !needsNamespace || isWindows) return stage;
    return { ...stage, verdict: 'open', dependsOn: ['the namespace of the object'] };
  };
}
