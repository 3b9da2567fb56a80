/**
 * Strict hardening asks for allowPrivilegeEscalation: false.
 *
 * Fields: securityContext.allowPrivilegeEscalation of every container.
 * Allowed: false. Not judged with documented hardening, for privileged containers, and beside the
 *   literal capability CAP_SYS_ADMIN, with which the API refuses it.
 * Since: every version. Source: pod_security.hardening; Domino's own charts set it.
 */
import { mapOf, ownField, shown, textsOf } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const privilegeEscalation: PodRule = {
  id: 'privilege-escalation',
  code: 'DPS4009',
  severity: 'error',
  title: 'Privilege escalation is not forbidden',
  why: 'Without it a process may gain privileges through set-uid files; pod_security.hardening: strict forbids that.',
  fix: 'Set allowPrivilegeEscalation: false.',
  docs: DOCS.contexts,
  fields: ['containers[*].securityContext.allowPrivilegeEscalation'],
  control: 'allowPrivilegeEscalation',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const limit = container.limits.allowPrivilegeEscalation;
      const value = ownField(container, 'allowPrivilegeEscalation');
      if (limit.rule !== 'equals' || value.value === limit.value || cannot(container.context)) {
        return [];
      }
      return [
        {
          message: `${container.label} must set securityContext.allowPrivilegeEscalation to "false" (hardening is strict).`,
          path: value.path,
          field: 'securityContext.allowPrivilegeEscalation',
          container: container.name,
          effective: [shown(container, 'allowPrivilegeEscalation', value)],
        },
      ];
    }),
};

/** The API server refuses `false` beside these (T44). */
function cannot(context: Readonly<Record<string, unknown>>): boolean {
  const added = textsOf(mapOf(context.capabilities).add);
  return context.privileged === true || added.includes('CAP_SYS_ADMIN');
}
