/** Row 15: the agent that keeps images on nodes. */
import type { Evidence, PodEntry } from './types.ts';

const guess: Evidence = {
  confidence: 'assumed',
  source: 'CRI',
  note: 'Guess (80%): the socket of the container runtime belongs to root.',
};

export const imageCacheAgent: PodEntry = {
  id: 'image-cache-agent',
  component: 'images',
  title: 'Pulls and prunes images on every compute node.',
  name: {
    confidence: 'derived',
    source: 'KAT',
    note: 'The documentation speaks of the agent of the image caching service.',
  },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'image-cache-agent',
      confidence: 'derived',
      source: 'KAT',
      note: 'One on each compute node (DOC-ICS).',
    },
  ],
  namespace: {
    key: 'compute',
    confidence: 'assumed',
    source: 'DOC-ICS',
    note: 'Guess (60%): it runs on compute nodes.',
  },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { root: guess },
      complete: {
        confidence: 'assumed',
        source: 'DOC-PODSEC',
        note: 'The exceptions of the row could not be read; privileged is the less likely guess (40%).',
      },
      why: 'Talks to the container runtime of the node through its socket.',
    },
  ],
  installedWhen: {
    condition: { not: { path: 'image_caching.enabled', equals: false } },
    confidence: 'derived',
    source: 'CFG-521',
    note: 'The key is seen in configurations; that an absent one means on is derived.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'image_caching.enabled', value: false }],
      removes: ['root'],
      confidence: 'documented',
      source: 'CFG-433',
      text: 'Images are pulled when a workload first needs them: starts take longer.',
    },
  ],
  host: {
    confidence: 'assumed',
    source: 'CRI',
    note: 'One of these sockets; that the agent uses them is derived (75%) from the client library that Domino publishes.',
    hostPaths: [
      '/var/run/containerd/containerd.sock',
      '/var/run/cri-dockerd.sock',
      '/var/run/dockershim.sock',
    ],
  },
};
