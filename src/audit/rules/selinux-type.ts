/**
 * The SELinux type is not spc_t.
 *
 * Fields: securityContext.seLinuxOptions.type of every container, else of the pod. A container's
 *   seLinuxOptions hide the pod's as a whole.
 * Allowed: spc_t.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security".
 */
import { effective, from, mapOf, shortened, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const selinuxType: PodRule = {
  id: 'selinux-type',
  code: 'DPS4008',
  severity: 'error',
  title: 'SELinux type is not spc_t',
  why: 'Every Domino pod is documented to run as spc_t; with another type it cannot use the volumes that the others share on nodes with SELinux.',
  fix: 'Set seLinuxOptions.type: spc_t on the pod and no seLinuxOptions on its containers.',
  docs: DOCS.policy,
  fields: [
    'securityContext.seLinuxOptions.type',
    'containers[*].securityContext.seLinuxOptions.type',
  ],
  control: 'seLinuxType',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const limit = container.limits.seLinuxType;
      if (limit.rule === 'free') return [];
      const value = effective(pod, container, 'seLinuxOptions');
      const { type } = mapOf(value.value);
      if (type === limit.value) return [];
      const isSet = type !== undefined && type !== null && type !== '';
      return [
        {
          message: isSet
            ? `${container.label} sets securityContext.seLinuxOptions.type to "${shortened(typeof type === 'string' ? type : typeof type)}"${from(value)} instead of "${limit.value}".`
            : `${container.label} does not set securityContext.seLinuxOptions.type, which must be "${limit.value}".`,
          path: isSet ? [...value.path, 'type'] : value.path,
          field: 'securityContext.seLinuxOptions.type',
          container: container.name,
          effective: [shown(container, 'seLinuxOptions', value)],
        },
      ];
    }),
};
