/** What deploy.yaml says once it has been read, upgraded, checked and completed with defaults. */
import type { Confidence, Exception, NamespaceKey, Platform } from '../catalog/types.ts';
import type { Diagnostic } from '../diagnostics.ts';

export type PsaLevel = 'privileged' | 'baseline' | 'restricted';

/** Kubernetes 1.`minor`. */
export interface KubernetesVersion {
  minor: number;
}

/** OpenShift 4.`minor`, or 4.`minor`.`patch` where the z-stream is known. */
export interface OpenShiftVersion {
  minor: number;
  patch?: number;
}

export interface DominoNamespace {
  key: NamespaceKey;
  name: string;
  /** As written under `namespaces.<key>`; values are strings. */
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

/** A row of `pod_security.exceptions` (and of an exceptions file): what a reviewer accepted. */
export interface AcceptedException {
  namespace: string;
  kind: string;
  name: string;
  container?: string;
  rule: string;
  reason: string;
  owner?: string;
  /** ISO date, yyyy-mm-dd; from the day after on the exception fails. */
  expires?: string;
}

/** A row of `pod_security.catalog` (and of --catalog): corrects an entry by id, or adds one. */
export interface CatalogCorrection {
  id: string;
  kind?: string;
  names?: readonly string[];
  namespace?: NamespaceKey;
  release?: string;
  containers?: readonly { name: string; init?: boolean; uses: readonly Exception[] }[];
  exceptions?: readonly Exception[];
  capabilities?: readonly string[];
  installed?: boolean;
  why?: string;
  /** Default documented: who writes a correction has seen it on a cluster. */
  confidence?: Confidence;
  source?: string;
}

export interface DeployOptions {
  /** As the user named it. */
  file: string;
  /** The schema that the file states; undefined where it states none. */
  schema: string | undefined;
  /** Domino's version; undefined where neither file nor flag gives it (then the newest is meant). */
  dominoVersion: string | undefined;
  platform: Platform;
  /** undefined only where the command does not need it (`validate`, `audit` without a target). */
  kubernetes: KubernetesVersion | undefined;
  openshift: OpenShiftVersion | undefined;
  /** PodSecurityPolicies are in force on the cluster. */
  psp: boolean;
  dedicatedCluster: boolean;
  hardening: 'documented' | 'strict';
  namespaces: Readonly<Record<NamespaceKey, DominoNamespace>>;
  podSecurityAdmission: { audit: PsaLevel; warn: PsaLevel };
  /** Annotations of namespaces by name, for offline admission (uid ranges, MCS labels). */
  namespaceAnnotations: Readonly<Record<string, Readonly<Record<string, string>>>>;
  catalog: readonly CatalogCorrection[];
  exceptions: readonly AcceptedException[];
  /** `release_overrides` (and `services` of schema 1.0, by release name). */
  releases: Readonly<Record<string, { installed?: boolean; chart_values?: unknown }>>;
  /**
   * The canonical tree that conditions are evaluated on: keys of the newest schema plus
   * `pod_security`, defaults filled in. Read it with `valueAt`.
   */
  values: Readonly<Record<string, unknown>>;
  /** Canonical dotted paths of keys that the user wrote, after the upgrade of old forms. */
  given: ReadonlySet<string>;
  /** Old forms that were read under a newer name, as dotted paths; the notes say the same in words. */
  moved?: readonly { from: string; to: string }[];
  /** Warnings and notes of the reading; errors end it with a UserError instead. */
  notes: readonly Diagnostic[];
}

/** The value at a dotted canonical path; undefined where any part of it is absent. */
export function valueAt(values: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = values;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Command-line values that stand over the file's, the same for every command. */
export interface DeployOverrides {
  kubernetesVersion?: string;
  openshiftVersion?: string;
  dominoVersion?: string;
  unknownKeys?: 'error' | 'warn' | 'ignore';
  /** Rows of --catalog, already parsed as YAML, and the file they came from. */
  catalog?: { file: string; text: string };
}
