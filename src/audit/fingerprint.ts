/** Fingerprints: the same for the same problem after lines, files and generated names have changed. */
import { hash } from 'node:crypto';
import type { Subject } from '../diagnostics.ts';
import type { ManifestObject } from '../workloads/types.ts';

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
  const owner = object.owners[0] ?? { kind: object.kind, name: object.name };
  const isOwned = object.owners.length > 0;
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
