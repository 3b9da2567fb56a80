import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  {
    name: 'PSP on with 1.25',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.25", psp: on}' },
    expected: [
      '5:64 error DPS2050 pod_security.psp is "on", but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
    ],
  },
  {
    name: 'psp is a word, also where YAML reads a boolean',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24", psp: "on"}' },
    expected: [],
  },
  {
    name: 'PSP on with 1.25, in quotes',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.25", psp: "on"}' },
    expected: [
      '5:64 error DPS2050 pod_security.psp is "on", but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
    ],
  },
  {
    name: 'PSP on with 1.25 by flag',
    file: { pod_security: '{platform: eks, psp: "on"}' },
    flags: { kubernetesVersion: '1.25' },
    expected: [
      '5:36 error DPS2050 pod_security.psp is "on", but --kubernetes-version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25).',
    ],
  },
  {
    name: 'PSP off with 1.25',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.25", psp: "off"}' },
    expected: [],
  },
  {
    name: 'PSP on OpenShift',
    file: { pod_security: '{platform: openshift, openshift_version: "4.10", psp: "on"}' },
    expected: [
      '5:69 error DPS2050 pod_security.psp is "on", but the platform is OpenShift, which admits pods by security context constraints. | 5:26',
    ],
  },
  {
    name: 'PSP unclear before 1.25',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24"}' },
    expected: [
      '5:51 error DPS2052 Kubernetes 1.24 can still enforce PodSecurityPolicies, and the file does not say whether the cluster does.',
    ],
  },
  {
    name: 'PSP unclear before 1.25, auto in writing',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24", psp: auto}' },
    expected: [
      '5:64 error DPS2052 Kubernetes 1.24 can still enforce PodSecurityPolicies, and the file does not say whether the cluster does.',
    ],
  },
  {
    name: 'PSP needs no word on OpenShift',
    file: { pod_security: '{platform: openshift, openshift_version: "4.11"}' },
    expected: [],
  },
  {
    name: 'policies created, so on',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    expected: [],
  },
  {
    name: 'policies created but not enforced',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24", psp: "off"}',
    },
    expected: [
      '5:64 warning DPS2053 pod_security.psp is "off", but enable_pod_security_policies is true: policies are created and nothing enforces them. | 6:31',
    ],
  },
  {
    name: 'policies created with 1.25',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      create_restricted_pod_security_policy: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.25"}',
    },
    expected: [
      '6:31 error DPS2051 enable_pod_security_policies is true, but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
      '7:40 error DPS2051 create_restricted_pod_security_policy is true, but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
    ],
  },
  {
    name: 'policies created with Domino 5.4',
    file: {
      schema: '"1.2"',
      version: '5.4.0',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    expected: [
      '6:31 error DPS2051 enable_pod_security_policies is true, but version is 5.4.0, and Domino creates no PodSecurityPolicy since 5.4. | 2:10',
    ],
  },
  {
    name: 'policies created with Domino 5.4 by flag',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    flags: { dominoVersion: '5.4.0' },
    expected: [
      '6:31 error DPS2051 enable_pod_security_policies is true, but --domino-version is 5.4.0, and Domino creates no PodSecurityPolicy since 5.4.',
    ],
  },
  {
    name: 'policies not created with Domino 5.4',
    file: {
      schema: '"1.2"',
      version: '5.4.0',
      enable_pod_security_policies: 'false',
      pod_security: '{platform: eks, kubernetes_version: "1.25"}',
    },
    expected: [
      '6:1 warning DPS2032 enable_pod_security_policies is not read by the installer: schema 1.1 was the last that has it, and the file is of schema 1.2.',
    ],
  },
  {
    name: 'PSP not asked for again where the setting is there but wrong',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24", psp: maybe}' },
    expected: ['5:64 error DPS2011 pod_security.psp must be one of auto, on, off; got "maybe".'],
  },
  {
    name: 'PSP not asked for again where the key that creates policies is wrong',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'maybe',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    expected: [
      '6:31 error DPS2010 enable_pod_security_policies must be true or false; got "maybe".',
    ],
  },
];

describe('deploy: contradictions about security', () => {
  itSaysOfEach(cases);
});
