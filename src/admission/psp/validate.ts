/** What a policy refuses (podsecuritypolicy/provider.go ValidatePod), on the pod after its own defaults, in the plugin's order. */
import { checkCapabilities } from '../scc/capabilities.ts';
import {
  child,
  forbidden,
  goQuote,
  invalid,
  required,
  type Failure,
  type Place,
} from '../scc/failure.ts';
import { checkSeLinux } from '../scc/selinux.ts';
import type { PspFeatures } from './features.ts';
import { checkGroups, checkUser } from './ids.ts';
import { checkAppArmor, checkContainerSeccomp, checkPodSeccomp } from './profiles.ts';
import type { ContainerView, PodView } from './read.ts';
import type { Psp, SeLinuxOptions } from './types.ts';
import { checkVolumes } from './volumes.ts';

/** `field` is the plugin's own name of the place where it has another. */
function placeOf(path: string, field = path): Place {
  return { field, named: true, path };
}

const POD_CONTEXT = placeOf('spec.securityContext');

function seLinuxFailures(
  { seLinux }: Psp,
  place: Place,
  options: SeLinuxOptions | undefined,
): Failure[] {
  if (seLinux.rule === 'RunAsAny') return [];
  if (options === undefined) return [required(child(place, 'seLinuxOptions'), '')];
  return checkSeLinux({ type: 'exactly', options: seLinux.seLinuxOptions }, place, options);
}

const HOST_FLAGS = [
  ['hostNetwork', 'Host network'],
  ['hostPID', 'Host PID'],
  ['hostIPC', 'Host IPC'],
] as const;

function hostFailures(psp: Psp, pod: PodView): Failure[] {
  return HOST_FLAGS.filter(([key]) => pod[key] && !psp[key]).map(([key, name]) =>
    invalid(
      placeOf(`spec.${key}`, `spec.securityContext.${key}`),
      true,
      `${name} is not allowed to be used`,
    ),
  );
}

/** `net.*` covers everything that begins with `net.`. */
function matches(patterns: readonly string[], sysctl: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? sysctl.startsWith(pattern.slice(0, -1)) : sysctl === pattern,
  );
}

function sysctlFailures(psp: Psp, { context }: PodView, { safeSysctls }: PspFeatures): Failure[] {
  return context.sysctls.flatMap((sysctl, i) => {
    const path = `spec.securityContext.sysctls[${i}]`;
    const place = placeOf(path, `pod.${path}`);
    if (matches(psp.forbiddenSysctls, sysctl))
      return [forbidden(place, `sysctl ${goQuote(sysctl)} is not allowed`)];
    if (safeSysctls.has(sysctl) || matches(psp.allowedUnsafeSysctls, sysctl)) return [];
    return [forbidden(place, `unsafe sysctl ${goQuote(sysctl)} is not allowed`)];
  });
}

function runtimeClassFailures({ runtimeClass }: Psp, { runtimeClassName }: PodView): Failure[] {
  if (runtimeClass === undefined || runtimeClassName === undefined) return [];
  const allowed = runtimeClass.allowed.some((name) => name === '*' || name === runtimeClassName);
  return allowed ? [] : [invalid(placeOf('spec.runtimeClassName'), runtimeClassName, '')];
}

function portsText({ hostPorts }: Psp): string {
  return hostPorts.map(({ min, max }) => (min === max ? `${min}` : `${min}-${max}`)).join(',');
}

function portFailures(psp: Psp, { path, hostPorts }: ContainerView): Failure[] {
  return hostPorts.flatMap((port, i) => {
    if (port <= 0 || psp.hostPorts.some(({ min, max }) => port >= min && port <= max)) return [];
    const detail = `Host port ${port} is not allowed to be used. Allowed ports: [${portsText(psp)}]`;
    return [invalid(placeOf(`${path}.ports[${i}].hostPort`, `${path}.hostPort`), port, detail)];
  });
}

function readOnlyFailures(psp: Psp, place: Place, readOnly: boolean | undefined): Failure[] {
  if (!psp.readOnlyRootFilesystem || readOnly === true) return [];
  const detail =
    readOnly === undefined
      ? 'ReadOnlyRootFilesystem may not be nil and must be set to true'
      : 'ReadOnlyRootFilesystem must be set to true';
  return [invalid(child(place, 'readOnlyRootFilesystem'), readOnly ?? null, detail)];
}

function escalationFailures(psp: Psp, place: Place, allows: boolean | undefined): Failure[] {
  if (psp.allowPrivilegeEscalation || allows === false) return [];
  const detail = 'Allowing privilege escalation for containers is not allowed';
  return [invalid(child(place, 'allowPrivilegeEscalation'), allows ?? null, detail)];
}

function procMountFailures(psp: Psp, place: Place, procMount: string): Failure[] {
  const { allowedProcMountTypes: types } = psp;
  if ((types.length === 0 ? ['Default'] : types).includes(procMount)) return [];
  return [invalid(child(place, 'procMount'), procMount, 'ProcMountType is not allowed')];
}

function ofOne(id: number | undefined): number[] {
  return id === undefined ? [] : [id];
}

function containerFailures(
  psp: Psp,
  pod: PodView,
  container: ContainerView,
  features: PspFeatures,
): Failure[] {
  const place = child(placeOf(container.path), 'securityContext');
  const { context } = pod;
  const user = container.runAsUser ?? context.runAsUser;
  const nonRoot = container.runAsNonRoot ?? context.runAsNonRoot;
  const groups = ofOne(container.runAsGroup ?? context.runAsGroup);
  // The plugin names the whole context here.
  const groupPlace = { ...child(place, 'runAsGroup'), field: place.field };
  const privileged = container.privileged === true && !psp.privileged;
  return [
    ...checkUser(psp.runAsUser, place, user, nonRoot),
    ...(features.runAsGroup ? checkGroups(psp.runAsGroup, groupPlace, groups) : []),
    ...seLinuxFailures(psp, place, container.seLinuxOptions ?? context.seLinuxOptions),
    ...checkAppArmor(psp, pod, container),
    ...checkContainerSeccomp(psp, pod, container, features.seccompFields),
    ...(privileged
      ? [invalid(child(place, 'privileged'), true, 'Privileged containers are not allowed')]
      : []),
    ...procMountFailures(psp, place, container.procMount),
    ...checkCapabilities(psp, place, container.capabilities),
    ...portFailures(psp, container),
    ...readOnlyFailures(psp, place, container.readOnlyRootFilesystem),
    ...escalationFailures(psp, place, container.allowPrivilegeEscalation),
  ];
}

/** Every reason why the policy refuses the pod; `pod` is the pod after the policy's own defaults. */
export function validate(psp: Psp, pod: PodView, features: PspFeatures): Failure[] {
  const { context } = pod;
  const groups = child(POD_CONTEXT, 'supplementalGroups');
  return [
    ...checkGroups(psp.fsGroup, child(POD_CONTEXT, 'fsGroup'), ofOne(context.fsGroup)),
    ...checkGroups(psp.supplementalGroups, groups, context.supplementalGroups ?? []),
    ...checkPodSeccomp(psp, pod, features.seccompFields),
    ...seLinuxFailures(psp, POD_CONTEXT, context.seLinuxOptions),
    ...hostFailures(psp, pod),
    ...sysctlFailures(psp, pod, features),
    ...checkVolumes(psp, pod, features),
    ...(features.runtimeClass ? runtimeClassFailures(psp, pod) : []),
    ...pod.containers.flatMap((container) =>
      container.dropped ? [] : containerFailures(psp, pod, container, features),
    ),
  ];
}
