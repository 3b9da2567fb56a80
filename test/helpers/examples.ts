/** The folders below examples/ that hold a deploy.yaml. */
export const EXAMPLES = [
  'aks',
  'eks',
  'gke',
  'legacy',
  'minimal',
  'on-premises',
  'openshift',
] as const;
