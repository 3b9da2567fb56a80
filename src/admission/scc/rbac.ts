/**
 * Who may use which SCC: verb `use` on securitycontextconstraints through any Role or ClusterRole,
 * as Kubernetes RBAC reads them. The roles that come with a cluster hold without being in the input.
 */
import { fieldOf, isObject, readStrings, type Json } from './json.ts';
import { SHIPPED_SCC_NAMES } from './tables.ts';
import type { UserInfo } from './types.ts';

/** SCCs by name; `*` is any, also one that is made later. */
export type SccNames = '*' | readonly string[];

export interface Grant {
  /** The namespace where it holds; null: all. */
  namespace: string | null;
  /** `user:<name>` or `group:<name>`. */
  subjects: readonly string[];
  sccs: SccNames;
  /** `RoleBinding domino-platform/privileged`. */
  source: string;
}

export interface SccGrants {
  grants: readonly Grant[];
  /** Bindings whose role is not in the input, in words: what they grant is not known. */
  notChecked: readonly string[];
}

export const NO_GRANTS: SccGrants = { grants: [], notChecked: [] };

const SCC_ROLE = 'system:openshift:scc:';
const AUTHENTICATED = 'system:authenticated';

/** What every cluster has: its administrators, and from 4.11 on restricted-v2 for everybody. */
const CLUSTER_GRANTS: readonly Grant[] = [
  {
    namespace: null,
    subjects: ['group:system:masters', 'group:system:cluster-admins'],
    sccs: '*',
    source: 'ClusterRoleBinding cluster-admins',
  },
  {
    namespace: null,
    subjects: [`group:${AUTHENTICATED}`],
    sccs: ['restricted-v2'],
    source: 'ClusterRoleBinding system:openshift:scc:restricted-v2',
  },
];

function wants(list: unknown, value: string): boolean {
  const items = readStrings(list, '', []);
  return items.includes(value) || items.includes('*');
}

function sccsOfRule(rule: unknown): SccNames {
  if (!isObject(rule)) return [];
  const applies =
    wants(fieldOf(rule, 'verbs'), 'use') &&
    wants(fieldOf(rule, 'apiGroups'), 'security.openshift.io') &&
    wants(fieldOf(rule, 'resources'), 'securitycontextconstraints');
  if (!applies) return [];
  const names = readStrings(fieldOf(rule, 'resourceNames'), '', []);
  return names.length === 0 ? '*' : names;
}

function union(left: SccNames, right: SccNames): SccNames {
  return left === '*' || right === '*' ? '*' : [...new Set([...left, ...right])];
}

