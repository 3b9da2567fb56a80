import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  { name: 'nothing to say', file: {}, expected: [] },
  {
    name: 'no Kubernetes version',
    file: { pod_security: '{platform: eks}' },
    expected: [
      '5:1 error DPS2040 pod_security.kubernetes_version is missing; the result depends on the Kubernetes version.',
    ],
  },
  {
    name: 'no Kubernetes version where none is needed',
    file: { pod_security: '{platform: eks}' },
    need: false,
    expected: [],
  },
  {
    name: 'the version by flag',
    file: { pod_security: '{platform: eks}' },
    flags: { kubernetesVersion: '1.30' },
    expected: [],
  },
  {
    name: 'OpenShift version stands for it',
    file: { pod_security: '{platform: openshift, openshift_version: "4.18"}' },
    expected: [],
  },
  {
    name: 'agreeing versions',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18.22", kubernetes_version: "1.31"}',
    },
    expected: [],
  },
  {
    name: 'versions that disagree',
    file: {
      pod_security: '{platform: openshift, openshift_version: "4.18", kubernetes_version: "1.30"}',
    },
    expected: [
      '5:84 error DPS2041 pod_security.openshift_version 4.18 is Kubernetes 1.31, but pod_security.kubernetes_version is 1.30. | 5:56',
    ],
  },
  {
    name: 'versions that disagree, by flags',
    file: { pod_security: '{platform: openshift}' },
    flags: { kubernetesVersion: '1.30', openshiftVersion: '4.18' },
    expected: [
      '- error DPS2041 --openshift-version 4.18 is Kubernetes 1.31, but --kubernetes-version is 1.30.',
    ],
  },
  {
    name: 'a flag stands over both versions of the file',
    file: {
      pod_security: '{platform: openshift, openshift_version: "4.18", kubernetes_version: "1.31"}',
    },
    flags: { kubernetesVersion: '1.32' },
    expected: [],
  },
  {
    name: 'OpenShift version on another platform',
    file: { pod_security: '{platform: eks, openshift_version: "4.18"}' },
    expected: [
      '5:26 error DPS2042 pod_security.platform is "eks", but pod_security.openshift_version is given. | 5:50',
    ],
  },
  {
    name: 'OpenShift version by flag on another platform',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.31"}' },
    flags: { openshiftVersion: '4.18' },
    expected: [
      '5:26 error DPS2042 pod_security.platform is "eks", but --openshift-version is given.',
    ],
  },
  {
    name: 'OpenShift version without a platform',
    file: { pod_security: '{openshift_version: "4.18"}' },
    expected: [
      '5:1 note DPS2045 pod_security.platform is not given; it is "openshift", because pod_security.openshift_version is given.',
    ],
  },
  {
    name: 'no platform',
    file: { pod_security: '{kubernetes_version: "1.33"}' },
    expected: ['5:1 note DPS2045 pod_security.platform is not given; it is read as "other".'],
  },
  {
    name: 'no block at all',
    file: { pod_security: null },
    flags: { kubernetesVersion: '1.33' },
    expected: ['1:1 note DPS2045 pod_security.platform is not given; it is read as "other".'],
  },
  {
    name: 'malformed flags',
    file: {},
    flags: { kubernetesVersion: '1.x', openshiftVersion: '4.2', dominoVersion: 'latest' },
    expected: [
      '- error DPS1003 --kubernetes-version must be a Kubernetes version from "1.13" to "1.40"; got "1.x".',
      '- error DPS1003 --openshift-version must be an OpenShift version such as "4.18" or "4.18.22" (4.3 to 4.27); got "4.2".',
      '- error DPS1003 --domino-version must be a Domino version such as "5.11.1"; got "latest".',
    ],
  },
  {
    name: 'too old',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.12"}' },
    expected: [
      '5:51 error DPS2012 pod_security.kubernetes_version must be a Kubernetes version from "1.13" to "1.40"; got "1.12".',
    ],
  },
  {
    name: 'the oldest',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.13", psp: off}' },
    expected: [],
  },
  {
    name: 'the newest',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.40"}' },
    expected: [],
  },
  {
    name: 'too new',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.41"}' },
    expected: [
      '5:51 error DPS2012 pod_security.kubernetes_version must be a Kubernetes version from "1.13" to "1.40"; got "1.41".',
    ],
  },
  {
    name: 'not a version',
    file: { pod_security: '{platform: eks, kubernetes_version: latest}' },
    expected: [
      '5:51 error DPS2012 pod_security.kubernetes_version must be a Kubernetes version from "1.13" to "1.40"; got "latest".',
    ],
  },
  {
    name: 'with patch and v',
    file: { pod_security: '{platform: eks, kubernetes_version: v1.29.4}' },
    expected: [],
  },
  {
    name: 'OpenShift 4.2',
    file: { pod_security: '{platform: openshift, openshift_version: "4.2"}' },
    expected: [
      '5:56 error DPS2012 pod_security.openshift_version must be an OpenShift version such as "4.18" or "4.18.22" (4.3 to 4.27); got "4.2".',
    ],
  },
  {
    name: '1.30 without quotes is not 1.3',
    file: { pod_security: '{platform: eks, kubernetes_version: 1.30}' },
    expected: [
      '5:51 warning DPS2030 pod_security.kubernetes_version is written 1.30 without quotes, which YAML reads as the number 1.3.',
    ],
  },
  {
    name: '1.33 without quotes loses nothing',
    file: { pod_security: '{platform: eks, kubernetes_version: 1.33}' },
    expected: [],
  },
  {
    name: 'a number that is no version',
    file: { pod_security: '{platform: eks, kubernetes_version: 1.10}' },
    expected: [
      '5:51 warning DPS2030 pod_security.kubernetes_version is written 1.10 without quotes, which YAML reads as the number 1.1.',
      '5:51 error DPS2012 pod_security.kubernetes_version must be a Kubernetes version from "1.13" to "1.40"; got 1.10.',
    ],
  },
  {
    name: 'openshift_version as a list',
    file: { pod_security: '{platform: openshift, openshift_version: [4.18]}' },
    expected: [
      '5:56 error DPS2010 pod_security.openshift_version must be an OpenShift version such as "4.18" or "4.18.22" (4.3 to 4.27); got a list.',
    ],
  },
  {
    name: 'distribution against platform',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      kubernetes_distribution: 'openshift',
      pod_security: '{platform: eks, kubernetes_version: "1.22", psp: off}',
    },
    expected: [
      '6:26 error DPS2082 kubernetes_distribution ("openshift") and pod_security.platform ("eks") are one option and say different things. | 5:26',
    ],
  },
  {
    name: 'cncf against platform',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      kubernetes_distribution: 'cncf',
      pod_security: '{platform: openshift, kubernetes_version: "1.22"}',
    },
    expected: [
      '6:26 error DPS2082 kubernetes_distribution ("cncf") and pod_security.platform ("openshift") are one option and say different things. | 5:26',
    ],
  },
  {
    name: 'cncf with another platform',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      kubernetes_distribution: 'cncf',
      pod_security: '{platform: eks, kubernetes_version: "1.22", psp: off}',
    },
    expected: [],
  },
  {
    name: 'distribution alone',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      kubernetes_distribution: 'openshift',
      pod_security: '{kubernetes_version: "1.22"}',
    },
    expected: ['6:1 note DPS2031 kubernetes_distribution is read as pod_security.platform.'],
  },
  {
    name: 'flags first, then the file, then the catalog file',
    file: { gpu: '1' },
    flags: { kubernetesVersion: '1', catalog: { file: 'rows.yaml', text: '- {id: a, kind: b}' } },
    expected: [
      '- error DPS1003 --kubernetes-version must be a Kubernetes version from "1.13" to "1.40"; got "1".',
      '6:6 error DPS2010 gpu must be a map with enabled; got 1.',
      'rows.yaml:1:17 error DPS2011 catalog[0].kind must be one of Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Pod; got "b".',
    ],
  },
];

describe('deploy: cluster and versions', () => {
  itSaysOfEach(cases);
});
