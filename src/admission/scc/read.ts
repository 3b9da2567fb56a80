/**
 * A pod as the strategies see it: only what they look at, read once and checked for its types.
 * What the API server would refuse to decode lands in `notes`, and the verdict stays open.
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
} from './json.ts';
import type { Json, Notes } from './json.ts';
import { readVolumes, type VolumeView } from './read-volumes.ts';
import type { SeLinuxOptions } from './types.ts';

export interface SeccompProfile {
  type: string;
  localhostProfile?: string;
}

/** The fields that a pod's and a container's securityContext share. */
export interface ContextView {
  /** The context as it was written; undefined when there is none. */
  raw: Json | undefined;
  runAsUser: number | undefined;
  runAsNonRoot: boolean | undefined;
  seLinuxOptions: SeLinuxOptions | undefined;
  seccompProfile: SeccompProfile | undefined;
}

export interface PodContextView extends ContextView {
  fsGroup: number | undefined;
  supplementalGroups: number[] | undefined;
  sysctls: string[];
}

export interface CapabilitiesView {
  add: string[];
  drop: string[];
}

export interface ContainerView extends ContextView {
  /** `initContainers[0]`. */
  place: string;
  name: string;
  capabilities: CapabilitiesView | undefined;
  privileged: boolean | undefined;
  allowPrivilegeEscalation: boolean | undefined;
  readOnlyRootFilesystem: boolean | undefined;
  hostPorts: number[];
}

export interface PodView {
  annotations: Readonly<Record<string, string>>;
  windows: boolean;
  serviceAccountName: string;
  hostNetwork: boolean;
  hostPID: boolean;
  hostIPC: boolean;
  hostUsers: boolean | undefined;
  context: PodContextView;
  /** In the plugin's order: init, ordinary, then ephemeral containers. */
  containers: ContainerView[];
  volumes: VolumeView[];
  /** What could not be read, in words; not empty means that the verdict stays open. */
  notes: Notes;
}

/** In the order in which the server visits them (Kubernetes pkg/apis/core/pods). */
export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

const SECCOMP_TYPES = new Set(['Unconfined', 'RuntimeDefault', 'Localhost']);

function readSeLinux(
  parent: Json | undefined,
  parentPath: string,
  notes: Notes,
): SeLinuxOptions | undefined {
  const object = readObject(fieldOf(parent, 'seLinuxOptions'), parentPath, notes, 'seLinuxOptions');
  if (object === undefined) return undefined;
  const path = `${parentPath}.seLinuxOptions`;
  const options: SeLinuxOptions = {};
  for (const key of ['user', 'role', 'type', 'level'] as const) {
    const text = readString(fieldOf(object, key), path, notes, key);
    if (text !== undefined && text !== '') options[key] = text;
  }
  return options;
}

function readSeccomp(
  parent: Json | undefined,
  parentPath: string,
  notes: Notes,
): SeccompProfile | undefined {
  const object = readObject(fieldOf(parent, 'seccompProfile'), parentPath, notes, 'seccompProfile');
  if (object === undefined) return undefined;
  const path = `${parentPath}.seccompProfile`;
  const type = readString(fieldOf(object, 'type'), path, notes, 'type') ?? '';
  if (!SECCOMP_TYPES.has(type))
    notes.push(`${path}.type is not one of ${[...SECCOMP_TYPES].join(', ')}`);
  const localhostProfile = readString(
    fieldOf(object, 'localhostProfile'),
    path,
    notes,
    'localhostProfile',
  );
  return localhostProfile === undefined ? { type } : { type, localhostProfile };
}

function readContext(raw: Json | undefined, path: string, notes: Notes): ContextView {
  return {
    raw,
    runAsUser: readInteger(fieldOf(raw, 'runAsUser'), path, notes, 'runAsUser'),
    runAsNonRoot: readBoolean(fieldOf(raw, 'runAsNonRoot'), path, notes, 'runAsNonRoot'),
    seLinuxOptions: readSeLinux(raw, path, notes),
    seccompProfile: readSeccomp(raw, path, notes),
  };
}

function readPodContext(value: unknown, notes: Notes): PodContextView {
  const path = 'spec.securityContext';
  const raw = readObject(value, path, notes);
  const groups = fieldOf(raw, 'supplementalGroups');
  const at = `${path}.supplementalGroups`;
  const shared = readContext(raw, path, notes);
  return {
    raw,
    runAsUser: shared.runAsUser,
    runAsNonRoot: shared.runAsNonRoot,
    seLinuxOptions: shared.seLinuxOptions,
    seccompProfile: shared.seccompProfile,
    fsGroup: readInteger(fieldOf(raw, 'fsGroup'), path, notes, 'fsGroup'),
    supplementalGroups:
      groups === undefined
        ? undefined
        : readList(groups, at, notes).map(
            (group, i) => readInteger(group ?? 'null', `${at}[${i}]`, notes) ?? 0,
          ),
    sysctls: readList(fieldOf(raw, 'sysctls'), path, notes, 'sysctls').map((entry, i) => {
      const sysctl = readObject(entry, `${path}.sysctls[${i}]`, notes);
      return readString(fieldOf(sysctl, 'name'), `${path}.sysctls[${i}].name`, notes) ?? '';
    }),
  };
}

