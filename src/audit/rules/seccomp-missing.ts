/**
 * Strict hardening asks for a seccomp profile.
 *
 * Fields: securityContext.seccompProfile.type of every container, else of the pod.
 * Allowed: RuntimeDefault, Localhost. Not judged with documented hardening; Unconfined is its own rule.
 * Since: Kubernetes 1.19 (the field). Source: pod_security.hardening.
 */
import { effective, mapOf, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const seccompMissing: PodRule = {
  id: 'seccomp-missing',
  code: 'DPS4010',
  severity: 'error',
  title: 'No seccomp profile',
  why: 'Without a profile every system call is open to the container; pod_security.hardening: strict asks for the default one.',
  fix: 'Set seccompProfile.type: RuntimeDefault on the pod.',
  docs: DOCS.seccomp,
  fields: [
    'securityContext.seccompProfile.type',
    'containers[*].securityContext.seccompProfile.type',
  ],
  control: 'seccompProfile',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      if (container.limits.seccompProfile.rule !== 'equals') return [];
      const value = effective(pod, container, 'seccompProfile');
      const { type } = mapOf(value.value);
      if (type === 'RuntimeDefault' || type === 'Localhost' || type === 'Unconfined') return [];
      return [
        {
          message: `${container.label} must set securityContext.seccompProfile.type to "RuntimeDefault" (hardening is strict).`,
          path: value.path,
          field: 'securityContext.seccompProfile.type',
          container: container.name,
          effective: [shown(container, 'seccompProfile', value)],
        },
      ];
    }),
};
