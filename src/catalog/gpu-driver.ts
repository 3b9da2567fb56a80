/** Row 22: the driver installer of GKE. */
import { gkeDrivers } from './conditions.ts';
import type { Evidence, PodEntry } from './types.ts';

const manifest: Evidence = { confidence: 'derived', source: 'UP-GKE-DRIVER' };

export const nvidiaDriverInstaller: PodEntry = {
  id: 'nvidia-driver-installer',
  component: 'gpu',
  title: 'Installs the NVIDIA driver on GPU nodes of GKE.',
  name: {
    confidence: 'derived',
    source: 'UP-GKE-DRIVER',
    note: 'From the description of the row and the name in the manifest of Google.',
  },
  workloads: [{ kind: 'DaemonSet', name: 'nvidia-driver-installer', ...manifest }],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'assumed',
    source: 'DOC-GKE',
    note: 'The page on GKE has the administrator apply the manifest of Google: the pod is then in kube-system, outside every policy of the namespaces of Domino.',
  },
  containers: [
    {
      name: 'nvidia-driver-installer',
      init: true,
      ...manifest,
      uses: ['privileged', 'root'],
      need: {
        ...manifest,
        note: 'Privileged is set upstream; that the image runs as root is assumed.',
        privileged: true,
        runAsNonRoot: false,
      },
    },
    {
      name: 'partition-gpus',
      init: true,
      ...manifest,
      uses: ['privileged', 'root'],
      need: {
        ...manifest,
        note: 'Privileged is set upstream; that the image runs as root is assumed.',
        privileged: true,
        runAsNonRoot: false,
      },
    },
    {
      name: 'pause',
      ...manifest,
      note: 'An old image that names no user, so far as is known.',
      uses: ['root'],
      need: { confidence: 'assumed', source: 'UP-GKE-DRIVER', runAsNonRoot: false },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: manifest, root: manifest },
      complete: manifest,
      why: 'Builds and loads a kernel module on the node.',
    },
  ],
  installedWhen: {
    condition: gkeDrivers,
    confidence: 'derived',
    source: 'DOC-PODSEC',
    note: 'GKE with GPUs only is documented; the key is that of CDK-1.2. Nodes whose driver GKE manages skip it.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'gpu.enabled', value: false }],
      removes: ['privileged', 'root'],
      confidence: 'derived',
      source: 'CDK-1.2',
      text: 'Domino installs nothing for GPUs then. Node pools whose driver GKE manages need no installer either.',
    },
  ],
  host: {
    ...manifest,
    hostPaths: [
      '/dev',
      '/home/kubernetes/bin/nvidia',
      '/home/kubernetes/bin/nvidia/vulkan/icd.d',
      '/',
      '/var/lib/cos-tools',
      '/etc/nvidia',
    ],
    hostNetwork: true,
    hostPID: true,
  },
};
