/**
 * Collects what the input says of the cluster: namespaces, SCCs, PodSecurityPolicies and the RBAC
 * objects that grant them. Small indexes: of a role only the rules that matter are kept.
 */
import { isMapping } from '../../yaml/mapping.ts';
import { parsePsp } from '../psp/parse.ts';
import { readPspGrants } from '../psp/rbac.ts';
import { parseScc } from '../scc/parse.ts';
import { readGrants } from '../scc/rbac.ts';
import type { AdmitTarget } from '../target.ts';
import type { ClusterFacts, NamespaceFacts, UnknownBinding } from './types.ts';

type Json = Readonly<Record<string, unknown>>;

export interface FactCollector {
  /** True when the object may change verdicts, so that pods judged before it must be judged again. */
  add: (object: CollectedObject) => boolean;
  /** What the collected objects say; `base` is what was known without them. */
  facts: (base: ClusterFacts) => ClusterFacts;
  /** `namespace/name` of the service accounts of the input. */
  readonly accounts: ReadonlySet<string>;
}

/** The part of a ManifestObject that is looked at. */
export interface CollectedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, unknown>>;
}

const RBAC = /^rbac\.authorization\.k8s\.io\//;
const RESOURCES = new Set(['securitycontextconstraints', 'podsecuritypolicies', '*']);
/** Default roles of a cluster that grant no policy. */
const HARMLESS =
  /^(?:admin|edit|view|system:(?:auth-delegator|basic-user|discovery|image-puller|public-info-viewer|monitoring|node|controller:.*|kube-.*|openshift:scc:.*))$/;

interface State {
  readonly namespaces: Map<string, NamespaceFacts>;
  readonly accounts: Set<string>;
  readonly roles: Json[];
  /** Roles of the input that grant no policy, by `namespace/name`. */
  readonly plain: Set<string>;
  readonly bindings: Json[];
  readonly sccs: Map<string, unknown>;
  readonly psps: Map<string, unknown>;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isRelevantRule(rule: unknown): boolean {
  return isMapping(rule) && listOf(rule.resources).some((name) => RESOURCES.has(String(name)));
}

/** A copy without the document around it: indexes must not keep whole files alive. */
function own<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function addRole(object: CollectedObject, namespace: string, state: State): boolean {
  const { value, kind, name, labels } = object;
  const rules = listOf(value.rules).filter(isRelevantRule);
  const gathers = value.aggregationRule !== undefined && value.aggregationRule !== null;
  if (rules.length === 0 && !gathers) {
    state.plain.add(`${namespace}/${name}`);
    return false;
  }
  const metadata = { name, labels: { ...labels }, ...(namespace === '' ? {} : { namespace }) };
  const { aggregationRule } = value;
  state.roles.push(own({ kind, metadata, rules, ...(gathers ? { aggregationRule } : {}) }));
  return true;
}

function addBinding(object: CollectedObject, namespace: string, state: State): boolean {
  const { value, kind, name } = object;
  const metadata = { name, ...(namespace === '' ? {} : { namespace }) };
  const { roleRef } = value;
  const binding = { kind, metadata, roleRef, subjects: listOf(value.subjects) };
  // Usually the role comes first: then a binding that grants no policy is no late fact.
  if (state.plain.has(roleOf(binding))) return false;
  state.bindings.push(own(binding));
  return true;
}

/** `namespace/name` of the role that a binding refers to; a ClusterRole has no namespace. */
function roleOf({ roleRef, metadata }: Json): string {
  const ref = isMapping(roleRef) ? roleRef : {};
  const home = isMapping(metadata) && ref.kind !== 'ClusterRole' ? metadata.namespace : undefined;
  return `${typeof home === 'string' ? home : ''}/${String(ref.name)}`;
}

function addRbac(object: CollectedObject, fallback: string, state: State): boolean {
  const { kind } = object;
  const namespace = kind.startsWith('Cluster') ? '' : (object.namespace ?? fallback);
  if (kind === 'Role' || kind === 'ClusterRole') return addRole(object, namespace, state);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
    return addBinding(object, namespace, state);
  }
  return false;
}

function addNamespace({ name, labels, annotations }: CollectedObject, state: State): boolean {
  const known = state.namespaces.get(name);
  state.namespaces.set(name, {
    labels: { ...known?.labels, ...own(labels) },
    ...(Object.keys(annotations).some((key) => key.startsWith('openshift.io/'))
      ? { annotations: { ...known?.annotations, ...own(annotations) } }
      : {}),
  });
  return true;
}

