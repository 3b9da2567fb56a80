// The table of judge.test.ts: a cluster, a pod, and what is said of it.
import type { ClusterFacts, PodRequest } from '../../../src/admission/judge/types.ts';
import type { AdmitTarget } from '../../../src/admission/target.ts';
import {
  accountsOf,
  ANNOTATIONS,
  enforce,
  HOST_PATH,
  K33,
  namespaceObject,
  OCP20,
  podOf,
  roleBinding,
  SPC_T,
  type Json,
} from './support.ts';

export interface Row {
  name: string;
  target: AdmitTarget;
  objects?: readonly Json[];
  request?: Partial<PodRequest>;
  pod?: Json;
  more?: Partial<ClusterFacts>;
  admitted: boolean | null;
  policy?: string | null;
  /** Policies (and checks) that refuse. */
  refusals?: readonly string[];
  dependsOn?: readonly string[];
}

const NS = 'the namespace of the object';
const scc = (name: string): Json =>
  roleBinding('a', `system:openshift:scc:${name}`, accountsOf('a'));
export const known = (level?: string): Json =>
  namespaceObject('a', level === undefined ? {} : enforce(level), ANNOTATIONS);
const NOT_USABLE_BUT_V2 =
  'restricted-v3 restricted nested-container nonroot-v2 nonroot hostmount-anyuid hostmount-anyuid-v2 hostnetwork-v2 hostnetwork hostaccess'.split(
    ' ',
  );

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

const ORDINARY = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'custom' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};
const ORDINARY_BINDING = roleBinding('a', 'custom', accountsOf('a'));

