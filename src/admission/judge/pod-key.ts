/**
 * Pods of one workload differ in names, images, nodes and addresses, none of which admission reads.
 * The key of a pod is all of it but those fields, so that pods of one key have one verdict, in the same
 * words. Unknown fields are part of it. A test lets the engines see the left-out fields as objects that throw.
 */
import { isMapping } from '../../yaml/mapping.ts';

type Json = Readonly<Record<string, unknown>>;

/** Fields of a pod spec that no engine reads. */
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
  'affinity',
  'nodeSelector',
  'dnsPolicy',
  'restartPolicy',
  'enableServiceLinks',
]);

/** The same of a container. `volumeMounts` are read by PodSecurityPolicy. */
export const UNREAD_OF_CONTAINER: ReadonlySet<string> = new Set([
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'workingDir',
  'env',
  'envFrom',
  'resources',
  'volumeDevices',
  'terminationMessagePath',
  'terminationMessagePolicy',
]);

/** Volumes of which every engine reads the type alone. */
const PLAIN_VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'downwardAPI',
  'emptyDir',
  'persistentVolumeClaim',
  'secret',
]);

/** Annotations whose value an engine reads; of others only whether it is text at all. */
const READ_ANNOTATION = /apparmor|seccomp|^(?:kubernetes|(?:security\.)?openshift)\.io\//;

/** A longer one is no pod of many. */
const MAX_LENGTH = 8192;

/** Undefined where JSON would not tell two pods apart (it writes infinite numbers as null), and of long pods. */
export function podKey(pod: unknown): string | undefined {
  if (!isMapping(pod)) return undefined;
  const { metadata, spec } = pod;
  const parts = [annotationsOf(metadata), isMapping(spec) ? specOf(spec) : [spec]];
  const key = JSON.stringify(parts);
  return key.length > MAX_LENGTH || key.includes('null') ? undefined : key;
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

function specOf(spec: Json): unknown {
  const parts: unknown[] = [];
  for (const name of Object.keys(spec)) {
    if (!UNREAD_OF_POD.has(name)) parts.push(name, partOf(name, spec[name]));
  }
  return parts;
}

function partOf(name: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (name === 'volumes') return value.map(volumeOf);
  return name === 'containers' || name === 'initContainers' || name === 'ephemeralContainers'
    ? value.map(containerOf)
    : value;
}

function containerOf(value: unknown): unknown {
  if (!isMapping(value)) return { other: value };
  const parts: unknown[] = [];
  for (const name of Object.keys(value)) {
    if (!UNREAD_OF_CONTAINER.has(name)) parts.push(name, value[name]);
  }
  return parts;
}

/** The type alone of a plain volume; of any other all that it holds. */
function volumeOf(value: unknown): unknown {
  if (!isMapping(value)) return { other: value };
  let source: string | undefined;
  for (const name of Object.keys(value)) {
    if (name === 'name' && typeof value[name] === 'string') continue;
    const isPlain = PLAIN_VOLUMES.has(name) && isMapping(value[name]);
    if (source !== undefined || !isPlain) return [value];
    source = name;
  }
  return source ?? [value];
}
