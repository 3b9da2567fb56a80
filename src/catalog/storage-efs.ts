/** Rows 2 and 3: the driver of AWS file storage. */
import { efsStorage } from './conditions.ts';
import { around56, before54, before54Complete, guess56, page54, page57 } from './evidence.ts';
import type { ContainerRow, Evidence, PodEntry } from './types.ts';

const chart: Evidence = { confidence: 'derived', source: 'UP-EFS' };
const rootNeed = { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 } as const;

/** The chart sets uid 0 on the pod, so that sidecars are root too, but nothing more than that. */
const sidecar: Omit<ContainerRow, 'name'> = {
  ...chart,
  note: 'Root comes from the pod level of the upstream chart.',
  uses: ['root'],
  need: { ...chart, ...rootNeed, allowPrivilegeEscalation: false },
};

const nodeWhy = 'Mounts network file systems in the directories of the kubelet.';
const controllerWhy =
  'Mounts the file system to create and remove the directories of access points.';

const release = {
  name: 'aws-efs-csi-driver',
  confidence: 'derived',
  source: 'TFC',
  note: 'The name of the chart that Domino publishes; the release is taken to have it, too.',
} as const;

const installedWhen: PodEntry['installedWhen'] = {
  condition: efsStorage,
  confidence: 'derived',
  source: 'DOC-PODSEC',
  note: 'That EFS must be configured is documented; the key is that of the reference.',
};

const reductions: PodEntry['reductions'] = [
  {
    effect: 'off',
    set: [{ path: 'release_overrides.aws-efs-csi-driver.installed', value: false }],
    removes: ['privileged', 'root', 'capabilities'],
    confidence: 'derived',
    source: 'PAL',
    note: 'The switch was seen on another release; 90% for this one.',
    text: 'Domino installs no EFS driver: the cluster must have one for the shared storage class.',
  },
  {
    effect: 'off',
    set: [{ path: 'storage_classes.shared.type', value: 'nfs' }],
    removes: ['privileged', 'root', 'capabilities'],
    confidence: 'derived',
    source: 'DOC-PODSEC',
    text: 'Shared storage of another kind needs no EFS driver; nfs brings nfs-client-provisioner instead. Whether storage_classes.shared.create: false is enough is a guess (70%).',
  },
];

export const efsController: PodEntry = {
  id: 'aws-efs-csi-driver-controller',
  component: 'storage',
  title: 'Creates and deletes AWS EFS access points for volumes.',
  name: page57,
  workloads: [
    {
      kind: 'Deployment',
      name: 'aws-efs-csi-driver-controller',
      confidence: 'derived',
      source: 'DOC-PODSEC',
      note: 'The name is documented, the kind is that of the upstream chart.',
    },
    {
      kind: 'Deployment',
      name: 'efs-csi-controller',
      ...chart,
      note: 'The name in the upstream chart.',
    },
  ],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'derived',
    source: 'SA-LISTS',
    note: 'Its service account is in the platform namespace.',
  },
  release,
  containers: [
    {
      name: 'efs-plugin',
      ...chart,
      uses: ['privileged', 'root', 'capabilities'],
      need: {
        ...chart,
        ...rootNeed,
        privileged: true,
        note: 'The upstream chart sets privileged, which the pages of 5.7 and later do not except; without it the removal of access point directories fails.',
      },
    },
    { name: 'csi-provisioner', ...sidecar },
    { name: 'liveness-probe', ...sidecar },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: before54, root: before54 },
      complete: before54Complete,
      why: controllerWhy,
    },
    {
      since: '5.4',
      exceptions: { privileged: page54, root: page54 },
      complete: page54,
      why: controllerWhy,
    },
    {
      since: '5.6',
      exceptions: {
        privileged: { ...guess56, note: 'Excepted in 5.4, no longer in 5.7; 5.6 not readable.' },
        root: around56,
        capabilities: guess56,
      },
      complete: guess56,
      why: controllerWhy,
    },
    {
      since: '5.7',
      exceptions: { root: page57, capabilities: page57 },
      complete: page57,
      why: 'Manages access points of the file system with host resources of the node.',
    },
  ],
  installedWhen,
  reductions,
  host: { ...chart, hostNetwork: false },
};

const guess57: Evidence = {
  confidence: 'assumed',
  source: 'UP-EFS',
  note: 'Guess (85%): the row is there in later pages, but its exceptions could be read in 5.4 only.',
};

export const efsNode: PodEntry = {
  id: 'aws-efs-csi-driver-node',
  component: 'storage',
  title: 'Mounts AWS EFS file systems on every node.',
  name: page54,
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'aws-efs-csi-driver-node',
      confidence: 'derived',
      source: 'DOC-PODSEC-5.4',
      note: 'The name is documented, the kind is that of the upstream chart.',
    },
    {
      kind: 'DaemonSet',
      name: 'efs-csi-node',
      ...chart,
      note: 'The name in the upstream chart.',
    },
  ],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'assumed',
    source: 'SA-LISTS',
    note: 'Guess (85%): beside the controller of the same release.',
  },
  release,
  containers: [
    {
      name: 'efs-plugin',
      ...chart,
      uses: ['privileged', 'root', 'capabilities'],
      need: { ...chart, ...rootNeed, privileged: true },
    },
    { name: 'csi-driver-registrar', ...sidecar },
    { name: 'liveness-probe', ...sidecar },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: before54, root: before54 },
      complete: before54Complete,
      why: nodeWhy,
    },
    {
      since: '5.4',
      exceptions: { privileged: page54, root: page54 },
      complete: page54,
      why: nodeWhy,
    },
    {
      since: '5.6',
      exceptions: { privileged: guess57, root: guess57, capabilities: guess57 },
      complete: guess57,
      why: nodeWhy,
    },
  ],
  installedWhen,
  reductions,
  host: {
    ...chart,
    hostPaths: [
      '/var/lib/kubelet',
      '/var/lib/kubelet/plugins/efs.csi.aws.com/',
      '/var/lib/kubelet/plugins_registry/',
      '/var/run/efs',
      '/var/amazon/efs',
      '/etc/amazon/efs',
    ],
    hostNetwork: true,
    hostPorts: [9809],
  },
};
