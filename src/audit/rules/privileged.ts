/**
 * A container runs privileged: every capability, every device, no seccomp, AppArmor or SELinux limits.
 *
 * Fields: securityContext.privileged of every container.
 * Allowed: unset, false; true where the catalog excepts the container.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security".
 */
import { ownField, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import { overLimit } from '../over-limit.ts';
import type { PodRule } from '../types.ts';

export const privileged: PodRule = {
  id: 'privileged',
  code: 'DPS4001',
  severity: 'error',
  title: 'Privileged container',
  why: 'A privileged container is root on the node in all but name; Domino excepts only a few pods from "privileged: false".',
  fix: 'Remove privileged or set it to false; if the pod needs it, record it in pod_security.catalog or accept it with a reason.',
  docs: DOCS.policy,
  fields: ['containers[*].securityContext.privileged'],
  control: 'privileged',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = ownField(container, 'privileged');
      const limit = container.limits.privileged;
      if (value.value !== true || limit.rule === 'free' || limit.value) return [];
      return [
        {
          message: `${container.label} sets securityContext.privileged to "true", and no documented exception of the pod allows it.`,
          path: value.path,
          field: 'securityContext.privileged',
          container: container.name,
          effective: [shown(container, 'privileged', value)],
          ...overLimit(pod, limit),
        },
      ];
    }),
};
