/**
 * A policy demands a read-only root filesystem of every pod.
 *
 * Fields: spec.readOnlyRootFilesystem of a PodSecurityPolicy, readOnlyRootFilesystem of an SCC, the
 *   validate rules of Kyverno policies, Gatekeeper constraints named after it, CEL policies.
 * Allowed: no such policy.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security" (unsupported); T41.
 */
import { DOCS } from '../docs.ts';
import { demandsReadOnlyRoot } from '../read-only-policy.ts';
import type { ObjectRule } from '../types.ts';

export const readOnlyRootPolicy: ObjectRule = {
  id: 'read-only-root-policy',
  code: 'DPS4020',
  severity: 'error',
  title: 'Policy that demands a read-only root filesystem',
  why: 'Domino does not support policies that demand readOnlyRootFilesystem: its pods write to their root filesystem.',
  fix: 'Remove the demand, or exclude the Domino namespaces from the policy.',
  docs: DOCS.policy,
  fields: ['spec.readOnlyRootFilesystem', 'readOnlyRootFilesystem', 'spec.rules[*].validate'],
  scope: 'object',
  check: ({ object }) => {
    const path = demandsReadOnlyRoot(object);
    if (path === undefined) return [];
    const message = `This ${object.kind} demands readOnlyRootFilesystem, which Domino does not support.`;
    return [{ message, path, field: 'readOnlyRootFilesystem' }];
  },
};
