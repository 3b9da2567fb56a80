/**
 * Every container drops all capabilities and may take back only the right to bind low ports.
 *
 * Restricted fields: capabilities.drop and capabilities.add in the securityContext of every container.
 * Allowed values: drop must hold ALL; add is empty or NET_BIND_SERVICE. Windows pods are exempt from 1.25 on.
 * Since: 1.22; 1.25 Windows. Overrides capabilities_baseline. Source: policy/check_capabilities_restricted.go.
 */
import { isWindows, listOf, mapOf, type ContainerView, type PodView } from '../../pod.ts';
import { offendingContainers, quoted, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';
import { addedBeyond } from './capabilities-baseline.ts';

const NOT_DROPPED: readonly BadField[] = [
  { field: 'securityContext.capabilities.drop', value: 'without ALL' },
];
const MAY_ADD: ReadonlySet<unknown> = new Set(['NET_BIND_SERVICE']);

function keepsSome(container: ContainerView): readonly BadField[] | null {
  const dropped = listOf(mapOf(container.securityContext, 'capabilities'), 'drop');
  return dropped.includes('ALL') ? null : NOT_DROPPED;
}

function addsMore(container: ContainerView): readonly BadField[] | null {
  return addedBeyond(container, MAY_ADD);
}

function everywhere(pod: PodView): Refusal | null {
  const keeping = offendingContainers(pod, keepsSome);
  const adding = offendingContainers(pod, addsMore);
  if (keeping === null && adding === null) return null;
  const details: string[] = [];
  if (keeping !== null) {
    details.push(`${keeping.who} must drop "ALL" in securityContext.capabilities.drop`);
  }
  if (adding !== null) {
    const values = quoted(adding.values);
    details.push(`${adding.who} must not add ${values} in securityContext.capabilities.add`);
  }
  return {
    reason: 'capabilities are not restricted',
    detail: details.join('; '),
    fields: [...(keeping?.fields ?? []), ...(adding?.fields ?? [])],
  };
}

const OVERRIDES = ['capabilities_baseline'];

export const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { since: '1.22', check: everywhere, overrides: OVERRIDES },
    {
      since: '1.25',
      check: (pod) => (isWindows(pod) ? null : everywhere(pod)),
      overrides: OVERRIDES,
    },
  ],
};
