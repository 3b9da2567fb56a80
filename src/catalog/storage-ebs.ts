/** Row 1: the driver of AWS block storage. */
import { ebsStorage } from './conditions.ts';
import { around56, before54, before54Complete, guess56, page54, page57 } from './evidence.ts';
import type { ContainerRow, Evidence, PodEntry } from './types.ts';

const chart: Evidence = { confidence: 'derived', source: 'UP-EBS' };
const rootNeed = { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 } as const;

/** The chart sets uid 0 on the pod, so that sidecars are root too, but nothing more than that. */
const sidecar: Omit<ContainerRow, 'name'> = {
  ...chart,
  note: 'Root comes from the pod level of the upstream chart.',
  uses: ['root'],
  need: { ...chart, ...rootNeed, allowPrivilegeEscalation: false },
};

const why = 'Mounts volumes in the directories of the kubelet and opens block devices of the node.';

export const ebsNode: PodEntry = {
  id: 'aws-ebs-csi-driver-node',
  component: 'storage',
  title: 'Attaches and mounts AWS EBS volumes on every node.',
  name: page57,
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'aws-ebs-csi-driver-node',
      confidence: 'derived',
      source: 'DOC-PODSEC',
      note: 'The name is documented, the kind is that of the upstream chart.',
    },
    {
      kind: 'DaemonSet',
      name: 'ebs-csi-node',
      ...chart,
      note: 'The name in the upstream chart.',
    },
  ],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'derived',
    source: 'SA-LISTS',
    note: 'The service account of the controller is in the platform namespace.',
  },
  release: {
    name: 'aws-ebs-csi-driver',
    confidence: 'assumed',
    source: 'TFC',
    note: 'Guess (85%), by analogy with the chart of the EFS driver.',
  },
  containers: [
    {
      name: 'ebs-plugin',
      ...chart,
      uses: ['privileged', 'root', 'capabilities'],
      need: { ...chart, ...rootNeed, privileged: true },
    },
    { name: 'node-driver-registrar', ...sidecar },
    { name: 'liveness-probe', ...sidecar },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: before54, root: before54 },
      complete: before54Complete,
      why,
    },
    {
      since: '5.4',
      exceptions: { privileged: page54, root: page54 },
      complete: page54,
      why,
    },
    {
      since: '5.6',
      exceptions: {
        privileged: around56,
        root: around56,
        capabilities: guess56,
      },
      complete: guess56,
      why,
    },
    {
      since: '5.7',
      exceptions: { privileged: page57, root: page57, capabilities: page57 },
      complete: page57,
      why,
    },
  ],
  installedWhen: {
    condition: ebsStorage,
    confidence: 'derived',
    source: 'CDK-1.2',
    note: 'That EBS must be configured is documented; the keys are those of a generated configuration.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'storage_classes.block.create', value: false }],
      removes: ['privileged', 'root', 'capabilities'],
      confidence: 'derived',
      source: 'PAL',
      note: 'Seen with 6.2.2.',
      text: 'Domino installs no EBS driver: the cluster must have one, and the block storage class.',
    },
    {
      effect: 'off',
      set: [{ path: 'release_overrides.aws-ebs-csi-driver.installed', value: false }],
      removes: ['privileged', 'root', 'capabilities'],
      confidence: 'assumed',
      source: 'PAL',
      note: 'The switch was seen on another release; the name of this one is a guess (85%).',
      text: 'Domino installs no EBS driver: the cluster must have one.',
    },
  ],
  host: {
    ...chart,
    note: 'With SELinux support on also /sys/fs/selinux and /etc/selinux/config; hostNetwork is a value of the chart.',
    hostPaths: [
      '/var/lib/kubelet',
      '/var/lib/kubelet/plugins/ebs.csi.aws.com/',
      '/var/lib/kubelet/plugins_registry/',
      '/dev',
    ],
    hostNetwork: false,
  },
};
