/**
 * Who may use which policy: verb `use` on podsecuritypolicies, in the API group `policy` or the older
 * `extensions`, through any Role or ClusterRole, as Kubernetes RBAC reads them (T16; plugin's admission.go
 * authorizedForPolicy, apiserver's rbac evaluation helpers).
 */
import { fieldOf, isObject, readStrings, type Json } from '../scc/json.ts';
import type { UserInfo } from './types.ts';

/** Policies by name; `*` is any, also one that is made later. */
export type PspNames = '*' | readonly string[];

export interface PspGrant {
  /** The namespace where it holds; null: all. */
  namespace: string | null;
  /** `user:<name>` or `group:<name>`. */
  subjects: readonly string[];
  /** Null: the role is not in the input, so what it grants is not known. */
  psps: PspNames | null;
  /** `RoleBinding domino-platform/psp`. */
  source: string;
}

export interface PspGrants {
  grants: readonly PspGrant[];
  /** Bindings whose role is not in the input, in words. */
  notChecked: readonly string[];
}

export const NO_PSP_GRANTS: PspGrants = { grants: [], notChecked: [] };

const AUTHENTICATED = 'system:authenticated';
const MASTERS = 'system:masters';
/** Default ClusterRoles of a cluster that say nothing of policies. */
const HARMLESS =
  /^(?:admin|edit|view|system:(?:basic-user|discovery|public-info-viewer|node|controller:.*|kube-.*))$/;

interface Role {
  labels: Json;
  /** Null: its rules can not be told. */
  psps: PspNames | null;
  /** The labels that each selector of an aggregated ClusterRole asks for. */
  selectors: Json[];
}

interface Binding {
  object: Json;
  kind: string;
  namespace: string | null;
}

interface Found {
  roles: Map<string, Role>;
  bindings: Binding[];
}

function textOf(object: unknown, key: string): string {
  const value = fieldOf(isObject(object) ? object : undefined, key);
  return typeof value === 'string' ? value : '';
}

