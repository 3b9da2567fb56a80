/** Row 7: certificates of the internal registry on nodes. */
import type { Evidence, PodEntry } from './types.ts';

const guess: Evidence = {
  confidence: 'assumed',
  source: 'KAT',
  note: 'Guess (55%): it writes to a directory of the node that belongs to root.',
};

export const dockerRegistryCertMgr: PodEntry = {
  id: 'docker-registry-cert-mgr',
  component: 'registry',
  title: 'Puts the certificate of the internal registry on every node.',
  name: { confidence: 'assumed', source: 'KAT', note: 'Guess (85%).' },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'docker-registry-cert-mgr',
      confidence: 'assumed',
      source: 'KAT',
      note: 'The kind is stated there; the name is a guess (85%).',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'assumed',
    source: 'KAT',
    note: 'Guess: platform or compute; the registry itself is in the platform namespace.',
  },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { privileged: guess, root: guess },
      complete: guess,
      why: 'Writes certificates where the container runtime of the node looks for them.',
    },
  ],
  installedWhen: {
    condition: { not: { path: 'external_docker_registry', present: true } },
    confidence: 'documented',
    source: 'DOC-REF',
    note: 'Exactly one of an internal and an external registry is configured.',
  },
  reductions: [
    {
      effect: 'off',
      set: [
        { path: 'external_docker_registry', value: 'registry.example.com' },
        { path: 'internal_docker_registry', value: null },
      ],
      removes: ['privileged', 'root'],
      confidence: 'documented',
      source: 'DOC-REF',
      text: 'Images are kept in a registry of your own: write its address. Its certificate must be one that the nodes trust.',
    },
  ],
  host: {
    confidence: 'derived',
    source: 'KAT',
    note: 'Writes there. Under containerd the trust needs further set-up (DOC-REQ).',
    hostPaths: ['/etc/docker/certs.d'],
  },
};
