/**
 * A container may not take a port of its node.
 *
 * Restricted fields: ports[*].hostPort of every container.
 * Allowed values: 0, unset.
 * Since: 1.0. Source: policy/check_hostPorts.go.
 */
import { asMap, integerOf, listOf, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

function takenPorts(container: ContainerView): readonly BadField[] | null {
  const ports = listOf(container.raw, 'ports');
  let bad: BadField[] | null = null;
  for (let index = 0; index < ports.length; index += 1) {
    const port = integerOf(asMap(ports[index]), 'hostPort') ?? 0;
    if (port !== 0) (bad ??= []).push({ field: `ports[${index}].hostPort`, value: String(port) });
  }
  return bad;
}

function check(pod: PodView): Refusal | null {
  const found = offendingContainers(pod, takenPorts);
  if (found === null) return null;
  const ports = found.values.length === 1 ? 'port' : 'ports';
  return {
    reason: 'host ports',
    detail: `${found.who} must not take ${ports} ${found.values.join(', ')} of the node`,
    fields: found.fields,
  };
}

export const hostPorts: Check = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
