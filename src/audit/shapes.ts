/**
 * Pods of one workload differ in their names, images and addresses, none of which a rule reads. What
 * rules find is therefore kept by the shape of a pod: everything of it but the fields that are proven
 * not to be read (a test lets rules see them as objects that throw). Unknown fields are part of the shape.
 */
import type { Standing } from '../security/standing.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { EditIndex } from './patch-text.ts';
import type { PodRule, RuleHit } from './types.ts';

/** What is known of every pod of a shape; filled by those who find it out. */
export interface Shape {
  hits?: readonly { rule: PodRule; hit: RuleHit }[];
  edits?: EditIndex;
  /** Bodies of patches by control and container; undefined: there is none. */
  patches: Map<string, string | undefined>;
  /** The first reason of Pod Security by level and version; undefined: it admits the pod. */
  refusals: Map<string, string | undefined>;
}

export interface Shapes {
  /** The shape of a pod; undefined where the pod has to be judged by itself. */
  of: (object: ManifestObject, pod: PodTemplate, standing: Standing) => Shape | undefined;
}

/** Fields of a pod spec that no rule and no check of Pod Security reads. */
export const UNREAD_OF_POD: ReadonlySet<string> = new Set([
  'nodeName',
  'tolerations',
  'imagePullSecrets',
  'schedulerName',
  'priority',
  'priorityClassName',
  'preemptionPolicy',
  'terminationGracePeriodSeconds',
  'hostname',
  'hostAliases',
  'topologySpreadConstraints',
]);

/** The same of a container. */
export const UNREAD_OF_CONTAINER: ReadonlySet<string> = new Set([
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'workingDir',
  'env',
  'envFrom',
  'resources',
  'volumeMounts',
  'volumeDevices',
  'terminationMessagePath',
  'terminationMessagePolicy',
]);

/** Volumes that every level of Pod Security takes, so that neither name nor content counts. */
const PLAIN_VOLUMES = new Set([
  'configMap',
  'downwardAPI',
  'emptyDir',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Annotations that a rule or a check reads. */
const READ_ANNOTATION = /apparmor|seccomp|userns/;

const MAX_SHAPES = 500;
/** A longer one is no pod of many. */
const MAX_LENGTH = 8192;
/** After this many pods that were new, shapes must pay off or are not asked for any more. */
const TRIAL = 2000;

type Json = Readonly<Record<string, unknown>>;

/** For one run: limits, policy and target are the same for all of its pods. */
export function createShapes(): Shapes {
  const known = new Map<string, Shape>();
  let [hits, misses] = [0, 0];
  return {
    of(object, pod, standing) {
      if (misses > TRIAL && hits < misses) return undefined;
      // A catalog pod has its own limits by container, and its own access to the node.
      if (standing.match !== undefined || standing.companion !== undefined) return undefined;
      const key = shapeKey(object, pod, standing);
      if (key === undefined) return undefined;
      const found = known.get(key);
      if (found !== undefined) {
        hits++;
        return found;
      }
      misses++;
      if (known.size >= MAX_SHAPES) return undefined;
      const made: Shape = { patches: new Map(), refusals: new Map() };
      known.set(key, made);
      return made;
    },
  };
}

/** Undefined where JSON would not tell two values apart: it writes infinite numbers as null. */
function shapeKey(
  { kind, apiVersion, name }: ManifestObject,
  pod: PodTemplate,
  { state }: Standing,
): string | undefined {
  const about = [kind, apiVersion, name === '', state, pod.path, pod.specPath];
  const key = JSON.stringify([about, annotationsOf(pod.metadata), specOf(pod.spec)]);
  return key.length > MAX_LENGTH || key.includes('null') ? undefined : key;
}

function annotationsOf({ annotations }: Json): unknown {
  if (annotations === undefined) return {};
  if (!isMapping(annotations)) return [annotations];
  const read: Record<string, unknown> = {};
  for (const key of Object.keys(annotations)) {
    if (READ_ANNOTATION.test(key)) read[key] = annotations[key];
  }
  return read;
}

function specOf(spec: Json): unknown {
  const parts: unknown[] = [];
  for (const key of Object.keys(spec)) {
    if (!UNREAD_OF_POD.has(key)) parts.push(key, partOf(key, spec[key]));
  }
  return parts;
}

function partOf(key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (key === 'volumes') return value.map(volumeOf);
  return key === 'containers' || key === 'initContainers' || key === 'ephemeralContainers'
    ? value.map(containerOf)
    : value;
}

function containerOf(value: unknown): unknown {
  if (!isMapping(value)) return { other: value };
  const parts: unknown[] = [];
  for (const key of Object.keys(value)) {
    if (!UNREAD_OF_CONTAINER.has(key)) parts.push(key, value[key]);
  }
  return parts;
}

function volumeOf(value: unknown): unknown {
  if (!isMapping(value)) return { other: value };
  let source: string | undefined;
  for (const key of Object.keys(value)) {
    if (key === 'name' && typeof value[key] === 'string') continue;
    if (source !== undefined || !PLAIN_VOLUMES.has(key) || !isMapping(value[key])) {
      return [value];
    }
    source = key;
  }
  return source ?? [value];
}
