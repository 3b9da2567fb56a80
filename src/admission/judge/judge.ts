/**
 * Judges a pod as the whole API server does: SCC on OpenShift, PodSecurityPolicy before Kubernetes
 * 1.25 where it is on, then Pod Security by the labels of the namespace. Admitted means all of them.
 * Pure but for the engines' bounded caches; never throws, whatever a pod holds.
 */
import { isMapping } from '../../yaml/mapping.ts';
import { judgeNamespaced, type NamespaceJudgement } from '../pss/index.ts';
import { controllerUser } from '../psp/index.ts';
import type { AdmitTarget } from '../target.ts';
import { createPspStage } from './psp-stage.ts';
import { createSccStage } from './scc-stage.ts';
import { passed, type Stage } from './stage.ts';
import type { ClusterFacts, Judge, Judgement, PodRequest } from './types.ts';

/** Pod Security Admission is on by default from 1.23 on (KEP-2579). */
const PSA_SINCE = 23;
const PSP_UNTIL = 25;
const LABEL = 'pod-security.kubernetes.io/enforce';

type Texts = Readonly<Record<string, string>>;

/** The labels by which the namespace's pods are judged; undefined: not known, so not checked. */
function labelsOf(
  target: AdmitTarget,
  { namespaces, level, defaults }: ClusterFacts,
  namespace: string | undefined,
): Texts | undefined {
  const own = namespace === undefined ? undefined : namespaces.get(namespace)?.labels;
  if (level !== undefined) {
    return { ...own, [LABEL]: level, [`${LABEL}-version`]: `v1.${target.kubernetes}` };
  }
  if (target.kubernetes < PSA_SINCE) return undefined;
  // Defaults of the server hold without any label.
  return own ?? (defaults === undefined ? undefined : {});
}

/** The kinds with a template that Pod Security knows; from those of others come pods without a word before. */
const WATCHED: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'PodTemplate',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

function psaOf(
  stage: Stage,
  request: PodRequest,
  target: AdmitTarget,
  facts: ClusterFacts,
): NamespaceJudgement | undefined {
  const labels = labelsOf(target, facts, request.namespace);
  if (labels === undefined) return undefined;
  const { exemptions, defaults, user } = facts;
  const controller = controllerUser(request.kind);
  return judgeNamespaced({
    labels,
    pod: stage.pod,
    isTemplate: request.isTemplate,
    ...(request.isTemplate ? { applied: WATCHED.has(request.kind) ? request.pod : null } : {}),
    server: target.kubernetes,
    ...(request.namespace === undefined ? {} : { namespace: request.namespace }),
    ...(exemptions === undefined ? {} : { exemptions }),
    ...(defaults === undefined ? {} : { defaults }),
    ...(user === undefined ? {} : { user: user.name }),
    ...(controller === undefined ? {} : { controller: controller.name }),
  });
}

function withoutPsa(stage: Stage, admitted: boolean | null): Judgement {
  const { policy, subject, mutated, refusals, paths, dependsOn, notes } = stage;
  const isIn = admitted === true;
  return {
    admitted,
    policy: isIn ? policy : null,
    subject: isIn ? subject : null,
    through: stage.verdict === 'admitted' && policy !== null ? { policy, subject } : null,
    psa: null,
    mutated: isIn ? mutated : null,
    refusals,
    paths,
    dependsOn: admitted === null ? dependsOn : [],
    notes,
    judgedPod: stage.pod,
  };
}

/** Adds what Pod Security says of the pod that the step before let through. */
function withPsa(stage: Stage, psa: NamespaceJudgement): Judgement {
  const { refusals, policy, errors, clamped, notChecked, exempt } = psa;
  const admitted = psa.psa.admitted;
  // Values that the server would refuse to decode: admitted cannot be said, refused can.
  const open = admitted ? [...new Set([...stage.dependsOn, ...notChecked])] : [];
  const base = withoutPsa(stage, open.length > 0 ? null : admitted);
  const isIn = base.admitted === true;
  return {
    ...base,
    policy: isIn ? (stage.policy ?? policy.enforce.level) : null,
    psa: psa.psa,
    refusals: [...base.refusals, ...refusals],
    paths: [...base.paths, ...refusals.map(({ field }) => field)],
    dependsOn: open,
    notes: [
      ...base.notes,
      ...errors.map(({ message }) => message),
      ...clamped,
      ...(exempt === null
        ? []
        : [`Pod Security does not look at the pod: its ${exempt} is exempt.`]),
    ],
  };
}

/** Nothing was judged at all: which input would tell. */
function nothingKnown(target: AdmitTarget, { psp }: ClusterFacts, request: PodRequest): string[] {
  const open: string[] = [];
  if (target.kubernetes < PSP_UNTIL && psp === undefined)
    open.push('whether PodSecurityPolicies are on, and which');
  if (target.kubernetes >= PSA_SINCE) {
    const { namespace } = request;
    open.push(
      namespace === undefined
        ? 'the namespace of the object'
        : `the labels of namespace ${namespace}`,
    );
  }
  return open;
}

/** Prepares the judgement of many pods on one cluster. */
export function createJudge(target: AdmitTarget, facts: ClusterFacts): Judge {
  const onOpenshift = target.openshift !== undefined;
  const hasPsp = !onOpenshift && target.kubernetes < PSP_UNTIL && facts.psp === true;
  const first = onOpenshift
    ? createSccStage(target, facts)
    : hasPsp
      ? createPspStage(target, facts)
      : undefined;
  return (given) => {
    const request = { ...given, pod: isMapping(given.pod) ? given.pod : {} };
    const stage = first === undefined ? passed(request.pod) : first(request);
    if (stage.verdict === 'refused') return withoutPsa(stage, false);
    if (stage.verdict === 'open') return withoutPsa(stage, null);
    const psa = psaOf(stage, request, target, facts);
    if (psa !== undefined) return withPsa(stage, psa);
    const open = [
      ...stage.dependsOn,
      ...(first === undefined ? nothingKnown(target, facts, request) : []),
    ];
    return withoutPsa({ ...stage, dependsOn: open }, open.length > 0 ? null : true);
  };
}
