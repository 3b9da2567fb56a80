/** The pods of users: one entry for workspaces, jobs, models, apps and on-demand clusters. */
import type { Evidence, PodEntry } from './types.ts';

const page: Evidence = { confidence: 'documented', source: 'DOC-PODSEC' };

export const userWorkloads: PodEntry = {
  id: 'user-workloads',
  component: 'workloads',
  title: 'Workspaces, jobs, models, apps and on-demand clusters of users.',
  name: { ...page, note: 'Not a row of the table, but a paragraph of the page.' },
  workloads: [],
  namespace: {
    key: 'compute',
    confidence: 'derived',
    source: 'DOC-PODSEC',
    note: 'Every pod there that no other row matches.',
  },
  containers: [],
  needs: [
    {
      since: '0',
      exceptions: { root: page, capabilities: page },
      complete: {
        confidence: 'assumed',
        source: 'DOC-PODSEC',
        note: 'Which capabilities is not published, and an admission webhook (domsed) may rewrite the contexts.',
      },
      why: 'Users install software and mount data inside their own containers.',
    },
  ],
  installedWhen: { condition: { always: true }, ...page },
  reductions: [],
  userWorkload: true,
};
