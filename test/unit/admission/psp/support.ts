// One minimal policy and pod, and the tweaks that tests make of them.
import { createPspAdmission, type PspRequest } from '../../../../src/admission/psp/admit.ts';
import { parsePsp } from '../../../../src/admission/psp/parse.ts';
import { pspGrantsForNamespace } from '../../../../src/admission/psp/rbac.ts';
import type { PspVerdict } from '../../../../src/admission/psp/types.ts';

export const SECCOMP = 'seccomp.security.alpha.kubernetes.io/';
export const SECCOMP_POD = `${SECCOMP}pod`;
export const SECCOMP_CONTAINER = `container.${SECCOMP}c`;
export const APP_ARMOR = 'apparmor.security.beta.kubernetes.io/';
export const APP_ARMOR_CONTAINER = `container.${APP_ARMOR}c`;

const ANY = { rule: 'RunAsAny' };

/** A policy that allows every id and label, and nothing else, with `spec` over it. */
export function psp(
  spec: Record<string, unknown> = {},
  annotations: Record<string, string> = {},
  name = 'own',
): Record<string, unknown> {
  return {
    apiVersion: 'policy/v1beta1',
    kind: 'PodSecurityPolicy',
    metadata: { name, annotations },
    spec: { seLinux: ANY, runAsUser: ANY, supplementalGroups: ANY, fsGroup: ANY, ...spec },
  };
}

/** A pod of one container `c`; its own service account's token stays away. */
export function pod(
  container: Record<string, unknown> = {},
  context: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
  annotations: Record<string, string> = {},
): Record<string, unknown> {
  return {
    metadata: { name: 'p', annotations },
    spec: {
      automountServiceAccountToken: false,
      containers: [{ name: 'c', securityContext: container }],
      securityContext: context,
      ...spec,
    },
  };
}

/** Policies over the smallest one, and a pod that tells them apart. */
export const AS_IS = {};
export const REFUSES = { allowPrivilegeEscalation: false };
export const ESCALATES = pod({ allowPrivilegeEscalation: true });

/** A RoleBinding of the namespace `ns`. */
export const bound = (kind: string, name: string, role = 'r'): unknown => ({
  kind: 'RoleBinding',
  metadata: { name: 'b', namespace: 'ns' },
  roleRef: { kind: 'ClusterRole', name: role },
  subjects: [{ kind, name, namespace: 'ns' }],
});

/** The verdict of policies that are bound to the whole namespace `ns`. */
export function verdict(
  policies: readonly unknown[],
  subject: unknown,
  more: Partial<PspRequest> & { minor?: number } = {},
): PspVerdict {
  const { minor = 24, ...request } = more;
  return createPspAdmission({
    policies: policies.map(parsePsp),
    grants: pspGrantsForNamespace('ns', '*'),
    kubernetesMinor: minor,
  })({ pod: subject, namespace: 'ns', ...request });
}

function unlessEmpty(key: string, value: object | null | undefined, even = 0): object {
  return value && Object.keys(value).length >= even ? { [key]: value } : {};
}

/** What a policy makes of a pod, in short: `field: reason`, or what is stored and written. */
export function outcome(policy: unknown, subject: unknown, minor = 24): unknown {
  const { admitted, mutated, changes, refusals } = verdict([policy], subject, { minor });
  if (admitted !== true) return refusals.map(({ field, reason }) => `${field ?? '-'}: ${reason}`);
  const { 'kubernetes.io/psp': by, ...annotations } = changes?.annotations ?? {};
  if (by !== 'own') throw new Error(`admitted by ${String(by)}`);
  const runtimeClassName = changes?.runtimeClassName;
  return {
    ...unlessEmpty('pod', mutated?.pod, 1),
    ...unlessEmpty('c', mutated?.containers[0]?.securityContext),
    ...unlessEmpty('annotations', annotations, 1),
    ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
  };
}