function itemsOf(object: Json | undefined, key: string): readonly unknown[] {
  const value = fieldOf(object, key);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function mapOf(object: Json | undefined, key: string): Json | undefined {
  const value = fieldOf(object, key);
  return isObject(value) ? value : undefined;
}

function wants(rule: Json, key: string, ...values: string[]): boolean {
  const items = readStrings(fieldOf(rule, key), '', []);
  return [...values, '*'].some((value) => items.includes(value));
}

function pspsOfRule(rule: unknown): PspNames {
  if (!isObject(rule)) return [];
  const applies =
    wants(rule, 'verbs', 'use') &&
    wants(rule, 'apiGroups', 'policy', 'extensions') &&
    wants(rule, 'resources', 'podsecuritypolicies');
  if (!applies) return [];
  // A `*` among the names is no wildcard: it would be the name of a policy.
  const names = readStrings(fieldOf(rule, 'resourceNames'), '', []);
  return names.length === 0 ? '*' : names.filter((name) => name !== '*');
}

function union(left: PspNames, right: PspNames): PspNames {
  return left === '*' || right === '*' ? '*' : [...new Set([...left, ...right])];
}

function readRole(object: Json): Role {
  const selectors = itemsOf(mapOf(object, 'aggregationRule'), 'clusterRoleSelectors').filter(
    isObject,
  );
  const readable = selectors.every(
    (selector) => itemsOf(selector, 'matchExpressions').length === 0,
  );
  return {
    labels: mapOf(mapOf(object, 'metadata'), 'labels') ?? {},
    psps: readable ? itemsOf(object, 'rules').map(pspsOfRule).reduce(union, []) : null,
    selectors: selectors.map((selector) => mapOf(selector, 'matchLabels') ?? {}),
  };
}

const KINDS: ReadonlySet<string> = new Set([
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
]);

function collect(object: unknown, defaultNamespace: string, found: Found, list?: string): void {
  if (!isObject(object)) return;
  // The items of a list of one kind may leave their kind out.
  const kind = textOf(object, 'kind') || (list?.slice(0, -'List'.length) ?? '');
  if (kind.endsWith('List')) {
    if (list !== undefined) return;
    for (const item of itemsOf(object, 'items')) collect(item, defaultNamespace, found, kind);
    return;
  }
  if (!KINDS.has(kind)) return;
  const metadata = fieldOf(object, 'metadata');
  const own = textOf(metadata, 'namespace') || defaultNamespace;
  const namespace = kind.startsWith('Cluster') ? null : own;
  if (kind.endsWith('Binding')) found.bindings.push({ object, kind, namespace });
  else found.roles.set(`${namespace ?? ''}/${textOf(metadata, 'name')}`, readRole(object));
}

/** A service account is the user that it acts as. */
function readSubjects({ object, namespace }: Binding): string[] {
  return itemsOf(object, 'subjects').flatMap((subject) => {
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

/** The role's own policies and those of the ClusterRoles that it gathers by label. */
function aggregated(role: Role, roles: ReadonlyMap<string, Role>): PspNames | null {
  let { psps } = role;
  for (const selector of role.selectors) {
    for (const [key, other] of roles) {
      const labels = Object.keys(selector);
      const matches = labels.every((label) => fieldOf(other.labels, label) === selector[label]);
      if (!key.startsWith('/') || !matches) continue;
      psps = psps === null || other.psps === null ? null : union(psps, other.psps);
    }
  }
  return psps;
}

function grantedBy(
  { object, namespace }: Binding,
  roles: ReadonlyMap<string, Role>,
): PspNames | null {
  const ref = fieldOf(object, 'roleRef');
  const [kind, name] = [textOf(ref, 'kind'), textOf(ref, 'name')];
  const clusterRole = kind === 'ClusterRole';
  // A ClusterRoleBinding can only refer to a ClusterRole.
  if (!clusterRole && (kind !== 'Role' || namespace === null)) return [];
  const role = roles.get(`${clusterRole ? '' : (namespace ?? '')}/${name}`);
  if (role !== undefined) return aggregated(role, roles);
  if (clusterRole && name === 'cluster-admin') return '*';
  return clusterRole && HARMLESS.test(name) ? [] : null;
}

/**
 * Reads the RBAC objects among any JSON values (Lists included). `defaultNamespace` is the
 * namespace of objects that state none. Never throws; what is no RBAC object is passed over.
 */
export function readPspGrants(objects: Iterable<unknown>, defaultNamespace = 'default'): PspGrants {
  const found: Found = { roles: new Map(), bindings: [] };
  for (const object of objects) collect(object, defaultNamespace, found);
  const grants: PspGrant[] = [];
  const notChecked: string[] = [];
  for (const binding of found.bindings) {
    const { object, kind, namespace } = binding;
    const ref = fieldOf(object, 'roleRef');
    const name = textOf(fieldOf(object, 'metadata'), 'name');
    const source = `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
    const psps = grantedBy(binding, found.roles);
    if (psps === null)
      notChecked.push(`${source}: ${textOf(ref, 'kind')} ${textOf(ref, 'name')} is not known`);
    if (psps === null || psps.length > 0)
      grants.push({ namespace, subjects: readSubjects(binding), psps, source });
  }
  return { grants, notChecked };
}

/** What a RoleBinding of policies to all service accounts of a namespace grants (as `generate` writes it). */
export function pspGrantsForNamespace(namespace: string, psps: PspNames): PspGrants {
  const subjects = [`group:system:serviceaccounts:${namespace}`];
  return {
    grants: [{ namespace, subjects, psps, source: `RoleBinding ${namespace}` }],
    notChecked: [],
  };
}

/** A service account as the plugin asks for it: system:authenticated is not among its groups. */
export function serviceAccountUser(namespace: string, name: string): UserInfo {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
  };
}

/** The requester with the group that everybody who is not anonymous has. Default: somebody without grants of his own. */
export function requester(user: UserInfo | undefined): UserInfo {
  if (user === undefined) return { name: '', groups: [AUTHENTICATED] };
  if (user.name === 'system:anonymous' || user.groups.includes(AUTHENTICATED)) return user;
  return { ...user, groups: [...user.groups, AUTHENTICATED] };
}

const CONTROLLERS: Readonly<Record<string, string>> = {
  CronJob: 'job-controller',
  DaemonSet: 'daemon-set-controller',
  Deployment: 'replicaset-controller',
  Job: 'job-controller',
  ReplicaSet: 'replicaset-controller',
  ReplicationController: 'replication-controller',
  StatefulSet: 'statefulset-controller',
};

/** Who creates the pods of a workload: the controller's own service account; undefined for any other kind. */
export function controllerUser(kind: string): UserInfo | undefined {
  const name = Object.hasOwn(CONTROLLERS, kind) ? CONTROLLERS[kind] : undefined;
  return name === undefined ? undefined : requester(serviceAccountUser('kube-system', name));
}

function grantsOf({ grants }: PspGrants, user: UserInfo, namespace: string): readonly PspGrant[] {
  const identities = new Set([
    `user:${user.name}`,
    ...user.groups.map((group) => `group:${group}`),
  ]);
  return grants
    .filter((grant) => grant.namespace === null || grant.namespace === namespace)
    .filter((grant) => grant.subjects.some((subject) => identities.has(subject)));
}

/** The policies that RBAC lets a user use in a namespace. */
export function usablePsps(grants: PspGrants, user: UserInfo, namespace: string): PspNames {
  if (user.groups.includes(MASTERS)) return '*';
  return grantsOf(grants, user, namespace).reduce<PspNames>(
    (sum, { psps }) => union(sum, psps ?? []),
    [],
  );
}

/** Bindings of a user that may grant any policy, because their role is not known. */
export function unknownGrants(grants: PspGrants, user: UserInfo, namespace: string): string[] {
  return grantsOf(grants, user, namespace)
    .filter(({ psps }) => psps === null)
    .map(({ source }) => source);
}
