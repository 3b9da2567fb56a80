/**
 * A Pod Security label of a namespace has a value that is none.
 *
 * Fields: metadata.labels["pod-security.kubernetes.io/*"] of a Namespace.
 * Allowed: privileged, baseline, restricted; latest or v1.N for versions.
 * Since: Kubernetes 1.23. Source: pod-security-admission, api/helpers.go; T22.
 */
import { parseNamespaceLabels } from '../../admission/pss/index.ts';
import { DOCS } from '../docs.ts';
import type { ObjectRule } from '../types.ts';

export const namespaceLabelValue: ObjectRule = {
  id: 'namespace-label-value',
  code: 'DPS4024',
  severity: 'error',
  title: 'Pod Security label with a bad value',
  why: 'The server refuses a namespace with such a label; on one that exists a bad enforce label means restricted, and a bad audit or warn label means nothing is checked.',
  fix: 'Write privileged, baseline or restricted, and latest or v1.N for a version.',
  docs: DOCS.admission,
  fields: ['Namespace metadata.labels["pod-security.kubernetes.io/*"]'],
  scope: 'object',
  check: ({ object }) => {
    if (object.kind !== 'Namespace') return [];
    return parseNamespaceLabels(object.labels).errors.map(({ label, message }) => ({
      message,
      path: ['metadata', 'labels', label],
      field: `metadata.labels.${label}`,
    }));
  },
};
