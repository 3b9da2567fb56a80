/**
 * A pod as PodSecurityPolicy sees it: only what the strategies look at, read once, after the defaults
 * that the API server gives before admission. What the server would refuse to decode lands in `notes`.
 */
import {
  fieldOf,
  isObject,
  readBoolean,
  readInteger,
  readList,
  readObject,
  readString,
  readStrings,
} from '../scc/json.ts';
import type { Json, Notes } from '../scc/json.ts';
import type { CapabilitiesView, SeccompProfile } from '../scc/read.ts';
import type { PspFeatures } from './features.ts';
import { readVolumes, type VolumeView } from './read-volumes.ts';
import type { SeLinuxOptions } from './types.ts';

export type { CapabilitiesView, SeccompProfile };

/** The fields that a pod's and a container's securityContext share. */
export interface ContextView {
  raw: Json | undefined;
  runAsUser: number | undefined;
  runAsGroup: number | undefined;
  runAsNonRoot: boolean | undefined;
  seLinuxOptions: SeLinuxOptions | undefined;
  seccompProfile: SeccompProfile | undefined;
}

export interface PodContextView extends ContextView {
  fsGroup: number | undefined;
  /** An empty list counts as set: the plugin writes no default over it. */
  supplementalGroups: number[] | undefined;
  sysctls: string[];
}

export interface ContainerView extends ContextView {
  /** `spec.initContainers[0]`. */
  path: string;
  name: string;
  /** An ephemeral container that the release does not store: it is not checked. */
  dropped: boolean;
  capabilities: CapabilitiesView | undefined;
  privileged: boolean | undefined;
  allowPrivilegeEscalation: boolean | undefined;
  readOnlyRootFilesystem: boolean | undefined;
  procMount: string;
  /** By position in `ports`; 0 is none. */
  hostPorts: number[];
  /** By position in `volumeMounts`. */
  mounts: { volume: string; readOnly: boolean }[];
}

export interface PodView {
  annotations: Readonly<Record<string, string>>;
  serviceAccountName: string;
  /** `spec.automountServiceAccountToken`, true where the pod does not say no. */
  automountsToken: boolean;
  hostNetwork: boolean;
  hostPID: boolean;
  hostIPC: boolean;
  runtimeClassName: string | undefined;
  context: PodContextView;
  /** Init containers first, then the normal, then the ephemeral ones. */
  containers: ContainerView[];
  volumes: VolumeView[];
  notes: Notes;
}

const SECCOMP_TYPES: ReadonlySet<string> = new Set(['Unconfined', 'RuntimeDefault', 'Localhost']);
const SE_LINUX_PARTS = ['user', 'role', 'type', 'level'] as const;

function readSeLinux(
  raw: Json | undefined,
  path: string,
  notes: Notes,
): ContextView['seLinuxOptions'] {
  const at = `${path}.seLinuxOptions`;
  const object = readObject(fieldOf(raw, 'seLinuxOptions'), at, notes);
  if (object === undefined) return undefined;
  const options: SeLinuxOptions = {};
  for (const key of SE_LINUX_PARTS) {
    const text = readString(fieldOf(object, key), at, notes, key);
    if (text !== undefined && text !== '') options[key] = text;
  }
  return options;
}

function readSeccomp(
  raw: Json | undefined,
  path: string,
  notes: Notes,
): ContextView['seccompProfile'] {
  const at = `${path}.seccompProfile`;
  const object = readObject(fieldOf(raw, 'seccompProfile'), at, notes);
  if (object === undefined) return undefined;
  const type = readString(fieldOf(object, 'type'), at, notes, 'type') ?? '';
  if (!SECCOMP_TYPES.has(type)) notes.push(`${at}.type "${type}" is unknown`);
  const file = readString(fieldOf(object, 'localhostProfile'), at, notes, 'localhostProfile');
  return file === undefined ? { type } : { type, localhostProfile: file };
}

