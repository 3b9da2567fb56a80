/**
 * A container sets its root filesystem read-only by itself.
 *
 * Fields: securityContext.readOnlyRootFilesystem of every container.
 * Allowed: anything; true is only told, since Domino's own pods never set it.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security".
 */
import { ownField, shown } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { PodRule } from '../types.ts';

export const readOnlyRootFilesystem: PodRule = {
  id: 'read-only-root-filesystem',
  code: 'DPS4019',
  severity: 'note',
  title: 'Read-only root filesystem',
  why: 'Domino does not support policies that demand it; a chart that sets it for its own container is fine where it works.',
  fix: 'Nothing, unless the container must write outside of its volumes.',
  docs: DOCS.policy,
  fields: ['containers[*].securityContext.readOnlyRootFilesystem'],
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = ownField(container, 'readOnlyRootFilesystem');
      if (value.value !== true) return [];
      return [
        {
          message: `${container.label} sets securityContext.readOnlyRootFilesystem to "true" itself.`,
          path: value.path,
          field: 'securityContext.readOnlyRootFilesystem',
          container: container.name,
          effective: [shown(container, 'readOnlyRootFilesystem', value)],
        },
      ];
    }),
};
