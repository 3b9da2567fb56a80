/** What a target of `generate` gets, and what it gives. */
import type { PodEntry } from '../catalog/types.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { DecisionOptions } from '../security/decide.ts';
import type { PodPlan } from '../security/plan.ts';
import type { TemplateContainer } from '../security/template.ts';
import type { Selection } from '../security/types.ts';

/** A workload of --against, judged by the policy; only those that the policy writes to. */
export interface AgainstWorkload {
  apiVersion: string;
  kind: string;
  name: string;
  /** As the manifest states it. */
  namespace?: string;
  /** From the object's root to the object that holds the pod's `metadata` and `spec`. */
  podPath: readonly (string | number)[];
  containers: readonly TemplateContainer[];
  /** The real place in the object of a path below the template. */
  realPath: (path: readonly (string | number)[]) => readonly (string | number)[];
  /** True for kinds of the API itself, whose lists kustomize merges by name. */
  isBuiltIn: boolean;
  plan: PodPlan;
}

export interface RenderInput {
  options: DeployOptions;
  catalog: readonly PodEntry[];
  selection: Selection;
  decision: DecisionOptions;
  /** Present when --against was given. */
  against?: readonly AgainstWorkload[];
  /** What --against did not hold, or held without being expected. */
  remarks: readonly Diagnostic[];
  /** The ids of the targets of this run, for the summary. */
  targets: readonly string[];
}

export interface RenderedFile {
  /** Relative to the output folder, with `/`. */
  path: string;
  content: string;
  /** Permissions, where they are not the usual ones. */
  mode?: number;
  /**
   * What a reader must find in `content`, document by document; `generate` parses it back and
   * compares before anything is written. Absent for text that is not YAML.
   */
  documents?: readonly unknown[];
}

/** Sources of a file that the build of the summary needs: see targets/index.ts. */
export interface Target {
  id: string;
  title: string;
  /** When it is produced, in words. */
  when: string;
  applies: (options: DeployOptions) => boolean;
  /** True when its files are complete objects that `kubectl apply -f -` takes. */
  applicable: boolean;
  /** True when it is produced only by its name in --target. */
  onRequest?: true;
  files: (input: RenderInput) => RenderedFile[];
}
