/** A configuration under which every chart of the corpus belongs to an installed pod. */
export const ALL_PODS = `schema: "1.16"
name: acme
version: 6.2.2
hostname: domino.acme.example
external_docker_registry: registry.acme.example
extended_catalog: true
storage_classes:
  block:
    create: true
    type: ebs
  shared:
    type: EFS_OR_NFS
istio:
  enabled: true
  install: true
gpu:
  enabled: true
pod_security:
  platform: eks
  kubernetes_version: "1.33"
  components:
    smb: true
`;

/** Shared storage is either EFS or NFS, so the NFS chart has a configuration of its own. */
export function configFor(chart: string): string {
  return ALL_PODS.replace('EFS_OR_NFS', chart.startsWith('nfs') ? 'nfs' : 'efs');
}

/** Flags under which every chart of the corpus is Domino's: two charts say nothing of a namespace, one kube-system. */
export const CORPUS_FLAGS = ['--namespace', 'domino-platform', '--also-namespace', 'kube-system'];
