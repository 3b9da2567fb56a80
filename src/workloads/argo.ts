/** Argo Workflows write their containers one by one into templates instead of a pod spec. */
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import { containerList, type ObjectContext } from './containers.ts';
import type { Container, PodTemplate } from './types.ts';

const KINDS = new Set(['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate', 'CronWorkflow']);
/** Fields of a workflow, or of its defaults, that every pod of it gets unless its template sets them. */
const INHERITED = [
  'securityContext',
  'serviceAccountName',
  'hostNetwork',
  'volumes',
  'nodeSelector',
  'affinity',
];
const SINGLE = ['container', 'script'] as const;

/** True for the workflow kinds of argoproj.io. */
export function isArgoWorkflow(type: { apiVersion: string; kind: string }): boolean {
  return type.apiVersion.startsWith('argoproj.io/') && KINDS.has(type.kind);
}

/**
 * A pod for each template that runs containers. `spec` is the template with what it inherits from
 * the workflow; `specPath` is the template, so a path below it that does not exist is inherited.
 */
export function argoTemplates(
  object: Record<string, unknown>,
  context: ObjectContext,
): PodTemplate[] {
  const path: Path = object.kind === 'CronWorkflow' ? ['spec', 'workflowSpec'] : ['spec'];
  const top = isMapping(object.spec) ? object.spec : {};
  const workflow = object.kind === 'CronWorkflow' ? top.workflowSpec : top;
  if (!isMapping(workflow)) return [];
  const defaults = isMapping(workflow.templateDefaults) ? workflow.templateDefaults : {};
  const inherited: Record<string, unknown> = {};
  for (const field of INHERITED) {
    const value = defaults[field] ?? workflow[field];
    if (value !== undefined) inherited[field] = value;
  }
  const pods: PodTemplate[] = [];
  const add = ({ template, place }: Placed): void => {
    const containers = containersAt(template, place, context);
    if (containers.length === 0) return;
    const metadata = isMapping(template.metadata) ? template.metadata : {};
    const spec = { ...inherited, ...template };
    pods.push({ path: place, specPath: place, metadata, spec, containers });
  };
  add({ template: defaults, place: [...path, 'templateDefaults'] });
  templatesIn(workflow.templates, [...path, 'templates']).forEach(add);
  return pods;
}

interface Placed {
  template: Record<string, unknown>;
  place: Path;
}

/** The templates of a list and those written inside their steps and tasks. */
function templatesIn(list: unknown, path: Path): Placed[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((template: unknown, index) => withInline(template, [...path, index]));
}

function withInline(template: unknown, place: Path): Placed[] {
  if (!isMapping(template)) return [];
  const { steps, dag } = template;
  const groups = Array.isArray(steps) ? steps : [];
  const tasks = isMapping(dag) ? dag.tasks : undefined;
  return [
    { template, place },
    ...groups.flatMap((group: unknown, index) => inlineOf(group, [...place, 'steps', index])),
    ...inlineOf(tasks, [...place, 'dag', 'tasks']),
  ];
}

function inlineOf(entries: unknown, path: Path): Placed[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown, index) =>
    isMapping(entry) ? withInline(entry.inline, [...path, index, 'inline']) : [],
  );
}

function containersAt(
  template: Record<string, unknown>,
  path: Path,
  context: ObjectContext,
): Container[] {
  const containers = containerList(
    template.initContainers,
    [...path, 'initContainers'],
    'init',
    context,
  );
  for (const field of SINGLE) {
    const value = template[field];
    if (!isMapping(value)) continue;
    const name = typeof value.name === 'string' && value.name !== '' ? value.name : 'main';
    containers.push({ name, type: 'container', index: 0, path: [...path, field], value });
  }
  const set = template.containerSet;
  if (isMapping(set)) {
    const place = [...path, 'containerSet', 'containers'];
    containers.push(...containerList(set.containers, place, 'container', context));
  }
  const sidecars = [...path, 'sidecars'];
  return [...containers, ...containerList(template.sidecars, sidecars, 'container', context)];
}
