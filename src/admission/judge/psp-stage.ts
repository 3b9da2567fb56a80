/** PodSecurityPolicy admission of a pod (Kubernetes before 1.25). */
import { controllerUser, createPspAdmission, mutatedPod, type PspVerdict } from '../psp/index.ts';
import type { AdmitTarget } from '../target.ts';
import { contractReason, isAboutPod, type Stage } from './stage.ts';
import type { ClusterFacts, PodRequest } from './types.ts';

const ANY_NAMESPACE = 'default';

function stageOf(verdict: PspVerdict, pod: unknown): Stage {
  const admitted = verdict.admitted === true;
  const aboutPod = verdict.notChecked.filter(isAboutPod);
  const others = verdict.notChecked.filter((note) => !isAboutPod(note));
  const passedOver = verdict.passedOver.map(
    (psp) =>
      `PodSecurityPolicy ${psp} would admit the pod as well, but would change it, so it is passed over.`,
  );
  return {
    verdict: admitted ? 'admitted' : verdict.admitted === false ? 'refused' : 'open',
    policy: verdict.psp,
    subject: verdict.subject,
    mutated: verdict.mutated,
    refusals: verdict.refusals.map(({ psp, field, reason }) => ({
      policy: psp,
      check: null,
      field,
      reason: contractReason(reason),
    })),
    paths: verdict.refusals.map(({ field }) => field),
    dependsOn: admitted ? aboutPod : [...verdict.dependsOn, ...verdict.notChecked],
    notes: admitted ? [...others.map((note) => `${note}.`), ...passedOver] : [],
    pod: mutatedPod(pod, verdict),
  };
}

/** A policy that cannot be judged may admit what the others refuse. */
function orOpen(stage: Stage, verdict: PspVerdict): Stage {
  if (stage.verdict !== 'refused') return stage;
  const unread = verdict.refusals.some(({ reason }) => reason.startsWith('not checked'));
  return unread ? { ...stage, verdict: 'open' } : stage;
}

/** Prepares PSP admission for many pods. The creator of a template's pods is its controller (T16). */
export function createPspStage(
  target: AdmitTarget,
  facts: ClusterFacts,
): (request: PodRequest) => Stage {
  const admission = createPspAdmission({
    policies: facts.psps,
    grants: facts.pspGrants,
    kubernetesMinor: target.kubernetes,
  });
  const needsNamespace = facts.pspGrants.grants.some(
    ({ namespace, subjects }) =>
      namespace !== null || subjects.some((subject) => /system:serviceaccounts?:/.test(subject)),
  );
  return ({ pod, kind, isTemplate, namespace }) => {
    const user = isTemplate ? controllerUser(kind) : facts.user;
    const verdict = admission({
      pod,
      namespace: namespace ?? ANY_NAMESPACE,
      ...(user === undefined ? {} : { user }),
    });
    const stage = orOpen(stageOf(verdict, pod), verdict);
    if (namespace !== undefined || !needsNamespace) return stage;
    return { ...stage, verdict: 'open', dependsOn: ['the namespace of the object'] };
  };
}
