/** Row 18: logs for New Relic. */
import { ourKey } from './evidence.ts';
import type { Evidence, PodEntry } from './types.ts';

const chart: Evidence = { confidence: 'derived', source: 'UP-NR-LOGGING' };
const guess: Evidence = {
  confidence: 'assumed',
  source: 'UP-NR-LOGGING',
  note: 'Guess (75%): the upstream chart sets no context, and the image runs as root.',
};

export const newrelicLogging: PodEntry = {
  id: 'newrelic-logging',
  component: 'monitoring',
  title: 'Sends the logs of nodes to New Relic.',
  name: { confidence: 'assumed', source: 'UP-NR-LOGGING', note: 'Guess: the upstream name.' },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'newrelic-logging',
      ...chart,
      note: 'The upstream chart, released under its own name.',
    },
    {
      kind: 'DaemonSet',
      pattern: '.+-newrelic-logging',
      ...chart,
      note: 'The upstream chart inside a bundle.',
    },
  ],
  namespace: { key: 'platform', confidence: 'assumed', source: 'CFG-521', note: 'Guess (75%).' },
  release: {
    name: 'nri-bundle',
    confidence: 'assumed',
    source: 'RANCH',
    note: 'Guess (65%): another tool of Domino releases this bundle.',
  },
  containers: [
    {
      name: 'newrelic-logging',
      ...chart,
      uses: ['root'],
      need: {
        ...chart,
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
    condition: { path: 'pod_security.components.newrelic_logging', equals: true },
    ...ourKey,
    note: 'Below monitoring.newrelic no flag for logs is known; the key is ours. The gate of 5.11 is documented (DOC-EXT). In 6.x logs reach New Relic through fluentd, so that the pod may be absent (55%).',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'release_overrides.nri-bundle.chart_values.logging.enabled', value: false }],
      removes: ['root'],
      confidence: 'assumed',
      source: 'RANCH',
      note: 'The switch of the bundle; that Domino releases it under this name is a guess (65%).',
      text: 'New Relic gets no logs of nodes from this pod.',
    },
  ],
  host: {
    ...chart,
    note: 'The network of the node is that of the copy read; other versions differ.',
    hostPaths: ['/var'],
    hostNetwork: true,
  },
};
