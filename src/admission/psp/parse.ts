/**
 * A PodSecurityPolicy of the input, after the defaults that the API server gives it
 * (apis/policy/v1beta1/defaults.go). Whatever the server would refuse, or that is not understood, makes
 * a policy that admits nothing: "not checked" (podsecuritypolicy/factory.go skips such policies too).
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
import { readAnnotations } from './read.ts';
import { VOLUME_TYPES } from './read-volumes.ts';
import { APP_ARMOR_KEYS, SECCOMP_KEYS, whyNotStored } from './storable.ts';
import type {
  AnyPsp,
  IdRange,
  IdStrategy,
  ProfileAnnotations,
  Psp,
  SeLinuxOptions,
} from './types.ts';

const USER_RULES = ['RunAsAny', 'MustRunAs', 'MustRunAsNonRoot'] as const;
const GROUP_RULES = ['RunAsAny', 'MustRunAs', 'MayRunAs'] as const;
const SE_LINUX_RULES = ['RunAsAny', 'MustRunAs'] as const;
const FLAGS = [
  'privileged',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'readOnlyRootFilesystem',
] as const;
const LISTS = [
  'defaultAddCapabilities',
  'requiredDropCapabilities',
  'allowedCapabilities',
  'volumes',
  'allowedUnsafeSysctls',
  'forbiddenSysctls',
  'allowedProcMountTypes',
] as const;
const FIELDS: ReadonlySet<string> = new Set([
  ...FLAGS,
  ...LISTS,
  ...(
    'hostPorts seLinux runAsUser runAsGroup supplementalGroups fsGroup defaultAllowPrivilegeEscalation ' +
    'allowPrivilegeEscalation allowedHostPaths allowedFlexVolumes allowedCSIDrivers runtimeClass'
  ).split(' '),
]);

interface Reader {
  spec: Json | undefined;
  notes: Notes;
}

/** A rule by its name; an unknown one is noted, and the first known one stands in its place. */
function ruleOf<Rule extends string>(
  strategy: Json | undefined,
  known: readonly [Rule, ...Rule[]],
  path: string,
  notes: Notes,
): Rule {
  const text = readString(fieldOf(strategy, 'rule'), path, notes, 'rule') ?? '';
  const found = known.find((rule) => rule === text);
  if (found === undefined) notes.push(`${path}.rule "${text}" is unknown`);
  return found ?? known[0];
}

function readRanges(value: unknown, path: string, notes: Notes): IdRange[] {
  return readList(value, path, notes).map((entry, i) => {
    const at = `${path}[${i}]`;
    const range = readObject(entry ?? 'null', at, notes);
    return {
      min: readInteger(fieldOf(range, 'min'), at, notes, 'min') ?? 0,
      max: readInteger(fieldOf(range, 'max'), at, notes, 'max') ?? 0,
    };
  });
}

/** The rules that need a range to choose from. */
const NEEDS_RANGES: ReadonlySet<string> = new Set(['MustRunAs', 'MayRunAs']);

function readIds<Rule extends string>(
  { spec, notes }: Reader,
  key: string,
  known: readonly [Rule, ...Rule[]],
): IdStrategy<Rule> {
  const path = `spec.${key}`;
  const strategy = readObject(fieldOf(spec, key), path, notes);
  const rule = ruleOf(strategy, known, path, notes);
  const ranges = readRanges(fieldOf(strategy, 'ranges'), `${path}.ranges`, notes);
  if (NEEDS_RANGES.has(rule) && ranges.length === 0) notes.push(`${path}.ranges is empty`);
  return { rule, ranges };
}

function readSeLinux({ spec, notes }: Reader): Psp['seLinux'] {
  const path = 'spec.seLinux';
  const strategy = readObject(fieldOf(spec, 'seLinux'), path, notes);
  const rule = ruleOf(strategy, SE_LINUX_RULES, path, notes);
  const given = readObject(fieldOf(strategy, 'seLinuxOptions'), path, notes, 'seLinuxOptions');
  if (rule === 'MustRunAs' && given === undefined) notes.push(`${path}.seLinuxOptions is missing`);
  const seLinuxOptions: SeLinuxOptions = {};
  for (const key of ['user', 'role', 'type', 'level'] as const) {
    const text = readString(fieldOf(given, key), `${path}.seLinuxOptions`, notes, key);
    if (text !== undefined && text !== '') seLinuxOptions[key] = text;
  }
  return { rule, seLinuxOptions };
}

/** A list of objects, each made by `make` from the object and its path. */
function readObjects<T>(
  { spec, notes }: Reader,
  key: string,
  make: (item: Json | undefined, path: string) => T,
): T[] {
  return readList(fieldOf(spec, key), 'spec', notes, key).map((entry, i) => {
    const path = `spec.${key}[${i}]`;
    return make(readObject(entry ?? 'null', path, notes), path);
  });
}

function readRuntimeClass({ spec, notes }: Reader): Psp['runtimeClass'] {
  const path = 'spec.runtimeClass';
  const object = readObject(fieldOf(spec, 'runtimeClass'), path, notes);
  if (object === undefined) return undefined;
  const key = 'defaultRuntimeClassName';
  return {
    allowed: readStrings(
      fieldOf(object, 'allowedRuntimeClassNames'),
      path,
      notes,
      'allowedRuntimeClassNames',
    ),
    default: readString(fieldOf(object, key), path, notes, key),
  };
}

