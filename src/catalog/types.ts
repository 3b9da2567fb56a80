/**
 * The shape of the catalog: which pods Domino brings, what each may do beyond the default policy,
 * and how sure that is. Rows are data; conditions are data too, so that they can be printed.
 */

/** documented: the vendor's page says so; derived: follows from cited facts; assumed: a guess. */
export type Confidence = 'documented' | 'derived' | 'assumed';

/** A statement with its origin. `source` is a key of the table in sources.ts. */
export interface Evidence {
  confidence: Confidence;
  source: string;
  /** Only where the source needs a word: which version was read, what the guess rests on. */
  note?: string;
}

export type NamespaceKey = 'platform' | 'compute' | 'system' | 'istio';

export type WorkloadKind =
  'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet' | 'Job' | 'CronJob' | 'Pod';

/**
 * The three words of the vendor's exception table. "root" is not a field of the Kubernetes API:
 * it means that `runAsNonRoot: true` does not hold (traps: T41).
 */
export type Exception = 'privileged' | 'root' | 'capabilities';

export type Platform = 'eks' | 'gke' | 'aks' | 'openshift' | 'other';

/** When a pod is there. `path` is a canonical dotted path of deploy.yaml (see list options). */
export type Condition =
  | { always: true }
  /** Never by default; the text says who switches it on, and how. */
  | { never: string }
  | { path: string; equals: string | boolean }
  | { path: string; in: readonly string[] }
  /** The user wrote the key (with whatever value but null). */
  | { path: string; present: true }
  /** Domino versions: since is included, before is not. */
  | { domino: { since?: string; before?: string } }
  | { platform: readonly Platform[] }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition };

/** A name under which the pod's workload appears. `pattern` is a regular expression, anchored by us. */
export type WorkloadName = Evidence & { kind: WorkloadKind } & (
    { name: string; pattern?: never } | { pattern: string; name?: never }
  );

/** Values that the upstream chart sets, or silently relies on, for one container. */
export interface ContainerNeed extends Evidence {
  privileged?: boolean;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  allowPrivilegeEscalation?: boolean;
  capabilities?: { add?: readonly string[]; drop?: readonly string[] };
  seccompProfile?: 'RuntimeDefault' | 'Unconfined';
}

export interface ContainerRow extends Evidence {
  /** The exact container name. */
  name: string;
  /** True for an init container. */
  init?: boolean;
  /** Which of the pod's exceptions this container uses; [] for a sidecar that keeps the default. */
  uses: readonly Exception[];
  need?: ContainerNeed;
}

/** The exceptions from one Domino version on; rows of a pod are strictly increasing by `since`. */
export interface ExceptionRow {
  /** "0" for the first row. */
  since: string;
  exceptions: Partial<Record<Exception, Evidence>>;
  /**
   * How sure it is that nothing else is excepted. Where this is assumed, the default policy's
   * limits on this pod are assumed too, and take no privilege away.
   */
  complete: Evidence;
  /** Capabilities that the exception covers; absent: the source does not name them. */
  capabilities?: readonly string[];
  /** What the pod does with it, in our own words. */
  why: string;
}

/** A key of deploy.yaml that removes the pod or makes it need less. */
export interface Reduction extends Evidence {
  effect: 'off' | 'less';
  /** Dotted path and value to write in deploy.yaml. */
  set: readonly { path: string; value: string | number | boolean | null }[];
  /** Which exceptions it removes (all, for `off`). */
  removes: readonly Exception[];
  domino?: { since?: string; before?: string };
  /** What changes, and what the nodes or the user must provide then. */
  text: string;
  /** What a container needs once the keys are set, where that differs from its row. */
  leaves?: readonly (ContainerNeed & { container: string })[];
  /** Containers that the pod no longer has then. A patch must not name them: it would add them. */
  drops?: readonly string[];
}

export interface HostAccess extends Evidence {
  hostPaths?: readonly string[];
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostPorts?: readonly number[];
}

export interface PodEntry {
  /** The name in the vendor's table where it is known, else the upstream name. Kebab-case, unique. */
  id: string;
  /** The group of rows (and the file): storage, gpu, registry, ... */
  component: string;
  /** One sentence of ours: what the pod is for. */
  title: string;
  name: Evidence;
  workloads: readonly WorkloadName[];
  /** `alsoSeen`: names of foreign namespaces (kube-system) in which the upstream project puts it. */
  namespace: Evidence & { key: NamespaceKey; alsoSeen?: readonly string[] };
  /** The Helm release, for `release_overrides.<release>`. */
  release?: Evidence & { name: string };
  containers: readonly ContainerRow[];
  needs: readonly ExceptionRow[];
  installedWhen: Evidence & { condition: Condition };
  /** Domino versions that have the row at all. */
  versions?: Evidence & { since?: string; before?: string };
  reductions: readonly Reduction[];
  host?: HostAccess;
  /**
   * Pods that the same chart brings and the vendor's table does not list: no exception, but their
   * access to the node is known.
   */
  companions?: readonly { workload: WorkloadName; host: HostAccess }[];
  /** True for the one entry that stands for users' pods: never selected, never patched. */
  userWorkload?: true;
  /** True where the entry stands for rows of other Domino versions (shown apart from the 24). */
  otherVersions?: true;
}
