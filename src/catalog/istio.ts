/** Row 16: the network plugin of Istio. */
import { istioCni } from './conditions.ts';
import type { Evidence, PodEntry } from './types.ts';

const chart: Evidence = { confidence: 'derived', source: 'UP-ISTIO-CNI' };
const older: Evidence = {
  confidence: 'assumed',
  source: 'UP-ISTIO-CNI',
  note: 'Privileged was a value of the chart in Istio 1.18 and is fixed to false in 2026; which Istio a Domino version ships is not known.',
};

const capabilities = ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'] as const;
const why =
  'Installs a network plugin on the node and sets up the redirection of pods, in place of an init container in each of them.';

export const istioCniNode: PodEntry = {
  id: 'istio-cni-node',
  component: 'istio',
  title: 'Redirects the traffic of meshed pods to their proxies.',
  name: { ...chart, note: 'A fixed name upstream.' },
  workloads: [{ kind: 'DaemonSet', name: 'istio-cni-node', ...chart }],
  namespace: {
    key: 'istio',
    alsoSeen: ['kube-system'],
    confidence: 'assumed',
    source: 'UP-ISTIO-CNI',
    note: 'Guess (65%); kube-system is the other place.',
  },
  containers: [
    {
      name: 'install-cni',
      ...chart,
      uses: ['privileged', 'root', 'capabilities'],
      need: {
        ...chart,
        note: 'As of 2026-08; AppArmor is unconfined for it, too.',
        privileged: false,
        runAsNonRoot: false,
        runAsUser: 0,
        runAsGroup: 0,
        capabilities: { add: capabilities, drop: ['ALL'] },
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: older, root: chart, capabilities: chart },
      complete: older,
      why,
    },
    {
      since: '6.0',
      exceptions: { root: chart, capabilities: chart },
      complete: {
        ...older,
        note: 'That 6.0 and later ship an Istio without privileged is a guess.',
      },
      capabilities,
      why,
    },
  ],
  installedWhen: {
    condition: istioCni,
    confidence: 'derived',
    source: 'CFG-521',
    note: 'The documentation lets Domino install Istio or use a mesh that is there (DOC-TRANSIT).',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'istio.cni', value: false }],
      removes: ['privileged', 'root', 'capabilities'],
      confidence: 'derived',
      source: 'HEPH',
      note: 'The key was seen in a configuration (CFG-521), the effect on pods in the former policies of the chart.',
      text: 'The pod goes, and every injected pod gets an init container (istio-init) that runs as root with NET_ADMIN and NET_RAW: more exceptions in all. Not possible with an ambient mesh.',
    },
    {
      effect: 'off',
      set: [{ path: 'istio.install', value: false }],
      removes: ['privileged', 'root', 'capabilities'],
      confidence: 'derived',
      source: 'DOC-TRANSIT',
      text: 'Domino uses a mesh that is there; its network plugin is then yours to secure.',
    },
  ],
  host: {
    ...chart,
    note: 'On GKE /home/kubernetes/bin in place of /opt/cni/bin; with an ambient mesh also /var/run/ztunnel.',
    hostPaths: ['/opt/cni/bin', '/etc/cni/net.d', '/var/run/istio-cni', '/proc', '/var/run/netns'],
  },
};
