/** Rows 12, 17 and 18: watching the cluster. */
import { falcoConfigured, newRelicInfrastructure } from './conditions.ts';
import type { Evidence, PodEntry, Reduction } from './types.ts';

const closedCatalog: Omit<Reduction, 'removes'> = {
  effect: 'off',
  set: [{ path: 'extended_catalog', value: false }],
  domino: { since: '5.11' },
  confidence: 'documented',
  source: 'DOC-EXT',
  text: 'The extended catalog is closed by default; no service of it is installed then.',
};

const falcoChart: Evidence = { confidence: 'derived', source: 'UP-FALCO' };
const falcoGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-FALCO',
  note: 'Guess (75%): privileged upstream in the usual modes; the exceptions of the row could not be read.',
};
const falcoctl = {
  ...falcoChart,
  note: 'That its image runs as root is assumed.',
  uses: ['root'],
  need: { confidence: 'assumed', source: 'UP-FALCO', runAsNonRoot: false },
} as const;

export const falco: PodEntry = {
  id: 'falco',
  component: 'monitoring',
  title: 'Watches system calls for suspicious behaviour.',
  name: {
    confidence: 'derived',
    source: 'DOC-EXT',
    note: 'The service is named there; the pod name in the table could not be read.',
  },
  workloads: [{ kind: 'DaemonSet', name: 'falco', ...falcoChart }],
  namespace: { key: 'platform', confidence: 'assumed', source: 'DOC-EXT', note: 'Guess (75%).' },
  release: { name: 'falco', confidence: 'assumed', source: 'DOC-EXT', note: 'Guess (80%).' },
  containers: [
    {
      name: 'falco-driver-loader',
      init: true,
      ...falcoChart,
      note: 'Not with the modern eBPF driver.',
      uses: ['privileged', 'root'],
      need: {
        ...falcoChart,
        note: 'Privileged is set upstream for the kernel module; that the image runs as root is assumed.',
        privileged: true,
        runAsNonRoot: false,
      },
    },
    { ...falcoctl, name: 'falcoctl-artifact-install', init: true },
    {
      name: 'falco',
      ...falcoChart,
      uses: ['privileged', 'root'],
      need: {
        ...falcoChart,
        note: 'Privileged is set upstream; that the image runs as root is assumed.',
        privileged: true,
        runAsNonRoot: false,
      },
    },
    { ...falcoctl, name: 'falcoctl-artifact-follow' },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: falcoGuess, root: falcoGuess },
      complete: {
        ...falcoGuess,
        note: 'The exceptions of the row could not be read; with the least-privileged eBPF driver it would be capabilities.',
      },
      why: 'Loads a probe into the kernel of the node and reads what it reports.',
    },
  ],
  installedWhen: {
    condition: falcoConfigured,
    confidence: 'assumed',
    source: 'DOC-EXT',
    note: 'The gate of 5.11 is documented; no key is. Ours is pod_security.components.falco.',
  },
  reductions: [
    { ...closedCatalog, removes: ['privileged', 'root'] },
    {
      effect: 'off',
      set: [{ path: 'release_overrides.falco.installed', value: false }],
      removes: ['privileged', 'root'],
      confidence: 'assumed',
      source: 'PAL',
      note: 'Guess (80%): the switch was seen on another release.',
      text: 'Nothing watches system calls then.',
    },
    {
      effect: 'less',
      set: [
        { path: 'release_overrides.falco.chart_values.driver.kind', value: 'modern_ebpf' },
        {
          path: 'release_overrides.falco.chart_values.driver.modernEbpf.leastPrivileged',
          value: true,
        },
      ],
      removes: ['privileged'],
      confidence: 'assumed',
      source: 'UP-FALCO',
      note: 'Values of the upstream chart (9.1.0); that the chart of Domino takes them is a guess.',
      text: 'Capabilities in place of privileged; AppArmor must be unconfined for the container.',
      leaves: [
        {
          container: 'falco',
          ...falcoChart,
          privileged: false,
          runAsNonRoot: false,
          capabilities: { add: ['BPF', 'SYS_RESOURCE', 'PERFMON', 'SYS_PTRACE'] },
        },
      ],
    },
  ],
  host: {
    ...falcoChart,
    note: 'A part of them with the modern eBPF driver.',
    hostPaths: [
      '/boot',
      '/lib/modules',
      '/usr',
      '/etc',
      '/dev',
      '/sys/module',
      '/proc',
      '/sys/kernel',
    ],
  },
};

