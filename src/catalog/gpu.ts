/** Rows 6, 20 and 21: metrics, devices and labels of GPUs. */
import { gpuEnabled, gpuMetrics } from './conditions.ts';
import { nvidiaCompanions } from './gpu-companions.ts';
import type { Evidence, PodEntry } from './types.ts';

const dcgmChart: Evidence = { confidence: 'derived', source: 'UP-DCGM' };
const dcgmGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-DCGM',
  note: 'Guess (75%): upstream it runs as 0 with SYS_ADMIN; the exceptions of the row could not be read.',
};

export const dcgmExporter: PodEntry = {
  id: 'dcgm-exporter',
  component: 'gpu',
  title: 'Exports metrics of GPUs.',
  name: {
    confidence: 'derived',
    source: 'DOC-EXT',
    note: 'The release is documented, and nothing else exports GPU metrics.',
  },
  workloads: [{ kind: 'DaemonSet', name: 'dcgm-exporter', ...dcgmChart }],
  namespace: { key: 'platform', confidence: 'assumed', source: 'DOC-EXT', note: 'Guess (80%).' },
  release: { name: 'dcgm-exporter', confidence: 'documented', source: 'DOC-EXT' },
  containers: [
    {
      name: 'exporter',
      ...dcgmChart,
      uses: ['root', 'capabilities'],
      need: {
        ...dcgmChart,
        runAsNonRoot: false,
        runAsUser: 0,
        allowPrivilegeEscalation: false,
        capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { root: dcgmGuess, capabilities: dcgmGuess },
      complete: dcgmGuess,
      capabilities: ['SYS_ADMIN'],
      why: 'Reads profiling counters of GPUs, which the driver gives to administrators only.',
    },
  ],
  installedWhen: {
    condition: gpuMetrics,
    confidence: 'derived',
    source: 'DOC-EXT',
    note: 'The switch, the GPU nodes and the gate of 5.11 are documented; that an absent key means on is derived.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'gpu_monitoring_enabled', value: false }],
      removes: ['root', 'capabilities'],
      domino: { before: '5.11' },
      confidence: 'documented',
      source: 'DOC-PODSEC',
      note: 'The name in the text on pod security; release notes and configurations do not have it.',
      text: 'No metrics of GPUs. From 5.11 the installer calls the key monitoring.gpu_metrics; write one of the two.',
    },
    {
      effect: 'off',
      set: [{ path: 'monitoring.gpu_metrics', value: false }],
      removes: ['root', 'capabilities'],
      domino: { since: '5.11' },
      confidence: 'documented',
      source: 'DOC-FCA',
      text: 'No metrics of GPUs.',
    },
    {
      effect: 'off',
      set: [{ path: 'extended_catalog', value: false }],
      removes: ['root', 'capabilities'],
      domino: { since: '5.11' },
      confidence: 'documented',
      source: 'DOC-EXT',
      text: 'The extended catalog is closed by default; no service of it is installed then.',
    },
    {
      effect: 'less',
      set: [
        {
          path: 'release_overrides.dcgm-exporter.chart_values.securityContext.runAsNonRoot',
          value: true,
        },
        {
          path: 'release_overrides.dcgm-exporter.chart_values.securityContext.runAsUser',
          value: 1000,
        },
        {
          path: 'release_overrides.dcgm-exporter.chart_values.securityContext.capabilities.add',
          value: null,
        },
      ],
      removes: ['root', 'capabilities'],
      confidence: 'assumed',
      source: 'UP-DCGM',
      note: 'The form without root is upstream; that the chart of Domino takes the same values is a guess.',
      text: 'Runs as 1000 without SYS_ADMIN; profiling metrics are missing then.',
      leaves: [
        {
          container: 'exporter',
          ...dcgmChart,
          runAsNonRoot: true,
          runAsUser: 1000,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
      ],
    },
  ],
  host: {
    ...dcgmChart,
    hostPaths: ['/var/lib/kubelet/pod-resources'],
    hostNetwork: false,
    hostPID: false,
  },
};

const nvidiaChart: Evidence = { confidence: 'derived', source: 'UP-NVIDIA' };
const nvidiaRelease = {
  name: 'nvidia-device-plugin',
  confidence: 'assumed',
  source: 'UP-NVIDIA',
  note: 'Guess: the name of the upstream chart.',
} as const;
const gpuInstalledWhen: PodEntry['installedWhen'] = {
  condition: gpuEnabled,
  confidence: 'derived',
  source: 'CDK-1.2',
};
const noGpu = {
  effect: 'off',
  set: [{ path: 'gpu.enabled', value: false }],
  confidence: 'derived',
  source: 'CDK-1.2',
} as const;

const pluginGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-NVIDIA',
  note: 'Guess (65%) of privileged or capabilities: upstream only with CPU manager support or MIG; the exceptions of the row could not be read.',
};

