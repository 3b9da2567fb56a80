/** Row 24: devices for pods of users. */
import type { Evidence, PodEntry } from './types.ts';

const chart: Evidence = { confidence: 'derived', source: 'UP-SMARTER' };
const guess: Evidence = {
  confidence: 'assumed',
  source: 'UP-SMARTER',
  note: 'Guess (60%): the upstream chart drops all capabilities, and the image runs as root.',
};

export const smarterDeviceManager: PodEntry = {
  id: 'smarter-device-manager',
  component: 'devices',
  title: 'Offers FUSE devices, so that pods of users need not be privileged.',
  name: {
    confidence: 'derived',
    source: 'TF-AWS',
    note: 'From the description of the row and the resource smarter-devices/fuse of every node group (97%).',
  },
  workloads: [{ kind: 'DaemonSet', name: 'smarter-device-manager', ...chart }],
  namespace: { key: 'compute', confidence: 'assumed', source: 'TF-AWS', note: 'Guess (50%).' },
  release: {
    name: 'smarter-device-manager',
    confidence: 'assumed',
    source: 'UP-SMARTER',
    note: 'Guess (70%).',
  },
  containers: [
    {
      name: 'smarter-device-manager',
      ...chart,
      uses: ['root'],
      need: {
        ...chart,
        note: 'The image runs as root.',
        runAsNonRoot: false,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { root: guess },
      complete: guess,
      why: 'Registers devices with the kubelet through its socket directory on the node.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'derived',
    source: 'TF-AWS',
    note: 'No condition is stated; the devices are part of every node group by default (85%).',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'release_overrides.smarter-device-manager.installed', value: false }],
      removes: ['root'],
      confidence: 'assumed',
      source: 'PAL',
      note: 'Guess (70%): the switch was seen on another release; this one has none that is documented.',
      text: 'Pods of users that ask for smarter-devices/fuse stay pending.',
    },
  ],
  host: {
    ...chart,
    hostPaths: ['/var/lib/kubelet/device-plugins', '/dev', '/sys'],
    hostNetwork: true,
  },
};
