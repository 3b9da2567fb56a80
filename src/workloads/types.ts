/** What the readers of manifests hand to audit, patch and admission. */
import type { Diagnostic, Location } from '../diagnostics.ts';
import type { Duplicate, Path } from '../yaml/read.ts';
import type { PodReading } from './spec-parts.ts';

/** `sidecar`: an init container with restartPolicy Always. */
export type ContainerType = 'init' | 'sidecar' | 'container' | 'ephemeral';

export interface Container {
  /** Empty when the manifest gives none. */
  name: string;
  type: ContainerType;
  /** Position in its own list, from 0. */
  index: number;
  /** From the root of the object. */
  path: Path;
  value: Record<string, unknown>;
}

/** A pod, or the template of one, wherever it stands in an object. */
export interface PodTemplate {
  /** Of the object that holds the pod's metadata and spec; empty for a Pod. */
  path: Path;
  /** Of the pod spec: `path` and `spec`, but for forms that keep their containers elsewhere (Argo). */
  specPath: Path;
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
  /** Init containers first, then containers, then ephemeral ones, each in order. */
  containers: Container[];
}

export interface ManifestObject {
  file: string;
  /** Counts the documents of the file from 1; the items of a List share it. */
  document: number;
  /** Position in its List, from 0. */
  item?: number;
  /** From the root of the document to the object: empty, or through the items of Lists. */
  base: Path;
  apiVersion: string;
  kind: string;
  /** Empty when only generateName is given. */
  name: string;
  generateName?: string;
  namespace?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** The template that Helm names in a comment: `chart/templates/x.yaml`. */
  source?: string;
  /** The values of the annotation helm.sh/hook. */
  hooks: string[];
  owners: { kind: string; name: string }[];
  value: Record<string, unknown>;
  pods: PodTemplate[];
  /** Pods that a custom resource describes in pieces, without what its operator adds; absent: none. */
  pieces?: PodTemplate[];
  /** A place in the object, only during the visit: see Positions.locate. Paths start at the object. */
  locate: (path: Path, what?: 'key' | 'value') => Location | undefined;
  /** The text in which `locate` finds places, and its first line in the file: for frames, during the visit. */
  text: () => { text: string; firstLine: number };
  /** Keys given twice, paths from the object; the last one counts. */
  duplicates: Duplicate[];
  /** What was reported about this object: hidden line breaks, wrong case, malformed fields. */
  notices: Diagnostic[];
}

/** What tells a pod from its twins, which differ in nothing else that is read. */
export interface PodNames {
  name: string;
  generateName: string | undefined;
  namespace: string | undefined;
  owners: ManifestObject['owners'];
  /** Position in its List, from 0. */
  item: number;
}

/**
 * Takes a twin of the object that was visited, by its names alone. False: it has to be read, since its
 * names make a difference.
 */
export type TakeTwin = (names: PodNames) => boolean;

/** So that a pod that differs from a visited one in nothing that is read need not be read. */
export interface Twins {
  reading: PodReading;
  /**
   * Asked after a visit: how twins of what was visited are taken; undefined: they have to be visited.
   * @param kept what is read of it, as a Pod; to be kept in the place of what was visited, which keeps its
   *   text alive. undefined: it has no spec
   */
  ofVisited: (kept: () => PodTemplate | undefined) => TakeTwin | undefined;
}

export interface ReadOptions {
  /** Leave documents unparsed that are proven to hold no workload and nothing else we judge; default true. */
  skip?: boolean;
  /** Receives diagnostics as they occur instead of the result's list, for input of any length. */
  report?: (diagnostic: Diagnostic) => void;
  /** Looks for twins in big Lists. Absent: every object is visited. */
  twins?: Twins;
}

export interface ReadResult {
  /** Documents seen, empty and skipped ones included. */
  documents: number;
  /** Documents left unparsed. */
  skipped: number;
  /** Objects visited; the items of a List count one each. */
  objects: number;
  /** Errors, notices, duplicate keys and files that are no manifests, in input order. */
  diagnostics: Diagnostic[];
}
