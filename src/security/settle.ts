/**
 * From limits to values: what a pod template's security contexts become. `generate` and `patch`
 * share this one function, so they cannot disagree. It never grants what the template does not ask
 * for; the only things it reads into silence are an unset runAsNonRoot (the image's user decides)
 * and an unset capabilities.drop (the runtime's default set stays).
 */
import type { Diagnostic } from '../diagnostics.ts';
import { settleCapabilities, settlePrivileged } from './settle-container.ts';
import { settleRoot } from './settle-root.ts';
import { settleEscalation, settleSeccomp, settleSeLinux } from './settle-hardening.ts';
import { asMap, templateContainers, type Json, type TemplateContainer } from './template.ts';
import { copyTree } from '../yaml/mapping.ts';
import { contextEdits } from './edits.ts';
import type { ContainerLimits, Edit } from './types.ts';

/** A container under work: its limits, and its securityContext as it will be. */
export interface WorkingContainer extends TemplateContainer {
  limits: ContainerLimits;
  context: Json;
}

/** A pod template under work. Steps change `context` of pod and containers in place. */
export interface Work {
  context: Json;
  containers: WorkingContainer[];
  notes: SettleNote[];
}

/** A remark on one container; the caller adds subject and location. */
export interface SettleNote extends Pick<Diagnostic, 'code' | 'message'> {
  container: string;
  /** The field that it is about, below the container. */
  field: string;
}

export interface Settlement {
  edits: Edit[];
  notes: SettleNote[];
  /** The pod's securityContext after the edits. */
  pod: Json;
  containers: Pick<WorkingContainer, 'name' | 'list' | 'index' | 'context'>[];
}

/**
 * @param spec a pod spec, read tolerantly; it is not changed
 * @param limitsOf the limits of a container by name
 */
export function settle(spec: Json, limitsOf: (container: string) => ContainerLimits): Settlement {
  const before = asMap(spec.securityContext) ?? {};
  const work: Work = {
    context: copyOf(before),
    containers: templateContainers(spec).map((container) => ({
      ...container,
      limits: limitsOf(container.name),
      context: copyOf(asMap(container.value.securityContext) ?? {}),
    })),
    notes: [],
  };
  settleSeLinux(work);
  settleRoot(work);
  for (const container of work.containers) {
    settlePrivileged(container, work.notes);
    settleCapabilities(container, work.notes);
    settleEscalation(container, work.notes);
  }
  settleSeccomp(work);
  return {
    edits: contextEdits(before, work),
    notes: work.notes,
    pod: work.context,
    containers: work.containers.map(({ name, list, index, context }) => ({
      name,
      list,
      index,
      context,
    })),
  };
}

/** Faster than structuredClone, which counts: every container of a stream of manifests has a context. */
function copyOf(context: Json): Json {
  return copyTree(context) as Json;
}
