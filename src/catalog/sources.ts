/**
 * Where the facts of the catalog come from: the key that rows cite, and what it stands for. A
 * source without `url` has no address that could be given: it is ours, or its file holds
 * credentials. Versions and commits are those that were read.
 */

export interface Source {
  /** A name that a reviewer can look for. */
  title: string;
  url?: string;
  /** What to know before relying on it. */
  caveat?: string;
}

const docs = 'https://docs.dominodatalab.com/en';
const github = 'https://github.com';

/** Documentation of Domino, repositories of Domino, and configurations written for its installer. */
const domino = {
  'DOC-PODSEC': {
    title: 'Domino documentation, "Kubernetes pod security" (latest; the table of 5.9 and later)',
    url: `${docs}/latest/admin_guide/cb1049/kubernetes-pod-security`,
    caveat: 'Read with pod names and exceptions for the first rows only; of the others the text.',
  },
  'DOC-PODSEC-5.4': {
    title: 'Domino documentation 5.4, "Kubernetes pod security"',
    url: 'https://archive.docs.dominodatalab.com/en/5.4/admin_guide/cb1049/kubernetes-pod-security',
    caveat: 'Read with names for the first four rows.',
  },
  'DOC-PODSEC-5.5': {
    title: 'Domino documentation 5.5, "Kubernetes pod security"',
    url: `${docs}/5.5/admin_guide/cb1049/kubernetes-pod-security`,
    caveat: 'Read without names: the order of the descriptions is that of 5.4.',
  },
  'DOC-PODSEC-5.6': {
    title: 'Domino documentation 5.6, "Kubernetes pod security"',
    url: `${docs}/5.6/admin_guide/cb1049/kubernetes-pod-security`,
    caveat: 'Read without names and exceptions: only which rows come in which order.',
  },
  'DOC-PODSEC-5.7': {
    title: 'Domino documentation 5.7, "Kubernetes pod security" (the same in 5.9, 5.11 and latest)',
    url: `${docs}/5.7/admin_guide/cb1049/kubernetes-pod-security`,
    caveat: 'Read with names for the first two rows.',
  },
  'DOC-REF': {
    title: 'Domino documentation, "Configuration reference" (5.8 and latest)',
    url: `${docs}/latest/admin_guide/7f4331/configuration-reference`,
  },
  'DOC-EXT': {
    title: 'Domino documentation, "Core and extended catalog services"',
    url: `${docs}/cloud/admin_guide/d284e6/core-and-extended-catalog-services`,
  },
  'DOC-FCA': {
    title: 'Domino documentation, "Fleetcommand agent release notes"',
    url: `${docs}/5.7/admin_guide/559046/fleetcommand-agent-release-notes`,
  },
  'DOC-BKP': {
    title: 'Domino documentation, "Backup and restore"',
    url: `${docs}/latest/admin_guide/72ff13/backup-and-restore`,
  },
  'DOC-BKP-CUSTOM': {
    title: 'Domino documentation, "Customize backups"',
    url: `${docs}/latest/admin_guide/565ef3/customize-backups`,
  },
  'DOC-RESTORE': {
    title: 'Domino documentation, "Restore backups"',
    url: `${docs}/latest/admin_guide/b73853/restore-backups`,
  },
  'DOC-ICS': {
    title: 'Domino documentation, "Updating the image caching service"',
    url: `${docs}/latest/admin_guide/8a3cb4/updating-the-image-caching-service-ics`,
  },
  'DOC-MON': {
    title: 'Domino documentation, "Monitoring and alerting"',
    url: `${docs}/latest/admin_guide/d30657/monitoring-and-alerting`,
  },
  'DOC-TRANSIT': {
    title: 'Domino documentation 5.9, "Encryption in transit"',
    url: `${docs}/5.9/admin_guide/dafa95/encryption-in-transit`,
  },
  'DOC-GKE': {
    title: 'Domino documentation, "Set up Domino on GKE"',
    url: `${docs}/latest/admin_guide/6e290a/set-up-domino-on-gke`,
  },
  'DOC-REQ': {
    title: 'Domino documentation, "Cluster requirements" (early 5.x text)',
    url: 'https://admin.dominodatalab.com/en/latest/admin_guide/25b6dc/cluster-requirements/',
  },
  'CFG-521': {
    title: 'A real installer configuration of Domino 5.2.1, schema 1.0',
    caveat: 'No address: the file holds credentials. Keys and harmless values only were used.',
  },
  'CFG-433': {
    title: 'dominodatalab/nvidia-starter-kit: domino-template.yaml (Domino 4.3.3, schema 1.0)',
    url: `${github}/dominodatalab/nvidia-starter-kit/blob/master/domino-template.yaml`,
  },
  'CDK-1.0': {
    title: 'dominodatalab/cdk-cf-eks: cdk/domino_cdk/agent.py (commit 9d1b780, 2022-03)',
    url: `${github}/dominodatalab/cdk-cf-eks/blob/9d1b780/cdk/domino_cdk/agent.py`,
  },
  'CDK-1.2': {
    title: 'dominodatalab/cdk-cf-eks: cdk/domino_cdk/agent.py (commit 848e2a1, 2022-11)',
    url: `${github}/dominodatalab/cdk-cf-eks/blob/848e2a1/cdk/domino_cdk/agent.py`,
  },
  HEPH: {
    title: 'dominodatalab/hephaestus: deployments/helm/hephaestus (commit 8006fe2, 2026-07-15)',
    url: `${github}/dominodatalab/hephaestus/tree/8006fe2/deployments/helm/hephaestus`,
  },
  FORGE: {
    title: 'dominodatalab/forge: controllers/containerimagebuild_resources.go',
    url: `${github}/dominodatalab/forge/blob/01b4f79/controllers/containerimagebuild_resources.go`,
  },
  CRI: {
    title: 'dominodatalab/container-runtime-interface-api (commit 08f08c1, v1.0.0, 2023-01-09)',
    url: `${github}/dominodatalab/container-runtime-interface-api/tree/08f08c1`,
  },
  RANCH: {
    title: 'dominodatalab/ranchhand: ansible/roles/newrelic/tasks/newrelic.yml (commit c1c4ba7)',
    url: `${github}/dominodatalab/ranchhand/blob/c1c4ba7/ansible/roles/newrelic/tasks/newrelic.yml`,
  },
  'TF-AWS': {
    title: 'dominodatalab/terraform-aws-eks (modules/nodes/nodes.tf, examples/karpenter)',
    url: `${github}/dominodatalab/terraform-aws-eks`,
  },
  'TF-GCP': {
    title: 'dominodatalab/terraform-gcp-gke: service-accounts.tf',
    url: `${github}/dominodatalab/terraform-gcp-gke/blob/main/service-accounts.tf`,
  },
} as const satisfies Record<string, Source>;

