/** Rows 4 and 5: the driver of SMB shares. */
import { smbConfigured } from './conditions.ts';
import type { ContainerRow, Evidence, PodEntry } from './types.ts';

const manifest: Evidence = { confidence: 'derived', source: 'UP-SMB' };
const name: Evidence = {
  confidence: 'assumed',
  source: 'DOC-EXT',
  note: 'Guess (80%): the release name is documented, and the upstream name fits the order of the table.',
};
const place = {
  key: 'platform',
  alsoSeen: ['kube-system'],
  confidence: 'assumed',
  source: 'UP-SMB',
  note: 'Guess (75%): upstream it is kube-system.',
} as const;
const release = { name: 'csi-driver-smb', confidence: 'documented', source: 'DOC-EXT' } as const;
const controllerGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-SMB',
  note: 'Guess (60%): privileged in the upstream manifest; the exceptions of the row could not be read.',
};
const nodeGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-SMB',
  note: 'Guess (70%): privileged in the upstream manifest; the exceptions of the row could not be read.',
};

const plugin: ContainerRow = {
  name: 'smb',
  ...manifest,
  uses: ['privileged', 'root', 'capabilities'],
  need: {
    ...manifest,
    note: 'Privileged and drop are set upstream; that the image runs as root is assumed.',
    privileged: true,
    runAsNonRoot: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: 'RuntimeDefault',
  },
};
const sidecar: Omit<ContainerRow, 'name'> = {
  ...manifest,
  note: 'That its image runs as root, on the socket of the driver, is assumed.',
  uses: ['root'],
  need: {
    confidence: 'assumed',
    source: 'UP-SMB',
    runAsNonRoot: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: 'RuntimeDefault',
  },
};

const installedWhen: PodEntry['installedWhen'] = {
  condition: smbConfigured,
  confidence: 'assumed',
  source: 'DOC-EXT',
  note: 'That SMB must be configured, and the gate of 5.11, are documented; no key is. Ours is pod_security.components.smb; the release is a guess (70%).',
};
const versions: PodEntry['versions'] = {
  since: '5.6',
  confidence: 'documented',
  source: 'DOC-PODSEC-5.6',
  note: 'The two rows appear with 5.6.',
};
const reductions: PodEntry['reductions'] = [
  {
    effect: 'off',
    set: [{ path: 'extended_catalog', value: false }],
    removes: ['privileged', 'root', 'capabilities'],
    domino: { since: '5.11' },
    confidence: 'documented',
    source: 'DOC-EXT',
    text: 'The extended catalog is closed by default; no service of it is installed then.',
  },
  {
    effect: 'off',
    set: [{ path: 'release_overrides.csi-driver-smb.installed', value: false }],
    removes: ['privileged', 'root', 'capabilities'],
    confidence: 'assumed',
    source: 'PAL',
    note: 'Guess (80%): the switch was seen on another release.',
    text: 'SMB shares cannot be mounted as external data volumes then.',
  },
];

export const smbController: PodEntry = {
  id: 'csi-smb-controller',
  component: 'storage',
  title: 'Provisions volumes on SMB shares.',
  name,
  workloads: [{ kind: 'Deployment', name: 'csi-smb-controller', ...manifest }],
  namespace: place,
  release,
  containers: [
    { ...sidecar, name: 'csi-provisioner' },
    { ...sidecar, name: 'csi-resizer' },
    { ...sidecar, name: 'liveness-probe' },
    plugin,
  ],
  needs: [
    {
      since: '0',
      exceptions: {
        privileged: controllerGuess,
        root: controllerGuess,
        capabilities: controllerGuess,
      },
      complete: controllerGuess,
      why: 'Mounts shares to create and remove the directories of volumes.',
    },
  ],
  installedWhen,
  versions,
  reductions,
  host: { ...manifest, hostNetwork: true, hostPorts: [29642, 29644] },
};

export const smbNode: PodEntry = {
  id: 'csi-smb-node',
  component: 'storage',
  title: 'Mounts SMB shares on every node.',
  name,
  workloads: [{ kind: 'DaemonSet', name: 'csi-smb-node', ...manifest }],
  namespace: place,
  release,
  containers: [
    { ...sidecar, name: 'liveness-probe' },
    { ...sidecar, name: 'node-driver-registrar' },
    plugin,
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: nodeGuess, root: nodeGuess, capabilities: nodeGuess },
      complete: nodeGuess,
      why: 'Mounts shares in the directories of the kubelet.',
    },
  ],
  installedWhen,
  versions,
  reductions,
  host: {
    ...manifest,
    hostPaths: [
      '/var/lib/kubelet/plugins/smb.csi.k8s.io',
      '/var/lib/kubelet/',
      '/var/lib/kubelet/plugins_registry/',
    ],
    hostNetwork: true,
    hostPorts: [29643, 29641],
  },
};
