/** The pages that rules cite. */
import { sources } from '../catalog/sources.ts';

const KUBERNETES = 'https://kubernetes.io/docs';

export const DOCS = {
  policy: sources['DOC-PODSEC']?.url ?? '',
  contexts: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  standards: `${KUBERNETES}/concepts/security/pod-security-standards/`,
  admission: `${KUBERNETES}/concepts/security/pod-security-admission/`,
  seccomp: `${KUBERNETES}/tutorials/security/seccomp/`,
  appArmor: `${KUBERNETES}/tutorials/security/apparmor/`,
  sysctls: `${KUBERNETES}/tasks/administer-cluster/sysctl-cluster/`,
  userNamespaces: `${KUBERNETES}/concepts/workloads/pods/user-namespaces/`,
  removedApis: `${KUBERNETES}/reference/using-api/deprecation-guide/`,
  removedPsp: `${KUBERNETES}/concepts/security/pod-security-policy/`,
  sccs: 'https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html',
} as const;
