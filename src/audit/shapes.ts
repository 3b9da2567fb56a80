/**
 * Pods of one workload differ in their names, images and addresses, none of which a rule reads. What
 * rules find is therefore kept by the shape of a pod: everything of it but the fields that are proven
 * not to be read (a test lets rules see them as objects that throw). Unknown fields are part of the shape.
 */
import type { Standing } from '../security/standing.ts';
import {
  jsonKey,
  PLAIN_VOLUMES,
  specParts,
  NEVER_READ_OF_CONTAINER,
  NEVER_READ_OF_POD,
  type PodReading,
} from '../workloads/spec-parts.ts';
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
export const UNREAD_OF_POD: ReadonlySet<string> = new Set(NEVER_READ_OF_POD);

/** The same of a container. */
export const UNREAD_OF_CONTAINER: ReadonlySet<string> = new Set([
  ...NEVER_READ_OF_CONTAINER,
  'volumeMounts',
]);

/** What an audit reads of a pod. */
export const POD_READING: PodReading = {
  pod: UNREAD_OF_POD,
  container: UNREAD_OF_CONTAINER,
  // Every level of Pod Security takes them, so that neither name nor content counts.
  volumes: new Set([...PLAIN_VOLUMES, 'projected']),
  annotations: ['apparmor', 'seccomp', 'userns'],
};

const specOf = specParts(POD_READING);
const READ_ANNOTATION = new RegExp(POD_READING.annotations.join('|'));

const MAX_SHAPES = 500;
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

function shapeKey(
  { kind, apiVersion, name }: ManifestObject,
  pod: PodTemplate,
  { state }: Standing,
): string | undefined {
  const about = [kind, apiVersion, name === '', state, pod.path, pod.specPath];
  return jsonKey([about, annotationsOf(pod.metadata), specOf(pod.spec)]);
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
