/**
 * An SCC beside those that OpenShift ships.
 *
 * Fields: metadata.name of SecurityContextConstraints.
 * Allowed: the names that an OpenShift release ships, and those that every cluster has.
 * Since: OpenShift 4. Source: Domino documentation, "Kubernetes pod security" (the installation fails
 *   with additional SCCs).
 */
import { SHIPPED_SCC_NAMES } from '../../admission/scc/tables.ts';
import { shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { ObjectRule } from '../types.ts';

/** Brought by monitoring and the machine API of every cluster. */
const ON_EVERY_CLUSTER = new Set(['node-exporter', 'machine-api-termination-handler']);

export const openshiftScc: ObjectRule = {
  id: 'openshift-scc',
  code: 'DPS4022',
  severity: 'error',
  title: 'Additional SCC',
  why: 'Domino uses anyuid and privileged, which OpenShift ships; its installation fails with additional SCCs, and one with a higher priority takes pods over.',
  fix: 'Remove the SCC (charts have a value such as scc.create), or keep it away from the service accounts of Domino and accept it with a reason.',
  docs: DOCS.policy,
  fields: ['SecurityContextConstraints metadata.name'],
  scope: 'object',
  check: ({ object }) => {
    const { kind, name } = object;
    if (kind !== 'SecurityContextConstraints') return [];
    if (SHIPPED_SCC_NAMES.has(name) || ON_EVERY_CLUSTER.has(name)) return [];
    const message = `SecurityContextConstraints "${shortened(name)}" is not one that OpenShift ships; Domino allows no additional SCC.`;
    return [{ message, path: ['metadata', 'name'], field: 'metadata.name' }];
  },
};
