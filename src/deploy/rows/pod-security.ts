/** The block pod_security: keys of this program, beside those of the installer. */
import type { Condition } from '../../catalog/types.ts';
import type { OptionRow, Question } from '../option-types.ts';
import {
  DOMINO_FORM,
  DOMINO_PATTERN,
  KUBERNETES_FORM,
  KUBERNETES_PATTERN,
  OPENSHIFT_FORM,
  OPENSHIFT_PATTERN,
  OLDEST_MINOR,
} from '../versions.ts';
import { withExtendedCatalog } from './features.ts';
import { catalogColumns, exceptionColumns } from './pod-security-lists.ts';

const flag = { kind: 'flag' } as const;
const levels = { kind: 'choice', values: ['privileged', 'baseline', 'restricted'] } as const;
const openshiftOnly = { path: 'pod_security.platform', equals: 'openshift' } as const;
/** Kubernetes 1.25 has no PodSecurityPolicy any more. */
const PSP_GONE = 25;
const beforePspWasRemoved: Condition = {
  path: 'pod_security.kubernetes_version',
  in: Array.from({ length: PSP_GONE - OLDEST_MINOR }, (_, index) => `1.${OLDEST_MINOR + index}`),
};

const components: readonly [name: string, description: string, effect: string, ask: string][] = [
  [
    'smb',
    'SMB volumes are used.',
    'true: brings the privileged driver for SMB.',
    'Use SMB volumes?',
  ],
  [
    'falco',
    'Falco watches the nodes.',
    'true: brings Falco, privileged on every node.',
    'Install Falco?',
  ],
  [
    'newrelic_logging',
    'Logs go to New Relic.',
    'true: brings an agent that reads logs of the nodes as root.',
    'Send logs to New Relic?',
  ],
  [
    'openebs',
    'OpenEBS provides block storage.',
    'true: brings the privileged provisioner of OpenEBS.',
    'Is OpenEBS the block storage?',
  ],
  [
    'user_sccs',
    'The cluster has your own SCCs for Domino.',
    'true: an error, because the installation fails with additional SCCs.',
    'Do you add your own SCCs for Domino?',
  ],
];

const componentSteps: Readonly<Record<string, Partial<Question>>> = {
  smb: { when: withExtendedCatalog },
  falco: { when: withExtendedCatalog },
  newrelic_logging: { when: withExtendedCatalog },
  openebs: { when: { not: { path: 'storage_classes.block.type', equals: 'openebs' } } },
  user_sccs: { section: 'cluster', when: openshiftOnly },
};

