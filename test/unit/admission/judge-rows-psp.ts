// Rows of judge.test.ts where PodSecurityPolicies decide.
import { accountsOf, podOf, roleBinding, SPC_T } from './support.ts';
import { known, type Row } from './judge-row.ts';

export const PSP = {
  apiVersion: 'policy/v1beta1',
  kind: 'PodSecurityPolicy',
  metadata: { name: 'loose' },
  spec: {
    privileged: true,
    volumes: ['*'],
    runAsUser: { rule: 'RunAsAny' },
    seLinux: { rule: 'RunAsAny' },
    supplementalGroups: { rule: 'RunAsAny' },
    fsGroup: { rule: 'RunAsAny' },
  },
};
const PSP_ROLE = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'loose' },
  rules: [
    {
      apiGroups: ['policy'],
      resources: ['podsecuritypolicies'],
      resourceNames: ['loose'],
      verbs: ['use'],
    },
  ],
};

export const PSP_ROWS: readonly Row[] = [
  {
    name: 'PSP unknown',
    target: { kubernetes: 22 },
    admitted: null,
    dependsOn: ['whether PodSecurityPolicies are on, and which'],
  },
  {
    name: 'PSP in the input is on',
    target: { kubernetes: 22 },
    objects: [PSP],
    admitted: false,
    refusals: ['loose'],
  },
  {
    name: 'PSP through the role',
    target: { kubernetes: 22 },
    objects: [roleBinding('a', 'loose', accountsOf('a')), PSP_ROLE, PSP],
    pod: podOf(SPC_T),
    admitted: true,
    policy: 'loose',
  },
  {
    name: 'PSP without its role',
    target: { kubernetes: 22 },
    objects: [roleBinding('a', 'loose', accountsOf('a')), PSP],
    admitted: null,
    refusals: ['loose'],
    dependsOn: ['RoleBinding a/b-loose'],
  },
  {
    name: 'PSP, then the labels of 1.24',
    target: { kubernetes: 24 },
    objects: [roleBinding('a', 'loose', accountsOf('a')), PSP_ROLE, PSP, known('baseline')],
    pod: podOf(SPC_T),
    admitted: false,
    refusals: ['baseline seLinuxOptions'],
  },
  {
    name: 'PSP is gone in 1.25',
    target: { kubernetes: 25 },
    objects: [PSP, known('privileged')],
    admitted: true,
    policy: 'privileged',
  },
];
