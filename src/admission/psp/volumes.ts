/** Which volumes a policy allows (podsecuritypolicy/provider.go validatePodVolumes, util/util.go). */
import { invalid, type Failure, type Place } from '../scc/failure.ts';
import type { PspFeatures } from './features.ts';
import type { PodView } from './read.ts';
import type { VolumeView } from './read-volumes.ts';
import type { Psp } from './types.ts';

/** `field` is the plugin's own name of the place where it has another. */
function at(path: string, field = path): Place {
  return { field, named: true, path };
}

function allowsType(
  { volumes }: Psp,
  { type, onlyToken }: VolumeView,
  { tokenForSecret }: PspFeatures,
): boolean {
  if (volumes.includes('*') || volumes.includes(type)) return true;
  // Who allows secrets allows the token that took their place (BoundServiceAccountTokenVolume).
  return tokenForSecret && type === 'projected' && onlyToken && volumes.includes('secret');
}

/** Whether the volume that the server adds for the service account's token would be allowed. */
export function allowsTokenVolume({ volumes }: Psp, { boundTokens }: PspFeatures): boolean {
  const types = boundTokens ? ['*', 'secret', 'projected'] : ['*', 'secret'];
  return types.some((type) => volumes.includes(type));
}

/** At the borders of path segments: `/foo` covers `/foo/` and `/foo/bar`, not `/foobar`. */
function covers(prefix: string, path: string): boolean {
  const [short, long] = [prefix.replace(/\/$/, ''), path.replace(/\/$/, '')];
  return long === short || long.startsWith(`${short}/`);
}

function readOnlyFailures(pod: PodView, volume: string): Failure[] {
  return pod.containers.flatMap(({ path, mounts, dropped }) =>
    mounts.flatMap((mount, i) => {
      if (dropped || mount.volume !== volume || mount.readOnly) return [];
      return [invalid(at(`${path}.volumeMounts[${i}].readOnly`), false, 'must be read-only')];
    }),
  );
}

function hostPathFailures(
  psp: Psp,
  pod: PodView,
  { name, path }: VolumeView,
  place: string,
): Failure[] {
  if (psp.allowedHostPaths.length === 0) return [];
  const matching = psp.allowedHostPaths.filter(({ pathPrefix }) => covers(pathPrefix, path));
  if (matching.length === 0)
    return [
      invalid(
        at(`${place}.hostPath.path`, `${place}.hostPath.pathPrefix`),
        path,
        'is not allowed to be used',
      ),
    ];
  // One entry that allows writing is enough.
  return matching.every(({ readOnly }) => readOnly) ? readOnlyFailures(pod, name) : [];
}

function driverFailures(
  allowed: readonly string[],
  driver: string,
  place: Place,
  what: string,
): Failure[] {
  if (allowed.length === 0 || allowed.includes(driver)) return [];
  return [invalid(place, driver, `${what} driver is not allowed to be used`)];
}

/** Failures of all volumes of a pod, in their order. */
export function checkVolumes(psp: Psp, pod: PodView, features: PspFeatures): Failure[] {
  return pod.volumes.flatMap((volume, i) => {
    const place = `spec.volumes[${i}]`;
    const { type, driver } = volume;
    const driverPlace = at(`${place}.${type}.driver`);
    if (!allowsType(psp, volume, features))
      return [invalid(at(place), type, `${type} volumes are not allowed to be used`)];
    switch (type) {
      case 'hostPath':
        return hostPathFailures(psp, pod, volume, place);
      case 'flexVolume':
        return driverFailures(
          psp.allowedFlexVolumes,
          driver,
          { ...driverPlace, field: `${place}.driver` },
          'Flexvolume',
        );
      case 'csi':
        if (!features.csiDrivers) return [];
        return driverFailures(psp.allowedCSIDrivers, driver, driverPlace, 'Inline CSI');
      default:
        return [];
    }
  });
}
