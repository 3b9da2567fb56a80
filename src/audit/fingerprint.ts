/** Fingerprints: the same for the same problem after lines, files and generated names have changed. */
import { hash } from 'node:crypto';
import type { Subject } from '../diagnostics.ts';
import { makersOf } from '../security/identity.ts';
import type { ManifestObject } from '../workloads/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';

/** What a pod is known by when its own name is generated: its controller. */
export interface Identity {
  kind: string;
  name: string;
}

/**
 * The workload that an object belongs to. A live pod is known by its owner, a ReplicaSet by its
 * Deployment and a Job by its CronJob, whose names the controllers extend by a hash or a time.
 */
export function identityOf(object: ManifestObject): Identity {
  const [maker] = makersOf(object);
  const owner = maker ?? { kind: object.kind, name: object.name };
  const isOwned = maker !== undefined;
  if (owner.kind === 'ReplicaSet' && isOwned) {
    const name = /^(.+)-[a-z0-9]{5,10}$/.exec(owner.name)?.[1];
    return name === undefined ? owner : { kind: 'Deployment', name };
  }
  if (owner.kind === 'Job' && isOwned) {
    const name = /^(.+)-\d{6,}$/.exec(owner.name)?.[1];
    return name === undefined ? owner : { kind: 'CronJob', name };
  }
  if (owner.name !== '') return owner;
  return { kind: object.kind, name: `${object.generateName ?? ''}*` };
}

/** Where the kinds of Kubernetes keep their only pod; a live pod and its template are the same there. */
const ONLY_PODS = new Set(['', 'template', 'spec.template', 'spec.jobTemplate.spec.template']);

/**
 * Which of its pods it is, for objects that hold several (workflows, clusters): the path, where the
 * entries of lists go by their names, so that their order does not count. Empty for the kinds of Kubernetes.
 */
export function podPlace(object: ManifestObject, path: Path): string {
  const steps: string[] = [];
  let holder: unknown = object.value;
  for (const step of path) {
    holder = isMapping(holder) || Array.isArray(holder) ? Reflect.get(holder, step) : undefined;
    const { name, groupName } = isMapping(holder) ? holder : {};
    const word = typeof step === 'string' ? undefined : (name ?? groupName);
    steps.push(typeof word === 'string' ? word : String(step));
  }
  const place = steps.join('.');
  return ONLY_PODS.has(place) ? '' : place;
}

/** 16 hexadecimal digits. `field` tells two findings of one rule on one container apart. */
export function fingerprint(
  code: string,
  subject: Subject | undefined,
  identity: Identity | undefined,
  field: string,
): string {
  const parts = [
    code,
    identity?.kind ?? subject?.kind ?? '',
    subject?.namespace ?? '',
    identity?.name ?? subject?.name ?? '',
    subject?.container ?? '',
    field,
  ];
  return hash('sha256', parts.join('\0')).slice(0, 16);
}