function items(object: Json, key: string): readonly unknown[] {
  const value = fieldOf(object, key);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

interface Role {
  labels: Json;
  sccs: SccNames;
  /** The label selectors of an aggregated ClusterRole. */
  selectors: Json[];
}

interface Found {
  roles: Map<string, Role>;
  bindings: { object: Json; kind: string; namespace: string | null }[];
}

function textOf(object: unknown, key: string): string {
  const value = fieldOf(isObject(object) ? object : undefined, key);
  return typeof value === 'string' ? value : '';
}

function readRole(object: Json): Role {
  const labels = fieldOf(isObject(object['metadata']) ? object['metadata'] : undefined, 'labels');
  const aggregation = fieldOf(object, 'aggregationRule');
  return {
    labels: isObject(labels) ? labels : {},
    sccs: items(object, 'rules').map(sccsOfRule).reduce(union, []),
    selectors: isObject(aggregation)
      ? items(aggregation, 'clusterRoleSelectors')
          .map((selector) => (isObject(selector) ? fieldOf(selector, 'matchLabels') : undefined))
          .filter(isObject)
      : [],
  };
}

const KINDS = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

function collect(object: unknown, defaultNamespace: string, found: Found): void {
  if (!isObject(object)) return;
  const kind = textOf(object, 'kind');
  if (kind.endsWith('List')) {
    // A List inside a List is nothing that the API knows; one level is read.
    for (const item of items(object, 'items'))
      if (!textOf(item, 'kind').endsWith('List')) collect(item, defaultNamespace, found);
    return;
  }
  if (!KINDS.has(kind)) return;
  const metadata = fieldOf(object, 'metadata');
  const namespace = kind.startsWith('Cluster')
    ? null
    : textOf(metadata, 'namespace') || defaultNamespace;
  if (kind.endsWith('Binding')) found.bindings.push({ object, kind, namespace });
  else found.roles.set(`${namespace ?? ''}/${textOf(metadata, 'name')}`, readRole(object));
}

/** `user:` and `group:` of the subjects; a service account is the user that it acts as. */
function readSubjects(binding: Json, namespace: string | null): string[] {
  return items(binding, 'subjects').flatMap((subject) => {
    const name = textOf(subject, 'name');
    switch (textOf(subject, 'kind')) {
      case 'User':
        return [`user:${name}`];
      case 'Group':
        return [`group:${name}`];
      case 'ServiceAccount': {
        const home = textOf(subject, 'namespace') || namespace;
        return home === null ? [] : [`user:system:serviceaccount:${home}:${name}`];
      }
      default:
        return [];
    }
  });
}

/** What the roles of every cluster grant. */
function shippedRole(name: string): SccNames {
  if (name === 'cluster-admin') return '*';
  const scc = name.startsWith(SCC_ROLE) ? name.slice(SCC_ROLE.length) : '';
  return SHIPPED_SCC_NAMES.has(scc) ? [scc] : [];
}

function aggregated(role: Role, roles: ReadonlyMap<string, Role>): SccNames {
  let sccs = role.sccs;
  for (const selector of role.selectors) {
    for (const [key, other] of roles) {
      const matches =
        key.startsWith('/') &&
        Object.keys(selector).every((label) => other.labels[label] === selector[label]);
      if (matches) sccs = union(sccs, other.sccs);
    }
  }
  return sccs;
}

/** The SCCs that a binding's role grants; null when the role is not known. */
function grantedBy(
  ref: unknown,
  namespace: string | null,
  roles: ReadonlyMap<string, Role>,
): SccNames | null {
  const [kind, name] = [textOf(ref, 'kind'), textOf(ref, 'name')];
  const clusterRole = kind === 'ClusterRole';
  // A ClusterRoleBinding can only refer to a ClusterRole.
  if (!clusterRole && (kind !== 'Role' || namespace === null)) return [];
  const role = roles.get(`${clusterRole ? '' : (namespace ?? '')}/${name}`);
  const shipped = clusterRole ? shippedRole(name) : [];
  if (role === undefined) return shipped.length === 0 ? null : shipped;
  return union(shipped, aggregated(role, roles));
}

/**
 * Reads the RBAC objects among any JSON values (Lists included). `defaultNamespace` is the
 * namespace of objects that state none. Never throws; what is no RBAC object is passed over.
 */
export function readGrants(objects: Iterable<unknown>, defaultNamespace = 'default'): SccGrants {
  const found: Found = { roles: new Map(), bindings: [] };
  for (const object of objects) collect(object, defaultNamespace, found);
  const grants: Grant[] = [];
  const notChecked: string[] = [];
  for (const { object, kind, namespace } of found.bindings) {
    const ref = fieldOf(object, 'roleRef');
    const name = textOf(fieldOf(object, 'metadata'), 'name');
    const source = namespace === null ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
    const sccs = grantedBy(ref, namespace, found.roles);
    if (sccs === null) {
      notChecked.push(
        `${source}: ${textOf(ref, 'kind')} ${textOf(ref, 'name')} is not in the input`,
      );
    } else if (sccs.length > 0) {
      grants.push({ namespace, subjects: readSubjects(object, namespace), sccs, source });
    }
  }
  return { grants, notChecked };
}

/** What `--bind anyuid,privileged` means: RoleBindings to all service accounts of the namespace. */
export function grantsForNamespace(namespace: string, sccs: readonly string[]): SccGrants {
  const grants = sccs.map((scc) => ({
    namespace,
    subjects: [`group:system:serviceaccounts:${namespace}`],
    sccs: [scc],
    source: `RoleBinding ${namespace}/${SCC_ROLE}${scc}`,
  }));
  return { grants, notChecked: [] };
}

export function mergeGrants(...all: readonly SccGrants[]): SccGrants {
  return {
    grants: all.flatMap((one) => one.grants),
    notChecked: all.flatMap((one) => one.notChecked),
  };
}

/**
 * A service account as the plugin asks for it. system:authenticated is not among its groups
 * (apiserver serviceaccount.UserInfo): what everybody may use is granted through the requester.
 */
export function serviceAccountUser(namespace: string, name: string): UserInfo {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
  };
}

/** The groups that a service account has by its name, whoever asks for it. */
function accountGroups(name: string): readonly string[] {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
  return namespace === undefined || account === undefined
    ? []
    : serviceAccountUser(namespace, account).groups;
}

/** The requester with the groups that the server gives everybody but the anonymous, and service accounts. */
export function authenticatedUser(user: UserInfo | undefined): UserInfo {
  if (user === undefined) return { name: '', groups: [AUTHENTICATED] };
  if (user.name === 'system:anonymous') return user;
  const groups = new Set([...user.groups, ...accountGroups(user.name), AUTHENTICATED]);
  return { ...user, groups: [...groups] };
}

/** The SCCs that RBAC lets a user use in a namespace, the cluster's own grants included. */
export function usableSccs(grants: SccGrants, user: UserInfo, namespace: string): SccNames {
  const identities = new Set([
    `user:${user.name}`,
    ...user.groups.map((group) => `group:${group}`),
  ]);
  return [...CLUSTER_GRANTS, ...grants.grants]
    .filter((grant) => grant.namespace === null || grant.namespace === namespace)
    .filter((grant) => grant.subjects.some((subject) => identities.has(subject)))
    .reduce<SccNames>((sum, grant) => union(sum, grant.sccs), []);
}