export const nvidiaDevicePlugin: PodEntry = {
  id: 'nvidia-device-plugin',
  component: 'gpu',
  title: 'Offers the GPUs of a node to pods.',
  name: {
    confidence: 'derived',
    source: 'UP-NVIDIA',
    note: 'From the description of the row and the upstream name.',
  },
  workloads: [
    { kind: 'DaemonSet', name: 'nvidia-device-plugin', ...nvidiaChart },
    {
      kind: 'DaemonSet',
      name: 'nvidia-device-plugin-daemonset',
      confidence: 'assumed',
      source: 'UP-NVIDIA',
      note: 'Guess: the plain manifest of the upstream project.',
    },
  ],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'assumed',
    source: 'UP-NVIDIA',
    note: 'Guess (75%).',
  },
  release: nvidiaRelease,
  containers: [
    {
      name: 'nvidia-device-plugin-ctr',
      ...nvidiaChart,
      uses: ['privileged', 'capabilities'],
      need: {
        ...nvidiaChart,
        note: 'Escalation and capabilities are set upstream; that the image runs as root is assumed.',
        runAsNonRoot: false,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: pluginGuess, capabilities: pluginGuess },
      complete: {
        ...pluginGuess,
        note: 'The exceptions of the row could not be read; the upstream chart sets no user, so root may belong to it, too.',
      },
      why: 'Registers the GPUs with the kubelet through its socket directory on the node.',
    },
  ],
  installedWhen: gpuInstalledWhen,
  reductions: [
    {
      ...noGpu,
      removes: ['privileged', 'capabilities'],
      text: 'Domino installs nothing for GPUs then. On OpenShift the NVIDIA operator takes this place, so that the key can stay false (a guess, 65%).',
    },
  ],
  host: {
    ...nvidiaChart,
    note: 'Also the root of the driver, where the chart is told of it.',
    hostPaths: [
      '/var/lib/kubelet/device-plugins',
      '/var/run/cdi',
      '/run/nvidia/mps',
      '/run/nvidia/mps/shm',
    ],
  },
  companions: nvidiaCompanions,
};

const discoveryGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-NVIDIA',
  note: 'Guess (75%): privileged upstream; the exceptions of the row could not be read.',
};

export const gpuFeatureDiscovery: PodEntry = {
  id: 'nvidia-device-plugin-gpu-feature-discovery',
  component: 'gpu',
  title: 'Labels nodes with what their GPUs can do.',
  name: {
    confidence: 'assumed',
    source: 'UP-NVIDIA',
    note: 'Guess (60%): the name in the upstream chart, which keeps the table in order; gpu-feature-discovery is the other one.',
  },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'nvidia-device-plugin-gpu-feature-discovery',
      ...nvidiaChart,
      note: 'The upstream chart, released as nvidia-device-plugin.',
    },
    {
      kind: 'DaemonSet',
      name: 'gpu-feature-discovery',
      confidence: 'assumed',
      source: 'UP-NVIDIA',
      note: 'Guess (40%): the name of the project.',
    },
  ],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'assumed',
    source: 'UP-NVIDIA',
    note: 'No source names it; beside nvidia-device-plugin.',
  },
  release: nvidiaRelease,
  containers: [
    {
      name: 'gpu-feature-discovery-ctr',
      ...nvidiaChart,
      uses: ['privileged', 'root'],
      need: {
        ...nvidiaChart,
        note: 'Privileged is set upstream; that the image runs as root is assumed.',
        privileged: true,
        runAsNonRoot: false,
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: discoveryGuess, root: discoveryGuess },
      complete: discoveryGuess,
      why: 'Reads the devices of the node and writes what it finds for the node labels.',
    },
  ],
  installedWhen: gpuInstalledWhen,
  reductions: [
    { ...noGpu, removes: ['privileged', 'root'], text: 'Nodes get no labels of GPU features.' },
  ],
  host: {
    ...nvidiaChart,
    hostPaths: ['/etc/kubernetes/node-feature-discovery/features.d', '/sys', '/'],
  },
};