const nriChart: Evidence = { confidence: 'derived', source: 'UP-NRI' };
const nriGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-NRI',
  note: 'Guess (80%): privileged by default upstream; the exceptions of the row could not be read.',
};
const newRelicRelease = {
  name: 'nri-bundle',
  confidence: 'assumed',
  source: 'RANCH',
  note: 'Guess (65%): another tool of Domino releases this bundle.',
} as const;
const newRelicPlace = {
  key: 'platform',
  confidence: 'assumed',
  source: 'CFG-521',
  note: 'Guess (75%).',
} as const;

export const newrelicInfrastructure: PodEntry = {
  id: 'newrelic-infrastructure',
  component: 'monitoring',
  title: 'Reports nodes and their processes to New Relic.',
  name: { confidence: 'assumed', source: 'UP-NRI', note: 'Guess: the upstream release name.' },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'newrelic-infrastructure',
      confidence: 'assumed',
      source: 'UP-NRI',
      note: 'Guess: charts before v3.',
    },
    {
      kind: 'DaemonSet',
      pattern: '.+-newrelic-infrastructure',
      confidence: 'assumed',
      source: 'UP-NRI',
      note: 'Guess: charts before v3, inside a bundle.',
    },
    {
      kind: 'DaemonSet',
      pattern: '.+-nrk8s-kubelet',
      ...nriChart,
      note: 'Charts from v3 on, behind the name of the release.',
    },
  ],
  namespace: newRelicPlace,
  release: newRelicRelease,
  containers: [
    { name: 'kubelet', ...nriChart, uses: [] },
    {
      name: 'agent',
      ...nriChart,
      uses: ['privileged', 'root'],
      need: {
        ...nriChart,
        privileged: true,
        runAsNonRoot: false,
        runAsUser: 0,
        runAsGroup: 0,
        allowPrivilegeEscalation: true,
      },
    },
    {
      name: 'newrelic-infrastructure',
      confidence: 'assumed',
      source: 'UP-NRI',
      note: 'Guess: the container of charts before v3.',
      uses: ['privileged', 'root'],
      need: { ...nriGuess, privileged: true, runAsNonRoot: false },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: nriGuess, root: nriGuess },
      complete: nriGuess,
      why: 'Reads processes, devices and the file system of the node.',
    },
  ],
  installedWhen: {
    condition: newRelicInfrastructure,
    confidence: 'derived',
    source: 'CFG-521',
    note: 'The key was seen in a configuration, beside license_key; the gate of 5.11 is documented (DOC-EXT).',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'monitoring.newrelic.infrastructure', value: false }],
      removes: ['privileged', 'root'],
      confidence: 'derived',
      source: 'CFG-521',
      text: 'New Relic gets no metrics of nodes.',
    },
    { ...closedCatalog, removes: ['privileged', 'root'] },
    {
      effect: 'less',
      set: [
        {
          path: 'release_overrides.nri-bundle.chart_values.newrelic-infrastructure.privileged',
          value: false,
        },
      ],
      removes: ['privileged', 'root'],
      confidence: 'assumed',
      source: 'UP-NRI',
      note: 'A value of the upstream chart; the name of the release is a guess (65%).',
      text: 'The agent loses its view of the node: no processes, no host file system.',
    },
  ],
  host: {
    ...nriChart,
    note: 'The root of the node is read-only. None of it in the unprivileged mode.',
    hostPaths: ['/dev', '/run/containerd/containerd.sock', '/var/run/docker.sock', '/var/log', '/'],
    hostNetwork: false,
  },
};
