/**
 * runAsNonRoot is true and the user is 0: the kubelet refuses to start the container.
 *
 * Fields: securityContext.runAsNonRoot and runAsUser of every container, else of the pod.
 * Allowed: not both. The user of an image cannot be seen, so only uid 0 in the manifest is judged.
 * Since: every version. Source: T45 (CreateContainerConfigError).
 */
import { effective, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import { userOf } from '../root.ts';
import type { PodRule } from '../types.ts';

export const runAsNonRootContradiction: PodRule = {
  id: 'run-as-non-root-contradiction',
  code: 'DPS4005',
  severity: 'error',
  title: 'runAsNonRoot with uid 0',
  why: 'The API server takes such a pod, but its container never starts: CreateContainerConfigError.',
  fix: 'Set another uid, or remove runAsUser so that the user of the image counts.',
  docs: DOCS.contexts,
  fields: ['securityContext.runAsNonRoot', 'securityContext.runAsUser'],
  control: 'runAsNonRoot',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const nonRoot = effective(pod, container, 'runAsNonRoot');
      const user = userOf(pod, container);
      if (nonRoot.value !== true || user.value !== 0) return [];
      return [
        {
          message: `${container.label} has securityContext.runAsNonRoot "true" and runAsUser "0", so it never starts.`,
          path: user.path,
          field: 'securityContext.runAsUser',
          container: container.name,
          effective: [
            shown(container, 'runAsNonRoot', nonRoot),
            shown(container, 'runAsUser', user),
          ],
        },
      ];
    }),
};