export const ROWS: readonly Row[] = [
  ...[
    [ORDINARY, ORDINARY_BINDING],
    [ORDINARY_BINDING, ORDINARY],
  ].map((objects, at) => ({
    name: `a role of the input that grants no SCC, ${at === 0 ? 'before' : 'behind'} its binding`,
    target: OCP20,
    objects: [namespaceObject('a', {}, ANNOTATIONS), ...objects],
    pod: podOf(SPC_T),
    admitted: false,
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2, 'privileged'],
  })),
  {
    name: 'no labels known: nothing was judged',
    target: K33,
    admitted: null,
    dependsOn: ['the labels of namespace a'],
  },
  {
    name: 'a namespace without labels is privileged',
    target: K33,
    objects: [namespaceObject('a')],
    pod: podOf(SPC_T),
    admitted: true,
    policy: 'privileged',
  },
  {
    name: 'the level of the labels',
    target: K33,
    objects: [known('baseline')],
    admitted: true,
    policy: 'baseline',
  },
  {
    name: 'the level refuses',
    target: K33,
    objects: [known('baseline')],
    pod: podOf(SPC_T),
    admitted: false,
    refusals: ['baseline seLinuxOptions'],
  },
  {
    name: 'labels of another namespace do not count',
    target: K33,
    objects: [known('baseline')],
    request: { namespace: 'b' },
    admitted: null,
    dependsOn: ['the labels of namespace b'],
  },
  {
    name: 'no namespace known',
    target: K33,
    objects: [known('baseline')],
    request: { namespace: undefined },
    admitted: null,
    dependsOn: [NS],
  },
  {
    name: '--level needs no namespace',
    target: K33,
    request: { namespace: undefined },
    more: { level: 'restricted' },
    admitted: false,
    refusals: [
      'restricted allowPrivilegeEscalation',
      'restricted capabilities_restricted',
      'restricted runAsNonRoot',
      'restricted seccompProfile_restricted',
    ],
  },
  {
    name: '--level stands over the label',
    target: K33,
    objects: [known('privileged')],
    pod: podOf(SPC_T),
    more: { level: 'baseline' },
    admitted: false,
    refusals: ['baseline seLinuxOptions'],
  },
  {
    name: 'before 1.23 labels say nothing',
    target: { kubernetes: 22 },
    objects: [known('baseline')],
    more: { psp: false },
    pod: podOf(SPC_T),
    admitted: true,
    policy: null,
  },
  {
    name: 'a wrong type is not admitted',
    target: K33,
    objects: [known('privileged')],
    pod: podOf({}, { privileged: 'yes' }),
    admitted: null,
    dependsOn: [
      'Not checked: spec.containers[0].securityContext.privileged takes a boolean but is "yes"; the API server refuses such a pod.',
    ],
  },
  {
    name: 'an exempt namespace',
    target: K33,
    objects: [known('baseline')],
    pod: podOf(SPC_T),
    more: { exemptions: { namespaces: ['a'] } },
    admitted: true,
    policy: 'baseline',
  },
  {
    name: "the server's defaults hold without a Namespace",
    target: K33,
    pod: podOf(SPC_T),
    more: {
      defaults: {
        enforce: { level: 'baseline', version: 'latest' },
        audit: { level: 'privileged', version: 'latest' },
        warn: { level: 'privileged', version: 'latest' },
      },
    },
    admitted: false,
    refusals: ['baseline seLinuxOptions'],
  },

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

  {
    name: 'restricted-v2 is for everybody',
    target: OCP20,
    objects: [known()],
    admitted: true,
    policy: 'restricted-v2',
    refusals: ['anyuid'],
  },
  {
    name: 'anyuid does not admit spc_t',
    target: OCP20,
    objects: [known(), scc('anyuid')],
    pod: podOf(SPC_T),
    admitted: false,
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2, 'privileged'],
  },
  {
    name: 'privileged admits spc_t',
    target: OCP20,
    objects: [known('privileged'), scc('anyuid'), scc('privileged')],
    pod: podOf(SPC_T),
    admitted: true,
    policy: 'privileged',
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2],
  },
  {
    name: 'SCC admits, Pod Security refuses',
    target: OCP20,
    objects: [known('baseline'), scc('privileged')],
    pod: podOf(SPC_T),
    admitted: false,
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2, 'baseline seLinuxOptions'],
  },
  {
    name: 'Pod Security judges the mutated pod',
    target: OCP20,
    objects: [known('restricted')],
    admitted: true,
    policy: 'restricted-v2',
    refusals: ['anyuid'],
  },
  {
    name: 'annotations decide and are not known',
    target: OCP20,
    objects: [scc('anyuid')],
    pod: podOf({}, { runAsUser: 1000650001 }),
    more: {},
    admitted: true,
    policy: 'anyuid',
  },
  {
    name: 'a uid that may be in the range',
    target: OCP20,
    pod: podOf({}, { runAsUser: 1000650001 }),
    admitted: null,
    refusals: ['anyuid', 'restricted-v2'],
    dependsOn: ['openshift.io/sa.scc.uid-range'],
  },
  {
    name: '--bind and --namespace-annotations',
    target: OCP20,
    request: { namespace: undefined },
    pod: podOf(HOST_PATH),
    more: { bind: ['hostmount-anyuid'], annotations: ANNOTATIONS },
    admitted: true,
    policy: 'hostmount-anyuid',
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2.slice(0, 5)],
  },
  {
    name: 'a RoleBinding needs the namespace',
    target: OCP20,
    objects: [scc('privileged')],
    request: { namespace: undefined },
    pod: podOf(SPC_T),
    admitted: null,
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2, 'privileged'],
    dependsOn: [NS],
  },
  {
    name: 'a role that is not in the input',
    target: OCP20,
    objects: [known(), roleBinding('a', 'custom', accountsOf('a'))],
    pod: podOf(SPC_T),
    admitted: null,
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2, 'privileged'],
    dependsOn: ['what ClusterRole custom grants (RoleBinding a/b-custom)'],
  },
  {
    name: 'the same for other subjects is no question',
    target: OCP20,
    objects: [known(), roleBinding('a', 'custom', { kind: 'User', name: 'bob' })],
    pod: podOf(SPC_T),
    admitted: false,
    refusals: ['anyuid', 'restricted-v2', ...NOT_USABLE_BUT_V2, 'privileged'],
  },
  {
    name: 'a Windows pod needs no SCC',
    target: OCP20,
    objects: [scc('anyuid')],
    request: { namespace: undefined },
    pod: podOf({ os: { name: 'windows' } }),
    admitted: true,
    policy: null,
  },
  {
    name: 'the z-stream decides',
    target: { kubernetes: 31, openshift: { minor: 18 } },
    pod: podOf({ ...HOST_PATH, ...SPC_T }),
    more: { bind: ['hostmount-anyuid-v2'], annotations: ANNOTATIONS },
    admitted: null,
    refusals: [
      'anyuid',
      'restricted-v2',
      'restricted',
      'nonroot-v2',
      'nonroot',
      'hostmount-anyuid',
    ],
    dependsOn: [
      'the z-stream: admitted by hostmount-anyuid-v2 with hostmount-anyuid-v2, refused without it',
    ],
  },
  {
    name: 'a known z-stream',
    target: { kubernetes: 31, openshift: { minor: 18, z: 40 } },
    pod: podOf({ ...HOST_PATH, ...SPC_T }),
    more: { bind: ['hostmount-anyuid-v2'], annotations: ANNOTATIONS },
    admitted: true,
    policy: 'hostmount-anyuid-v2',
    refusals: [
      'anyuid',
      'restricted-v2',
      'restricted',
      'nonroot-v2',
      'nonroot',
      'hostmount-anyuid',
    ],
  },
];
