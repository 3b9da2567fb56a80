/** Further pods outside the table of 24: earlier builders and exporters, and those of 6.x. */
import type { Evidence, PodEntry } from './types.ts';

const forgeCode: Evidence = { confidence: 'documented', source: 'FORGE' };

export const forge: PodEntry = {
  id: 'forge',
  component: 'other-versions',
  title: 'Built images before hephaestus: a job a build.',
  name: { confidence: 'documented', source: 'CDK-1.0' },
  workloads: [
    {
      kind: 'Job',
      pattern: '(forge|build)-[a-z0-9.-]+',
      confidence: 'assumed',
      source: 'FORGE',
      note: 'A job has the name of its build; what builds are called is a guess. Its container tells it from other jobs.',
    },
  ],
  namespace: {
    key: 'compute',
    confidence: 'assumed',
    source: 'FORGE',
    note: 'The job is in the namespace of the build.',
  },
  release: { name: 'forge', confidence: 'documented', source: 'CDK-1.0' },
  containers: [
    {
      name: 'forge-build',
      ...forgeCode,
      uses: ['privileged', 'root'],
      need: {
        ...forgeCode,
        note: 'The form with full privilege, which configurations of Domino choose; the other runs as 1000.',
        privileged: true,
        runAsNonRoot: false,
        runAsUser: 0,
        seccompProfile: 'Unconfined',
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: forgeCode, root: forgeCode },
      complete: {
        confidence: 'assumed',
        source: 'FORGE',
        note: 'The job drops no capabilities. AppArmor and seccomp are unconfined in both forms.',
      },
      why: 'Runs the steps of a build in containers of its own.',
    },
  ],
  installedWhen: { condition: { always: true }, confidence: 'derived', source: 'CDK-1.0' },
  versions: {
    before: '5.2',
    confidence: 'derived',
    source: 'CFG-521',
    note: 'A configuration of 5.2.1 has hephaestus.',
  },
  reductions: [
    {
      effect: 'less',
      set: [{ path: 'release_overrides.forge.chart_values.config.fullPrivilege', value: false }],
      removes: ['privileged', 'root'],
      confidence: 'documented',
      source: 'CDK-1.0',
      note: 'In schema 1.0: services.forge.chart_values.config.fullPrivilege.',
      text: 'Builds run as 1000 without privileged; AppArmor and seccomp stay unconfined.',
      leaves: [
        {
          container: 'forge-build',
          ...forgeCode,
          runAsUser: 1000,
          seccompProfile: 'Unconfined',
        },
      ],
    },
  ],
  otherVersions: true,
};

const exporterUnknown: Evidence = {
  confidence: 'assumed',
  source: 'KAT',
  note: 'It is listed there among the pods with access to nodes, without its exceptions.',
};

export const prometheusNodeExporter: PodEntry = {
  id: 'prometheus-node-exporter',
  component: 'other-versions',
  title: 'Exports metrics of nodes.',
  name: { confidence: 'derived', source: 'KAT' },
  workloads: [
    { kind: 'DaemonSet', name: 'prometheus-node-exporter', confidence: 'derived', source: 'KAT' },
  ],
  namespace: { key: 'platform', confidence: 'assumed', source: 'KAT', note: 'Not stated.' },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: {},
      complete: exporterUnknown,
      why: 'Which exceptions it has is not known.',
    },
  ],
  installedWhen: {
    condition: { not: { path: 'monitoring.prometheus_metrics', equals: false } },
    confidence: 'derived',
    source: 'KAT',
  },
  versions: {
    before: '5.4',
    confidence: 'assumed',
    source: 'KAT',
    note: 'Seen in the 4.2 era; the table of 5.4 does not have it.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'monitoring.prometheus_metrics', value: false }],
      removes: [],
      confidence: 'derived',
      source: 'KAT',
      text: 'No metrics of nodes.',
    },
  ],
  otherVersions: true,
};

const fluentBitChart: Evidence = { confidence: 'derived', source: 'UP-FLUENT-BIT' };
const fluentBitGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-FLUENT-BIT',
  note: 'Guess: the upstream chart sets no context, and the image runs as root.',
};

export const fluentBit: PodEntry = {
  id: 'fluent-bit',
  component: 'other-versions',
  title: 'Collects the logs of nodes and hands them to fluentd.',
  name: {
    confidence: 'derived',
    source: 'DOC-MON',
    note: 'The documentation has Fluent Bit collect and Fluentd forward; in 6.2.2 an operator starts both (PAL).',
  },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'fluent-bit',
      confidence: 'derived',
      source: 'UP-FLUENT-OPERATOR',
      note: '80%.',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'assumed',
    source: 'PAL',
    note: 'The resources of the operator are in the namespaces of Domino.',
  },
  containers: [
    {
      name: 'fluent-bit',
      ...fluentBitChart,
      uses: ['root'],
      need: {
        ...fluentBitChart,
        note: 'The image runs as root; the chart sets no context.',
        runAsNonRoot: false,
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { root: fluentBitGuess },
      complete: fluentBitGuess,
      why: 'Reads the log files of all containers, which belong to root on the node.',
    },
  ],
  installedWhen: { condition: { always: true }, confidence: 'derived', source: 'DOC-MON' },
  versions: {
    since: '6.0',
    confidence: 'assumed',
    source: 'PAL',
    note: 'Seen with 6.2.2; that all of 6.x has it is a guess.',
  },
  reductions: [],
  host: {
    ...fluentBitChart,
    note: 'The operator adds /var/lib/fluent-bit/ for positions.',
    hostPaths: [
      '/var/log',
      '/var/lib/docker/containers',
      '/etc/machine-id',
      '/var/lib/fluent-bit/',
    ],
  },
  otherVersions: true,
};

const ztunnelGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-ZTUNNEL',
  note: 'Guess (50%) that Domino 6.2 installs it; the context is that of the upstream chart.',
};

export const ztunnel: PodEntry = {
  id: 'ztunnel',
  component: 'other-versions',
  title: 'Carries the traffic of an ambient mesh on every node.',
  name: ztunnelGuess,
  workloads: [{ kind: 'DaemonSet', name: 'ztunnel', confidence: 'derived', source: 'UP-ZTUNNEL' }],
  namespace: {
    key: 'istio',
    alsoSeen: ['kube-system'],
    confidence: 'assumed',
    source: 'UP-ZTUNNEL',
    note: 'Beside istio-cni-node.',
  },
  containers: [
    {
      name: 'istio-proxy',
      confidence: 'derived',
      source: 'UP-ZTUNNEL',
      uses: ['root', 'capabilities'],
      need: {
        confidence: 'derived',
        source: 'UP-ZTUNNEL',
        privileged: false,
        runAsNonRoot: false,
        runAsUser: 0,
        runAsGroup: 1337,
        allowPrivilegeEscalation: true,
        capabilities: { add: ['NET_ADMIN', 'SYS_ADMIN', 'NET_RAW'], drop: ['ALL'] },
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { root: ztunnelGuess, capabilities: ztunnelGuess },
      complete: ztunnelGuess,
      capabilities: ['NET_ADMIN', 'SYS_ADMIN', 'NET_RAW'],
      why: 'Enters the network namespaces of pods to redirect their traffic.',
    },
  ],
  installedWhen: {
    condition: {
      never: 'only where Istio runs in ambient mode, for which no key of the installer is known',
    },
    ...ztunnelGuess,
  },
  versions: {
    since: '6.2',
    confidence: 'assumed',
    source: 'HEPH',
    note: 'The chart of hephaestus knows an ambient mesh since 2026-02.',
  },
  reductions: [],
  otherVersions: true,
};
