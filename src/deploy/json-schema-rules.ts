/** Contradictions of deploy.yaml that JSON Schema can say; each stands for a check of the same name. */

type Rule = Record<string, unknown>;

/** A schema for the value at a dotted path; `needed`: the path must exist. */
function at(path: string, schema: Rule, needed = true): Rule {
  const [first, ...rest] = path.split('.').toReversed();
  const leaf: Rule = {
    properties: { [first ?? '']: schema },
    ...(needed ? { required: [first] } : {}),
  };
  return rest.reduce<Rule>(
    (inner, key) => ({ properties: { [key]: inner }, ...(needed ? { required: [key] } : {}) }),
    leaf,
  );
}

const isTrue = { const: true };
const internalOn = at('internal_docker_registry', {
  type: 'object',
  not: at('enabled', { const: false }),
});
const externalOn = at('external_docker_registry', { type: 'string' });
/** 1.25 and later; a plain number loses a last zero, so 1.3 is read as 1.30. */
const policiesGone = {
  anyOf: [
    { type: 'string', pattern: '^v?1\\.(2[5-9]|[34][0-9])(\\.[0-9]+)?$' },
    { type: 'number', anyOf: [{ minimum: 1.25, exclusiveMaximum: 1.5 }] },
  ],
};
const isOpenShift = {
  anyOf: [
    at('pod_security.platform', { const: 'openshift' }),
    at('kubernetes_distribution', { const: 'openshift' }),
  ],
};
const otherPlatform = at('pod_security.platform', { enum: ['eks', 'gke', 'aks', 'other'] });

function never(description: string, ...rules: Rule[]): Rule {
  return { description, not: { allOf: rules } };
}

export const contradictions: readonly Rule[] = [
  {
    description: 'Exactly one of the internal and the external image registry is configured.',
    oneOf: [internalOn, externalOn],
  },
  ...['enable_pod_security_policies', 'create_restricted_pod_security_policy'].map((key) =>
    never(
      `${key} needs Kubernetes before 1.25.`,
      at(key, isTrue),
      at('pod_security.kubernetes_version', policiesGone),
    ),
  ),
  never(
    'Kubernetes has no PodSecurityPolicy from 1.25 on.',
    at('pod_security.psp', { enum: ['on', true] }),
    at('pod_security.kubernetes_version', policiesGone),
  ),
  never(
    'OpenShift admits pods by SCCs, not by PodSecurityPolicies.',
    at('pod_security.psp', { enum: ['on', true] }),
    isOpenShift,
  ),
  never(
    'Domino does not support remapped user ids.',
    at('pod_security.openshift.uid_remapping', isTrue),
  ),
  never(
    'Domino does not support policies that demand a read-only root filesystem.',
    at('pod_security.require_read_only_root_filesystem', isTrue),
  ),
  never(
    'The installation fails with additional SCCs.',
    at('pod_security.components.user_sccs', isTrue),
    isOpenShift,
  ),
  never(
    'An OpenShift version belongs to platform openshift.',
    at('pod_security.openshift_version', { type: ['string', 'number'] }),
    otherPlatform,
  ),
  never(
    'kubernetes_distribution and pod_security.platform say the same thing.',
    at('kubernetes_distribution', { const: 'openshift' }),
    otherPlatform,
  ),
  never(
    'kubernetes_distribution and pod_security.platform say the same thing.',
    at('kubernetes_distribution', { const: 'cncf' }),
    at('pod_security.platform', { const: 'openshift' }),
  ),
  never(
    'pod_security.domino_version is for files without the key version.',
    at('version', { type: ['string', 'number'] }),
    at('pod_security.domino_version', { type: ['string', 'number'] }),
  ),
];