function profiles(
  annotations: Readonly<Record<string, string>>,
  prefix: string,
): ProfileAnnotations {
  return {
    allowed: annotations[`${prefix}allowedProfileNames`],
    default: annotations[`${prefix}defaultProfileName`],
  };
}

function readSpec(reader: Reader): Omit<Psp, 'name' | 'seccomp' | 'appArmor' | 'ignored'> {
  const { spec, notes } = reader;
  const flag = (key: string): boolean | undefined =>
    readBoolean(fieldOf(spec, key), 'spec', notes, key);
  const text = (item: Json | undefined, path: string, key: string): string =>
    readString(fieldOf(item, key), path, notes, key) ?? '';
  const strings = (key: (typeof LISTS)[number]): string[] =>
    readStrings(fieldOf(spec, key), 'spec', notes, key);
  return {
    privileged: flag('privileged') ?? false,
    hostNetwork: flag('hostNetwork') ?? false,
    hostPID: flag('hostPID') ?? false,
    hostIPC: flag('hostIPC') ?? false,
    readOnlyRootFilesystem: flag('readOnlyRootFilesystem') ?? false,
    defaultAllowPrivilegeEscalation: flag('defaultAllowPrivilegeEscalation'),
    allowPrivilegeEscalation: flag('allowPrivilegeEscalation') ?? true,
    defaultAddCapabilities: strings('defaultAddCapabilities'),
    requiredDropCapabilities: strings('requiredDropCapabilities'),
    allowedCapabilities: strings('allowedCapabilities'),
    volumes: strings('volumes'),
    allowedUnsafeSysctls: strings('allowedUnsafeSysctls'),
    forbiddenSysctls: strings('forbiddenSysctls'),
    allowedProcMountTypes: strings('allowedProcMountTypes'),
    hostPorts: readRanges(fieldOf(spec, 'hostPorts'), 'spec.hostPorts', notes),
    seLinux: readSeLinux(reader),
    runAsUser: readIds(reader, 'runAsUser', USER_RULES),
    runAsGroup:
      fieldOf(spec, 'runAsGroup') === undefined
        ? { rule: 'RunAsAny', ranges: [] }
        : readIds(reader, 'runAsGroup', GROUP_RULES),
    supplementalGroups: readIds(reader, 'supplementalGroups', GROUP_RULES),
    fsGroup: readIds(reader, 'fsGroup', GROUP_RULES),
    allowedHostPaths: readObjects(reader, 'allowedHostPaths', (item, path) => ({
      pathPrefix: text(item, path, 'pathPrefix'),
      readOnly: readBoolean(fieldOf(item, 'readOnly'), path, notes, 'readOnly') ?? false,
    })),
    allowedFlexVolumes: readObjects(reader, 'allowedFlexVolumes', (item, path) =>
      text(item, path, 'driver'),
    ),
    allowedCSIDrivers: readObjects(reader, 'allowedCSIDrivers', (item, path) =>
      text(item, path, 'name'),
    ),
    runtimeClass: readRuntimeClass(reader),
  };
}

function unknownFields(spec: Json | undefined): string[] {
  const unknown = Object.keys(spec ?? {}).filter((key) => !FIELDS.has(key));
  return unknown.map((key) => `spec.${key} is an unknown field`);
}

/** Reads any JSON value as a PodSecurityPolicy. Never throws. */
export function parsePsp(object: unknown): AnyPsp {
  const notes: Notes = [];
  const root = isObject(object) ? object : undefined;
  const metadata = readObject(fieldOf(root, 'metadata'), 'metadata', notes);
  const name = readString(fieldOf(metadata, 'name'), 'metadata', notes, 'name') ?? '';
  const annotations = readAnnotations(fieldOf(metadata, 'annotations'), notes);
  const spec = readObject(fieldOf(root, 'spec'), 'spec', notes);
  if (spec === undefined) notes.push('spec is missing');
  const reader = { spec, notes };
  const read = readSpec(reader);
  const volume = read.volumes.find((type) => type !== '*' && !VOLUME_TYPES.has(type));
  if (volume !== undefined) notes.push(`spec.volumes "${volume}" is unknown`);
  const [problem] = notes;
  if (problem !== undefined) return { name, notChecked: problem };
  const psp: Psp = {
    name,
    ...read,
    seccomp: profiles(annotations, SECCOMP_KEYS),
    appArmor: profiles(annotations, APP_ARMOR_KEYS),
    // The server drops such fields and keeps the policy.
    ignored: unknownFields(spec),
  };
  const refused = whyNotStored(psp);
  return refused === undefined
    ? psp
    : { name, notChecked: `the API server refuses it: ${refused}` };
}

/** The policies among any objects (Lists included, one level), by kind; of two with one name the last stays. */
export function readPsps(objects: Iterable<unknown>): AnyPsp[] {
  const found = new Map<string, AnyPsp>();
  const visit = (object: unknown, list: string | undefined): void => {
    const root = isObject(object) ? object : undefined;
    // The items of a list of one kind may leave their kind out.
    const kind = fieldOf(root, 'kind') ?? list?.slice(0, -'List'.length);
    if (kind === 'PodSecurityPolicy') {
      const psp = parsePsp(object);
      found.set(psp.name, psp);
      return;
    }
    const items = fieldOf(root, 'items');
    if (
      list !== undefined ||
      typeof kind !== 'string' ||
      !kind.endsWith('List') ||
      !Array.isArray(items)
    )
      return;
    for (const item of items as unknown[]) visit(item, kind);
  };
  for (const object of objects) visit(object, undefined);
  return [...found.values()];
}
