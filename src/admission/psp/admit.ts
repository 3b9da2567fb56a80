/**
 * PodSecurityPolicy admission of a pod: among the policies that the service account or the requester
 * may use and that admit the pod, those that take it as it is go first, then the first by name
 * (plugin/pkg/admission/security/podsecuritypolicy/admission.go computeSecurityContext; T15).
 */
import { reasonOf, type Failure } from '../scc/failure.ts';
import { STORED_PROC_MOUNT, storedContexts, uncheckedFields } from './contexts.ts';
import { available, featuresForMinor, type PspFeatures } from './features.ts';
import { changesPod, mutate, type Mutation } from './mutate.ts';
import { mutatedPod } from './mutated-pod.ts';
import {
  requester,
  serviceAccountUser,
  unknownGrants,
  usablePsps,
  type PspGrants,
  type PspNames,
} from './rbac.ts';
import { readPod, type PodView } from './read.ts';
import type { AnyPsp, OtherChanges, Psp, PspRefusal, PspVerdict, UserInfo } from './types.ts';
import { validate } from './validate.ts';
import { allowsTokenVolume } from './volumes.ts';

/** Where the plugin notes which policy admitted a pod. */
const VALIDATED_BY = 'kubernetes.io/psp';
const NOT_USABLE = 'not usable by user or serviceaccount';
const NO_CHANGE = 'would have to change the pod, which an update does not allow';
const NO_PROVIDERS = 'no providers available to validate pod request';
/** A cache that grows past this is emptied: a stream of many namespaces stays in constant memory. */
const CACHE_LIMIT = 1000;

export interface PspRequest {
  /** `{metadata, spec}` of a pod or a pod template, any JSON value. */
  pod: unknown;
  namespace: string;
  /** Default: the pod's serviceAccountName, else `default`. */
  serviceAccount?: string | undefined;
  /** Who creates the pod. Default: somebody authenticated without grants of his own. */
  user?: UserInfo | undefined;
  /** Default: create. An update may not change the pod, and asks the policy that admitted it first. */
  operation?: 'create' | 'update' | undefined;
}

export interface PspSetup {
  policies: readonly AnyPsp[];
  grants: PspGrants;
  /** N of Kubernetes 1.N. */
  kubernetesMinor: number;
}

/** Judges pods one at a time; keeps only a bounded cache of rights between them. */
export type PspAdmission = (request: PspRequest) => PspVerdict;

interface Rights {
  account: PspNames;
  user: PspNames;
  unknown: string[];
}

interface Admitting {
  psp: Psp;
  subject: 'serviceaccount' | 'user';
  mutation: Mutation;
  changes: boolean;
}

/** One pod on its way through the policies. */
interface Trial {
  view: PodView;
  features: PspFeatures;
  update: boolean;
  rights: Rights;
  admitting: Admitting[];
  refusals: PspRefusal[];
  lines: string[];
  /** Policies that are not usable, for the question what an unknown role may grant. */
  barred: Psp[];
  notChecked: string[];
}

function undecided(notChecked: string[]): PspVerdict {
  return {
    admitted: null,
    psp: null,
    subject: null,
    mutated: null,
    changes: null,
    refusals: [],
    passedOver: [],
    message: null,
    dependsOn: [],
    notChecked,
  };
}

function covers(names: PspNames, psp: string): boolean {
  return names === '*' || names.includes(psp);
}

function subjectOf({ account, user }: Rights, psp: string): Admitting['subject'] | null {
  if (covers(account, psp)) return 'serviceaccount';
  return covers(user, psp) ? 'user' : null;
}

function judge(psp: Psp, { view, features }: Trial): { mutation: Mutation; failures: Failure[] } {
  const mutation = mutate(psp, view, features);
  return { mutation, failures: validate(psp, mutation.pod, features) };
}

function tryPolicy(psp: AnyPsp, trial: Trial): void {
  const { refusals, rights } = trial;
  const { name } = psp;
  if ('notChecked' in psp) {
    trial.notChecked.push(`PodSecurityPolicy ${name}: ${psp.notChecked}`);
    refusals.push({ psp: name, field: null, reason: `not checked: ${psp.notChecked}` });
    return;
  }
  const subject = subjectOf(rights, name);
  if (subject === null) {
    trial.barred.push(psp);
    refusals.push({ psp: name, field: null, reason: NOT_USABLE });
    return;
  }
  trial.notChecked.push(...psp.ignored.map((note) => `PodSecurityPolicy ${name}: ${note}`));
  const { mutation, failures } = judge(psp, trial);
  const [first] = failures;
  const changes = changesPod(mutation.written);
  if (first !== undefined) {
    refusals.push({ psp: name, field: first.path, reason: reasonOf(first) });
    trial.lines.push(...failures.map((failure) => `${failure.field}: ${reasonOf(failure)}`));
  } else if (changes && trial.update) {
    refusals.push({ psp: name, field: null, reason: NO_CHANGE });
  } else {
    trial.admitting.push({ psp, subject, mutation, changes });
  }
}

/** What the verdict leaves open although the policy admits the pod. */
function remarks({ psp, mutation }: Admitting, { view, features }: Trial): string[] {
  const notes: string[] = [];
  const hasToken = view.volumes.some(({ onlyToken }) => onlyToken);
  if (view.automountsToken && !hasToken && !allowsTokenVolume(psp, features)) {
    notes.push(
      `PodSecurityPolicy ${psp.name} does not allow the volume of the service account's token, ` +
        'which the server adds unless automountServiceAccountToken is false',
    );
  }
  for (const [i, { path, privileged }] of mutation.pod.containers.entries()) {
    // The API server's own validation, after admission (T44).
    if (
      privileged === true &&
      mutation.written.containers[i]?.['allowPrivilegeEscalation'] === false
    )
      notes.push(
        `PodSecurityPolicy ${psp.name} sets ${path}.securityContext.allowPrivilegeEscalation to false, ` +
          'which the API server refuses in a privileged container',
      );
  }
  return notes;
}

