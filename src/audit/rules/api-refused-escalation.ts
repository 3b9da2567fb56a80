/**
 * allowPrivilegeEscalation: false beside a privilege with which the API server refuses it.
 *
 * Fields: securityContext.allowPrivilegeEscalation, privileged and capabilities.add of every container.
 * Allowed: not false beside privileged: true, nor beside the literal capability CAP_SYS_ADMIN
 *   (SYS_ADMIN without the prefix is accepted).
 * Since: every version. Source: API validation of Kubernetes (ValidateSecurityContext); T44.
 */
import { mapOf, ownField, shown, textsOf } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const apiRefusedEscalation: PodRule = {
  id: 'api-refused-escalation',
  code: 'DPS4013',
  severity: 'error',
  title: 'Combination that the API server refuses',
  why: 'The server refuses the pod when it is created, so a workload that is accepted has no pods.',
  fix: 'Remove allowPrivilegeEscalation, or the privilege.',
  docs: DOCS.contexts,
  fields: [
    'containers[*].securityContext.allowPrivilegeEscalation',
    'containers[*].securityContext.privileged',
    'containers[*].securityContext.capabilities.add',
  ],
  control: 'allowPrivilegeEscalation',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = ownField(container, 'allowPrivilegeEscalation');
      if (value.value !== false) return [];
      const { privileged, capabilities } = container.context;
      const literal = textsOf(mapOf(capabilities).add).includes('CAP_SYS_ADMIN');
      if (privileged !== true && !literal) return [];
      return [
        {
          message: `${container.label} sets securityContext.allowPrivilegeEscalation to "false" beside ${privileged === true ? 'privileged "true"' : 'the capability "CAP_SYS_ADMIN"'}; the API server refuses the pod.`,
          path: value.path,
          field: 'securityContext.allowPrivilegeEscalation',
          container: container.name,
          effective: [
            shown(container, 'allowPrivilegeEscalation', value),
            shown(container, 'privileged', ownField(container, 'privileged')),
          ],
        },
      ];
    }),
};
