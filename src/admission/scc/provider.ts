/**
 * An SCC made ready for one namespace: its strategies, with the open ranges and levels filled in
 * from the namespace (apiserver-library-go sccmatching CreateProviderFromConstraint).
 */
import type { GroupStrategy, UserStrategy } from './ids.ts';
import type { NamespaceValues, Preallocated, ValueError } from './namespace.ts';
import { seccompStrategy, type SeccompStrategy } from './seccomp.ts';
import type { SeLinuxStrategy } from './selinux.ts';
import type { AnyScc, IdRange, Scc, SccFeatures } from './types.ts';

export interface Provider {
  scc: Scc;
  features: SccFeatures;
  user: UserStrategy;
  seLinux: SeLinuxStrategy;
  fsGroup: GroupStrategy;
  supplementalGroups: GroupStrategy;
  seccomp: SeccompStrategy;
}

/** Why an SCC can not be made ready; `annotation` is the plugin's word for what is wrong in the namespace. */
export interface SetupError extends ValueError {
  annotation?: 'uid' | 'mcs' | 'group';
}

/** An SCC that can not be made ready: `error` refuses every pod of the namespace, `notChecked` only itself. */
export interface NoProvider {
  name: string;
  error?: SetupError;
  notChecked?: string;
}

function orUnknown<T>(value: Preallocated<T>): T | { unknown: string } {
  if ('value' in value) return value.value;
  // An error never gets here: makeProvider has already given up on the SCC.
  return { unknown: 'unknown' in value ? value.unknown : '' };
}

function userStrategy({ runAsUser }: Scc, uid: Preallocated<IdRange>): UserStrategy {
  const { type, uidRangeMin: min, uidRangeMax: max } = runAsUser;
  switch (type) {
    case 'RunAsAny':
      return { type: 'any' };
    case 'MustRunAsNonRoot':
      return { type: 'nonRoot' };
    case 'MustRunAs':
      return { type: 'exactly', uid: runAsUser.uid ?? 0 };
    case 'MustRunAsRange':
      return {
        type: 'range',
        range: min === undefined || max === undefined ? orUnknown(uid) : { min, max },
      };
  }
}

function groupStrategy(
  options: Scc['fsGroup'],
  preallocated: Preallocated<IdRange[]>,
): GroupStrategy {
  if (options.type === 'RunAsAny') return { type: 'any' };
  return {
    type: 'ranges',
    ranges: options.ranges.length > 0 ? options.ranges : orUnknown(preallocated),
  };
}

function needsLevel(scc: Scc): boolean {
  return (
    scc.seLinuxContext.type === 'MustRunAs' &&
    (scc.seLinuxContext.seLinuxOptions?.level ?? '') === ''
  );
}

function needsRanges({ type, ranges }: Scc['fsGroup']): boolean {
  return type === 'MustRunAs' && ranges.length === 0;
}

function seLinuxStrategy(scc: Scc, preallocated: Preallocated<string>): SeLinuxStrategy {
  if (scc.seLinuxContext.type === 'RunAsAny') return { type: 'any' };
  const options = { ...scc.seLinuxContext.seLinuxOptions };
  if (!needsLevel(scc)) return { type: 'exactly', options };
  const level = orUnknown(preallocated);
  if (typeof level !== 'string') return { type: 'exactly', options, unknownLevel: level.unknown };
  return { type: 'exactly', options: { ...options, level } };
}

/** An SCC that the server stores, and whose strategy the plugin can not make (user/mustrunas*.go). */
function strategyError({ runAsUser }: Scc): SetupError | undefined {
  const { type, uid, uidRangeMin: min, uidRangeMax: max } = runAsUser;
  if (type === 'MustRunAs' && uid === undefined)
    return { error: 'runAsUser.uid is missing', cause: 'MustRunAs requires a UID' };
  if (type !== 'MustRunAsRange' || (min === undefined) === (max === undefined)) return undefined;
  const missing = min === undefined ? 'Min' : 'Max';
  return {
    error: 'runAsUser has only one end of its range',
    cause: `MustRunAsRange requires a UIDRange${missing}`,
  };
}

/** The first value that the SCC needs and the namespace, or the SCC itself, has wrongly. */
function firstError(scc: Scc, values: NamespaceValues): SetupError | undefined {
  const { type, uidRangeMin: min, uidRangeMax: max } = scc.runAsUser;
  const uid = type === 'MustRunAsRange' && min === undefined && max === undefined && values.uid;
  const needed: [SetupError['annotation'] & string, Preallocated<unknown> | false][] = [
    ['uid', uid],
    ['mcs', needsLevel(scc) && values.level],
    ['group', needsRanges(scc.fsGroup) && values.fsGroup],
    ['group', needsRanges(scc.supplementalGroups) && values.supplementalGroups],
  ];
  for (const [annotation, value] of needed)
    if (value !== false && 'error' in value) return { ...value, annotation };
  return strategyError(scc);
}

/** What the plugin prints when it can not set up an SCC (matcher.go CreateProviderFromConstraint). */
export function setupLine(
  scc: string,
  namespace: string,
  { annotation, cause }: SetupError,
): string {
  return annotation === undefined
    ? `error creating provider for SCC ${scc} in namespace ${namespace}: ${cause}`
    : `unable to find pre-allocated ${annotation} annotation for namespace ${namespace} while trying to configure SCC ${scc}: ${cause}`;
}

/** Makes an SCC ready for the values of a namespace. */
export function makeProvider(
  scc: AnyScc,
  values: NamespaceValues,
  features: SccFeatures,
): Provider | NoProvider {
  if ('notChecked' in scc) return { name: scc.name, notChecked: scc.notChecked };
  const error = firstError(scc, values);
  if (error !== undefined) return { name: scc.name, error };
  return {
    scc,
    features,
    user: userStrategy(scc, values.uid),
    seLinux: seLinuxStrategy(scc, values.level),
    fsGroup: groupStrategy(scc.fsGroup, values.fsGroup),
    supplementalGroups: groupStrategy(scc.supplementalGroups, values.supplementalGroups),
    seccomp: seccompStrategy(scc.seccompProfiles),
  };
}
