/** Rows 8 to 10: backup and restore. The three are one Helm release. */
import type { Evidence, PodEntry } from './types.ts';

const release = {
  name: 'domino-data-importer',
  confidence: 'documented',
  source: 'DOC-BKP-CUSTOM',
  note: 'The chart owns the backup job, too; its values are the only place to change the three pods.',
} as const;
const guess60: Evidence = {
  confidence: 'assumed',
  source: 'DOC-PODSEC',
  note: 'Guess (60%): the exceptions of the row could not be read.',
};
const guess65: Evidence = {
  confidence: 'assumed',
  source: 'DOC-PODSEC',
  note: 'Guess (65%): the exceptions of the row could not be read.',
};

export const workbenchBackup: PodEntry = {
  id: 'domino-workbench-backup',
  component: 'backup',
  title: 'Writes the nightly backup of the data of Domino.',
  name: {
    confidence: 'assumed',
    source: 'DOC-BKP',
    note: 'The name of the job is documented; that it is this row is a guess (85%).',
  },
  workloads: [
    {
      kind: 'CronJob',
      name: 'domino-workbench-backup',
      confidence: 'documented',
      source: 'DOC-BKP',
    },
    {
      kind: 'Job',
      pattern: 'domino-workbench-backup-.+',
      confidence: 'derived',
      source: 'DOC-BKP',
      note: 'The runs of the job.',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'derived',
    source: 'DOC-RESTORE',
    note: 'The importer of the same release is there.',
  },
  release,
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { privileged: guess60, root: guess60 },
      complete: guess60,
      why: 'Reads data that belongs to many users.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'derived',
    source: 'DOC-BKP',
    note: 'The bucket comes from blob_storage.backups; the schedule is a value of the chart.',
  },
  reductions: [],
};

export const secondBackup: PodEntry = {
  id: 'domino-backup-second',
  component: 'backup',
  title: 'A second backup pod of the table, described like the first.',
  name: {
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'Its name is not known; every backup page knows one job only. Guesses: a manual run of the same job (30%), domino-dmm-backup (20%).',
  },
  workloads: [
    {
      kind: 'CronJob',
      pattern: 'domino-(?!workbench-backup).*backup.*',
      confidence: 'assumed',
      source: 'DOC-PODSEC',
      note: 'Any other backup job; the kind is a guess (80%).',
    },
    {
      kind: 'Job',
      pattern: 'domino-(?!workbench-backup).*backup.*',
      confidence: 'assumed',
      source: 'DOC-PODSEC',
      note: 'Any other backup job.',
    },
  ],
  namespace: {
    key: 'platform',
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'Beside the first backup pod.',
  },
  release: {
    ...release,
    confidence: 'assumed',
    note: 'Guess: the release of the first backup pod.',
  },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { privileged: guess60, root: guess60 },
      complete: guess60,
      why: 'Reads data that belongs to many users.',
    },
  ],
  installedWhen: {
    condition: { always: true },
    confidence: 'assumed',
    source: 'DOC-PODSEC',
    note: 'No condition is stated; that modelmonitor.enabled is one is a guess (35%).',
  },
  reductions: [],
};

export const dataImporter: PodEntry = {
  id: 'domino-data-importer',
  component: 'backup',
  title: 'Restores a backup; an administrator starts it for that.',
  name: {
    confidence: 'derived',
    source: 'DOC-RESTORE',
    note: 'The name is documented; that it is the row of the pod that does not run by default is derived.',
  },
  workloads: [
    {
      kind: 'StatefulSet',
      name: 'domino-data-importer',
      confidence: 'documented',
      source: 'DOC-RESTORE',
    },
  ],
  namespace: { key: 'platform', confidence: 'documented', source: 'DOC-RESTORE' },
  release,
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { privileged: guess65, root: guess65 },
      complete: guess65,
      why: 'Writes restored data with the owners that it had.',
    },
  ],
  installedWhen: {
    condition: {
      never:
        'off by default: an administrator scales the StatefulSet from 0 to 1 replica for a restore, and back',
    },
    confidence: 'derived',
    source: 'DOC-RESTORE',
    note: 'The StatefulSet itself is always there.',
  },
  reductions: [],
};
