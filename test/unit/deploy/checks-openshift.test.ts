import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  {
    name: 'remapping on OpenShift',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", openshift: {uid_remapping: true}}',
    },
    expected: [
      '5:91 error DPS2060 pod_security.openshift.uid_remapping is true, and Domino does not support remapped user ids. | 5:26',
    ],
  },
  {
    name: 'no remapping on OpenShift',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", openshift: {uid_remapping: false, additional_sccs: []}}',
    },
    expected: [],
  },
  {
    name: 'remapping elsewhere',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", openshift: {uid_remapping: true, additional_sccs: [mine]}}',
    },
    expected: [
      '5:86 error DPS2063 pod_security.openshift.uid_remapping is for OpenShift, but pod_security.platform is "eks". | 5:26',
      '5:109 error DPS2063 pod_security.openshift.additional_sccs is for OpenShift, but pod_security.platform is "eks". | 5:26',
    ],
  },
  {
    name: 'additional SCCs, shipped ones, later ones',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", openshift: {additional_sccs: [mine, anyuid, node-exporter, restricted-v3]}}',
    },
    expected: [
      '5:94 error DPS2061 pod_security.openshift.additional_sccs[0] is "mine", and the installation of Domino fails with additional SCCs. | 5:26',
      '5:100 warning DPS2062 pod_security.openshift.additional_sccs[1] is "anyuid", which every OpenShift of that release has, so it is not additional.',
      '5:108 warning DPS2062 pod_security.openshift.additional_sccs[2] is "node-exporter", which every OpenShift of that release has, so it is not additional.',
      '5:123 error DPS2061 pod_security.openshift.additional_sccs[3] is "restricted-v3", and the installation of Domino fails with additional SCCs (OpenShift ships it from 4.20 on, so on 4.18 somebody made it). | 5:26',
    ],
  },
  {
    name: 'restricted-v3 on 4.20',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.20", openshift: {additional_sccs: [restricted-v3]}}',
    },
    expected: [
      '5:94 warning DPS2062 pod_security.openshift.additional_sccs[0] is "restricted-v3", which every OpenShift of that release has, so it is not additional.',
    ],
  },
  {
    name: 'own SCCs as a component',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", components: {user_sccs: true}}',
    },
    expected: [
      '5:88 error DPS2061 pod_security.components.user_sccs is true, and the installation of Domino fails with additional SCCs. | 5:26',
    ],
  },
  {
    name: 'own SCCs elsewhere',
    file: {
      pod_security: '{platform: eks, kubernetes_version: "1.33", components: {user_sccs: true}}',
    },
    expected: [],
  },
  {
    name: 'read-only root filesystem',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", require_read_only_root_filesystem: true}',
    },
    expected: [
      '5:94 error DPS2064 pod_security.require_read_only_root_filesystem is true, and Domino does not support policies that demand a read-only root filesystem.',
    ],
  },
  {
    name: 'no read-only root filesystem',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", require_read_only_root_filesystem: false}',
    },
    expected: [],
  },
  {
    name: 'a shipped SCC where the release is not known',
    file: { pod_security: '{platform: openshift, openshift: {additional_sccs: [restricted-v3]}}' },
    need: false,
    expected: [
      '5:67 warning DPS2062 pod_security.openshift.additional_sccs[0] is "restricted-v3", which every OpenShift of that release has, so it is not additional.',
    ],
  },
];

describe('deploy: contradictions about security', () => {
  itSaysOfEach(cases);
});
