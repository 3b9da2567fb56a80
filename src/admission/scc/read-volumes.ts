/** The type of a volume as SCCs name it (apiserver-library-go util.GetVolumeFSType). */
import { fieldOf, isObject, readList, readObject, readString } from './json.ts';
import type { Json, Notes } from './json.ts';

export interface VolumeView {
  /** A name that `volumes` of an SCC may hold: `hostPath`, `cephFS`, ... */
  type: string;
  /** The driver of a flexVolume. */
  flexDriver?: string;
  /** A projected volume that holds nothing but what the service account controller puts there. */
  onlyServiceAccountToken?: boolean;
}

/** [field of the volume, name in an SCC], in the order in which the plugin looks. */
const SOURCES: readonly (readonly [string, string])[] = (
  'hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs persistentVolumeClaim ' +
  'rbd flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume quobyte azureDisk ' +
  'photonPersistentDisk projected portworxVolume scaleIO storageos csi ephemeral image'
)
  .split(' ')
  .map((key) => [key, sccName(key)]);

function sccName(key: string): string {
  switch (key) {
    case 'cephfs':
      return 'cephFS';
    case 'vsphereVolume':
      return 'vsphere';
    case 'storageos':
      return 'storageOS';
    default:
      return key;
  }
}

/** Every volume type that an SCC may name but `*` and `none`. */
export const ALL_VOLUME_TYPES: readonly string[] = SOURCES.map(([, name]) => name);

/** The one file that the controller projects from each of its config maps. */
const TOKEN_CONFIG_MAPS: Readonly<Record<string, string>> = {
  'kube-root-ca.crt': 'ca.crt',
  'openshift-service-ca.crt': 'service-ca.crt',
};

function isTokenConfigMap(source: Json): boolean {
  const name = fieldOf(source, 'name');
  const file = typeof name === 'string' ? fieldOf(TOKEN_CONFIG_MAPS, name) : undefined;
  const items = fieldOf(source, 'items');
  if (file === undefined || !Array.isArray(items) || items.length !== 1) return false;
  const item: unknown = items[0];
  return isObject(item) && fieldOf(item, 'key') === file && fieldOf(item, 'path') === file;
}

function isTokenDownwardApi(source: Json): boolean {
  const items = fieldOf(source, 'items') ?? [];
  if (!Array.isArray(items)) return false;
  return items.every((item: unknown) => {
    const ref = isObject(item) ? fieldOf(item, 'fieldRef') : undefined;
    if (!isObject(item) || !isObject(ref) || fieldOf(item, 'path') !== 'namespace') return false;
    // The API server defaults apiVersion to v1 before admission.
    return (
      (fieldOf(ref, 'apiVersion') ?? 'v1') === 'v1' &&
      fieldOf(ref, 'fieldPath') === 'metadata.namespace'
    );
  });
}

function isToken(token: Json): boolean {
  return fieldOf(token, 'path') === 'token' && (fieldOf(token, 'audience') ?? '') === '';
}

/** The kinds of sources that the controller projects, and how each must look. */
const TOKEN_SOURCES: readonly (readonly [string, (source: Json) => boolean])[] = [
  ['serviceAccountToken', isToken],
  ['configMap', isTokenConfigMap],
  ['downwardAPI', isTokenDownwardApi],
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
  if (volume === undefined) return { type: '' };
  const found = SOURCES.find(([key]) => fieldOf(volume, key) !== undefined);
  if (found === undefined) {
    const unknown = Object.keys(volume).filter(
      (key) => key !== 'name' && fieldOf(volume, key) !== undefined,
    );
    if (unknown.length > 0) notes.push(`${path}.${unknown[0] ?? ''} is no known volume type`);
    // The API server makes a volume without source an emptyDir.
    return { type: 'emptyDir' };
  }
  const [key, type] = found;
  const source = readObject(fieldOf(volume, key), `${path}.${key}`, notes);
  if (type === 'flexVolume') {
    return {
      type,
      flexDriver: readString(fieldOf(source, 'driver'), `${path}.${key}.driver`, notes) ?? '',
    };
  }
  if (type !== 'projected') return { type };
  const sources = readList(fieldOf(source, 'sources'), `${path}.${key}.sources`, notes);
  return { type, onlyServiceAccountToken: sources.every(isTokenSource) };
}

/** The volumes of a pod spec, any JSON value taken. */
export function readVolumes(value: unknown, notes: Notes): VolumeView[] {
  return readList(value, 'spec.volumes', notes).map((volume, i) =>
    readVolume(volume, `spec.volumes[${i}]`, notes),
  );
}