/** What reading a pod needs beside the pod: where notes go, and which fields the release has. */
interface Reader {
  notes: Notes;
  features: PspFeatures;
}

function readFlag(
  parent: Json | undefined,
  key: string,
  path: string,
  notes: Notes,
): boolean | undefined {
  return readBoolean(fieldOf(parent, key), path, notes, key);
}

function readContext(raw: Json | undefined, path: string, reader: Reader): ContextView {
  const { notes, features } = reader;
  return {
    raw,
    runAsUser: readInteger(fieldOf(raw, 'runAsUser'), path, notes, 'runAsUser'),
    runAsGroup: features.runAsGroup
      ? readInteger(fieldOf(raw, 'runAsGroup'), path, notes, 'runAsGroup')
      : undefined,
    runAsNonRoot: readFlag(raw, 'runAsNonRoot', path, notes),
    seLinuxOptions: readSeLinux(raw, path, notes),
    seccompProfile: features.seccompFields ? readSeccomp(raw, path, notes) : undefined,
  };
}

function readIds(value: unknown, path: string, notes: Notes): number[] | undefined {
  if (value === undefined) return undefined;
  return readList(value, path, notes).map(
    (id, i) => readInteger(id ?? 'null', `${path}[${i}]`, notes) ?? 0,
  );
}

function readPodContext(value: unknown, reader: Reader): PodContextView {
  const { notes } = reader;
  const path = 'spec.securityContext';
  const raw = readObject(value, path, notes);
  const groups = `${path}.supplementalGroups`;
  return {
    ...readContext(raw, path, reader),
    fsGroup: readInteger(fieldOf(raw, 'fsGroup'), path, notes, 'fsGroup'),
    supplementalGroups: readIds(fieldOf(raw, 'supplementalGroups'), groups, notes),
    sysctls: readList(fieldOf(raw, 'sysctls'), path, notes, 'sysctls').map((entry, i) => {
      const at = `${path}.sysctls[${i}]`;
      const sysctl = readObject(entry ?? 'null', at, notes);
      return readString(fieldOf(sysctl, 'name'), at, notes, 'name') ?? '';
    }),
  };
}

/** On the host's network the server makes every container port a host port, before admission. */
function readPorts(
  container: Json | undefined,
  path: string,
  notes: Notes,
  host: boolean,
): number[] {
  return readList(fieldOf(container, 'ports'), path, notes, 'ports').map((entry, i) => {
    const at = `${path}.ports[${i}]`;
    const port = readObject(entry ?? 'null', at, notes);
    const hostPort = readInteger(fieldOf(port, 'hostPort'), at, notes, 'hostPort') ?? 0;
    if (hostPort !== 0 || !host) return hostPort;
    return readInteger(fieldOf(port, 'containerPort'), at, notes, 'containerPort') ?? 0;
  });
}

function readMounts(
  container: Json | undefined,
  path: string,
  notes: Notes,
): ContainerView['mounts'] {
  return readList(fieldOf(container, 'volumeMounts'), path, notes, 'volumeMounts').map(
    (entry, i) => {
      const at = `${path}.volumeMounts[${i}]`;
      const mount = readObject(entry ?? 'null', at, notes);
      return {
        volume: readString(fieldOf(mount, 'name'), at, notes, 'name') ?? '',
        readOnly: readBoolean(fieldOf(mount, 'readOnly'), at, notes, 'readOnly') ?? false,
      };
    },
  );
}

function readCapabilities(
  raw: Json | undefined,
  path: string,
  notes: Notes,
): CapabilitiesView | undefined {
  const at = `${path}.capabilities`;
  const object = readObject(fieldOf(raw, 'capabilities'), at, notes);
  if (object === undefined) return undefined;
  return {
    add: readStrings(fieldOf(object, 'add'), at, notes, 'add'),
    drop: readStrings(fieldOf(object, 'drop'), at, notes, 'drop'),
  };
}

