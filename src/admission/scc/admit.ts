/**
 * SecurityContextConstraint admission of a pod that is created: SCCs in their order, the first
 * that the service account or the requester may use and that admits the pod wins
 * (apiserver-library-go sccadmission/admission.go, computeSecurityContext).
 */
import { assign } from './assign.ts';
import type { Assignment } from './assign-container.ts';
import { containerContext, podContext, unknownFields } from './contexts.ts';
import { failureLine, goQuote, joinLines, reasonOf, type Failure } from './failure.ts';
import { namespaceValues } from './namespace.ts';
import { sortSccs } from './order.ts';
import { makeProvider, type NoProvider, type Provider } from './provider.ts';
import {
  authenticatedUser,
  serviceAccountUser,
  usableSccs,
  type SccGrants,
  type SccNames,
} from './rbac.ts';
import { readPod, type PodView } from './read.ts';
import { featuresForMinor, LAST_MINOR, sccsForRelease, type OpenshiftRelease } from './tables.ts';
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

type Usable = 'serviceaccount' | 'user' | null;

const NOT_USABLE = 'not usable by user or serviceaccount';
const UNABLE = 'unable to validate against any security context constraint: ';
const NO_ACCESS =
  'no access to scc/restricted: Forbidden: the pod fails to validate against the `restricted-v2` security context constraint, ' +
  'but would validate successfully against the `restricted` security context constraint';
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

interface Candidate {
  name: string;
  provider: Provider | NoProvider;
  usable: Usable;
}

function refused(refusals: Refusal[], message: string, more: Partial<SccVerdict> = {}): SccVerdict {
  return { admitted: false, scc: null, subject: null, mutated: null, refusals, message, ...more };
}

function undecided(refusals: Refusal[], more: Partial<SccVerdict>): SccVerdict {
  return {
    admitted: null,
    scc: null,
    subject: null,
    mutated: null,
    refusals,
    message: null,
    ...more,
  };
}

function refusalOf(scc: string, failure: Failure): Refusal {
  return { scc, field: failure.field, reason: reasonOf(failure), path: failure.path };
}

function plainRefusal(scc: string, reason: string): Refusal {
  return { scc, field: null, reason, path: null };
}

/** The plugin's hint: restricted-v2 said no, and only the right to use `restricted` is missing. */
function noAccessHint(candidates: readonly Candidate[], pod: PodView): string[] {
  const restricted = candidates.find((candidate) => candidate.name === 'restricted');
  const hasV2 = candidates.some((candidate) => candidate.name === 'restricted-v2');
  if (restricted?.usable !== null || !hasV2 || !('scc' in restricted.provider)) return [];
  return assign(restricted.provider, pod).failures.length === 0 ? [NO_ACCESS] : [];
}

function admittedBy(
  candidate: Candidate,
  assignment: Assignment,
  refusals: Refusal[],
  notes: string[],
): SccVerdict {
  return {
    admitted: true,
    scc: candidate.name,
    subject: candidate.usable,
    mutated: { pod: assignment.pod, containers: assignment.containers },
    refusals,
    message: null,
    ...(assignment.valuesFrom.size > 0 ? { valuesFrom: [...assignment.valuesFrom] } : {}),
    ...(notes.length > 0 ? { notChecked: notes } : {}),
  };
}

/** The trial of the candidates in their order. */
function tryAll(candidates: readonly Candidate[], pod: PodView): SccVerdict {
  const notes = unknownFields(pod);
  const refusals: Refusal[] = [];
  /** The plugin's lines of each SCC; put into words only when all have refused. */
  const lines: (() => string[])[] = [];
  for (const candidate of candidates) {
    const { name, provider } = candidate;
    if (candidate.usable === null) {
      refusals.push(plainRefusal(name, NOT_USABLE));
      lines.push(() => [`provider ${goQuote(name)}: Forbidden: ${NOT_USABLE}`]);
      continue;
    }
    if (!('scc' in provider)) {
      const reason = `not checked: ${provider.notChecked ?? ''}`;
      notes.push(`SCC ${name}: ${provider.notChecked ?? ''}`);
      refusals.push(plainRefusal(name, reason));
      lines.push(() => [`provider ${name}: ${reason}`]);
      continue;
    }
    const assignment = assign(provider, pod);
    const { failures } = assignment;
    const [first] = failures;
    if (first === undefined) return admittedBy(candidate, assignment, refusals, notes);
    const certain = failures.find((failure) => failure.unless === undefined);
    if (certain === undefined) {
      const dependsOn = [...new Set(failures.flatMap((failure) => failure.unless ?? []))];
      return undecided([...refusals, refusalOf(name, first)], {
        dependsOn,
        ...(notes.length > 0 ? { notChecked: notes } : {}),
      });
    }
    refusals.push(refusalOf(name, certain));
    lines.push(() => failures.map((failure) => failureLine(name, failure)));
  }
  const message =
    UNABLE + joinLines([...lines.flatMap((words) => words()), ...noAccessHint(candidates, pod)]);
  return refused(refusals, message, notes.length > 0 ? { notChecked: notes } : {});
}

/** The plugin makes all SCCs ready before it tries one: a namespace value that is wrong refuses every pod. */
function brokenNamespace(
  candidates: readonly Candidate[],
  namespace: string,
): SccVerdict | undefined {
  const refusals = candidates.flatMap(({ name, provider }) =>
    'scc' in provider || provider.error === undefined
      ? []
      : [plainRefusal(name, `cannot be set up for namespace ${namespace}: ${provider.error}`)],
  );
  if (refusals.length === 0) return undefined;
  return refused(
    refusals,
    joinLines(refusals.map((refusal) => `SCC ${refusal.scc} ${refusal.reason}`)),
  );
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
    return brokenNamespace(candidates, namespace.name) ?? tryAll(candidates, view);
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
