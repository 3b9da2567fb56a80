/** What a run counts beside the verdicts: needs of namespaces, use of bindings, forecasts. */
import { coverage, type CoveredGrant, type Coverage } from '../admission/coverage.ts';
import { boundGrants, allSccs, releaseOf } from '../admission/judge/scc-stage.ts';
import type { ClusterFacts, Judgement } from '../admission/judge/types.ts';
import { serviceAccountOf } from '../admission/pod.ts';
import { needOf, psaNeeds, type PodNeed, type PsaNeeds } from '../admission/need/psa-need.ts';
import {
  createSccsOf,
  freeSccs,
  sccNeeds,
  type PodSccs,
  type SccNeeds,
  type SccsOf,
} from '../admission/need/scc-need.ts';
import type { AnyScc } from '../admission/scc/types.ts';
import type { AdmitTarget } from '../admission/target.ts';

/** Stands for pods whose namespace is not known. */
export const UNKNOWN_NAMESPACE = '(unknown)';

export interface Tallies {
  psa: PsaNeeds;
  scc?: SccNeeds;
  coverage: Coverage;
  /** The SCCs of the cluster, on OpenShift. */
  sccs: readonly AnyScc[];
  /** What the pod needs at least. */
  needsOf: (pod: NeedyPod) => PodNeeds;
  count: (pod: CountedPod, needs: PodNeeds) => void;
}

interface NeedyPod {
  namespace: string | undefined;
  pod: unknown;
  /** The pod with what admission wrote. */
  judgedPod: unknown;
}

interface CountedPod {
  namespace: string | undefined;
  account: string;
  judgement: Omit<Judgement, 'judgedPod'>;
}

export interface PodNeeds {
  psa: PodNeed;
  sccs?: PodSccs;
}

function grantsOf({ sccGrants, pspGrants }: ClusterFacts, hasSccs: boolean): CoveredGrant[] {
  if (hasSccs) return sccGrants.grants.map(({ sccs, ...grant }) => ({ ...grant, policies: sccs }));
  return pspGrants.grants.map(({ psps, ...grant }) => ({ ...grant, policies: psps ?? [] }));
}

export function tallies(target: AdmitTarget, facts: ClusterFacts): Tallies {
  const release = target.openshift === undefined ? undefined : releaseOf(target);
  const sccs = release === undefined ? [] : allSccs(release.sccs, facts.sccs);
  const sccsOf: SccsOf | undefined =
    release === undefined ? undefined : createSccsOf(sccs, release.features);
  const psa = psaNeeds();
  const scc = release === undefined ? undefined : sccNeeds(sccs, freeSccs(sccs));
  const grants = [
    ...grantsOf(facts, release !== undefined),
    ...boundGrants(facts.bind).grants.map(({ sccs: policies, ...grant }) => ({
      ...grant,
      policies,
    })),
  ];
  const counted = coverage(grants);
  return {
    psa,
    ...(scc === undefined ? {} : { scc }),
    coverage: counted,
    sccs,
    needsOf({ namespace, pod, judgedPod }) {
      const need = needOf(judgedPod, target.kubernetes);
      if (sccsOf === undefined) return { psa: need };
      const annotations =
        (namespace === undefined ? undefined : facts.namespaces.get(namespace)?.annotations) ??
        facts.annotations;
      return { psa: need, sccs: sccsOf(pod, { name: namespace ?? 'default', annotations }) };
    },
    count({ namespace, account, judgement }, needs) {
      const place = namespace ?? UNKNOWN_NAMESPACE;
      psa.add(place, needs.psa);
      if (needs.sccs !== undefined) scc?.add(place, needs.sccs);
      const { admitted, through, psa: byLabels } = judgement;
      counted.add({
        namespace: namespace ?? 'default',
        account,
        // What Pod Security refuses is no question of bindings.
        refused: admitted === false && byLabels === null,
        policy: through?.subject === 'serviceaccount' ? through.policy : null,
      });
    },
  };
}

/** Whom the pod runs as; with --bind always `default`. */
export function accountOf(spec: Readonly<Record<string, unknown>>, { bind }: ClusterFacts): string {
  return bind === undefined ? serviceAccountOf(spec) : 'default';
}