function readContainer(value: unknown, path: string, reader: Reader, host: boolean): ContainerView {
  const { notes } = reader;
  const container = readObject(value ?? 'null', path, notes);
  const at = `${path}.securityContext`;
  const raw = readObject(fieldOf(container, 'securityContext'), at, notes);
  const context = readContext(raw, at, reader);
  // Fields written out: a spread into an object this large costs more than the rest of the reading.
  return {
    raw,
    runAsUser: context.runAsUser,
    runAsGroup: context.runAsGroup,
    runAsNonRoot: context.runAsNonRoot,
    seLinuxOptions: context.seLinuxOptions,
    seccompProfile: context.seccompProfile,
    path,
    dropped: false,
    name: readString(fieldOf(container, 'name'), path, notes, 'name') ?? '',
    capabilities: readCapabilities(raw, at, notes),
    privileged: readFlag(raw, 'privileged', at, notes),
    allowPrivilegeEscalation: readFlag(raw, 'allowPrivilegeEscalation', at, notes),
    readOnlyRootFilesystem: readFlag(raw, 'readOnlyRootFilesystem', at, notes),
    procMount: readString(fieldOf(raw, 'procMount'), at, notes, 'procMount') ?? 'Default',
    hostPorts: readPorts(container, path, notes, host),
    mounts: readMounts(container, path, notes),
  };
}

/** String values of an object such as `metadata.annotations`; a key like `__proto__` stays a key. */
export function readAnnotations(value: unknown, notes: Notes): Record<string, string> {
  const path = 'metadata.annotations';
  const object = readObject(value, path, notes) ?? {};
  const result: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const key of Object.keys(object)) {
    // Null is an empty value here, not an absent one: the server keeps the key.
    const text = readString(object[key] ?? '', `${path}[${key}]`, notes);
    if (text !== undefined) result[key] = text;
  }
  return result;
}

/** Reads any JSON value as a pod or a pod template (`{metadata, spec}`). Never throws. */
export function readPod(pod: unknown, features: PspFeatures): PodView {
  const notes: Notes = [];
  const reader = { notes, features };
  const root = isObject(pod) ? pod : undefined;
  const metadata = readObject(fieldOf(root, 'metadata'), 'metadata', notes);
  const spec = readObject(fieldOf(root, 'spec'), 'spec', notes);
  if (spec === undefined) notes.push('spec is missing');
  const text = (key: string): string | undefined =>
    readString(fieldOf(spec, key), 'spec', notes, key);
  const hostNetwork = readFlag(spec, 'hostNetwork', 'spec', notes) ?? false;
  const list = (key: string, host: boolean): ContainerView[] =>
    readList(fieldOf(spec, key), 'spec', notes, key).map((value, i) =>
      readContainer(value, `spec.${key}[${i}]`, reader, host),
    );
  const ephemeral = list('ephemeralContainers', false);
  if (features.ephemeralContainers !== 'checked')
    for (const container of ephemeral) container.dropped = true;
  return {
    annotations: readAnnotations(fieldOf(metadata, 'annotations'), notes),
    // The older spelling still counts where the new one is not set, or empty.
    serviceAccountName: text('serviceAccountName') || (text('serviceAccount') ?? ''),
    automountsToken: readFlag(spec, 'automountServiceAccountToken', 'spec', notes) ?? true,
    hostNetwork,
    hostPID: readFlag(spec, 'hostPID', 'spec', notes) ?? false,
    hostIPC: readFlag(spec, 'hostIPC', 'spec', notes) ?? false,
    runtimeClassName: text('runtimeClassName'),
    context: readPodContext(fieldOf(spec, 'securityContext'), reader),
    containers: [
      ...list('initContainers', hostNetwork),
      ...list('containers', hostNetwork),
      ...ephemeral,
    ],
    volumes: readVolumes(fieldOf(spec, 'volumes'), notes),
    notes,
  };
}
