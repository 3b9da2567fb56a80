/**
 * What of a pod spec somebody reads. Pods of one workload differ in names, images, nodes and addresses;
 * what is left without them tells apart only those that can be judged in different ways. Unknown fields stay.
 */
import { isMapping } from '../yaml/mapping.ts';

/** What is not read. Whoever adds to it proves it by a test in which these fields are objects that throw. */
export interface Unread {
  pod: ReadonlySet<string>;
  container: ReadonlySet<string>;
  /** Volumes of which the type alone counts. */
  volumes: ReadonlySet<string>;
}

/** What is read of a whole pod, its metadata included. */
export interface PodReading extends Unread {
  /** Annotations are read when one of these words stands in their key. */
  annotations: readonly string[];
}

/** Fields of a pod's metadata that neither a rule of audit nor an engine of admission reads. */
export const NEVER_READ_OF_METADATA = [
  'creationTimestamp',
  'generation',
  'labels',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
] as const;

/** Fields of a pod spec that neither a rule of audit nor an engine of admission reads. */
export const NEVER_READ_OF_POD = [
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
] as const;

/** The same of a container. */
export const NEVER_READ_OF_CONTAINER = [
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
] as const;

/** The same of volumes: only their type. */
export const PLAIN_VOLUMES = [
  'configMap',
  'downwardAPI',
  'emptyDir',
  'persistentVolumeClaim',
  'secret',
] as const;

type Json = Readonly<Record<string, unknown>>;

/** Takes the read parts out of pod specs, for JSON: equal parts, equal reading. */
export function specParts({ pod, container, volumes }: Unread): (spec: Json) => unknown {
  return (spec) => {
    const parts: unknown[] = [];
    for (const name of Object.keys(spec)) {
      if (!pod.has(name)) parts.push(name, partOf(name, spec[name]));
    }
    return parts;
  };

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
      if (!container.has(name)) parts.push(name, value[name]);
    }
    return parts;
  }

  /** The type alone of a plain volume; of any other all that it holds. */
  function volumeOf(value: unknown): unknown {
    if (!isMapping(value)) return { other: value };
    let source: string | undefined;
    for (const name of Object.keys(value)) {
      if (name === 'name' && typeof value[name] === 'string') continue;
      const isPlain = volumes.has(name) && isMapping(value[name]);
      if (source !== undefined || !isPlain) return [value];
      source = name;
    }
    return source ?? [value];
  }
}

/** A longer one belongs to no pod of many. */
const MAX_KEY = 8192;

/**
 * JSON that is equal for equal parts and differs for others; undefined for parts of more than
 * `maxLength` characters, and where JSON would not tell two apart: it writes infinite numbers as null.
 */
export function jsonKey(parts: unknown, maxLength = MAX_KEY): string | undefined {
  const key = JSON.stringify(parts);
  return key.length > maxLength || key.includes('null') ? undefined : key;
}
