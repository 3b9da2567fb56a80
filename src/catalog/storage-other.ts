/** Rows 19 and 23: the provisioners of NFS volumes and of local disks. */
import { openebsStorage } from './conditions.ts';
import type { Evidence, PodEntry } from './types.ts';

const nfsChart: Evidence = { confidence: 'derived', source: 'UP-NFS' };
const nfsRoot: Evidence = {
  confidence: 'assumed',
  source: 'UP-NFS',
  note: 'Guess (60%): the upstream chart sets no user.',
};

export const nfsClientProvisioner: PodEntry = {
  id: 'nfs-client-provisioner',
  component: 'storage',
  title: 'Creates the directories of shared volumes on an NFS server.',
  name: {
    confidence: 'derived',
    source: 'DOC-PODSEC',
    note: 'The description of the row names the NFS client provisioner; the pod name could not be read.',
  },
  workloads: [
    {
      kind: 'Deployment',
      name: 'nfs-client-provisioner',
      confidence: 'derived',
      source: 'DOC-PODSEC',
      note: 'From the description of the row.',
    },
    {
      kind: 'Deployment',
      name: 'nfs-client-provisioner-nfs-subdir-external-provisioner',
      ...nfsChart,
      note: 'The upstream chart, released as nfs-client-provisioner.',
    },
    {
      kind: 'Deployment',
      name: 'nfs-subdir-external-provisioner',
      ...nfsChart,
      note: 'The upstream chart, released under its own name.',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'Guess (80%).',
  },
  release: {
    name: 'nfs-client-provisioner',
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'Guess, from the description of the row.',
  },
  containers: [
    {
      name: 'nfs-subdir-external-provisioner',
      ...nfsChart,
      uses: ['root'],
      need: { ...nfsRoot, runAsNonRoot: false },
    },
    {
      name: 'nfs-client-provisioner',
      confidence: 'assumed',
      source: 'UP-NFS',
      note: 'Guess: the container of the older chart of that name.',
      uses: ['root'],
      need: { ...nfsRoot, runAsNonRoot: false },
    },
  ],
  needs: [
    {
      since: '0',
      exceptions: { root: nfsRoot },
      complete: {
        confidence: 'assumed',
        source: 'UP-NFS',
        note: 'The exceptions of the row could not be read; privileged is the less likely guess (40%).',
      },
      why: 'Creates directories on the export, which often belongs to root.',
    },
  ],
  installedWhen: {
    condition: { path: 'storage_classes.shared.type', equals: 'nfs' },
    confidence: 'derived',
    source: 'CFG-521',
  },
  // Another shared type removes it, but efs, the one known, brings a privileged pod instead.
  reductions: [],
  host: { ...nfsChart, note: 'Mounts the NFS export itself (an nfs volume); no path of the node.' },
};

const openebsGuess: Evidence = {
  confidence: 'assumed',
  source: 'UP-OPENEBS',
  note: 'Guess (65%): the disk manager is privileged upstream; the exceptions of the row could not be read.',
};

export const openebs: PodEntry = {
  id: 'openebs',
  component: 'storage',
  title: 'Makes volumes of the local disks of nodes.',
  name: {
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'The description of the row is about OpenEBS; the name is a guess (50%).',
  },
  workloads: [
    {
      kind: 'DaemonSet',
      name: 'openebs-ndm',
      confidence: 'assumed',
      source: 'UP-OPENEBS',
      note: 'Guess (50%): the disk manager of the upstream chart.',
    },
    {
      kind: 'Deployment',
      name: 'openebs-localpv-provisioner',
      confidence: 'assumed',
      source: 'UP-OPENEBS',
      note: 'Guess (50%): the provisioner of the upstream chart.',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'No source names it.',
  },
  release: { name: 'openebs', confidence: 'assumed', source: 'UP-OPENEBS', note: 'Guess.' },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { privileged: openebsGuess, root: openebsGuess },
      complete: openebsGuess,
      why: 'Inspects the disks of the node and prepares directories on it.',
    },
  ],
  installedWhen: {
    condition: openebsStorage,
    confidence: 'assumed',
    source: 'OURS',
    note: 'The key of the installer is not known; pod_security.components.openebs is ours. That storage_classes.block.type: hostpath brings it is a guess (55%), and does not select it here.',
  },
  reductions: [
    {
      effect: 'off',
      set: [{ path: 'release_overrides.openebs.installed', value: false }],
      removes: ['privileged', 'root'],
      confidence: 'assumed',
      source: 'PAL',
      note: 'The switch was seen on another release; the name of this one is a guess.',
      text: 'Block storage of another kind is needed then.',
    },
  ],
  host: {
    confidence: 'derived',
    source: 'UP-OPENEBS',
    note: 'The disk manager; hostPID only with its API service. The provisioner starts helper pods that mount paths of the node.',
    hostPaths: ['/run/udev', '/proc', '/dev', '/var/openebs/ndm', '/var/openebs/local'],
    hostNetwork: true,
  },
};
