/** Finds the pod templates of an object: by kind where Kubernetes defines the place, else by a bounded walk. */
import { diagnostic } from '../diagnostics.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import { argoTemplates, isArgoWorkflow } from './argo.ts';
import { containersOf, malformed, type ObjectContext } from './containers.ts';
import { holdsNoWorkload } from './skip.ts';
import type { PodTemplate } from './types.ts';

const TEMPLATE = ['spec', 'template'];
/** Where the built-in kinds keep their pod, for the groups that own these kinds. */
const PLACES: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['v1/Pod', []],
  ['v1/PodTemplate', ['template']],
  ['v1/ReplicationController', TEMPLATE],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map(
    (kind) => [`apps/${kind}`, TEMPLATE] as const,
  ),
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].map(
    (kind) => [`extensions/${kind}`, TEMPLATE] as const,
  ),
  ['batch/Job', TEMPLATE],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** Objects that quote parts of pods without ever making one: policies, webhooks, schemas. */
const NO_PODS =
  /^(?:rbac\.authorization\.k8s\.io|admissionregistration\.k8s\.io|kyverno\.io|policies\.kyverno\.io|constraints\.gatekeeper\.sh|templates\.gatekeeper\.sh|apiextensions\.k8s\.io|security\.openshift\.io|policy)\//;

/** Bounds of the walk over custom resources; reaching one is reported, never silent. */
const MAX_WALK_DEPTH = 60;
const MAX_WALK_NODES = 500_000;

/**
 * Every pod template of an object. Fields of the wrong type are reported as DPS7014. `kind` may be
 * empty (an item of a list that names none): then the walk decides.
 */
export function podTemplates(
  object: Record<string, unknown>,
  type: ObjectType,
  context: ObjectContext,
): PodTemplate[] {
  if (holdsNone(type)) return [];
  const place = placeOf(type);
  if (place !== undefined) return knownTemplate(object, place, context);
  if (isArgoWorkflow(type)) return argoTemplates(object, context);
  return walk(object, context);
}

interface ObjectType {
  apiVersion: string;
  kind: string;
}

/** True for the kinds whose pod, if they have one, stands at a place that Kubernetes defines. */
export function isBuiltIn(type: ObjectType): boolean {
  return holdsNone(type) || placeOf(type) !== undefined;
}

function holdsNone({ apiVersion, kind }: ObjectType): boolean {
  return holdsNoWorkload(kind, apiVersion) || NO_PODS.test(apiVersion);
}

function placeOf({ apiVersion, kind }: ObjectType): Path | undefined {
  return PLACES.get(`${apiVersion === 'v1' ? 'v1' : (apiVersion.split('/')[0] ?? '')}/${kind}`);
}

function knownTemplate(
  object: Record<string, unknown>,
  place: Path,
  context: ObjectContext,
): PodTemplate[] {
  let holder: unknown = object;
  for (let step = 0; step < place.length; step++) {
    holder = isMapping(holder) ? holder[String(place[step])] : undefined;
    if (holder === undefined || holder === null) return [];
    if (!isMapping(holder)) {
      malformed(place.slice(0, step + 1), 'a mapping', context);
      return [];
    }
  }
  if (!isMapping(holder) || holder.spec === undefined || holder.spec === null) return [];
  if (!isMapping(holder.spec)) {
    malformed([...place, 'spec'], 'a mapping', context);
    return [];
  }
  return [template(holder, holder.spec, place, context)];
}

function template(
  holder: Record<string, unknown>,
  spec: Record<string, unknown>,
  path: Path,
  context: ObjectContext,
): PodTemplate {
  const specPath = [...path, 'spec'];
  const metadata = isMapping(holder.metadata) ? holder.metadata : {};
  return { path, specPath, metadata, spec, containers: containersOf(spec, specPath, context) };
}

function walk(root: Record<string, unknown>, context: ObjectContext): PodTemplate[] {
  const found: PodTemplate[] = [];
  let nodes = 0;
  const bounds = { cut: false };
  const visit = (value: unknown, path: Path, parent: Record<string, unknown>): void => {
    if (typeof value !== 'object' || value === null) return;
    if (++nodes > MAX_WALK_NODES || path.length > MAX_WALK_DEPTH) {
      bounds.cut = true;
      return;
    }
    if (Array.isArray(value)) {
      value.forEach((entry, index) => {
        visit(entry, [...path, index], parent);
      });
      return;
    }
    if (!isMapping(value)) return;
    if (isPodSpec(value)) {
      found.push(podAt(value, path, parent, context));
      return;
    }
    for (const [key, entry] of Object.entries(value)) visit(entry, [...path, key], value);
  };
  visit(root, [], {});
  if (bounds.cut) {
    const location = context.locate([]);
    context.notice(
      diagnostic('DPS7003', 'The object is too large or too deep to find every pod in it.', {
        ...(location === undefined ? {} : { location }),
      }),
    );
  }
  return found;
}

function podAt(
  spec: Record<string, unknown>,
  path: Path,
  parent: Record<string, unknown>,
  context: ObjectContext,
): PodTemplate {
  if (path[path.length - 1] === 'spec') return template(parent, spec, path.slice(0, -1), context);
  const containers = containersOf(spec, path, context);
  return { path, specPath: path, metadata: {}, spec, containers };
}

/** A mapping with a list `containers` in which an entry has an image or a name. */
function isPodSpec(value: Record<string, unknown>): boolean {
  const { containers } = value;
  return (
    Array.isArray(containers) &&
    containers.some(
      (entry) =>
        isMapping(entry) && (typeof entry.image === 'string' || typeof entry.name === 'string'),
    )
  );
}
