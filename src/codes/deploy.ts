/** DPS2xxx: the installer's file, deploy.yaml. */
import { deployReadingCodes } from './deploy-reading.ts';
import type { CodeEntry } from './types.ts';

export const deployCodes = {
  ...deployReadingCodes,
  DPS2032: {
    severity: 'warning',
    title: 'Key is not read by this release',
    why: 'The installer of the schema or release that the file states ignores the key, so it has no effect.',
    fix: 'Use the key that replaced it, or remove it.',
  },
  DPS2033: {
    severity: 'warning',
    title: 'Schema and Domino version do not fit',
    why: 'Each schema belongs to certain releases; one of the two is probably a slip.',
    fix: 'Correct the one that is wrong.',
  },
  DPS2034: {
    severity: 'note',
    title: 'Schema is not known',
    why: 'Without a known schema the keys are read as in the newest one that the program knows.',
    fix: 'State the schema, and compare with the reference of your release.',
  },
  DPS2040: {
    severity: 'error',
    title: 'Kubernetes version is missing',
    why: 'PodSecurityPolicies, labels and SCCs depend on the version, and no version is a safe default.',
    fix: 'Set pod_security.kubernetes_version, use --kubernetes-version, or set pod_security.openshift_version.',
  },
  DPS2041: {
    severity: 'error',
    title: 'Kubernetes and OpenShift versions disagree',
    why: 'OpenShift 4.N is built on Kubernetes 1.(N+13), so the two cannot both be right.',
    fix: 'Keep one of the two.',
  },
  DPS2042: {
    severity: 'error',
    title: 'OpenShift version on another platform',
    why: 'The platform decides between SCCs and other means of admission, so it must be certain.',
    fix: 'Remove the OpenShift version, or set the platform to openshift.',
  },
  DPS2044: {
    severity: 'note',
    title: 'Domino version is not given',
    why: 'What several pods need differs by release; without one the newest is assumed.',
    fix: 'Set version, or use --domino-version.',
  },
  DPS2045: {
    severity: 'note',
    title: 'Platform is not given',
    why: 'Some pods and all SCC bindings depend on where the cluster runs.',
    fix: 'Set pod_security.platform.',
  },
  DPS2046: {
    severity: 'error',
    title: 'Domino version is given twice',
    why: 'pod_security.domino_version is only for files that have no key version.',
    fix: 'Remove pod_security.domino_version.',
  },
  DPS2050: {
    severity: 'error',
    title: 'PodSecurityPolicy demanded where there is none',
    why: 'The API is gone from Kubernetes 1.25 on, and OpenShift uses SCCs instead.',
    fix: 'Set pod_security.psp: off, or remove it.',
  },
  DPS2051: {
    severity: 'error',
    title: 'Installer told to create PodSecurityPolicies',
    why: 'Domino creates none from 5.4 on, and Kubernetes has no such API from 1.25 on.',
    fix: 'Set the key to false, or remove it.',
  },
  DPS2052: {
    severity: 'error',
    title: 'PodSecurityPolicy admission is unclear',
    why: 'Before 1.25 a cluster may enforce policies; without one Domino pods would be refused, and a needless one opens the cluster.',
    fix: 'Set pod_security.psp to on or off.',
  },
  DPS2053: {
    severity: 'warning',
    title: 'PodSecurityPolicies are created but not enforced',
    why: 'The installer is told to create policies while the file says that nothing enforces them.',
    fix: 'Make both keys say the same.',
  },
  DPS2060: {
    severity: 'error',
    title: 'User id remapping',
    why: 'Domino does not support remapped user ids on OpenShift.',
    fix: 'Turn the remapping off.',
  },
  DPS2061: {
    severity: 'error',
    title: 'Additional SCC',
    why: 'The installation of Domino fails where SCCs beyond those of OpenShift are added for it.',
    fix: 'Remove the SCC or the grants to service accounts of Domino.',
  },
  DPS2062: {
    severity: 'warning',
    title: 'SCC is not additional',
    why: 'The SCC is on every cluster of that release, so it neither helps nor hinders.',
    fix: 'Remove it from the list.',
  },
  DPS2063: {
    severity: 'error',
    title: 'OpenShift setting on another platform',
    why: 'The setting has no meaning there, so either it or the platform is wrong.',
    fix: 'Remove the key, or set the platform to openshift.',
  },
  DPS2064: {
    severity: 'error',
    title: 'Read-only root filesystem demanded',
    why: 'Domino does not support policies that demand readOnlyRootFilesystem.',
    fix: "Except Domino's namespaces from that policy.",
  },
  DPS2070: {
    severity: 'error',
    title: 'Namespace is used twice',
    why: 'Bindings, labels and the treatment of user workloads differ by namespace.',
    fix: 'Give one of them another name.',
  },
  DPS2071: {
    severity: 'error',
    title: 'Label refuses every Domino pod',
    why: 'All Domino pods set the SELinux type spc_t, which fails the levels baseline and restricted.',
    fix: 'Set the label to privileged, or leave it to this program.',
  },
  DPS2072: {
    severity: 'note',
    title: 'Names of namespaces are assumed',
    why: 'Everything that is written names a namespace; absent names are those of the installer.',
    fix: 'Set namespaces.<key>.name where the cluster differs.',
  },
  DPS2080: {
    severity: 'error',
    title: 'Two image registries',
    why: 'Domino takes exactly one of the internal and an external registry.',
    fix: 'Set one of the two to null.',
  },
  DPS2081: {
    severity: 'error',
    title: 'No image registry',
    why: 'Domino takes exactly one of the internal and an external registry.',
    fix: 'Write internal_docker_registry: {} or the address of your registry.',
  },
  DPS2082: {
    severity: 'error',
    title: 'Option is said twice',
    why: 'Two spellings of one option differ, and which one the installer takes is not certain.',
    fix: 'Keep the newer spelling.',
  },
  DPS2083: {
    severity: 'error',
    title: 'Ambient mode without the Istio CNI agent',
    why: 'In ambient mode the agent redirects the traffic of the pods; without it they have none.',
    fix: 'Set istio.cni: true.',
  },
  DPS2090: {
    severity: 'error',
    title: 'Two corrections of one pod',
    why: 'Which of the rows counts would depend on their order.',
    fix: 'Write one row for the pod.',
  },
  DPS2091: {
    severity: 'error',
    title: 'Correction without content',
    why: 'The row names a pod and changes nothing, so something was probably forgotten.',
    fix: 'Add what differs, or remove the row.',
  },
} as const satisfies Record<string, CodeEntry>;
