/**
 * The types of the fields that Pod Security reads, and all fields of a security context. Source: the
 * API types of core/v1 (PodSpec, Container, PodSecurityContext, SecurityContext).
 */

/** `others`: what members outside the table are: not looked at, unknown, or strings all. */
export interface MapShape {
  readonly members: ReadonlyMap<string, Shape>;
  readonly others: 'ignored' | 'unknown' | 'string';
}

export interface ListShape {
  readonly items: Shape;
}

export type Shape = 'boolean' | 'integer' | 'string' | MapShape | ListShape;

function map(
  members: Readonly<Record<string, Shape>>,
  others: MapShape['others'] = 'ignored',
): MapShape {
  return { members: new Map(Object.entries(members)), others };
}

function only(members: Readonly<Record<string, Shape>>): MapShape {
  return map(members, 'unknown');
}

const STRINGS: ListShape = { items: 'string' };
const ANY_MAP = map({});

const PROFILE = only({ type: 'string', localhostProfile: 'string' });

const SHARED_CONTEXT: Readonly<Record<string, Shape>> = {
  appArmorProfile: PROFILE,
  runAsGroup: 'integer',
  runAsNonRoot: 'boolean',
  runAsUser: 'integer',
  seLinuxOptions: only({ level: 'string', role: 'string', type: 'string', user: 'string' }),
  seccompProfile: PROFILE,
  windowsOptions: only({
    gmsaCredentialSpec: 'string',
    gmsaCredentialSpecName: 'string',
    hostProcess: 'boolean',
    runAsUserName: 'string',
  }),
};

const POD_CONTEXT = only({
  ...SHARED_CONTEXT,
  fsGroup: 'integer',
  fsGroupChangePolicy: 'string',
  seLinuxChangePolicy: 'string',
  supplementalGroups: { items: 'integer' },
  supplementalGroupsPolicy: 'string',
  sysctls: { items: only({ name: 'string', value: 'string' }) },
});

const CONTAINER_CONTEXT = only({
  ...SHARED_CONTEXT,
  allowPrivilegeEscalation: 'boolean',
  capabilities: only({ add: STRINGS, drop: STRINGS }),
  privileged: 'boolean',
  procMount: 'string',
  readOnlyRootFilesystem: 'boolean',
});

const HANDLER = map({ httpGet: map({ host: 'string' }), tcpSocket: map({ host: 'string' }) });

const CONTAINERS: ListShape = {
  items: map({
    name: 'string',
    securityContext: CONTAINER_CONTEXT,
    ports: { items: map({ hostPort: 'integer' }) },
    livenessProbe: HANDLER,
    readinessProbe: HANDLER,
    startupProbe: HANDLER,
    lifecycle: map({ postStart: HANDLER, preStop: HANDLER }),
  }),
};

const VOLUME_SOURCES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'hostPath',
  'image',
  'iscsi',
  'nfs',
  'persistentVolumeClaim',
  'photonPersistentDisk',
  'portworxVolume',
  'projected',
  'quobyte',
  'rbd',
  'scaleIO',
  'secret',
  'storageos',
  'vsphereVolume',
];

const VOLUME = only({
  name: 'string',
  ...Object.fromEntries(VOLUME_SOURCES.map((source) => [source, ANY_MAP])),
});

const SPEC = map({
  hostIPC: 'boolean',
  hostNetwork: 'boolean',
  hostPID: 'boolean',
  hostUsers: 'boolean',
  os: only({ name: 'string' }),
  securityContext: POD_CONTEXT,
  initContainers: CONTAINERS,
  containers: CONTAINERS,
  ephemeralContainers: CONTAINERS,
  volumes: { items: VOLUME },
});

/** A Pod or a pod template. */
export const POD = map({ metadata: map({ annotations: map({}, 'string') }), spec: SPEC });
