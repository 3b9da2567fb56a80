/**
 * SecurityContextConstraint admission of a pod that is created: SCCs in their order, the first
 * that the service account or the requester may use and that admits the pod wins
 * (apiserver-library-go sccadmission/admission.go, computeSecurityContext).
 */
import { containerContext, podContext } from './contexts.ts';
import { goQuote, joinLines } from './failure.ts';
import { namespaceValues } from './namespace.ts';
import { sortSccs } from './order.ts';
import { makeProvider, setupLine, type NoProvider, type Provider } from './provider.ts';
import {
  authenticatedUser,
  serviceAccountUser,
  usableSccs,
  type SccGrants,
  type SccNames,
} from './rbac.ts';
import { readPod, type PodView } from './read.ts';
import { featuresForMinor, LAST_MINOR, sccsForRelease, type OpenshiftRelease } from './tables.ts';
import { plainRefusal, refused, tryAll, undecided, type Candidate, type Usable } from './trial.ts';
import { MCS, REQUIRED_SCC, SUPPLEMENTAL_GROUPS, UID_RANGE } from './types.ts';
import type { AnyScc, NamespaceInfo, Refusal, SccFeatures, SccVerdict, UserInfo } from './types.ts';

export interface SccRequest {
  /** `{metadata, spec}` of a pod or a pod template, any JSON value. */
  pod: unknown;
  namespace: NamespaceInfo;
  /** Default: the pod's serviceAccountName, else `default`. */
  serviceAccount?: string | undefined;
  /** Who creates the pod. Default: a controller, that is somebody authenticated without grants of his own. */
  user?: UserInfo | undefined;
}

export interface SccSetup {
  sccs: readonly AnyScc[];
  features: SccFeatures;
  grants: SccGrants;
}

/** Judges pods one at a time; keeps only a bounded cache between them. */
export type SccAdmission = (request: SccRequest) => SccVerdict;

/** A cache that grows past this is emptied: a stream of many namespaces stays in constant memory. */
const CACHE_LIMIT = 1000;

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

function covers(names: SccNames, scc: string): boolean {
  return names === '*' || names.includes(scc);
}

/** For each SCC by whom it may be used; the service account is asked first. */
function usability(
  setup: SccSetup,
  sccs: readonly AnyScc[],
  account: UserInfo,
  user: UserInfo,
  namespace: string,
): Usable[] {
  const may = (who: UserInfo): ((scc: AnyScc) => boolean) => {
    const names = usableSccs(setup.grants, who, namespace);
    return (scc) => {
      if (covers(names, scc.name)) return true;
      if ('notChecked' in scc) return false;
      return scc.users.includes(who.name) || scc.groups.some((group) => who.groups.includes(group));
    };
  };
  const [byAccount, byUser] = [may(account), may(user)];
  return sccs.map((scc) => (byAccount(scc) ? 'serviceaccount' : byUser(scc) ? 'user' : null));
}

/** The plugin makes all SCCs ready before it tries one: one that it can not set up refuses every pod. */
function brokenNamespace(
  candidates: readonly Candidate[],
  namespace: string,
): SccVerdict | undefined {
  const refusals: Refusal[] = [];
  const lines: string[] = [];
  for (const { name, provider } of candidates) {
    if ('scc' in provider || provider.error === undefined) continue;
    const { error } = provider.error;
    refusals.push(plainRefusal(name, `cannot be set up for namespace ${namespace}: ${error}`));
    lines.push(setupLine(name, namespace, provider.error));
  }
  return refusals.length === 0 ? undefined : refused(refusals, joinLines(lines));
}

function withoutScc(pod: PodView): SccVerdict {
  const containers = pod.containers.map((container) => ({
    name: container.name,
    securityContext: containerContext(container),
  }));
  const mutated = { pod: podContext(pod), containers };
  return { admitted: true, scc: null, subject: null, mutated, refusals: [], message: null };
}

function requiredMissing(name: string): SccVerdict {
  const why = `securitycontextconstraints.security.openshift.io ${goQuote(name)} not found`;
  const reason = `failed to retrieve the required SCC ${goQuote(name)}: ${why}`;
  const at = `metadata.annotations[${REQUIRED_SCC}]`;
  return refused([{ scc: name, field: at, reason, path: at }], reason);
}

/** Prepares the judgement of many pods: the order, and caches of providers and of rights. Pure but for its caches. */
export function createSccAdmission(setup: SccSetup): SccAdmission {
  const sccs = sortSccs(setup.sccs);
  const providers = new Map<string, (Provider | NoProvider)[]>();
  const rights = new Map<string, Usable[]>();
  return ({ pod, namespace, serviceAccount, user }) => {
    const view = readPod(pod);
    if (view.notes.length > 0) return undecided([], { notChecked: view.notes });
    if (view.windows) return withoutScc(view);
    const annotations = namespace.annotations ?? {};
    const values = [UID_RANGE, MCS, SUPPLEMENTAL_GROUPS].map((key) => annotations[key] ?? null);
    const ready = cached(providers, JSON.stringify(values), () => {
      const preallocated = namespaceValues(namespace);
      return sccs.map((scc) => makeProvider(scc, preallocated, setup.features));
    });
    const account = (serviceAccount ?? view.serviceAccountName) || 'default';
    const who = authenticatedUser(user);
    const usable = cached(
      rights,
      JSON.stringify([namespace.name, account, who.name, who.groups]),
      () =>
        usability(setup, sccs, serviceAccountUser(namespace.name, account), who, namespace.name),
    );
    let candidates = sccs.map((scc, i): Candidate => {
      const provider = ready[i] ?? { name: scc.name };
      return { name: scc.name, provider, usable: usable[i] ?? null };
    });
    const required = setup.features.requiredScc ? (view.annotations[REQUIRED_SCC] ?? '') : '';
    if (required !== '') {
      candidates = candidates.filter((candidate) => candidate.name === required);
      if (candidates.length === 0) return requiredMissing(required);
    }
    return brokenNamespace(candidates, namespace.name) ?? tryAll(candidates, view, pod);
  };
}

export interface AdmitPodInput extends SccRequest {
  grants: SccGrants;
  /** The SCCs of the cluster; default: those that `release` ships. */
  sccs?: readonly AnyScc[];
  /** Default with `sccs`: the newest release's behaviour. */
  release?: OpenshiftRelease;
}

export interface AdmitPodResult extends SccVerdict {
  /** The verdict without hostmount-anyuid-v2, where the z-stream decides and the verdicts differ. */
  alternative?: SccVerdict;
}

/** One pod, all in one call. For many pods: `createSccAdmission`. A release without data leaves the verdict open. */
export function admitPod({ grants, sccs, release, ...request }: AdmitPodInput): AdmitPodResult {
  if (sccs !== undefined) {
    return createSccAdmission({
      sccs,
      features: featuresForMinor(release?.minor ?? LAST_MINOR),
      grants,
    })(request);
  }
  const shipped = sccsForRelease(release ?? { minor: LAST_MINOR });
  if (!shipped.ok) return undecided([], { notChecked: [shipped.reason] });
  const verdict = createSccAdmission({ sccs: shipped.sccs, features: shipped.features, grants })(
    request,
  );
  if (shipped.sccsWithoutHostmountV2 === undefined) return verdict;
  const other = { sccs: shipped.sccsWithoutHostmountV2, features: shipped.features, grants };
  const alternative = createSccAdmission(other)(request);
  const same = alternative.admitted === verdict.admitted && alternative.scc === verdict.scc;
  return same ? verdict : { ...verdict, alternative };
}
