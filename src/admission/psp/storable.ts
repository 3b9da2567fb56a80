/**
 * What the API server refuses in a PodSecurityPolicy that can be read: such a policy is in no cluster
 * (apis/policy/validation ValidatePodSecurityPolicy; the same from 1.15 to 1.24).
 */
import type { IdStrategy, ProfileAnnotations, Psp } from './types.ts';

/** The annotations that a policy steers profiles with. */
export const SECCOMP_KEYS = 'seccomp.security.alpha.kubernetes.io/';
export const APP_ARMOR_KEYS = 'apparmor.security.beta.kubernetes.io/';

const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SYSCTLS = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?\.)*([a-z0-9][-_a-z0-9]*)?[a-z0-9*]$/;
const MAX_NAME = 253;
const MAX_DRIVER = 63;

function climbs(path: string): boolean {
  return path.split('/').includes('..');
}

function isSeccompProfile(profile: string): boolean {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return true;
  const file = profile.startsWith('localhost/') ? profile.slice('localhost/'.length) : '/';
  return !file.startsWith('/') && !climbs(file);
}

function isAppArmorProfile(profile: string): boolean {
  return (
    ['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith('localhost/')
  );
}

/** An annotation that is there and empty is not looked at. `any` is the wildcard among the allowed. */
function profileProblems(
  { allowed, default: profile }: ProfileAnnotations,
  prefix: string,
  isProfile: (profile: string) => boolean,
  any?: string,
): string[] {
  const problems = (key: string, profiles: readonly string[]): string[] =>
    profiles
      .filter((name) => !isProfile(name))
      .map((name) => `metadata.annotations[${prefix}${key}] has "${name}", which is no profile`);
  return [
    ...problems('defaultProfileName', profile ? [profile] : []),
    ...problems(
      'allowedProfileNames',
      allowed ? allowed.split(',').filter((name) => name !== any) : [],
    ),
  ];
}

function rangeProblems({ ranges }: IdStrategy<string>, path: string): string[] {
  return ranges.flatMap(({ min, max }, i) =>
    min < 0 || max < min ? [`${path}.ranges[${i}] is no range: ${min} to ${max}`] : [],
  );
}

function groupProblems({ runAsGroup }: Psp): string[] {
  const { rule, ranges } = runAsGroup;
  if (rule === 'RunAsAny' && ranges.length > 0)
    return ['spec.runAsGroup.ranges is not empty beside the rule RunAsAny'];
  return rangeProblems(runAsGroup, 'spec.runAsGroup');
}

function capabilityProblems(psp: Psp): string[] {
  const drops = psp.requiredDropCapabilities;
  if (drops.length > 0 && psp.allowedCapabilities.includes('*'))
    return ['spec.requiredDropCapabilities is not empty beside allowedCapabilities "*"'];
  return (['defaultAddCapabilities', 'allowedCapabilities'] as const).flatMap((key) =>
    psp[key]
      .filter((name) => drops.includes(name))
      .map((name) => `spec.${key} has "${name}", which requiredDropCapabilities has too`),
  );
}

function listProblems(psp: Psp): string[] {
  return [
    ...psp.allowedProcMountTypes
      .filter((type) => type !== 'Default' && type !== 'Unmasked')
      .map((type) => `spec.allowedProcMountTypes "${type}" is unknown`),
    ...psp.allowedHostPaths.flatMap(({ pathPrefix }, i) => {
      const at = `spec.allowedHostPaths[${i}].pathPrefix`;
      if (pathPrefix === '') return [`${at} is missing`];
      return climbs(pathPrefix) ? [`${at} has a part ".."`] : [];
    }),
    ...psp.allowedFlexVolumes.flatMap((driver, i) =>
      driver === '' ? [`spec.allowedFlexVolumes[${i}].driver is missing`] : [],
    ),
    ...psp.allowedCSIDrivers.flatMap((name, i) =>
      name.length > MAX_DRIVER || !DNS_SUBDOMAIN.test(name.toLowerCase())
        ? [`spec.allowedCSIDrivers[${i}].name "${name}" is no name of a driver`]
        : [],
    ),
  ];
}

function patternProblems(key: string, patterns: readonly string[]): string[] {
  if (patterns.length > 1 && patterns.some((pattern) => pattern.startsWith('*')))
    return [`spec.${key} has "*" beside others`];
  return patterns
    .filter((pattern) => pattern.length > MAX_NAME || !SYSCTLS.test(pattern))
    .map((pattern) => `spec.${key} has "${pattern}", which is no pattern of sysctls`);
}

/** Whether some sysctl can match both patterns. */
function overlap(left: string, right: string): boolean {
  const [a, b] = [left.replace(/\*$/, ''), right.replace(/\*$/, '')];
  return (left !== a && b.startsWith(a)) || (right !== b && a.startsWith(b)) || left === right;
}

function sysctlProblems({ allowedUnsafeSysctls, forbiddenSysctls }: Psp): string[] {
  return [
    ...patternProblems('allowedUnsafeSysctls', allowedUnsafeSysctls),
    ...patternProblems('forbiddenSysctls', forbiddenSysctls),
    ...allowedUnsafeSysctls.flatMap((allowed) =>
      forbiddenSysctls
        .filter((forbidden) => overlap(allowed, forbidden))
        .map(
          (other) => `spec.forbiddenSysctls "${other}" overlaps allowedUnsafeSysctls "${allowed}"`,
        ),
    ),
  ];
}

function runtimeClassProblems({ runtimeClass }: Psp): string[] {
  if (runtimeClass === undefined) return [];
  const { allowed, default: name } = runtimeClass;
  const at = 'spec.runtimeClass.allowedRuntimeClassNames';
  const any = allowed.includes('*');
  if (new Set(allowed).size < allowed.length) return [`${at} has a name twice`];
  if (any && allowed.length > 1) return [`${at} has "*" beside others`];
  if (name !== undefined && !any && !allowed.includes(name))
    return [`${at} has not the default "${name}"`];
  const names = name === undefined ? allowed : [...allowed, name];
  return names
    .filter((one) => one !== '*' && (one.length > MAX_NAME || !DNS_SUBDOMAIN.test(one)))
    .map((one) => `spec.runtimeClass has "${one}", which is no name of a runtime class`);
}

/** The first thing in words that keeps the server from storing the policy; undefined when it stores it. */
export function whyNotStored(psp: Psp): string | undefined {
  const escalates = psp.defaultAllowPrivilegeEscalation === true && !psp.allowPrivilegeEscalation;
  const [problem] = [
    ...profileProblems(psp.appArmor, APP_ARMOR_KEYS, isAppArmorProfile),
    ...profileProblems(psp.seccomp, SECCOMP_KEYS, isSeccompProfile, '*'),
    ...rangeProblems(psp.runAsUser, 'spec.runAsUser'),
    ...groupProblems(psp),
    ...rangeProblems(psp.supplementalGroups, 'spec.supplementalGroups'),
    ...rangeProblems(psp.fsGroup, 'spec.fsGroup'),
    ...capabilityProblems(psp),
    ...(escalates
      ? ['spec.defaultAllowPrivilegeEscalation is true beside allowPrivilegeEscalation false']
      : []),
    ...listProblems(psp),
    ...sysctlProblems(psp),
    ...runtimeClassProblems(psp),
  ];
  return problem;
}
