/** Rows of other Domino versions, and pods that the table of 24 lacks. */
import { ebsStorage } from './conditions.ts';
import { page54 } from './evidence.ts';
import type { Evidence, PodEntry } from './types.ts';

const ebsChart: Evidence = { confidence: 'derived', source: 'UP-EBS' };
const ebsSidecar = {
  ...ebsChart,
  note: 'It runs as 1000 in the upstream chart and needs no capability for its socket.',
  uses: [],
} as const;

export const ebsController: PodEntry = {
  id: 'aws-ebs-csi-driver-controller',
  component: 'other-versions',
  title: 'Creates and attaches AWS EBS volumes.',
  name: page54,
  workloads: [
    {
      kind: 'Deployment',
      name: 'aws-ebs-csi-driver-controller',
      confidence: 'derived',
      source: 'DOC-PODSEC-5.4',
      note: 'The name is documented, the kind is that of the upstream chart.',
    },
    { kind: 'Deployment', name: 'ebs-csi-controller', ...ebsChart },
  ],
  namespace: {
    key: 'platform',
    alsoSeen: ['kube-system'],
    confidence: 'derived',
    source: 'SA-LISTS',
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
      ...ebsChart,
      uses: ['capabilities'],
      need: {
        ...ebsChart,
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        allowPrivilegeEscalation: false,
        seccompProfile: 'RuntimeDefault',
      },
    },
    { ...ebsSidecar, name: 'csi-provisioner' },
    { ...ebsSidecar, name: 'csi-attacher' },
    { ...ebsSidecar, name: 'csi-resizer' },
    { ...ebsSidecar, name: 'liveness-probe' },
  ],
  needs: [
    {
      since: '0',
      exceptions: { capabilities: page54 },
      complete: page54,
      why: 'Was not supported without the default capabilities of the runtime.',
    },
  ],
  installedWhen: { condition: ebsStorage, confidence: 'derived', source: 'CDK-1.2' },
  versions: {
    since: '5.4',
    before: '5.6',
    confidence: 'documented',
    source: 'DOC-PODSEC-5.5',
    note: 'Gone from the table by 5.6: the pod may still be there, without an exception.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'storage_classes.block.create', value: false }],
      removes: ['capabilities'],
      confidence: 'derived',
      source: 'PAL',
      note: 'Seen with 6.2.2.',
      text: 'Domino installs no EBS driver: the cluster must have one, and the block storage class.',
    },
  ],
  otherVersions: true,
};

const scalerGuess: Evidence = {
  confidence: 'assumed',
  source: 'DOC-PODSEC-5.4',
  note: 'Guess (90%): the description says that it is not supported without the default capabilities and is not root.',
};

export const clusterAutoscaler: PodEntry = {
  id: 'cluster-autoscaler',
  component: 'other-versions',
  title: 'Adds and removes nodes, mostly on AWS.',
  name: {
    confidence: 'assumed',
    source: 'DOC-PODSEC-5.4',
    note: 'Guess (90%), from the description of the row.',
  },
  workloads: [
    {
      kind: 'Deployment',
      name: 'cluster-autoscaler',
      confidence: 'documented',
      source: 'TF-AWS',
    },
  ],
  namespace: { key: 'platform', confidence: 'documented', source: 'TF-AWS' },
  release: {
    name: 'cluster-autoscaler',
    confidence: 'derived',
    source: 'PAL',
    note: 'The release on which the switch installed: false was seen.',
  },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { capabilities: scalerGuess },
      complete: scalerGuess,
      why: 'Was not supported without the default capabilities of the runtime.',
    },
  ],
  installedWhen: {
    condition: {
      all: [
        { path: 'autoscaler', present: true },
        { not: { path: 'autoscaler.enabled', equals: false } },
      ],
    },
    confidence: 'derived',
    source: 'CDK-1.2',
    note: 'In schema 1.0 there is a flag; later a null switches it off.',
  },
  versions: {
    since: '5.4',
    before: '5.6',
    confidence: 'documented',
    source: 'DOC-PODSEC-5.5',
    note: 'Gone from the table by 5.6: the pod may still be there, without an exception.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'release_overrides.cluster-autoscaler.installed', value: false }],
      removes: ['capabilities'],
      confidence: 'derived',
      source: 'PAL',
      note: 'Seen with 6.2.2.',
      text: 'Something else must scale the node groups.',
    },
  ],
  otherVersions: true,
};

const agentUnknown: Evidence = {
  confidence: 'assumed',
  source: 'DOC-PODSEC-5.6',
  note: 'The row is there, but its exceptions could not be read.',
};

export const dataPlaneAgent: PodEntry = {
  id: 'data-plane-agent',
  component: 'other-versions',
  title: 'Runs workloads on behalf of the control plane.',
  name: {
    confidence: 'derived',
    source: 'DOC-PODSEC-5.6',
    note: 'The description of the row begins with it.',
  },
  workloads: [
    { kind: 'Deployment', name: 'data-plane-agent', confidence: 'derived', source: 'OPS' },
  ],
  namespace: { key: 'compute', confidence: 'derived', source: 'OPS' },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: {},
      complete: agentUnknown,
      why: 'Which exceptions it has is not known.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'assumed',
    source: 'DOC-PODSEC-5.6',
    note: 'No condition is known.',
  },
  versions: {
    since: '5.6',
    before: '5.9',
    confidence: 'derived',
    source: 'DOC-PODSEC-5.6',
    note: 'Gone by 5.9; 5.7 and 5.8 could not be read that far.',
  },
  reductions: [],
  otherVersions: true,
};
