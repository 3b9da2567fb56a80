/**
 * A Windows container runs as a process of its node.
 *
 * Fields: securityContext.windowsOptions.hostProcess of every container, else of the pod.
 * Allowed: unset, false. A note outside of Domino's namespaces, whose drivers for Windows need it.
 * Since: Kubernetes 1.22. Source: Pod Security Standards (baseline); T28.
 */
import { mapOf, ownField, podContextPath } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { AuditContainer, AuditPod, PodRule } from '../types.ts';

export const windowsHostProcess: PodRule = {
  id: 'windows-host-process',
  code: 'DPS4031',
  severity: 'warning',
  title: 'Process of a Windows node',
  why: 'A host process has the files, the network and the rights of the node: it is what privileged is on Linux.',
  fix: 'Remove hostProcess; if the pod needs it, accept it with a reason.',
  docs: DOCS.standards,
  fields: [
    'securityContext.windowsOptions.hostProcess',
    'containers[*].securityContext.windowsOptions.hostProcess',
  ],
  scope: 'pod',
  forWindows: true,
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const { value, path, isOfPod } = hostProcess(pod, container);
      if (value !== true) return [];
      return [
        {
          message: `${container.label} sets securityContext.windowsOptions.hostProcess to "true"${isOfPod ? ' (set on the pod)' : ''}, so it runs as a process of its node.`,
          path: [...path, 'hostProcess'],
          field: 'securityContext.windowsOptions.hostProcess',
          container: container.name,
          ...(isElsewhere(pod) ? { severity: 'note' as const } : {}),
        },
      ];
    }),
};

/** The fields of windowsOptions are inherited one by one. */
function hostProcess(
  pod: AuditPod,
  container: AuditContainer,
): { value: unknown; path: (string | number)[]; isOfPod: boolean } {
  const own = ownField(container, 'windowsOptions');
  const value = mapOf(own.value).hostProcess;
  if (value !== undefined && value !== null) return { value, path: [...own.path], isOfPod: false };
  const path = [...podContextPath(pod, 'windowsOptions')];
  return { value: mapOf(pod.context.windowsOptions).hostProcess, path, isOfPod: true };
}

function isElsewhere({ target, standing }: AuditPod): boolean {
  const { namespace } = standing;
  return namespace !== undefined && target.dominoNamespaces?.has(namespace) === false;
}
