/**
 * A container opens a port on its node.
 *
 * Fields: ports[*].hostPort of every container.
 * Allowed: unset, 0; a note where the catalog records it. With hostNetwork every port is one of the
 *   node, which that rule tells.
 * Since: every version. Source: Pod Security Standards (baseline).
 */
import { listOf, mapOf } from '../context.ts';
import { DOCS } from '../docs.ts';
import { hostVerdict, recordedHost, recordedText } from '../host-access.ts';
import type { PodRule } from '../types.ts';

export const hostPorts: PodRule = {
  id: 'host-ports',
  code: 'DPS4015',
  severity: 'warning',
  title: 'Port of the node',
  why: 'A host port is reachable past network policies, and two such pods cannot share a node.',
  fix: 'Use a Service instead; if the pod needs the port, accept it with a reason.',
  docs: DOCS.standards,
  fields: ['containers[*].ports[*].hostPort'],
  scope: 'pod',
  check: (pod) =>
    pod.pod.spec.hostNetwork === true
      ? []
      : pod.containers.flatMap((container) =>
          listOf(container.container.value.ports).flatMap((port, index) => {
            const { hostPort } = mapOf(port);
            if (typeof hostPort !== 'number' || hostPort === 0) return [];
            const isRecorded = recordedHost(pod)?.hostPorts?.includes(hostPort) === true;
            return [
              {
                message: `${container.label} opens port ${hostPort} of its node (ports[${index}].hostPort)${recordedText(isRecorded)}.`,
                path: [...container.container.path, 'ports', index, 'hostPort'],
                field: `ports.hostPort.${hostPort}`,
                container: container.name,
                ...hostVerdict(pod, isRecorded),
              },
            ];
          }),
        ),
};
