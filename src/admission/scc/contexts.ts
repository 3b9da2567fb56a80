/** The contexts as the server stores them: known fields only, nothing null, no empty lists. */
import { isObject, type Json } from './json.ts';
import type { CapabilitiesView, ContainerView, PodView } from './read.ts';

const SHARED =
  'seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot seccompProfile appArmorProfile';
const POD_FIELDS: ReadonlySet<string> = new Set(
  `${SHARED} supplementalGroups supplementalGroupsPolicy fsGroup sysctls fsGroupChangePolicy seLinuxChangePolicy`.split(
    ' ',
  ),
);
const CONTAINER_FIELDS: ReadonlySet<string> = new Set(
  `${SHARED} capabilities privileged readOnlyRootFilesystem allowPrivilegeEscalation procMount`.split(
    ' ',
  ),
);

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** One level down: what the server leaves out of an inner object. Empty strings go from SELinux options only. */
function cleanInner(key: string, value: Json): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, inner]) => !isEmpty(inner) && !(key === 'seLinuxOptions' && inner === ''),
    ),
  );
}

function clean(raw: Json | undefined, known: ReadonlySet<string>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw ?? {})) {
    if (!known.has(key) || isEmpty(value)) continue;
    result[key] = isObject(value) ? cleanInner(key, value) : value;
  }
  return result;
}

/** The pod's context; the server stores `{}` where the pod has none. */
export function podContext(pod: PodView): Record<string, unknown> {
  return clean(pod.context.raw, POD_FIELDS);
}

/** A container's context, or null where it has none. */
export function containerContext(container: ContainerView): Record<string, unknown> | null {
  return container.raw === undefined ? null : clean(container.raw, CONTAINER_FIELDS);
}

/** Capabilities as stored. */
export function capabilitiesOf({ add, drop }: CapabilitiesView): Record<string, unknown> {
  return { ...(add.length > 0 ? { add } : {}), ...(drop.length > 0 ? { drop } : {}) };
}

/** Fields of the contexts that no release of the API has: the server drops them, no SCC looks at them. */
export function unknownFields(pod: PodView): string[] {
  const unknown = (raw: Json | undefined, path: string, known: ReadonlySet<string>): string[] =>
    Object.keys(raw ?? {})
      .filter((key) => !known.has(key))
      .map((key) => `${path}.${key} is an unknown field`);
  return [
    ...unknown(pod.context.raw, 'spec.securityContext', POD_FIELDS),
    ...pod.containers.flatMap((container) =>
      unknown(container.raw, `spec.${container.place}.securityContext`, CONTAINER_FIELDS),
    ),
  ];
}

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST = 'localhost/';

function appArmorProfile(annotation: string): Record<string, unknown> | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const file = annotation.startsWith(LOCALHOST) ? annotation.slice(LOCALHOST.length) : '';
  return file === '' || file.trim() !== file
    ? undefined
    : { type: 'Localhost', localhostProfile: file };
}

/** What the server makes of an AppArmor annotation when it stores the pod (KEP-24); undefined for nothing. */
export function appArmorFromAnnotation(
  pod: PodView,
  container: ContainerView,
  podProfile: unknown,
): Record<string, unknown> | undefined {
  const annotation = pod.annotations[APPARMOR + container.name];
  const own = container.raw?.['appArmorProfile'] ?? undefined;
  if (pod.windows || annotation === undefined || own !== undefined) return undefined;
  const profile = appArmorProfile(annotation);
  if (profile === undefined || !isObject(podProfile)) return profile;
  const same =
    profile['type'] === podProfile['type'] &&
    profile['localhostProfile'] === podProfile['localhostProfile'];
  return same ? undefined : profile;
}
