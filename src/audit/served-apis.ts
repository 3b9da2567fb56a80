/**
 * API versions that Kubernetes no longer serves, or serves only from a release on, for the kinds that
 * charts hold. Source: the "Deprecated API Migration Guide" of Kubernetes.
 */
interface ApiRow {
  apiVersion: string;
  kinds: readonly string[];
  /** Minor from which it is not served any more. */
  removed?: number;
  /** Minor from which it is served. */
  since?: number;
  /** What to write instead. */
  use: string;
}

const APPS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const ROLES = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'];
const WEBHOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
const FLOWS = ['FlowSchema', 'PriorityLevelConfiguration'];
const PSP_NOTHING =
  'nothing: PodSecurityPolicies are gone, Pod Security Admission took their place';
const RBAC = 'rbac.authorization.k8s.io';
const WEBHOOK_GROUP = 'admissionregistration.k8s.io';
const FLOW_GROUP = 'flowcontrol.apiserver.k8s.io';

export const API_ROWS: readonly ApiRow[] = [
  { apiVersion: 'extensions/v1beta1', kinds: APPS, removed: 16, use: 'apps/v1' },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['NetworkPolicy'],
    removed: 16,
    use: 'networking.k8s.io/v1',
  },
  { apiVersion: 'extensions/v1beta1', kinds: ['PodSecurityPolicy'], removed: 16, use: PSP_NOTHING },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['Ingress'],
    removed: 22,
    use: 'networking.k8s.io/v1',
  },
  { apiVersion: 'apps/v1beta1', kinds: APPS, removed: 16, use: 'apps/v1' },
  { apiVersion: 'apps/v1beta2', kinds: APPS, removed: 16, use: 'apps/v1' },
  { apiVersion: 'batch/v2alpha1', kinds: ['CronJob'], removed: 21, use: 'batch/v1' },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], removed: 25, use: 'batch/v1' },
  { apiVersion: 'batch/v1', kinds: ['CronJob'], since: 21, use: 'batch/v1beta1' },
  { apiVersion: 'policy/v1beta1', kinds: ['PodSecurityPolicy'], removed: 25, use: PSP_NOTHING },
  { apiVersion: 'policy/v1beta1', kinds: ['PodDisruptionBudget'], removed: 25, use: 'policy/v1' },
  { apiVersion: `${RBAC}/v1beta1`, kinds: ROLES, removed: 22, use: `${RBAC}/v1` },
  { apiVersion: `${RBAC}/v1alpha1`, kinds: ROLES, removed: 22, use: `${RBAC}/v1` },
  {
    apiVersion: `${WEBHOOK_GROUP}/v1beta1`,
    kinds: WEBHOOKS,
    removed: 22,
    use: `${WEBHOOK_GROUP}/v1`,
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    kinds: ['CustomResourceDefinition'],
    removed: 22,
    use: 'apiextensions.k8s.io/v1',
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress', 'IngressClass'],
    removed: 22,
    use: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'scheduling.k8s.io/v1beta1',
    kinds: ['PriorityClass'],
    removed: 22,
    use: 'scheduling.k8s.io/v1',
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    removed: 22,
    use: 'storage.k8s.io/v1',
  },
  {
    apiVersion: 'node.k8s.io/v1beta1',
    kinds: ['RuntimeClass'],
    removed: 25,
    use: 'node.k8s.io/v1',
  },
  {
    apiVersion: 'autoscaling/v2beta1',
    kinds: ['HorizontalPodAutoscaler'],
    removed: 25,
    use: 'autoscaling/v2',
  },
  {
    apiVersion: 'autoscaling/v2beta2',
    kinds: ['HorizontalPodAutoscaler'],
    removed: 26,
    use: 'autoscaling/v2',
  },
  { apiVersion: `${FLOW_GROUP}/v1beta1`, kinds: FLOWS, removed: 26, use: `${FLOW_GROUP}/v1` },
  { apiVersion: `${FLOW_GROUP}/v1beta2`, kinds: FLOWS, removed: 29, use: `${FLOW_GROUP}/v1` },
  { apiVersion: `${FLOW_GROUP}/v1beta3`, kinds: FLOWS, removed: 32, use: `${FLOW_GROUP}/v1` },
];

/** The row of an API version and kind that is not, or was not always, served. */
export function apiRow(apiVersion: string, kind: string): ApiRow | undefined {
  return API_ROWS.find((row) => row.apiVersion === apiVersion && row.kinds.includes(kind));
}
