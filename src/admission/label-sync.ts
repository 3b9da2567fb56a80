/**
 * What OpenShift's label syncer will write on a namespace (cluster-policy-controller, psalabelsyncer):
 * the level of the most permissive SCC that any service account there may use (T38).
 */
import { BASELINE_CAPABILITIES } from './pss/checks/capabilities-baseline.ts';
import { compareLevels, type Level } from './pss/index.ts';
import { parseBlock } from './scc/namespace.ts';
import { serviceAccountUser, usableSccs, type SccGrants } from './scc/rbac.ts';
import { UID_RANGE, type AnyScc, type Scc } from './scc/types.ts';

type Texts = Readonly<Record<string, string>>;

export interface SyncForecast {
  readonly namespace: string;
  /** null: the syncer leaves the namespace alone. */
  readonly level: Level | null;
  readonly why: string;
  /** How to stop it; empty where nothing is to do. */
  readonly remedy: string;
}

export const SYNC_LABEL = 'security.openshift.io/scc.podSecurityLabelSync';
const PREFIX = 'pod-security.kubernetes.io/';
const SIX = ['enforce', 'audit', 'warn'].flatMap((mode) => [
  PREFIX + mode,
  `${PREFIX}${mode}-version`,
]);
/** Namespaces that the platform keeps privileged itself. */
const KEPT = new Set(['default', 'kube-node-lease', 'kube-system', 'kube-public', 'openshift']);
/** The sysctls of baseline at its first version; the syncer has not followed the later ones. */
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_syncookies',
]);
const RESTRICTED_VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'none',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

function strictestOf(isPrivileged: boolean, isBaseline: boolean): Level {
  if (isPrivileged) return 'privileged';
  return isBaseline ? 'baseline' : 'restricted';
}

/** The syncer does not look at defaultAddCapabilities. */
function capabilityLevel({ allowedCapabilities: added, requiredDropCapabilities }: Scc): Level {
  return strictestOf(
    added.some((name) => !BASELINE_CAPABILITIES.has(name)),
    added.some((name) => name !== 'NET_BIND_SERVICE') || !requiredDropCapabilities.includes('ALL'),
  );
}

function hostLevel(scc: Scc): Level {
  const isPrivileged =
    scc.allowPrivilegedContainer ||
    scc.allowHostDirVolumePlugin ||
    scc.allowHostIPC ||
    scc.allowHostNetwork ||
    scc.allowHostPID ||
    scc.allowHostPorts ||
    scc.allowedUnsafeSysctls.some((name) => !SAFE_SYSCTLS.has(name));
  return strictestOf(
    isPrivileged || scc.volumes.some((name) => name === '*' || name === 'hostPath'),
    scc.volumes.some((name) => !RESTRICTED_VOLUMES.has(name)),
  );
}

function seLinuxLevel({ seLinuxContext }: Scc): Level {
  const { type = '', user = '', role = '' } = seLinuxContext.seLinuxOptions ?? {};
  const isOtherType = type !== '' && !/^container_(?:t|init_t|kvm_t|engine_t)$/.test(type);
  const isPrivileged = seLinuxContext.type === 'RunAsAny' || isOtherType;
  return strictestOf(isPrivileged || user !== '' || role !== '', false);
}

/** Whether a container may be root; a namespace whose range is not known has one that begins above 0. */
function mayBeRoot({ runAsUser }: Scc, annotations: Texts): boolean {
  const { type, uid, uidRangeMin: min, uidRangeMax: max } = runAsUser;
  switch (type) {
    case 'RunAsAny':
      return true;
    case 'MustRunAsNonRoot':
      return false;
    case 'MustRunAs':
      return (uid ?? 0) <= 0;
    case 'MustRunAsRange': {
      if (min !== undefined && max !== undefined) return min <= 0;
      const block = parseBlock(annotations[UID_RANGE] ?? '');
      return typeof block !== 'string' && block.min === 0;
    }
  }
}

function contextLevel(scc: Scc, annotations: Texts): Level {
  const { seccompProfiles, allowPrivilegeEscalation } = scc;
  return strictestOf(
    seccompProfiles.some(
      (name) => !/^(?:runtime\/default$|docker\/default$|localhost\/)/.test(name),
    ),
    mayBeRoot(scc, annotations) || allowPrivilegeEscalation || seccompProfiles.length === 0,
  );
}

/**
 * The level that the syncer derives from an SCC in a namespace with these annotations. One that cannot
 * be judged counts as privileged.
 */
export function levelOfScc(scc: AnyScc, annotations: Texts = {}): Level {
  if ('notChecked' in scc) return 'privileged';
  return [capabilityLevel, hostLevel, seLinuxLevel, contextLevel]
    .map((level) => level(scc, annotations))
    .reduce((left, right) => (compareLevels(left, right) <= 0 ? left : right));
}

/** The SCCs that service accounts of a namespace may use; `accounts` are those that are known by name. */
function usableIn(
  namespace: string,
  accounts: readonly string[],
  sccs: readonly AnyScc[],
  grants: SccGrants,
): AnyScc[] {
  const users = ['default', ...accounts].map((name) => {
    const who = serviceAccountUser(namespace, name);
    return { ...who, groups: [...who.groups, 'system:authenticated'] };
  });
  const sets = users.map((who) => usableSccs(grants, who, namespace));
  const isOwn = (scc: AnyScc): boolean =>
    !('notChecked' in scc) &&
    users.some(
      ({ name, groups }) =>
        scc.users.includes(name) || groups.some((group) => scc.groups.includes(group)),
    );
  return sccs.filter(
    (scc) => isOwn(scc) || sets.some((names) => names === '*' || names.includes(scc.name)),
  );
}

/** What every account of OpenShift may use at least. */
const LEAST: { readonly scc: string; readonly level: Level } = {
  scc: 'restricted-v2',
  level: 'restricted',
};

function whySpared(namespace: string, labels: Texts): string | undefined {
  const sync = labels[SYNC_LABEL];
  if (sync === 'false') return `${SYNC_LABEL} is "false"`;
  if (KEPT.has(namespace)) return 'the platform keeps it privileged';
  if (namespace.startsWith('openshift-') && sync !== 'true')
    return `names with openshift- are synced only with ${SYNC_LABEL} "true"`;
  if (sync !== 'true' && SIX.every((label) => labels[label] !== undefined))
    return 'all six labels are set by somebody else';
  return undefined;
}

/** What happens to one namespace. Labels that are not known count as unset. */
export function forecast(
  namespace: {
    readonly name: string;
    readonly labels: Texts;
    /** Default: not known. */
    readonly annotations?: Texts | undefined;
    readonly accounts: readonly string[];
  },
  sccs: readonly AnyScc[],
  grants: SccGrants,
): SyncForecast {
  const { name, labels, accounts, annotations } = namespace;
  const spared = whySpared(name, labels);
  if (spared !== undefined) return { namespace: name, level: null, why: spared, remedy: '' };
  const usable = usableIn(name, accounts, sccs, grants);
  const levels = usable.map((scc) => ({ scc: scc.name, level: levelOfScc(scc, annotations) }));
  const most = levels.reduce(
    (left, right) => (compareLevels(right.level, left.level) < 0 ? right : left),
    LEAST,
  );
  return {
    namespace: name,
    level: most.level,
    why: `the most permissive SCC of its service accounts is ${most.scc}`,
    remedy: `Set the label ${SYNC_LABEL}: "false".`,
  };
}
