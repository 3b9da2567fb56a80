/** A field with its value in few words, so that equal ones can be counted: `seLinuxOptions.type spc_t`. */
import { isMapping } from '../../yaml/mapping.ts';

/** Member names and list positions of a path such as `spec.containers[0].image` or `metadata.annotations[a/b]`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[]+)/g)].map(([, inside, name]) => {
    if (name !== undefined) return name;
    return /^[0-9]+$/.test(inside ?? '') ? Number(inside) : (inside ?? '');
  });
}

/** The value at a path of the pod; undefined where any part of it is absent. */
export function valueAtPath(pod: unknown, path: string): unknown {
  let value: unknown = pod;
  for (const step of stepsOf(path)) {
    if (Array.isArray(value)) value = (value as unknown[])[Number(step)];
    else if (isMapping(value) && Object.hasOwn(value, String(step))) value = value[String(step)];
    else return undefined;
  }
  return value;
}

const MAX_VALUE = 60;

function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  if (isMapping(value)) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}...` : text;
}

/** The path from its last list of objects on, without the word securityContext and a last position. */
function shortPath(path: string): string {
  return path
    .replace(/\[[0-9]+\]$/, '')
    .replace(/^.*\]\./, '')
    .replace(/^spec\./, '')
    .replace(/(?:^|\.)securityContext(?:\.|$)/, '')
    .replace(/^\.|\.$/g, '');
}

/** A volume is named by its type. */
function volumeType(pod: unknown, path: string): string | undefined {
  if (!/^spec\.volumes\[[0-9]+\]$/.test(path)) return undefined;
  const volume = valueAtPath(pod, path);
  return isMapping(volume) ? Object.keys(volume).find((key) => key !== 'name') : undefined;
}

/** Of the ports of a container only those of the node matter. */
function hostPorts(pod: unknown, path: string): string | undefined {
  if (!/\]\.ports$/.test(path)) return undefined;
  const ports = valueAtPath(pod, path);
  const taken = (Array.isArray(ports) ? (ports as unknown[]) : []).flatMap((port) =>
    isMapping(port) && typeof port.hostPort === 'number' && port.hostPort > 0 ? port.hostPort : [],
  );
  return taken.length === 0 ? undefined : `hostPort ${taken.join(', ')}`;
}

/** What a field of a pod asks for; `the pod as a whole` where there is no field to name. */
export function reasonAt(pod: unknown, path: string | null): string {
  if (path === null) return 'the pod as a whole';
  const volume = volumeType(pod, path);
  if (volume !== undefined) return volume;
  const ports = hostPorts(pod, path);
  if (ports !== undefined) return ports;
  const name = shortPath(path);
  return `${name === '' ? 'securityContext' : name} ${inWords(valueAtPath(pod, path))}`.trim();
}
