/** Row 14: the daemon that builds images. */
import type { ContainerNeed, Evidence, PodEntry } from './types.ts';

const heph: Evidence = { confidence: 'documented', source: 'HEPH' };

/** Domino 6.1.0 (2025-06) is the first release after the tag v0.11.15 (2025-04-16). */
const TAGGED = '6.1';
const tagGuess = {
  confidence: 'assumed',
  source: 'HEPH',
  note: 'The effect is that of the chart by its tag; which tag a Domino version ships is a guess by date, and that the key is the one of the documentation, too (85%).',
} as const;

const rootless: Omit<ContainerNeed, 'confidence' | 'source'> & { container: string } = {
  container: 'buildkitd',
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  seccompProfile: 'Unconfined',
};

export const hephaestusBuildkit: PodEntry = {
  id: 'hephaestus-buildkit',
  component: 'builds',
  title: 'Builds the images of environments, models and apps.',
  name: heph,
  workloads: [
    { kind: 'StatefulSet', name: 'hephaestus-buildkit', ...heph },
    {
      kind: 'StatefulSet',
      pattern: 'hephaestus-buildkit-[a-z0-9-]+',
      confidence: 'assumed',
      source: 'HEPH',
      note: 'Guess: charts of 2026 can start further pools.',
    },
  ],
  namespace: {
    key: 'compute',
    confidence: 'documented',
    source: 'TF-GCP',
    note: 'Its service account is in the compute namespace; the controller is in the platform namespace.',
  },
  release: {
    name: 'hephaestus',
    confidence: 'derived',
    source: 'HEPH',
    note: 'The names of its objects begin with it.',
  },
  containers: [
    {
      name: 'buildkitd',
      ...heph,
      uses: ['privileged', 'root'],
      need: {
        ...heph,
        note: 'The form with root, which the installer chooses by default; escalation is stated from v0.9.0 on.',
        privileged: true,
        runAsNonRoot: false,
        runAsUser: 0,
        allowPrivilegeEscalation: true,
      },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { privileged: heph, root: heph },
      complete: {
        confidence: 'assumed',
        source: 'HEPH',
        note: 'The exceptions of the row could not be read. The chart drops no capabilities, and the form without root needs some to set up user namespaces.',
      },
      why: 'Runs the steps of a build in containers of its own: mounts, namespaces and users.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'derived',
    source: 'HEPH',
    note: 'A core service without a switch.',
  },
  versions: {
    since: '5.2',
    confidence: 'derived',
    source: 'CFG-521',
    note: 'Up to 5.1 forge builds images.',
  },
  reductions: [
    {
      effect: 'less',
      set: [{ path: 'image_building.rootless', value: true }],
      removes: ['privileged', 'root'],
      domino: { before: TAGGED },
      ...tagGuess,
      text: 'Builds run as 1000 without privileged (charts up to v0.11.14). Seccomp and AppArmor stay unconfined for the pod, and the nodes must allow user namespaces without root.',
      leaves: [
        {
          ...tagGuess,
          note: 'Escalation is left open for the set-uid programs that map users.',
          ...rootless,
          privileged: false,
          allowPrivilegeEscalation: true,
        },
      ],
    },
    {
      effect: 'less',
      set: [{ path: 'image_building.rootless', value: true }],
      removes: ['root'],
      domino: { since: TAGGED },
      ...tagGuess,
      text: 'Builds run as 1000, but the container stays privileged (charts from v0.11.15 on); seccomp and AppArmor stay unconfined.',
      leaves: [{ ...tagGuess, ...rootless, privileged: true }],
    },
    {
      effect: 'less',
      set: [
        { path: 'image_building.rootless', value: true },
        {
          path: 'release_overrides.hephaestus.chart_values.buildkit.rootlessContainerSecurityContext.privileged',
          value: false,
        },
      ],
      removes: ['privileged', 'root'],
      domino: { since: TAGGED },
      confidence: 'derived',
      source: 'HEPH',
      note: 'The value is one of the chart (from v0.11.15 on); 85% that it reaches it. Builds were not tried with it.',
      text: 'Builds run as 1000 without privileged. Seccomp and AppArmor stay unconfined; try a build before relying on it.',
      leaves: [{ ...tagGuess, ...rootless, privileged: false, allowPrivilegeEscalation: true }],
    },
  ],
};
