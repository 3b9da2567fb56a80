/** Every key of deploy.yaml that is read, and the names of those that are not. To add an option, add a row. */
import type { OptionRow } from './option-types.ts';
import { clusterRows } from './rows/cluster.ts';
import { featureRows } from './rows/features.ts';
import { podSecurityRows } from './rows/pod-security.ts';
import { registryRows, storageRows } from './rows/storage.ts';

export const optionTable: readonly OptionRow[] = [
  ...clusterRows,
  ...storageRows,
  ...registryRows,
  ...featureRows,
  ...podSecurityRows,
];

/** Top-level keys in which an unknown key is an error: pods depend on them. */
export const strictKeys: ReadonlySet<string> = new Set([
  'pod_security',
  'namespaces',
  'storage_classes',
  'istio',
  'gpu',
  'monitoring',
  'image_caching',
  'image_building',
  'internal_docker_registry',
  'private_docker_registry',
]);

/**
 * Keys of the installer with no bearing on pods, by schema and release notes; the names inside
 * serve only to recognise a mistyped one.
 */
export const otherKeys: Readonly<Record<string, readonly string[]>> = {
  pod_cidr: [],
  ssl_enabled: [],
  ssl_redirect: [],
  request_resources: [],
  enable_network_policies: [],
  create_ingress_controller: [],
  custom_certificates: [],
  minimal_resources: [],
  cluster_domain: [],
  global_node_selectors: [],
  platform_jobs_node_selectors: [],
  global_pod_annotations: [],
  global_pod_labels: [],
  global_pod_environment: [],
  ingress_controller: [
    'create',
    'install',
    'gke_cluster_uuid',
    'class_name',
    'gcp_static_ip_name',
    'istio_annotations',
    'allowed_cidrs',
  ],
  blob_storage: ['projects', 'logs', 'backups', 'default'],
  autoscaler: ['enabled', 'cloud_provider', 'auto_discovery', 'groups'],
  spotinst_controller: [],
  metrics_server: ['install'],
  external_dns: ['enabled', 'provider', 'domain_filters', 'zone_id_filters', 'txt_owner_id'],
  git: ['storage_class'],
  email_notifications: ['enabled', 'server', 'port', 'from_address', 'authentication'],
  telemetry: [],
  fleetcommand: [],
  teleport: [],
  teleport_kube_agent: [],
  helm: [
    'version',
    'host',
    'namespace',
    'insecure',
    'username',
    'password',
    'tiller_image',
    'prefix',
    'cache_path',
    'skip_daemonset_validation',
    'daemonset_timeout',
    'image_registries',
  ],
  certificate_management: ['enabled', 'install'],
  vault: ['enabled'],
  workbench: ['enabled'],
  modelmonitor: ['enabled'],
  audit_trail: [],
  fips: [],
  flyte: [],
  grafana_alerts: [],
  system_images: [],
};

/** What people write for `installed`, by which the installer is not moved. */
export const mistakenKeys: Readonly<Record<string, string>> = {
  enabled: 'installed',
  deploy: 'installed',
};
