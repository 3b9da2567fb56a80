/** OpenShift: bindings of the two shipped SCCs that Domino uses, in every Domino namespace. */
import { renderTemplate } from '../engine.ts';
import type { Target } from '../types.ts';
import { dominoNamespaces } from './namespaces.ts';

/** The ClusterRoles `system:openshift:scc:<name>` ship with the cluster (T35). */
const SCCS = ['anyuid', 'privileged'] as const;

/**
 * A name of our own: `oc adm policy` writes bindings called system:openshift:scc:<name>, and
 * applying one of that name would replace the subjects that others put there.
 */
export function sccBinding(scc: string, namespace: string): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: {
      name: `domino-podsec-scc-${scc}`,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'domino-podsec' },
    },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: `system:openshift:scc:${scc}`,
    },
    subjects: [
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Group',
        name: `system:serviceaccounts:${namespace}`,
      },
    ],
  };
}

export const openshiftScc: Target = {
  id: 'openshift-scc',
  title: 'RoleBindings of the SCCs anyuid and privileged',
  when: 'OpenShift',
  applies: ({ platform }) => platform === 'openshift',
  applicable: true,
  files: ({ options }) => {
    const documents = dominoNamespaces(options).flatMap(({ name }) =>
      SCCS.map((scc) => sccBinding(scc, name)),
    );
    const content = renderTemplate('openshift-scc/rolebindings', { bindings: documents });
    return [{ path: 'openshift-scc.yaml', content, documents }];
  },
};
