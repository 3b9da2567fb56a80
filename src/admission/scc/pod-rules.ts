/** What an SCC says of the pod as a whole: host namespaces, user namespace, sysctls, volumes, host ports. */
import { child, forbidden, goQuote, invalid, type Failure, type Place } from './failure.ts';
import type { ContainerView, PodView } from './read.ts';
import type { Scc } from './types.ts';

const HOST_NAMESPACES = [
  ['hostNetwork', 'allowHostNetwork', 'Host network is not allowed to be used'],
  ['hostPID', 'allowHostPID', 'Host PID is not allowed to be used'],
  ['hostIPC', 'allowHostIPC', 'Host IPC is not allowed to be used'],
] as const;

/** A host namespace that the pod shares; the plugin reports it at the pod and again at every container. */
export function checkHostNamespace(
  scc: Scc,
  pod: PodView,
  place: Place,
  only?: 'hostNetwork' | 'hostPID' | 'hostIPC',
): Failure[] {
  return HOST_NAMESPACES.filter(
    ([key, allow]) => (only ?? key) === key && pod[key] && !scc[allow],
  ).map(([key, , detail]) => ({
    ...invalid(child(place, key), true, detail),
    path: `spec.${key}`,
  }));
}

/** `userNamespaceLevel: RequirePodLevel` wants `hostUsers: false`, written out. */
export function checkHostUsers(scc: Scc, pod: PodView, place: Place): Failure[] {
  if (scc.userNamespaceLevel !== 'RequirePodLevel' || pod.hostUsers === false) return [];
  const failure = invalid(
    child(place, 'hostUsers'),
    pod.hostUsers ?? null,
    'Host Users must be set to false',
  );
  return [{ ...failure, path: 'spec.hostUsers' }];
}

/** `net.*` names all that begin with `net.`; `*` all. */
function matches(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
  );
}

export function checkSysctls(
  scc: Scc,
  safe: readonly string[],
  names: readonly string[],
): Failure[] {
  return names.flatMap((name, i) => {
    const path = `spec.securityContext.sysctls[${i}]`;
    const place = { field: `pod.${path}`, named: false, path };
    if (matches(scc.forbiddenSysctls, name))
      return [forbidden(place, `sysctl ${goQuote(name)} is not allowed`)];
    if (safe.includes(name) || matches(scc.allowedUnsafeSysctls, name)) return [];
    return [forbidden(place, `unsafe sysctl ${goQuote(name)} is not allowed`)];
  });
}

export function checkVolumes(scc: Scc, pod: PodView, place: Place): Failure[] {
  const all = scc.volumes.includes('*');
  const failures = pod.volumes.flatMap((volume, i) => {
    if (all || scc.volumes.includes(volume.type)) return [];
    // The volume of the service account's token holds nothing that a secret would not.
    if (volume.onlyServiceAccountToken === true && scc.volumes.includes('secret')) return [];
    const path = `spec.volumes[${i}]`;
    return [
      invalid(
        { field: path, named: false, path },
        volume.type,
        `${volume.type} volumes are not allowed to be used`,
      ),
    ];
  });
  if (scc.allowedFlexVolumes.length === 0 || !(all || scc.volumes.includes('flexVolume')))
    return failures;
  pod.volumes.forEach((volume, i) => {
    const { flexDriver } = volume;
    if (
      flexDriver === undefined ||
      scc.allowedFlexVolumes.some((allowed) => allowed.driver === flexDriver)
    )
      return;
    const at = {
      ...child(place, `volumes[${i}].driver`),
      path: `spec.volumes[${i}].flexVolume.driver`,
    };
    failures.push(invalid(at, flexDriver, 'Flexvolume driver is not allowed to be used'));
  });
  return failures;
}

/**
 * Host ports. At every container the plugin walks all containers of the pod again, so a port of
 * one container is reported under the path of each.
 */
export function checkHostPorts(
  scc: Scc,
  containers: readonly ContainerView[],
  place: Place,
): Failure[] {
  if (scc.allowHostPorts) return [];
  return containers.flatMap((container) =>
    container.hostPorts
      .filter((port) => port > 0)
      .map((port) => ({
        ...invalid(
          child(place, `${container.place}.hostPort`),
          port,
          'Host ports are not allowed to be used',
        ),
        path: `spec.${container.place}.ports`,
      })),
  );
}
