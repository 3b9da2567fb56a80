/**
 * Pods that a custom resource describes in pieces: the drivers and workers of clusters whose operator
 * makes the pod spec itself, and patches in a text. What is absent there is the operator's to fill in.
 */
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import { readYaml } from '../yaml/read.ts';
import { UserError } from '../diagnostics.ts';
import { isArgoWorkflow } from './argo.ts';
import { containerList, malformed, type ObjectContext } from './containers.ts';
import { isBuiltIn } from './pods.ts';
import type { Container, ContainerType, PodTemplate } from './types.ts';

type Json = Record<string, unknown>;

/** Lists of whole containers beside a main one that the operator makes. */
const LISTS: readonly (readonly [string, ContainerType])[] = [
  ['initContainers', 'init'],
  ['sidecars', 'container'],
  ['extraInitContainers', 'init'],
  ['extraContainers', 'container'],
  ['additionalContainers', 'container'],
];
const LIST_NAMES = new Set(LISTS.map(([name]) => name));
const HOST = ['hostNetwork', 'hostPID', 'hostIPC'];
/** Fields that only the security context of a container has. */
const OF_CONTAINER = [
  'privileged',
  'capabilities',
  'allowPrivilegeEscalation',
  'procMount',
  'readOnlyRootFilesystem',
];
/** Parts of an object that no operator makes pods of. */
const OTHERS = ['metadata', 'status'];
/** As the search for whole pod specs, which reports when it reaches them. */
const MAX_DEPTH = 60;
const MAX_NODES = 500_000;

/** @param found the whole pod templates of the object: nothing in them is a piece */
export function podPieces(
  object: Json,
  type: { apiVersion: string; kind: string },
  found: readonly PodTemplate[],
  context: ObjectContext,
): PodTemplate[] {
  if (isBuiltIn(type)) return [];
  const pieces: PodTemplate[] = [];
  const isArgo = isArgoWorkflow(type);
  const whole = new Set<unknown>(found.map(({ spec }) => spec));
  let nodes = 0;
  const visit = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null || whole.has(value)) return;
    if (++nodes > MAX_NODES || path.length > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      value.forEach((entry, index) => {
        visit(entry, [...path, index]);
      });
      return;
    }
    if (!isMapping(value)) return;
    const piece = isArgo
      ? patchPiece(value.podSpecPatch, [...path, 'podSpecPatch'], context)
      : pieceAt(value, path, context);
    if (piece !== undefined) pieces.push(piece);
    for (const [key, entry] of Object.entries(value)) {
      if (isArgo || !LIST_NAMES.has(key)) visit(entry, [...path, key]);
    }
  };
  const rest: Json = { ...object };
  for (const name of OTHERS) Reflect.deleteProperty(rest, name);
  visit(rest, []);
  return pieces;
}

function pieceAt(value: Json, path: Path, context: ObjectContext): PodTemplate | undefined {
  const { own, pod } = contextsIn(value);
  const containers: Container[] = LISTS.flatMap(([name, type]) =>
    isContainerList(value[name]) ? containerList(value[name], [...path, name], type, context) : [],
  );
  if (own !== undefined || pod !== undefined) containers.push(mainContainer(own, path));
  if (containers.length === 0 && !reachesHost(value)) return undefined;
  const spec: Json = { ...value, securityContext: pod };
  return { path, specPath: path, metadata: {}, spec, containers };
}

/** The security contexts of the main container and of its pod. One name can mean either: the fields tell. */
function contextsIn(value: Json): { own: Json | undefined; pod: Json | undefined } {
  const plain = mappingOf(value.securityContext);
  const isOwn = plain !== undefined && OF_CONTAINER.some((field) => field in plain);
  const pod = mappingOf(value.podSecurityContext);
  const own = mappingOf(value.containerSecurityContext) ?? (isOwn ? plain : undefined);
  return {
    own: own ?? (pod === undefined ? undefined : plain),
    pod: pod ?? (isOwn ? undefined : plain),
  };
}

/** Named after the key that holds it: driver, worker. */
function mainContainer(context: Json | undefined, path: Path): Container {
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  const value = context === undefined ? {} : { securityContext: context };
  return { name, type: 'container', index: 0, path, value };
}

function reachesHost(value: Json): boolean {
  const { volumes } = value;
  const mounts =
    Array.isArray(volumes) &&
    volumes.some((entry) => isMapping(entry) && isMapping(entry.hostPath));
  return mounts || HOST.some((field) => value[field] === true);
}

function mappingOf(value: unknown): Json | undefined {
  return isMapping(value) ? value : undefined;
}

function isContainerList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some(
      (entry) =>
        isMapping(entry) && (typeof entry.image === 'string' || typeof entry.name === 'string'),
    )
  );
}

/** Argo's patch of the pod that a template makes: JSON or YAML in a text. */
function patchPiece(text: unknown, path: Path, context: ObjectContext): PodTemplate | undefined {
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const spec = patchIn(text);
  if (spec === undefined) {
    malformed(path, 'a patch in JSON or YAML', context);
    return undefined;
  }
  const containers = (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap(
    (name, at) =>
      containerList(
        spec[name],
        path,
        (['init', 'container', 'ephemeral'] as const)[at] ?? 'container',
        context,
      ),
  );
  return { path, specPath: path, metadata: {}, spec, containers };
}

function patchIn(text: string): Json | undefined {
  try {
    const [document] = readYaml(text, 'podSpecPatch', { duplicateKeys: 'last-wins' });
    return mappingOf(document?.value);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
