/** The namespaces with all six Pod Security Admission labels, pinned to the cluster's version. */
import { valueAt, type DeployOptions, type DominoNamespace } from '../../deploy/options.ts';
import { renderTemplate } from '../engine.ts';
import type { RenderInput, Target } from '../types.ts';

const PREFIX = 'pod-security.kubernetes.io';

/** OpenShift's label syncer overwrites levels unless told not to (T38). */
const NO_SYNC = { 'security.openshift.io/scc.podSecurityLabelSync': 'false' };

/**
 * The labels of a Domino namespace. enforce is privileged because `spc_t`, which every Domino pod
 * has, fails the baseline level at every version (T24); versions are pinned because `latest`
 * changes with the server (T23).
 */
export function podSecurityLabels(options: DeployOptions): Record<string, string> {
  const { kubernetes, podSecurityAdmission, platform } = options;
  const version = kubernetes === undefined ? 'latest' : `v1.${kubernetes.minor}`;
  const levels = {
    audit: podSecurityAdmission.audit,
    enforce: 'privileged',
    warn: podSecurityAdmission.warn,
  };
  const labels: Record<string, string> = {};
  for (const [mode, level] of Object.entries(levels)) {
    labels[`${PREFIX}/${mode}`] = level;
    labels[`${PREFIX}/${mode}-version`] = version;
  }
  return platform === 'openshift' ? { ...labels, ...NO_SYNC } : labels;
}

/** The user's labels with ours; ours win, or the pods would be refused. */
export function namespaceLabels(
  namespace: DominoNamespace,
  options: DeployOptions,
): Record<string, string> {
  return { ...namespace.labels, ...podSecurityLabels(options) };
}

/**
 * The namespaces that are Domino's, in the order of their keys. That of Istio is one when Domino
 * installs Istio or deploy.yaml names it; else it is the user's own, and left alone.
 */
export function dominoNamespaces(options: DeployOptions): DominoNamespace[] {
  const { given, values, namespaces: all } = options;
  const hasIstio =
    valueAt(values, 'istio.install') === true ||
    [...given].some((path) => path === 'namespaces.istio' || path.startsWith('namespaces.istio.'));
  return Object.values(all).filter(({ key }) => key !== 'istio' || hasIstio);
}

function objectOf(namespace: DominoNamespace, options: DeployOptions): object {
  const { annotations, name } = namespace;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: namespaceLabels(namespace, options),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
  };
}

export const namespaces: Target = {
  id: 'namespaces',
  title: 'Namespaces with Pod Security Admission labels',
  when: 'Kubernetes 1.23 and later, and OpenShift',
  applies: ({ kubernetes, platform }) =>
    platform === 'openshift' || (kubernetes !== undefined && kubernetes.minor >= 23),
  applicable: true,
  files: ({ options }: RenderInput) => {
    const list = dominoNamespaces(options);
    const content = renderTemplate('namespaces/namespaces', {
      openshift: options.platform === 'openshift',
      namespaces: list.map((namespace) => ({
        key: namespace.key,
        name: namespace.name,
        labels: namespaceLabels(namespace, options),
        annotations: Object.keys(namespace.annotations).length === 0 ? null : namespace.annotations,
      })),
    });
    return [
      { path: 'namespaces.yaml', content, documents: list.map((item) => objectOf(item, options)) },
    ];
  },
};
