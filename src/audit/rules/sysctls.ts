/**
 * A pod sets kernel parameters that are not safe for its neighbours.
 *
 * Fields: spec.securityContext.sysctls[*].name.
 * Allowed: the parameters that the target version calls safe.
 * Since: Kubernetes 1.4; the safe list grows. Source: Pod Security Standards (baseline).
 */
import { evaluatePod } from '../../admission/pss/index.ts';
import { listOf, mapOf, podContextPath, shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const sysctls: PodRule = {
  id: 'sysctls',
  code: 'DPS4018',
  severity: 'warning',
  title: 'Unsafe kernel parameters',
  why: 'They change the node for every pod on it, and the kubelet refuses the pod unless its administrator allowed them.',
  fix: 'Remove them, or set them on the node.',
  docs: DOCS.sysctls,
  fields: ['spec.securityContext.sysctls[*].name'],
  scope: 'pod',
  check: (pod) => {
    const list = listOf(pod.context.sysctls);
    return list.flatMap((entry, index) => {
      const { name } = mapOf(entry);
      if (typeof name !== 'string' || isSafe(name, pod.target.kubernetes)) return [];
      return [
        {
          message: `The pod sets the kernel parameter "${shortened(name)}" (spec.securityContext.sysctls[${index}]), which is not safe.`,
          path: [...podContextPath(pod, 'sysctls'), index, 'name'],
          field: `spec.securityContext.sysctls.${name}`,
        },
      ];
    });
  },
};

/** As the check of Pod Security at the target's version, newest where it is unknown. */
function isSafe(name: string, minor: number | undefined): boolean {
  const spec = { containers: [], securityContext: { sysctls: [{ name }] } };
  const server = minor === undefined ? {} : { server: minor };
  return evaluatePod({ spec }, { level: 'baseline', version: 'latest', ...server }).admitted;
}
