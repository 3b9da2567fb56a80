/**
 * An SCC of the input, after the defaults that the API server gives it
 * (apiserver-library-go securitycontextconstraints SetDefaults_SCC). Anything that the server would
 * refuse, or that this program does not know, makes an SCC that is never usable: "not checked".
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
import { ALL_VOLUME_TYPES } from './read-volumes.ts';
import type { AnyScc, IdRange, Scc, SeLinuxOptions } from './types.ts';

const USER_TYPES = ['RunAsAny', 'MustRunAs', 'MustRunAsRange', 'MustRunAsNonRoot'] as const;
const SIMPLE_TYPES = ['RunAsAny', 'MustRunAs'] as const;
const NAMESPACE_LEVELS = ['AllowHostLevel', 'RequirePodLevel'] as const;
const VOLUME_TYPES: ReadonlySet<string> = new Set([...ALL_VOLUME_TYPES, '*', 'none']);

/** The other fields of security.openshift.io/v1 SecurityContextConstraints; FLAGS and LISTS below are the rest. */
const OTHER_FIELDS = (
  'apiVersion kind metadata priority volumes allowedFlexVolumes userNamespaceLevel defaultAllowPrivilegeEscalation ' +
  'allowPrivilegeEscalation seLinuxContext runAsUser supplementalGroups fsGroup'
).split(' ');

/** One of the known words; an unknown one is noted, and the first known one stands in its place. */
function oneOf<T extends string>(
  value: unknown,
  known: readonly [T, ...T[]],
  path: string,
  notes: Notes,
): T {
  const text = readString(value, path, notes) ?? '';
  const found = known.find((word) => word === text);
  if (found === undefined) notes.push(`${path} "${text}" is unknown`);
  return found ?? known[0];
}

/** The volumes after defaulting: `allowHostDirVolumePlugin` wins over what the list says of hostPath. */
function defaultVolumes(volumes: string[] | undefined, hostPath: boolean): string[] {
  let set = new Set(volumes ?? ['*']);
  if (set.size === 0) set = new Set([hostPath ? 'hostPath' : 'none']);
  if (hostPath) {
    if (!set.has('*')) set.add('hostPath');
  } else {
    if (set.delete('*')) for (const type of ALL_VOLUME_TYPES) set.add(type);
    set.delete('hostPath');
  }
  return [...set].sort();
}

function readRanges(value: unknown, path: string, notes: Notes): IdRange[] {
  return readList(value, path, notes).map((entry, i) => {
    const range = readObject(entry, `${path}[${i}]`, notes);
    return {
      min: readInteger(fieldOf(range, 'min'), `${path}[${i}].min`, notes) ?? 0,
      max: readInteger(fieldOf(range, 'max'), `${path}[${i}].max`, notes) ?? 0,
    };
  });
}

function readGroupStrategy(
  object: Json,
  key: 'fsGroup' | 'supplementalGroups',
  notes: Notes,
): Scc['fsGroup'] {
  const strategy = readObject(fieldOf(object, key), key, notes);
  return {
    type: oneOf(fieldOf(strategy, 'type') ?? 'RunAsAny', SIMPLE_TYPES, `${key}.type`, notes),
    ranges: readRanges(fieldOf(strategy, 'ranges'), `${key}.ranges`, notes),
  };
}

function readUserStrategy(object: Json, notes: Notes): Scc['runAsUser'] {
  const strategy = readObject(fieldOf(object, 'runAsUser'), 'runAsUser', notes);
  const type = oneOf(fieldOf(strategy, 'type'), USER_TYPES, 'runAsUser.type', notes);
  const result: Scc['runAsUser'] = { type };
  for (const key of ['uid', 'uidRangeMin', 'uidRangeMax'] as const) {
    const id = readInteger(fieldOf(strategy, key), `runAsUser.${key}`, notes);
    if (id !== undefined) result[key] = id;
  }
  return result;
}

function readSeLinuxStrategy(object: Json, notes: Notes): Scc['seLinuxContext'] {
  const strategy = readObject(fieldOf(object, 'seLinuxContext'), 'seLinuxContext', notes);
  const type = oneOf(fieldOf(strategy, 'type'), SIMPLE_TYPES, 'seLinuxContext.type', notes);
  const given = readObject(
    fieldOf(strategy, 'seLinuxOptions'),
    'seLinuxContext.seLinuxOptions',
    notes,
  );
  if (given === undefined) return { type };
  const seLinuxOptions: SeLinuxOptions = {};
  for (const key of ['user', 'role', 'type', 'level'] as const) {
    const text = readString(fieldOf(given, key), `seLinuxContext.seLinuxOptions.${key}`, notes);
    if (text !== undefined && text !== '') seLinuxOptions[key] = text;
  }
  return { type, seLinuxOptions };
}