function readCapabilities(
  parent: Json | undefined,
  parentPath: string,
  notes: Notes,
): CapabilitiesView | undefined {
  const object = readObject(fieldOf(parent, 'capabilities'), parentPath, notes, 'capabilities');
  if (object === undefined) return undefined;
  const path = `${parentPath}.capabilities`;
  return {
    add: readStrings(fieldOf(object, 'add'), path, notes, 'add'),
    drop: readStrings(fieldOf(object, 'drop'), path, notes, 'drop'),
  };
}

function readContainer(
  value: unknown,
  place: string,
  onHostNetwork: boolean,
  notes: Notes,
): ContainerView {
  const container = readObject(value ?? 'null', `spec.${place}`, notes);
  const path = `spec.${place}.securityContext`;
  const raw = readObject(fieldOf(container, 'securityContext'), path, notes);
  const flag = (key: string): boolean | undefined =>
    readBoolean(fieldOf(raw, key), path, notes, key);
  const shared = readContext(raw, path, notes);
  return {
    raw,
    runAsUser: shared.runAsUser,
    runAsNonRoot: shared.runAsNonRoot,
    seLinuxOptions: shared.seLinuxOptions,
    seccompProfile: shared.seccompProfile,
    place,
    name: readString(fieldOf(container, 'name'), `spec.${place}`, notes, 'name') ?? '',
    capabilities: readCapabilities(raw, path, notes),
    privileged: flag('privileged'),
    allowPrivilegeEscalation: flag('allowPrivilegeEscalation'),
    readOnlyRootFilesystem: flag('readOnlyRootFilesystem'),
    hostPorts: readList(fieldOf(container, 'ports'), `spec.${place}`, notes, 'ports').map(
      (entry, i) => {
        const port = readObject(entry, `spec.${place}.ports[${i}]`, notes);
        const at = `spec.${place}.ports[${i}]`;
        const hostPort = readInteger(fieldOf(port, 'hostPort'), at, notes, 'hostPort') ?? 0;
        if (hostPort !== 0 || !onHostNetwork) return hostPort;
        // The server gives a port of the host's network its own number there (SetDefaults_Pod).
        return readInteger(fieldOf(port, 'containerPort'), at, notes, 'containerPort') ?? 0;
      },
    ),
  };
}

function readAnnotations(value: unknown, notes: Notes): Record<string, string> {
  const result: Record<string, string> = {};
  const object = readObject(value, 'metadata.annotations', notes) ?? {};
  for (const key of Object.keys(object)) {
    // An annotation of null is an empty one to the server, and there.
    const text = readString(object[key] ?? '', `metadata.annotations[${key}]`, notes);
    if (text !== undefined)
      Object.defineProperty(result, key, { value: text, enumerable: true, writable: true });
  }
  return result;
}

/** Reads any JSON value as a pod (or a pod template: metadata and spec). Never throws. */
export function readPod(pod: unknown): PodView {
  const notes: Notes = [];
  const metadata = readObject(
    fieldOf(isObject(pod) ? pod : undefined, 'metadata'),
    'metadata',
    notes,
  );
  const spec = readObject(fieldOf(isObject(pod) ? pod : undefined, 'spec'), 'spec', notes);
  if (spec === undefined) notes.push('spec is missing');
  const flag = (key: string): boolean | undefined =>
    readBoolean(fieldOf(spec, key), 'spec', notes, key);
  const text = (key: string): string => readString(fieldOf(spec, key), 'spec', notes, key) ?? '';
  const hostNetwork = flag('hostNetwork') ?? false;
  const os = readObject(fieldOf(spec, 'os'), 'spec.os', notes);
  return {
    annotations: readAnnotations(fieldOf(metadata, 'annotations'), notes),
    windows: readString(fieldOf(os, 'name'), 'spec.os.name', notes) === 'windows',
    // The old name of the field counts where the new one is empty (core/v1 conversion.go).
    serviceAccountName: text('serviceAccountName') || text('serviceAccount'),
    hostNetwork,
    hostPID: flag('hostPID') ?? false,
    hostIPC: flag('hostIPC') ?? false,
    hostUsers: flag('hostUsers'),
    context: readPodContext(fieldOf(spec, 'securityContext'), notes),
    containers: CONTAINER_LISTS.flatMap((list) =>
      readList(fieldOf(spec, list), 'spec', notes, list).map((container, i) =>
        readContainer(
          container,
          `${list}[${i}]`,
          hostNetwork && list !== 'ephemeralContainers',
          notes,
        ),
      ),
    ),
    volumes: readVolumes(fieldOf(spec, 'volumes'), notes),
    notes,
  };
}
