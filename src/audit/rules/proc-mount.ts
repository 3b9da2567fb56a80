/**
 * A container gets /proc without the masks that hide parts of the kernel.
 *
 * Fields: securityContext.procMount of every container.
 * Allowed: unset, Default.
 * Since: Kubernetes 1.12. Source: Pod Security Standards (baseline).
 */
import { ownField, shortened, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const procMount: PodRule = {
  id: 'proc-mount',
  code: 'DPS4017',
  severity: 'warning',
  title: 'Unmasked /proc',
  why: 'The masks keep kernel memory and settings of the node out of reach.',
  fix: 'Remove procMount, or set it to Default.',
  docs: DOCS.standards,
  fields: ['containers[*].securityContext.procMount'],
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = ownField(container, 'procMount');
      const word = value.value;
      if (typeof word !== 'string' || word === 'Default' || word === '') return [];
      return [
        {
          message: `${container.label} sets securityContext.procMount to "${shortened(word)}"; only "Default" keeps /proc masked.`,
          path: value.path,
          field: 'securityContext.procMount',
          container: container.name,
          effective: [shown(container, 'procMount', value)],
        },
      ];
    }),
};
