/**
 * A cluster resource of Domino names a PodSecurityPolicy.
 *
 * Fields: spec.podSecurityPolicy of the custom resources of distributed-compute-operator.
 * Allowed: unset from Kubernetes 1.25 on; the operator looks the policy up and fails without it.
 * Since: Kubernetes 1.25. Source: T42.
 */
import { mapOf, shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { ObjectRule } from '../types.ts';

const GROUP = 'distributed-compute.dominodatalab.com/';
const REMOVED = 25;

export const clusterPspReference: ObjectRule = {
  id: 'cluster-psp-reference',
  code: 'DPS4029',
  severity: 'error',
  title: 'Compute cluster that names a PodSecurityPolicy',
  why: 'The operator reads the policy before it creates pods; from Kubernetes 1.25 on there is none and the cluster never starts.',
  fix: 'Remove spec.podSecurityPolicy.',
  docs: DOCS.removedPsp,
  fields: ['spec.podSecurityPolicy'],
  scope: 'object',
  check: ({ object, target }) => {
    if (!object.apiVersion.startsWith(GROUP) || (target.kubernetes ?? 0) < REMOVED) return [];
    const name = mapOf(object.value.spec).podSecurityPolicy;
    if (typeof name !== 'string' || name === '') return [];
    return [
      {
        message: `spec.podSecurityPolicy is "${shortened(name)}", and Kubernetes 1.${target.kubernetes ?? REMOVED} has no PodSecurityPolicies.`,
        path: ['spec', 'podSecurityPolicy'],
        field: 'spec.podSecurityPolicy',
      },
    ];
  },
};
