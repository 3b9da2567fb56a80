// Rows of judge.test.ts on OpenShift, where SCCs decide before Pod Security.
import {
  accountsOf,
  ANNOTATIONS,
  HOST_PATH,
  namespaceObject,
  OCP20,
  podOf,
  roleBinding,
  SPC_T,
  type Json,
} from './support.ts';
import { known, NS, type Row } from './judge-row.ts';

const scc = (name: string): Json =>
  roleBinding('a', `system:openshift:scc:${name}`, accountsOf('a'));
const NOT_USABLE_BUT_V2 =
  'restricted-v3 restricted nested-container nonroot-v2 nonroot hostmount-anyuid hostmount-anyuid-v2 hostnetwork-v2 hostnetwork hostaccess'.split(
    ' ',
  );

const ORDINARY = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'custom' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};
const ORDINARY_BINDING = roleBinding('a', 'custom', accountsOf('a'));

export const SCC_ROWS: readonly Row[] = [
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