function admittedBy(winner: Admitting, trial: Trial): PspVerdict {
  const { psp, mutation } = winner;
  const { written } = mutation;
  const changes: OtherChanges = { annotations: { ...written.annotations } };
  if (!trial.update) changes.annotations[VALIDATED_BY] = psp.name;
  if (written.runtimeClassName !== undefined) changes.runtimeClassName = written.runtimeClassName;
  const others = trial.admitting.filter((other) => other.changes && !winner.changes);
  return {
    ...undecided([...trial.notChecked, ...remarks(winner, trial)]),
    admitted: true,
    psp: psp.name,
    subject: winner.subject,
    mutated: storedContexts(mutation, trial.features),
    changes,
    refusals: trial.refusals,
    passedOver: others.map((other) => other.psp.name),
  };
}

/** The refusal in the plugin's words. */
function refusal({ lines, update, features }: Trial, providers: number): string {
  const { namedRefusals: named } = features;
  const plugin = named ? 'PodSecurityPolicy: ' : '';
  if (providers === 0) return plugin + NO_PROVIDERS;
  const what = named
    ? `unable to ${update ? 'validate' : 'admit'} pod`
    : 'unable to validate against any pod security policy';
  return `${plugin}${what}: [${lines.join(' ')}]`;
}

function refusedBy(trial: Trial, providers: number): PspVerdict {
  const { rights, barred, update } = trial;
  const base = { ...undecided(trial.notChecked), refusals: trial.refusals };
  const wouldAdmit = (psp: Psp): boolean => {
    const { mutation, failures } = judge(psp, trial);
    return failures.length === 0 && !(update && changesPod(mutation.written));
  };
  if (rights.unknown.length > 0 && barred.some(wouldAdmit))
    return { ...base, dependsOn: rights.unknown };
  return { ...base, admitted: false, message: refusal(trial, providers) };
}

function byName(left: AnyPsp, right: AnyPsp): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

/** The policy that admitted the pod before comes first on an update. */
function inOrder(policies: readonly AnyPsp[], hint: string | undefined): readonly AnyPsp[] {
  const first = policies.filter(({ name }) => name === hint);
  if (first.length === 0) return policies;
  return [...first, ...policies.filter(({ name }) => name !== hint)];
}

/**
 * Whether the server stores a procMount that the policy does not allow. It asks the plugin a second time
 * after that, when the pod may no longer be changed.
 */
function losesProcMount({ allowedProcMountTypes: types }: Psp, { containers }: PodView): boolean {
  if (types.length === 0 || types.includes(STORED_PROC_MOUNT)) return false;
  return containers.some(({ procMount, dropped }) => !dropped && procMount !== STORED_PROC_MOUNT);
}

/** Prepares the judgement of many pods: the order, and a cache of rights. Never throws on any pod. */
export function createPspAdmission({ policies, grants, kubernetesMinor }: PspSetup): PspAdmission {
  if (!available(kubernetesMinor)) {
    const gone = `PodSecurityPolicy does not exist in Kubernetes 1.${kubernetesMinor}`;
    return () => undecided([gone]);
  }
  const features = featuresForMinor(kubernetesMinor);
  const sorted = [...policies].sort(byName);
  const providers = sorted.filter((psp) => !('notChecked' in psp)).length;
  const cache = new Map<string, Rights>();
  const rightsOf = (namespace: string, account: UserInfo, user: UserInfo): Rights => {
    const key = JSON.stringify([namespace, account.name, user.name, user.groups]);
    const known = cache.get(key);
    if (known !== undefined) return known;
    if (cache.size >= CACHE_LIMIT) cache.clear();
    const rights: Rights = {
      account: usablePsps(grants, account, namespace),
      user: usablePsps(grants, user, namespace),
      unknown: [account, user].flatMap((who) => unknownGrants(grants, who, namespace)),
    };
    rights.unknown = [...new Set(rights.unknown)];
    cache.set(key, rights);
    return rights;
  };
  const admit: PspAdmission = (request) => {
    const { pod, namespace, serviceAccount, user, operation } = request;
    const view = readPod(pod, features);
    if (view.notes.length > 0) return undecided(view.notes);
    const account = (serviceAccount ?? view.serviceAccountName) || 'default';
    const update = operation === 'update';
    const trial: Trial = {
      view,
      features,
      update,
      rights: rightsOf(namespace, serviceAccountUser(namespace, account), requester(user)),
      admitting: [],
      refusals: [],
      lines: [],
      barred: [],
      notChecked: uncheckedFields(view, features),
    };
    const hint = update ? view.annotations[VALIDATED_BY] : undefined;
    for (const psp of inOrder(sorted, hint)) tryPolicy(psp, trial);
    const winner = trial.admitting.find(({ changes }) => !changes) ?? trial.admitting[0];
    if (winner === undefined) return refusedBy(trial, providers);
    const verdict = admittedBy(winner, trial);
    if (update || !losesProcMount(winner.psp, view)) return verdict;
    const again = admit({ ...request, pod: mutatedPod(pod, verdict), operation: 'update' });
    return again.admitted === true ? verdict : again;
  };
  return admit;
}

/** One pod, all in one call. For many pods: `createPspAdmission`. */
export function admitPod({
  policies,
  grants,
  kubernetesMinor,
  ...request
}: PspSetup & PspRequest): PspVerdict {
  return createPspAdmission({ policies, grants, kubernetesMinor })(request);
}
