/** Keys that say which installer, which cluster and which namespaces. */
import { plainRow, type OptionRow } from '../option-types.ts';
import { DOMINO_FORM, DOMINO_PATTERN, SCHEMA_FORM, SCHEMA_PATTERN } from '../versions.ts';

/**
 * Not one of the cluster's own: every service account of a Domino namespace is bound to what lets it
 * be root on the nodes, and its label lets in every pod.
 */
const NAMESPACE_NAME =
  /^(?!(default|kube-.*|openshift(-.*)?)$)(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NAMESPACE_FORM =
  "the name of a namespace (at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends; none of the cluster's own: default, kube-* and openshift-*)";
const LABEL_VALUE = /^(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

export const defaultNamespaces = {
  platform: 'domino-platform',
  compute: 'domino-compute',
  system: 'domino-system',
  istio: 'istio-system',
} as const;

const purposes = {
  platform: "Domino's own services",
  compute: 'workspaces, jobs, models and image builds',
  system: 'cluster-wide parts of Domino',
  istio: "Istio's control plane",
} as const;

function namespaceRows(key: keyof typeof defaultNamespaces): OptionRow[] {
  const path = `namespaces.${key}`;
  const type = { kind: 'text', pattern: NAMESPACE_NAME, form: NAMESPACE_FORM } as const;
  const step =
    key === 'istio'
      ? ({ section: 'istio', when: { path: 'istio.enabled', equals: true } } as const)
      : ({ section: 'namespaces' } as const);
  return [
    {
      path,
      type,
      description: `Short form of ${path}.name, as older files have it.`,
      effect: `As ${path}.name.`,
      movedTo: `${path}.name`,
      example: defaultNamespaces[key],
    },
    {
      path: `${path}.name`,
      type,
      default: defaultNamespaces[key],
      description: `The namespace of ${purposes[key]}.`,
      effect: 'Labels, role bindings and patches are written for this namespace.',
      example: defaultNamespaces[key],
      question: {
        ask: `Name of the namespace for ${purposes[key]}?`,
        flag: `${key}-namespace`,
        ...step,
      },
    },
    {
      path: `${path}.labels`,
      type: {
        kind: 'text map',
        pattern: LABEL_VALUE,
        form: 'text that is a valid label value, in quotes',
      },
      description: 'Labels of the namespace; each value is text, also "true".',
      effect: 'A pod-security.kubernetes.io label here decides which pods the namespace admits.',
      example: { [`domino-${key}`]: 'true' },
    },
    {
      path: `${path}.annotations`,
      type: { kind: 'text map', form: 'text, in quotes' },
      description: 'Annotations of the namespace; each value is text.',
      effect: 'None, unless an admission controller of the cluster reads them.',
      example: {},
    },
  ];
}

export const clusterRows: readonly OptionRow[] = [
  {
    path: 'schema',
    type: { kind: 'version', pattern: SCHEMA_PATTERN, form: SCHEMA_FORM },
    description: 'The version of the configuration format, in quotes.',
    effect: 'Decides which keys the installer reads, and how strictly unknown keys are judged.',
    example: '1.16',
  },
  {
    path: 'version',
    type: { kind: 'version', pattern: DOMINO_PATTERN, form: DOMINO_FORM },
    description: 'The Domino release to install.',
    effect:
      'The exceptions of several pods differ by release; 5.4 and later create no PodSecurityPolicy.',
    example: '6.2.0',
    question: {
      ask: 'Which Domino version?',
      section: 'release',
      optional: true,
      flag: 'domino-version',
    },
  },
  plainRow('name', 'The name of the deployment.', { example: 'my-domino' }),
  plainRow('hostname', 'The host name under which users reach Domino.', {
    example: 'domino.example.org',
  }),
  {
    path: 'kubernetes_distribution',
    type: { kind: 'choice', values: ['cncf', 'openshift'] },
    description: 'The kind of cluster, in schemas before 1.4.',
    effect:
      'openshift: pods are admitted by security context constraints, not by PodSecurityPolicies.',
    example: 'cncf',
    until: { schema: '1.3', domino: '5.6' },
  },
  {
    path: 'enable_pod_security_policies',
    type: { kind: 'flag' },
    description: 'Lets the installer create PodSecurityPolicies.',
    effect:
      'true: PodSecurityPolicies are in force, so every Domino namespace needs a blanket policy.',
    example: false,
    until: { schema: '1.1', domino: '5.3' },
  },
  {
    path: 'create_restricted_pod_security_policy',
    type: { kind: 'flag' },
    description: 'Lets the installer create the PodSecurityPolicy domino-restricted.',
    effect: 'As enable_pod_security_policies; the API is gone from Kubernetes 1.25 on.',
    example: false,
    until: { schema: '1.1', domino: '5.3' },
  },
  ...namespaceRows('platform'),
  ...namespaceRows('compute'),
  ...namespaceRows('system'),
  ...namespaceRows('istio'),
];