/** Seen by others: weaker than the vendor's word. */
const secondHand = {
  KAT: {
    title: "A third party's copy of Domino's multi-tenancy page of the 4.2 era, product renamed",
    caveat: 'Second-hand, and old.',
  },
  PAL: {
    title: 'darylsmit-rgb/vertex-goods: domino-manifests (field notes on Domino 6.2.2, 2026)',
    url: `${github}/darylsmit-rgb/vertex-goods/tree/main/domino-manifests`,
    caveat: 'A third party.',
  },
  OPS: { title: "A public operations script for Domino 5.x with the data plane's agent" },
  TFC: {
    title: 'A public Terraform file that pins a chart of Domino',
    caveat: 'No address: the file holds what looks like a key. A name and a version were used.',
  },
  'SA-LISTS': {
    title: 'Public files that list the service accounts of Domino on EKS (IAM roles)',
  },
} as const satisfies Record<string, Source>;

/** The charts and manifests that Domino repackages; its own values may be tighter. */
const upstream = {
  'UP-EBS': {
    title: 'kubernetes-sigs/aws-ebs-csi-driver: charts/aws-ebs-csi-driver (2.64.0)',
    url: `${github}/kubernetes-sigs/aws-ebs-csi-driver/tree/master/charts/aws-ebs-csi-driver`,
  },
  'UP-EFS': {
    title: 'kubernetes-sigs/aws-efs-csi-driver: charts/aws-efs-csi-driver (4.4.1)',
    url: `${github}/kubernetes-sigs/aws-efs-csi-driver/tree/master/charts/aws-efs-csi-driver`,
  },
  'UP-SMB': {
    title: 'kubernetes-csi/csi-driver-smb: deploy/csi-smb-{controller,node}.yaml',
    url: `${github}/kubernetes-csi/csi-driver-smb/tree/master/deploy`,
  },
  'UP-DCGM': {
    title: 'NVIDIA/dcgm-exporter: deployment/values.yaml',
    url: `${github}/NVIDIA/dcgm-exporter/tree/main/deployment`,
  },
  'UP-ES': {
    title: 'elastic/helm-charts: elasticsearch',
    url: `${github}/elastic/helm-charts/tree/main/elasticsearch`,
  },
  'UP-FALCO': {
    title: 'falcosecurity/charts: charts/falco (9.1.0)',
    url: `${github}/falcosecurity/charts/tree/master/charts/falco`,
  },
  'UP-FLUENTD': {
    title: 'fluent/helm-charts: charts/fluentd',
    url: `${github}/fluent/helm-charts/tree/main/charts/fluentd`,
  },
  'UP-FLUENT-BIT': {
    title: 'fluent/helm-charts: charts/fluent-bit',
    url: `${github}/fluent/helm-charts/tree/main/charts/fluent-bit`,
  },
  'UP-FLUENT-OPERATOR': {
    title: 'fluent/helm-charts: charts/fluent-operator/values.yaml',
    url: `${github}/fluent/helm-charts/blob/main/charts/fluent-operator/values.yaml`,
  },
  'UP-ISTIO-CNI': {
    title: 'istio/istio: manifests/charts/istio-cni (2026-08)',
    url: `${github}/istio/istio/tree/master/manifests/charts/istio-cni`,
  },
  'UP-ZTUNNEL': {
    title: 'istio/istio: manifests/charts/ztunnel (2026-08)',
    url: `${github}/istio/istio/tree/master/manifests/charts/ztunnel`,
  },
  'UP-NRI': {
    title: 'newrelic/nri-kubernetes: charts/newrelic-infrastructure',
    url: `${github}/newrelic/nri-kubernetes/tree/main/charts/newrelic-infrastructure`,
  },
  'UP-NR-LOGGING': {
    title: 'newrelic/helm-charts: charts/newrelic-logging',
    url: `${github}/newrelic/helm-charts/tree/master/charts/newrelic-logging`,
  },
  'UP-NFS': {
    title: 'kubernetes-sigs/nfs-subdir-external-provisioner: charts',
    url: `${github}/kubernetes-sigs/nfs-subdir-external-provisioner/tree/master/charts`,
  },
  'UP-NVIDIA': {
    title: 'NVIDIA/k8s-device-plugin: deployments/helm/nvidia-device-plugin (0.20.0)',
    url: `${github}/NVIDIA/k8s-device-plugin/tree/main/deployments/helm/nvidia-device-plugin`,
  },
  'UP-GKE-DRIVER': {
    title:
      'GoogleCloudPlatform/container-engine-accelerators: nvidia-driver-installer/cos/daemonset-preloaded.yaml',
    url: `${github}/GoogleCloudPlatform/container-engine-accelerators/blob/master/nvidia-driver-installer/cos/daemonset-preloaded.yaml`,
  },
  'UP-OPENEBS': {
    title: 'openebs/charts (ndm) and openebs/dynamic-localpv-provisioner (localpv)',
    url: `${github}/openebs/charts/tree/main/charts/openebs`,
  },
  'UP-SMARTER': {
    title: 'smarter-project/smarter-device-manager: charts',
    url: `${github}/smarter-project/smarter-device-manager/tree/main/charts`,
  },
} as const satisfies Record<string, Source>;

/** Not about Domino: ourselves, the user, the API. */
const other = {
  OURS: { title: 'A key of this program, because the key of the installer is not known' },
  USER: { title: 'A correction in pod_security.catalog or in the file of --catalog' },
  'K8S-API': { title: 'Validation by the Kubernetes API server' },
} as const satisfies Record<string, Source>;

/** Every source that rows and decisions may cite, by key. */
export const sources: Readonly<Record<string, Source>> = {
  ...domino,
  ...secondHand,
  ...upstream,
  ...other,
};
