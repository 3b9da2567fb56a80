/** Row 13: the log collector. */
import type { Evidence, PodEntry } from './types.ts';

const guess: Evidence = {
  confidence: 'assumed',
  source: 'UP-FLUENTD',
  note: 'Guess (75%): the upstream chart sets no context, and the image runs as root.',
};

export const fluentd: PodEntry = {
  id: 'fluentd',
  component: 'logging',
  title: 'Collects, aggregates and forwards logs.',
  name: { confidence: 'derived', source: 'KAT' },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'fluentd',
      confidence: 'derived',
      source: 'KAT',
      note: 'In older versions.',
    },
    {
      kind: 'StatefulSet',
      name: 'fluentd',
      confidence: 'derived',
      source: 'UP-FLUENT-OPERATOR',
      note: 'In 6.x, where an operator starts it as a collector (70%).',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'derived',
    source: 'TF-AWS',
    note: 'Its service account is in the platform namespace (90%).',
  },
  release: {
    name: 'fluentd',
    confidence: 'assumed',
    source: 'UP-FLUENTD',
    note: 'Guess: the name of the upstream chart.',
  },
  containers: [
    {
      name: 'fluentd',
      confidence: 'derived',
      source: 'UP-FLUENTD',
      uses: ['root'],
      need: {
        confidence: 'derived',
        source: 'UP-FLUENTD',
        note: 'The image runs as root; the chart sets no context.',
        runAsNonRoot: false,
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { root: guess },
      complete: guess,
      why: 'Reads the log files of all containers, which belong to root on the node.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'derived',
    source: 'DOC-MON',
    note: 'No condition is stated.',
  },
  reductions: [],
  host: {
    confidence: 'derived',
    source: 'UP-FLUENTD',
    note: 'The DaemonSet only; the StatefulSet of 6.x mounts nothing of the node. The mounts can be read-only, and a node selector limits where it runs (KAT).',
    hostPaths: ['/var/log', '/var/lib/docker/containers'],
  },
};