function readVolumeTypes(object: Json, notes: Notes): string[] {
  const hostPath =
    readBoolean(fieldOf(object, 'allowHostDirVolumePlugin'), 'allowHostDirVolumePlugin', notes) ??
    false;
  const given = fieldOf(object, 'volumes');
  const volumes = given === undefined ? undefined : readStrings(given, 'volumes', notes);
  const unknown = volumes?.find((volume) => !VOLUME_TYPES.has(volume));
  if (unknown !== undefined) notes.push(`volumes "${unknown}" is unknown`);
  return defaultVolumes(volumes, hostPath);
}

/** The fields that are plain true or false, absent meaning false. */
const FLAGS = [
  'allowHostDirVolumePlugin',
  'allowHostIPC',
  'allowHostNetwork',
  'allowHostPID',
  'allowHostPorts',
  'allowPrivilegedContainer',
  'readOnlyRootFilesystem',
] as const;
/** The fields that are plain lists of words, absent meaning none. */
const LISTS = [
  'allowedCapabilities',
  'defaultAddCapabilities',
  'requiredDropCapabilities',
  'allowedUnsafeSysctls',
  'forbiddenSysctls',
  'seccompProfiles',
  'users',
  'groups',
] as const;

const KNOWN_FIELDS: ReadonlySet<string> = new Set<string>([...OTHER_FIELDS, ...FLAGS, ...LISTS]);

function readAll<K extends string, V>(keys: readonly K[], read: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, read(key)])) as Record<K, V>;
}

function readFlexDrivers(object: Json, notes: Notes): { driver: string }[] {
  return readList(fieldOf(object, 'allowedFlexVolumes'), 'allowedFlexVolumes', notes).map(
    (entry, i) => {
      const at = `allowedFlexVolumes[${i}]`;
      return {
        driver:
          readString(fieldOf(readObject(entry, at, notes), 'driver'), `${at}.driver`, notes) ?? '',
      };
    },
  );
}

/**
 * Reads a SecurityContextConstraints object of the input. Never throws; what can not be judged
 * comes back as `notChecked`. Unset `allowPrivilegeEscalation` is true, unset group strategies
 * are RunAsAny, unset `volumes` are all that `allowHostDirVolumePlugin` permits.
 */
export function parseScc(value: unknown): AnyScc {
  const notes: Notes = [];
  const object = isObject(value) ? value : {};
  const metadata = readObject(fieldOf(object, 'metadata'), 'metadata', notes);
  const name = readString(fieldOf(metadata, 'name'), 'metadata.name', notes) ?? '';
  if (name === '') notes.push('metadata.name is missing');
  for (const key of Object.keys(object))
    if (!KNOWN_FIELDS.has(key)) notes.push(`${key} is an unknown field`);
  const flag = (key: string): boolean | undefined => readBoolean(fieldOf(object, key), key, notes);
  const defaultEscalation = flag('defaultAllowPrivilegeEscalation');
  const priority = readInteger(fieldOf(object, 'priority'), 'priority', notes) ?? null;
  const level = fieldOf(object, 'userNamespaceLevel') ?? 'AllowHostLevel';
  const scc: Scc = {
    name,
    priority,
    ...readAll(FLAGS, (key) => flag(key) ?? false),
    allowPrivilegeEscalation: flag('allowPrivilegeEscalation') ?? true,
    ...(defaultEscalation === undefined
      ? {}
      : { defaultAllowPrivilegeEscalation: defaultEscalation }),
    ...readAll(LISTS, (key) => readStrings(fieldOf(object, key), key, notes)),
    allowedFlexVolumes: readFlexDrivers(object, notes),
    volumes: readVolumeTypes(object, notes),
    runAsUser: readUserStrategy(object, notes),
    seLinuxContext: readSeLinuxStrategy(object, notes),
    fsGroup: readGroupStrategy(object, 'fsGroup', notes),
    supplementalGroups: readGroupStrategy(object, 'supplementalGroups', notes),
    userNamespaceLevel: oneOf(level, NAMESPACE_LEVELS, 'userNamespaceLevel', notes),
  };
  return notes.length === 0 ? scc : { name, priority, notChecked: [...new Set(notes)].join('; ') };
}
