/** Row 11: the search engine. */
import type { Evidence, PodEntry } from './types.ts';

const chart: Evidence = { confidence: 'derived', source: 'UP-ES' };

export const elasticsearch: PodEntry = {
  id: 'elasticsearch',
  component: 'search',
  title: 'Keeps the search index and the logs that Domino shows.',
  name: {
    confidence: 'derived',
    source: 'CFG-433',
    note: 'The service is named there; the description of the row fits no other.',
  },
  workloads: [
    {
      kind: 'StatefulSet',
      name: 'elasticsearch-master',
      ...chart,
      note: 'The name that the upstream chart gives by default.',
    },
    {
      kind: 'StatefulSet',
      name: 'elasticsearch',
      confidence: 'assumed',
      source: 'CFG-433',
      note: 'Guess: the name of the release.',
    },
    {
      kind: 'StatefulSet',
      pattern: 'elasticsearch-(data|client|ingest|coordinating)',
      confidence: 'assumed',
      source: 'UP-ES',
      note: 'Guess: further node groups of the same chart.',
    },
  ],
  namespace: { key: 'platform', confidence: 'derived', source: 'CFG-433' },
  release: { name: 'elasticsearch', confidence: 'documented', source: 'CFG-433' },
  containers: [
    {
      name: 'configure-sysctl',
      init: true,
      ...chart,
      uses: ['privileged', 'root'],
      need: { ...chart, privileged: true, runAsNonRoot: false, runAsUser: 0 },
    },
    {
      name: 'elasticsearch',
      ...chart,
      uses: [],
      need: {
        ...chart,
        runAsNonRoot: true,
        runAsUser: 1000,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: chart, root: chart },
      complete: chart,
      why: 'An init container raises vm.max_map_count on the node.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'derived',
    source: 'DOC-PODSEC',
    note: 'No condition is stated.',
  },
  reductions: [
    {
      effect: 'less',
      set: [
        {
          path: 'release_overrides.elasticsearch.chart_values.sysctlInitContainer.enabled',
          value: false,
        },
      ],
      removes: ['privileged', 'root'],
      drops: ['configure-sysctl'],
      confidence: 'derived',
      source: 'UP-ES',
      note: 'A configuration of Domino uses other keys of that chart (CFG-433); 85% that this one works, too. In schema 1.0: services.elasticsearch.chart_values.',
      text: 'The pod starts without its privileged init container. Every node that may run it then needs vm.max_map_count of at least 262144, set by whoever prepares the nodes.',
    },
  ],
};
