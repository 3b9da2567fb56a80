/**
 * runAsNonRoot is false and no other user is set, so the image may run as root.
 *
 * Fields: securityContext.runAsNonRoot and runAsUser of every container, else of the pod.
 * Allowed: true; false where the catalog excepts the container. With another uid it is a warning.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security" ("runAsRoot: false", T41).
 */
import { effective, from, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import { mayBeRoot, userOf } from '../root.ts';
import { overLimit } from '../over-limit.ts';
import type { PodRule } from '../types.ts';

export const runAsRoot: PodRule = {
  id: 'run-as-root',
  code: 'DPS4002',
  severity: 'error',
  title: 'Root is allowed explicitly',
  why: 'The value false tells the kubelet to start the container even when its user is root; every Domino pod but the excepted ones is non-root.',
  fix: 'Set runAsNonRoot: true, and a uid other than 0 if the image runs as root.',
  docs: DOCS.policy,
  fields: ['securityContext.runAsNonRoot', 'containers[*].securityContext.runAsNonRoot'],
  control: 'runAsNonRoot',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = effective(pod, container, 'runAsNonRoot');
      const user = userOf(pod, container);
      const limit = container.limits.runAsNonRoot;
      if (value.value !== false || user.value === 0 || mayBeRoot(container)) return [];
      const isOther = typeof user.value === 'number';
      const severity = overLimit(pod, limit);
      return [
        {
          message: isOther
            ? `${container.label} sets securityContext.runAsNonRoot to "false"${from(value)}; it runs as uid ${user.value as number}, but nothing keeps it from root.`
            : `${container.label} sets securityContext.runAsNonRoot to "false"${from(value)} and no uid, so it runs as root if its image does.`,
          path: value.path,
          field: 'securityContext.runAsNonRoot',
          container: container.name,
          effective: [shown(container, 'runAsNonRoot', value), shown(container, 'runAsUser', user)],
          ...severity,
          ...(isOther && severity.severity === 'error' ? { severity: 'warning' as const } : {}),
        },
      ];
    }),
};