/** Bindings whose role the input does not have; the roles of every cluster are no question. */
function unknownBindings(notChecked: readonly string[], state: State): UnknownBinding[] {
  if (notChecked.length === 0) return [];
  const open = new Set(notChecked.map((note) => note.slice(0, note.indexOf(': '))));
  return state.bindings.flatMap((binding) => {
    const { kind, metadata, roleRef, subjects } = binding as {
      kind: string;
      metadata: { name: string; namespace?: string };
      roleRef: Json;
      subjects: readonly unknown[];
    };
    const { namespace = null, name } = metadata;
    const source = `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
    const role = String(roleRef['name']);
    if (!open.has(source) || HARMLESS.test(role)) return [];
    const words = `what ${String(roleRef['kind'])} ${role} grants (${source})`;
    return [
      { namespace, subjects: subjects.flatMap((one) => subjectOf(one, namespace)), source: words },
    ];
  });
}

function subjectOf(subject: unknown, namespace: string | null): string[] {
  if (!isMapping(subject)) return [];
  const name = String(subject.name);
  if (subject.kind === 'User') return [`user:${name}`];
  if (subject.kind === 'Group') return [`group:${name}`];
  const home = typeof subject.namespace === 'string' ? subject.namespace : namespace;
  return home === null ? [] : [`user:system:serviceaccount:${home}:${name}`];
}

function merged(
  base: ReadonlyMap<string, NamespaceFacts>,
  found: ReadonlyMap<string, NamespaceFacts>,
): ReadonlyMap<string, NamespaceFacts> {
  const all = new Map(base);
  for (const [name, facts] of found) {
    const known = all.get(name);
    const labels = { ...known?.labels, ...facts.labels };
    const annotations =
      known?.annotations === undefined && facts.annotations === undefined
        ? undefined
        : { ...known?.annotations, ...facts.annotations };
    all.set(name, { labels, ...(annotations === undefined ? {} : { annotations }) });
  }
  return all;
}

/** Collects for a target; what cannot matter there is left out. `fallback`: of objects that state no namespace. */
export function factCollector(target: AdmitTarget, fallback = 'default'): FactCollector {
  const state: State = {
    namespaces: new Map(),
    accounts: new Set(),
    roles: [],
    plain: new Set(),
    bindings: [],
    sccs: new Map(),
    psps: new Map(),
  };
  const onOpenshift = target.openshift !== undefined;
  const mayHavePsp = !onOpenshift && target.kubernetes < 25;
  return {
    accounts: state.accounts,
    add(object) {
      const { apiVersion, kind, name } = object;
      if (kind === 'Namespace' && apiVersion === 'v1') return addNamespace(object, state);
      if (kind === 'ServiceAccount' && apiVersion === 'v1') {
        state.accounts.add(`${object.namespace ?? fallback}/${name}`);
        return false;
      }
      if (!onOpenshift && !mayHavePsp) return false;
      if (RBAC.test(apiVersion)) return addRbac(object, fallback, state);
      if (kind === 'SecurityContextConstraints' && onOpenshift) {
        state.sccs.set(name, own(object.value));
        return true;
      }
      if (kind === 'PodSecurityPolicy' && mayHavePsp) {
        state.psps.set(name, own(object.value));
        return true;
      }
      return false;
    },
    facts: (base) => factsOf(base, state, { onOpenshift, mayHavePsp, fallback }),
  };
}

function factsOf(
  base: ClusterFacts,
  state: State,
  where: { onOpenshift: boolean; mayHavePsp: boolean; fallback: string },
): ClusterFacts {
  const bindings = state.bindings.filter((binding) => !state.plain.has(roleOf(binding)));
  const objects = [...state.roles, ...bindings];
  const scc = where.onOpenshift ? readGrants(objects, where.fallback) : NO_FACTS.sccGrants;
  const psp = where.mayHavePsp ? readPspGrants(objects, where.fallback) : NO_FACTS.pspGrants;
  const psps = [...state.psps.values()].map((value) => parsePsp(value));
  return {
    ...base,
    namespaces: merged(base.namespaces, state.namespaces),
    sccGrants: {
      grants: [...base.sccGrants.grants, ...scc.grants],
      notChecked: [...base.sccGrants.notChecked, ...scc.notChecked],
    },
    unknownBindings: [...base.unknownBindings, ...unknownBindings(scc.notChecked, state)],
    sccs: [...base.sccs, ...[...state.sccs.values()].map((value) => parseScc(value))],
    psps: [...base.psps, ...psps],
    pspGrants: {
      grants: [...base.pspGrants.grants, ...psp.grants],
      notChecked: [...base.pspGrants.notChecked, ...psp.notChecked],
    },
    psp: base.psp ?? (psps.length > 0 ? true : undefined),
  };
}

/** Nothing is known yet. */
export const NO_FACTS: ClusterFacts = {
  namespaces: new Map(),
  sccGrants: { grants: [], notChecked: [] },
  unknownBindings: [],
  sccs: [],
  psps: [],
  pspGrants: { grants: [], notChecked: [] },
  psp: undefined,
};
