/** The volumes of a pod as PodSecurityPolicy sees them (podsecuritypolicy/util/util.go GetVolumeFSType). */
import { fieldOf, isObject, readList, readObject, readString } from '../scc/json.ts';
import type { Json, Notes } from '../scc/json.ts';

export interface VolumeView {
  name: string;
  /** A name that `volumes` of a policy may hold: `hostPath`, `cephFS`, ... */
  type: string;
  /** The path of a hostPath volume. */
  path: string;
  /** The driver of a flexVolume or csi volume. */
  driver: string;
  /** A projected volume that holds nothing but what the service account controller puts there. */
  onlyToken: boolean;
}

/** Fields of a volume in the order in which the plugin looks. */
const SOURCES = (
  'hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs persistentVolumeClaim ' +
  'rbd flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume quobyte azureDisk ' +
  'photonPersistentDisk storageos projected portworxVolume scaleIO csi ephemeral'
).split(' ');

/** The one type that policies spell in another way than pods. */
function typeOf(source: string): string {
  return source === 'cephfs' ? 'cephFS' : source;
}

/** Every type that `volumes` of a policy may name but `*`. */
export const VOLUME_TYPES: ReadonlySet<string> = new Set(SOURCES.map(typeOf));

function isToken(source: Json): boolean {
  return fieldOf(source, 'path') === 'token' && (fieldOf(source, 'audience') ?? '') === '';
}

function isRootCertificate(source: Json): boolean {
  return fieldOf(source, 'name') === 'kube-root-ca.crt';
}

function isNamespaceFile(source: Json): boolean {
  const items = fieldOf(source, 'items') ?? [];
  if (!Array.isArray(items)) return false;
  return items.every((item: unknown) => {
    const ref = isObject(item) ? fieldOf(item, 'fieldRef') : undefined;
    if (!isObject(item) || !isObject(ref) || fieldOf(item, 'path') !== 'namespace') return false;
    // The API server defaults apiVersion to v1 before admission, an empty one too.
    const version = fieldOf(ref, 'apiVersion') ?? '';
    return (
      (version === '' || version === 'v1') && fieldOf(ref, 'fieldPath') === 'metadata.namespace'
    );
  });
}

/** What the service account controller projects, and how each must look. */
const TOKEN_SOURCES: readonly (readonly [string, (source: Json) => boolean])[] = [
  ['serviceAccountToken', isToken],
  ['configMap', isRootCertificate],
  ['downwardAPI', isNamespaceFile],
];

function isTokenSource(source: unknown): boolean {
  if (!isObject(source)) return false;
  const present = TOKEN_SOURCES.filter(([key]) => fieldOf(source, key) !== undefined);
  return (
    present.length > 0 &&
    present.every(([key, check]) => {
      const value = fieldOf(source, key);
      return isObject(value) && check(value);
    })
  );
}

function readVolume(value: unknown, path: string, notes: Notes): VolumeView {
  const volume = readObject(value ?? 'null', path, notes);
  const name = readString(fieldOf(volume, 'name'), path, notes, 'name') ?? '';
  const plain = { name, path: '', driver: '', onlyToken: false };
  const key = SOURCES.find((source) => fieldOf(volume, source) !== undefined);
  if (key === undefined) {
    const unknown = Object.keys(volume ?? {}).find(
      (other) => other !== 'name' && fieldOf(volume, other) !== undefined,
    );
    if (unknown !== undefined) notes.push(`${path}.${unknown} is no known volume type`);
    // The API server makes a volume without source an emptyDir.
    return { ...plain, type: 'emptyDir' };
  }
  const at = `${path}.${key}`;
  const source = readObject(fieldOf(volume, key), at, notes);
  const text = (field: string): string =>
    readString(fieldOf(source, field), at, notes, field) ?? '';
  const view = { ...plain, type: typeOf(key) };
  switch (key) {
    case 'hostPath':
      return { ...view, path: text('path') };
    case 'flexVolume':
    case 'csi':
      return { ...view, driver: text('driver') };
    case 'projected': {
      const sources = readList(fieldOf(source, 'sources'), at, notes, 'sources');
      return { ...view, onlyToken: sources.every(isTokenSource) };
    }
    default:
      return view;
  }
}

/** The volumes of a pod spec, any JSON value taken. */
export function readVolumes(value: unknown, notes: Notes): VolumeView[] {
  return readList(value, 'spec.volumes', notes).map((volume, i) =>
    readVolume(volume, `spec.volumes[${i}]`, notes),
  );
}
