/** Keys of parts of Domino that bring pods: Istio, GPUs, monitoring, image building, releases. */
import type { Condition } from '../../catalog/types.ts';
import { plainRow, type OptionRow } from '../option-types.ts';

const flag = { kind: 'flag' } as const;

/** From 5.11 on these parts are installed only where the extended catalog is open. */
export const withExtendedCatalog: Condition = {
  any: [{ domino: { before: '5.11' } }, { path: 'extended_catalog', equals: true }],
};

export const featureRows: readonly OptionRow[] = [
  {
    path: 'istio.enabled',
    type: flag,
    default: false,
    description: 'Encrypts the traffic between pods with Istio.',
    effect: 'Brings Istio, unless istio.install says that the cluster has it already.',
    example: true,
    question: { ask: 'Encrypt traffic between pods with Istio?', section: 'istio', flag: 'istio' },
  },
  {
    path: 'istio.install',
    type: flag,
    description: 'Lets Domino install Istio; absent: as istio.enabled.',
    effect: 'true: brings the node agent of Istio, unless istio.cni is false.',
    example: true,
    question: {
      ask: 'Shall Domino install Istio itself?',
      section: 'istio',
      suggest: true,
      when: { path: 'istio.enabled', equals: true },
    },
  },
  {
    path: 'istio.cni',
    type: flag,
    default: true,
    description: 'Sets up the network of injected pods by a node agent.',
    effect:
      'false: no agent, but every injected pod starts with a root container that has NET_ADMIN and NET_RAW.',
    example: true,
    question: {
      ask: 'Use the Istio CNI node agent?',
      section: 'istio',
      when: { path: 'istio.install', equals: true },
    },
  },
  plainRow('istio.permissive', 'Accepts traffic without mutual TLS too.', {
    type: flag,
    since: { domino: '5.11' },
  }),
  plainRow('istio.nginx_annotations', 'Adds the annotations of Istio to the ingress controller.', {
    type: flag,
    until: { schema: '1.3', domino: '5.6' },
    movedTo: 'ingress_controller.istio_annotations',
  }),
  plainRow('istio.namespace', 'The namespace of Istio, in the oldest files.', {
    type: {
      kind: 'text',
      pattern: /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
      form: 'the name of a namespace',
    },
    until: { schema: '1.0', domino: '5.2' },
    movedTo: 'namespaces.istio.name',
  }),
  {
    path: 'gpu.enabled',
    type: flag,
    default: false,
    description: 'Supports nodes with NVIDIA GPUs.',
    effect:
      'true: brings the device plugin and feature discovery (privileged); on GKE the driver installer too.',
    example: false,
    question: { ask: 'Are there GPU nodes?', section: 'gpu', flag: 'gpu' },
  },
  {
    path: 'gpu_monitoring_enabled',
    type: flag,
    description: 'Collects GPU metrics; the documented name of monitoring.gpu_metrics.',
    effect: 'false: removes dcgm-exporter, which runs as root with SYS_ADMIN.',
    example: false,
    movedTo: 'monitoring.gpu_metrics',
    question: {
      ask: 'Collect GPU metrics?',
      section: 'gpu',
      when: { all: [{ path: 'gpu.enabled', equals: true }, { domino: { before: '5.11' } }] },
      suggest: true,
    },
  },
  {
    path: 'monitoring.gpu_metrics',
    type: flag,
    description:
      'Collects GPU metrics; absent: on with GPUs before 5.11, later only with extended_catalog.',
    effect: 'false: removes dcgm-exporter, which runs as root with SYS_ADMIN.',
    example: false,
    since: { domino: '5.11' },
    question: {
      ask: 'Collect GPU metrics?',
      section: 'gpu',
      when: {
        all: [
          { path: 'gpu.enabled', equals: true },
          { domino: { since: '5.11' } },
          { path: 'extended_catalog', equals: true },
        ],
      },
      suggest: true,
      flag: 'gpu-metrics',
    },
  },
  plainRow('monitoring.prometheus_metrics', 'Collects metrics with Prometheus.', {
    type: flag,
    example: true,
  }),
  {
    path: 'monitoring.newrelic.infrastructure',
    type: flag,
    default: false,
    description: 'Sends metrics of the nodes to New Relic.',
    effect: 'true: brings an agent on every node that runs privileged and as root.',
    example: false,
    question: {
      ask: 'Send node metrics to New Relic?',
      section: 'monitoring',
      when: withExtendedCatalog,
      flag: 'newrelic',
    },
  },
  plainRow('monitoring.newrelic.apm', 'Sends traces of the services to New Relic.', { type: flag }),
  plainRow('monitoring.newrelic.license_key', 'The licence key of New Relic.', { secret: true }),
  plainRow(
    'monitoring.newrelic.managed_controlplane',
    'Says that the cloud runs the control plane.',
    {
      since: { domino: '5.11' },
    },
  ),
  {
    path: 'image_caching.enabled',
    type: flag,
    default: true,
    description: 'Pulls images of environments to the nodes before they are needed.',
    effect:
      'false: removes image-cache-agent, which reaches the container runtime of each compute node.',
    example: true,
    question: {
      ask: 'Cache images on the compute nodes?',
      section: 'images',
      flag: 'image-caching',
    },
  },
  {
    path: 'image_building.rootless',
    type: flag,
    default: false,
    description: 'Builds images without root.',
    effect:
      'true: hephaestus-buildkit no longer runs as root; some releases stay privileged all the same.',
    example: true,
    question: { ask: 'Build images without root?', section: 'images', flag: 'rootless-builds' },
  },
  ...[
    'verbose',
    'concurrency',
    'cache_storage_size',
    'cache_storage_retention',
    'builder_node_selector',
    'registries',
  ].map((key) => plainRow(`image_building.${key}`, `The setting ${key} of image building.`)),
  {
    path: 'extended_catalog',
    type: flag,
    default: false,
    description: 'Opens the installer for Falco, SMB, GPU metrics and New Relic.',
    effect: 'false, from 5.11 on: none of those parts is installed, whatever else is set.',
    example: false,
    since: { domino: '5.11' },
    question: {
      ask: 'Use the extended catalog (Falco, SMB, GPU metrics, New Relic)?',
      section: 'release',
      when: { domino: { since: '5.11' } },
    },
  },
  {
    path: 'release_overrides.*.installed',
    type: flag,
    description: 'Whether the Helm release is installed at all.',
    effect: 'false: removes the pods of the release.',
    example: false,
    since: { schema: '1.1', domino: '5.3' },
  },
  {
    path: 'release_overrides.*.chart_values',
    type: { kind: 'anything' },
    description: 'Values for the Helm chart of the release.',
    effect: 'A few values reduce what a pod needs; see the files of target installer-overrides.',
    example: { sysctlInitContainer: { enabled: false } },
    since: { schema: '1.1', domino: '5.3' },
  },
  {
    path: 'services.*.chart_values',
    type: { kind: 'anything' },
    description: 'Values for the Helm chart of a service, with underscores in its name.',
    effect: 'As release_overrides.',
    until: { schema: '1.0', domino: '5.2' },
    movedTo: 'release_overrides.*.chart_values',
  },
];
