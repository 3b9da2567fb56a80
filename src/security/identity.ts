/** What the catalog is matched against, from an object of a manifest. */
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import type { WorkloadIdentity } from './match.ts';

/** Whom and what a controller makes; `undefined`: any owner may make a pod. */
const MAKERS: ReadonlyMap<string, string | undefined> = new Map([
  ['Pod', undefined],
  ['ReplicaSet', 'Deployment'],
  ['Job', 'CronJob'],
]);
/** Generated names are cut to this length before their random end. */
const MAX_BASE = 58;

export function identityOf(object: ManifestObject, pod: PodTemplate): WorkloadIdentity {
  const { kind, name, generateName, namespace } = object;
  // The server writes a name of its own behind generateName, and ignores it beside another name.
  const isGenerated =
    generateName !== undefined && MAKERS.has(kind) && isNamedAfter(object, generateName);
  return {
    kind,
    name,
    ...(isGenerated ? { generateName } : {}),
    ...(namespace === undefined ? {} : { namespace }),
    owners: makersOf(object),
    containers: pod.containers.map(({ name: container }) => container),
  };
}

/**
 * The owners that may have made the object. Anybody can write ownerReferences into a manifest, and
 * the exceptions of the owner would go to any pod that does; what a controller makes bears its name.
 */
export function makersOf(object: ManifestObject): { kind: string; name: string }[] {
  if (!MAKERS.has(object.kind)) return [];
  const maker = MAKERS.get(object.kind);
  return object.owners.filter(
    ({ kind, name }) => (maker === undefined || kind === maker) && isNamedAfter(object, `${name}-`),
  );
}

function isNamedAfter({ name, generateName = '' }: ManifestObject, base: string): boolean {
  return (name === '' ? generateName : name).startsWith(base.slice(0, MAX_BASE));
}
