/**
 * The user is set to 0: the container runs as root.
 *
 * Fields: securityContext.runAsUser of every container, else of the pod.
 * Allowed: unset, any uid but 0; 0 where the catalog excepts the container.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security".
 */
import { effective, from, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import { mayBeRoot, userOf } from '../root.ts';
import { overLimit } from '../over-limit.ts';
import type { PodRule } from '../types.ts';

export const rootUid: PodRule = {
  id: 'root-uid',
  code: 'DPS4003',
  severity: 'error',
  title: 'Runs as uid 0',
  why: 'uid 0 is root, whatever the image says; every Domino pod but the excepted ones is non-root.',
  fix: 'Set a uid other than 0 and runAsNonRoot: true.',
  docs: DOCS.policy,
  fields: ['securityContext.runAsUser', 'containers[*].securityContext.runAsUser'],
  control: 'runAsNonRoot',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const user = userOf(pod, container);
      const nonRoot = effective(pod, container, 'runAsNonRoot');
      // With runAsNonRoot: true it never starts, which is another rule's finding.
      if (user.value !== 0 || nonRoot.value === true || mayBeRoot(container)) return [];
      return [
        {
          message: `${container.label} sets securityContext.runAsUser to "0"${from(user)}, so it runs as root, and no documented exception of the pod allows it.`,
          path: user.path,
          field: 'securityContext.runAsUser',
          container: container.name,
          effective: [
            shown(container, 'runAsNonRoot', nonRoot),
            shown(container, 'runAsUser', user),
          ],
          ...overLimit(pod, container.limits.runAsNonRoot),
        },
      ];
    }),
};
