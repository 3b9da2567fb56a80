/**
 * Pods of one workload differ in names, images, nodes and addresses, none of which admission reads.
 * The key of a pod is all of it but those fields, so that pods of one key have one verdict, in the same
 * words. Unknown fields are part of it. A test lets the engines see the left-out fields as objects that throw.
 */
import {
  jsonKey,
  PLAIN_VOLUMES,
  specParts,
  NEVER_READ_OF_CONTAINER,
  NEVER_READ_OF_POD,
} from '../../workloads/spec-parts.ts';
import { isMapping } from '../../yaml/mapping.ts';

/** Fields of a pod spec that no engine reads. */
export const UNREAD_OF_POD: ReadonlySet<string> = new Set([
  ...NEVER_READ_OF_POD,
  'affinity',
  'nodeSelector',
  'dnsPolicy',
  'restartPolicy',
  'enableServiceLinks',
]);

/** The same of a container. `volumeMounts` are read by PodSecurityPolicy. */
export const UNREAD_OF_CONTAINER: ReadonlySet<string> = new Set(NEVER_READ_OF_CONTAINER);

const specOf = specParts({
  pod: UNREAD_OF_POD,
  container: UNREAD_OF_CONTAINER,
  volumes: new Set(PLAIN_VOLUMES),
});

/** Annotations whose value an engine reads; of others only whether it is text at all. */
const READ_ANNOTATION = /apparmor|seccomp|^(?:kubernetes|(?:security\.)?openshift)\.io\//;

/** Undefined for pods that have to be judged by themselves. */
export function podKey(pod: unknown): string | undefined {
  if (!isMapping(pod)) return undefined;
  const { metadata, spec } = pod;
  return jsonKey([annotationsOf(metadata), isMapping(spec) ? specOf(spec) : [spec]]);
}

function annotationsOf(metadata: unknown): unknown {
  if (metadata === undefined) return 0;
  if (!isMapping(metadata)) return [metadata];
  const { annotations } = metadata;
  if (annotations === undefined) return 0;
  if (!isMapping(annotations)) return [annotations];
  const read: unknown[] = [];
  for (const name of Object.keys(annotations)) {
    const value = annotations[name];
    if (typeof value !== 'string' || READ_ANNOTATION.test(name)) read.push(name, value);
  }
  return { read };
}
