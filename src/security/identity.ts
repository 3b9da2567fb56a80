/** What the catalog is matched against, from an object of a manifest. */
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import type { WorkloadIdentity } from './match.ts';

export function identityOf(object: ManifestObject, pod: PodTemplate): WorkloadIdentity {
  return {
    kind: object.kind,
    name: object.name,
    ...(object.generateName === undefined ? {} : { generateName: object.generateName }),
    ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
    owners: object.owners,
    containers: pod.containers.map(({ name }) => name),
  };
}
