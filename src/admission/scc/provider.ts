/**
 * An SCC made ready for one namespace: its strategies, with the open ranges and levels filled in
 * from the namespace (apiserver-library-go sccmatching CreateProviderFromConstraint).
 */
import type { GroupStrategy, UserStrategy } from './ids.ts';
import type { NamespaceValues, Preallocated } from './namespace.ts';
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

/** An SCC that can not be made ready: `error` refuses every pod of the namespace, `notChecked` only itself. */
export interface NoProvider {
  name: string;
  error?: string;
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

function seLinuxStrategy(scc: Scc, preallocated: Preallocated<string>): SeLinuxStrategy {
  if (scc.seLinuxContext.type === 'RunAsAny') return { type: 'any' };
  const options = { ...scc.seLinuxContext.seLinuxOptions };
  if (!needsLevel(scc)) return { type: 'exactly', options };
  const level = orUnknown(preallocated);
  if (typeof level !== 'string') return { type: 'exactly', options, unknownLevel: level.unknown };
  return { type: 'exactly', options: { ...options, level } };
}

/** The first value that the SCC needs and the namespace has wrongly. */
function firstError(scc: Scc, values: NamespaceValues): string | undefined {
  const needed: (Preallocated<unknown> | false)[] = [
    scc.runAsUser.type === 'MustRunAsRange' &&
      scc.runAsUser.uidRangeMin === undefined &&
      values.uid,
    needsLevel(scc) && values.level,
    scc.fsGroup.type === 'MustRunAs' && scc.fsGroup.ranges.length === 0 && values.fsGroup,
    scc.supplementalGroups.type === 'MustRunAs' &&
      scc.supplementalGroups.ranges.length === 0 &&
      values.supplementalGroups,
  ];
  for (const value of needed) if (value !== false && 'error' in value) return value.error;
  return undefined;
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