const keys: readonly OptionRow[] = [
  {
    path: 'pod_security.platform',
    type: { kind: 'choice', values: ['eks', 'gke', 'aks', 'openshift', 'other'] },
    default: 'other',
    description: 'Where the cluster runs.',
    effect:
      'openshift: role bindings of SCCs instead of PodSecurityPolicies; gke: the GPU driver installer.',
    example: 'eks',
    question: { ask: 'Where does the cluster run?', section: 'cluster' },
  },
  {
    path: 'pod_security.kubernetes_version',
    type: { kind: 'version', pattern: KUBERNETES_PATTERN, form: KUBERNETES_FORM },
    description: 'The Kubernetes version of the cluster, in quotes.',
    effect:
      'Decides between PodSecurityPolicies (before 1.25) and labels of Pod Security admission (from 1.23).',
    example: '1.33',
    question: {
      ask: 'Which Kubernetes version?',
      section: 'cluster',
      when: { not: openshiftOnly },
    },
  },
  {
    path: 'pod_security.openshift_version',
    type: { kind: 'version', pattern: OPENSHIFT_PATTERN, form: OPENSHIFT_FORM },
    description: 'The OpenShift version; 4.N means Kubernetes 1.(N+13).',
    effect: 'Decides which SCCs the cluster has.',
    example: '4.18',
    question: {
      ask: 'Which OpenShift version?',
      section: 'cluster',
      when: {
        all: [openshiftOnly, { not: { path: 'pod_security.kubernetes_version', present: true } }],
      },
    },
  },
  {
    path: 'pod_security.domino_version',
    type: { kind: 'version', pattern: DOMINO_PATTERN, form: DOMINO_FORM },
    description: 'The Domino version, only where the file has no key version.',
    effect: 'As version.',
    example: '6.2.0',
  },
  {
    path: 'pod_security.psp',
    type: { kind: 'choice', values: ['auto', 'on', 'off'], onOff: true },
    default: 'auto',
    description: 'Whether the cluster enforces PodSecurityPolicies.',
    effect: 'on: one unrestricted policy is written and bound in every Domino namespace.',
    example: 'off',
    question: {
      ask: 'Does the cluster enforce PodSecurityPolicies?',
      section: 'cluster',
      when: {
        all: [
          { not: openshiftOnly },
          beforePspWasRemoved,
          { not: { path: 'enable_pod_security_policies', equals: true } },
        ],
      },
      values: ['on', 'off'],
    },
  },
  {
    path: 'pod_security.dedicated_cluster',
    type: flag,
    default: false,
    description: 'Domino is alone on the cluster.',
    effect: 'true, with PodSecurityPolicies on: the advice is to turn them off.',
    example: true,
    question: {
      ask: 'Is Domino alone on the cluster?',
      section: 'cluster',
      when: { path: 'pod_security.psp', equals: 'on' },
    },
  },
  ...components.map(([name, description, effect, ask]): OptionRow => ({
    path: `pod_security.components.${name}`,
    type: flag,
    description,
    effect,
    example: false,
    question: { ask, section: 'components', ...componentSteps[name] },
  })),
  {
    path: 'pod_security.hardening',
    type: { kind: 'choice', values: ['documented', 'strict'] },
    default: 'documented',
    description: 'documented: the four fields of the vendor; strict: two more.',
    effect:
      'strict adds allowPrivilegeEscalation: false and seccomp RuntimeDefault where nothing speaks against it.',
    example: 'strict',
    question: { ask: 'How strict shall the default security context be?', section: 'hardening' },
  },
  ...(['audit', 'warn'] as const).map((mode): OptionRow => ({
    path: `pod_security.pod_security_admission.${mode}`,
    type: levels,
    default: 'privileged',
    description: `The level of the ${mode} label on Domino's namespaces.`,
    effect: 'Above privileged the API server speaks of every Domino pod; it still admits them.',
    example: 'baseline',
  })),
  {
    path: 'pod_security.namespace_annotations.*',
    type: { kind: 'text map', form: 'text, in quotes' },
    description: 'Annotations of a live namespace, for admission without a cluster.',
    effect:
      'The user and SELinux ranges that OpenShift gave the namespace decide which SCC admits a pod.',
    example: { 'openshift.io/sa.scc.uid-range': '1000680000/10000' },
  },
  {
    path: 'pod_security.openshift.uid_remapping',
    type: flag,
    default: false,
    description: 'The cluster remaps user ids.',
    effect: 'true: an error, because Domino does not support it.',
    example: false,
    question: {
      ask: 'Does the cluster remap user ids?',
      section: 'cluster',
      when: openshiftOnly,
    },
  },
  {
    path: 'pod_security.openshift.additional_sccs',
    type: { kind: 'texts' },
    description: 'SCCs that do not come with OpenShift and that Domino could use.',
    effect:
      'Any name that OpenShift does not ship is an error, because the installation fails with it.',
    example: [],
    question: {
      ask: 'Which SCCs have you added for Domino?',
      section: 'cluster',
      when: openshiftOnly,
      optional: true,
    },
  },
  {
    path: 'pod_security.require_read_only_root_filesystem',
    type: flag,
    default: false,
    description: 'A policy of yours demands a read-only root filesystem.',
    effect: 'true: an error, because Domino does not support it.',
    example: false,
  },
  {
    path: 'pod_security.catalog',
    type: { kind: 'rows', columns: catalogColumns },
    description: 'Corrections of the catalog of pods, and pods that it lacks.',
    effect: 'A row decides what its pod may do.',
    example: [
      {
        id: 'fluentd',
        containers: [{ name: 'fluentd', uses: ['root'] }],
        source: 'kubectl get pods',
      },
    ],
  },
  {
    path: 'pod_security.exceptions',
    type: { kind: 'rows', columns: exceptionColumns },
    description: 'Findings that a reviewer has accepted.',
    effect: 'An accepted finding does not fail an audit until it expires.',
    example: [
      {
        namespace: 'domino-compute',
        kind: 'DaemonSet',
        name: 'agent',
        rule: 'privileged',
        reason: 'Reviewed.',
      },
    ],
  },
];

export const podSecurityRows: readonly OptionRow[] = keys.map((row) => ({ ...row, ours: true }));
