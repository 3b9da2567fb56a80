/** Kubernetes before 1.25 with PodSecurityPolicies on: one blanket policy and its bindings. */
import { renderTemplate } from '../engine.ts';
import type { Target } from '../types.ts';
import { dominoNamespaces } from './namespaces.ts';

export const PSP_NAME = 'domino-podsec-unrestricted';
const ROLE_NAME = 'domino-podsec:psp:unrestricted';
const RBAC = 'rbac.authorization.k8s.io';
const LABELS = { 'app.kubernetes.io/managed-by': 'domino-podsec' };

/** Refuses nothing; the seccomp annotation is needed, or pods that set a profile are refused (T17). */
export const BLANKET_POLICY = {
  apiVersion: 'policy/v1beta1',
  kind: 'PodSecurityPolicy',
  metadata: {
    name: PSP_NAME,
    labels: LABELS,
    annotations: { 'seccomp.security.alpha.kubernetes.io/allowedProfileNames': '*' },
  },
  spec: {
    privileged: true,
    allowPrivilegeEscalation: true,
    allowedCapabilities: ['*'],
    allowedProcMountTypes: ['Default', 'Unmasked'],
    allowedUnsafeSysctls: ['*'],
    volumes: ['*'],
    hostNetwork: true,
    hostPorts: [{ min: 0, max: 65535 }],
    hostIPC: true,
    hostPID: true,
    runAsUser: { rule: 'RunAsAny' },
    seLinux: { rule: 'RunAsAny' },
    supplementalGroups: { rule: 'RunAsAny' },
    fsGroup: { rule: 'RunAsAny' },
  },
};

const ROLE = {
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRole',
  metadata: { name: ROLE_NAME, labels: LABELS },
  rules: [
    {
      apiGroups: ['policy'],
      resources: ['podsecuritypolicies'],
      resourceNames: [PSP_NAME],
      verbs: ['use'],
    },
  ],
};

/** Bound to the namespace's service accounts only: a wider group could be used by anyone (T16). */
function binding(namespace: string): object {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: ROLE_NAME, namespace, labels: LABELS },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: ROLE_NAME },
    subjects: [{ apiGroup: RBAC, kind: 'Group', name: `system:serviceaccounts:${namespace}` }],
  };
}

export const psp: Target = {
  id: 'psp',
  title: 'A blanket PodSecurityPolicy with its bindings',
  when: 'Kubernetes before 1.25 with PodSecurityPolicies on, not OpenShift',
  applies: ({ psp: on, platform }) => on && platform !== 'openshift',
  applicable: true,
  files: ({ options }) => {
    const bindings = dominoNamespaces(options).map(({ name }) => binding(name));
    const content = renderTemplate('psp/psp', { policy: BLANKET_POLICY, role: ROLE, bindings });
    return [{ path: 'psp.yaml', content, documents: [BLANKET_POLICY, ROLE, ...bindings] }];
  },
};
