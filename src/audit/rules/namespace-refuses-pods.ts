/**
 * The Pod Security level of a namespace refuses pods that the input puts into it.
 *
 * Fields: metadata.labels["pod-security.kubernetes.io/enforce"] of a Namespace, with every pod and pod
 *   template in the namespace.
 * Allowed: a level that admits all of them. Deployments and the like are accepted even so: their pods
 *   are not (T20). spc_t fails baseline at every version (T24).
 * Since: Kubernetes 1.23. Source: pod-security-admission, admission.go.
 */
import { parseNamespaceLabels } from '../../admission/pss/index.ts';
import { shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { NamespaceRule } from '../types.ts';

export const namespaceRefusesPods: NamespaceRule = {
  id: 'namespace-refuses-pods',
  code: 'DPS4026',
  severity: 'error',
  title: 'Namespace that refuses its pods',
  why: 'Workloads are accepted and their pods are not, so nothing starts and the reason is in events only.',
  fix: 'Set pod-security.kubernetes.io/enforce: privileged on the namespace; generate --target namespaces writes it.',
  docs: DOCS.admission,
  fields: ['Namespace metadata.labels["pod-security.kubernetes.io/enforce"]'],
  scope: 'namespace',
  check: ({ name, labels, target, refused }) => {
    const { level, version } = parseNamespaceLabels(labels).policy.enforce;
    // Before 1.23 the labels mean nothing unless a feature gate is set.
    if (level === 'privileged' || (target.kubernetes ?? 23) < 23) return [];
    const { count, examples } = refused[level];
    if (count === 0) return [];
    const more = count > examples.length ? ` and ${count - examples.length} more` : '';
    return [
      {
        message: `Namespace "${shortened(name)}" enforces "${level}" (${version}) and refuses ${count} ${count === 1 ? 'pod' : 'pods'} of the input: ${examples.join('; ')}${more}.`,
        path: ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
        field: 'metadata.labels.pod-security.kubernetes.io/enforce',
      },
    ];
  },
};
