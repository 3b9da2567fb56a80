/** Pods that the upstream chart of the NVIDIA device plugin brings beside those of the table. */
import type { PodEntry } from './types.ts';

export const nvidiaCompanions: NonNullable<PodEntry['companions']> = [
  {
    workload: {
      kind: 'DaemonSet',
      pattern: '(.+-)?node-feature-discovery-worker',
      confidence: 'derived',
      source: 'UP-NVIDIA',
      note: 'A sub-chart of the upstream chart.',
    },
    host: {
      confidence: 'derived',
      source: 'UP-NVIDIA',
      hostPaths: [
        '/boot',
        '/etc/os-release',
        '/sys',
        '/usr/lib',
        '/lib',
        '/proc/swaps',
        '/etc/kubernetes/node-feature-discovery/features.d/',
      ],
    },
  },
  {
    workload: {
      kind: 'DaemonSet',
      pattern: '(.+-)?mps-control-daemon',
      confidence: 'derived',
      source: 'UP-NVIDIA',
      note: 'Runs only on nodes that are set up for MPS.',
    },
    host: {
      confidence: 'derived',
      source: 'UP-NVIDIA',
      hostPID: true,
      hostPaths: ['/run/nvidia/mps', '/run/nvidia/mps/shm'],
    },
  },
];
