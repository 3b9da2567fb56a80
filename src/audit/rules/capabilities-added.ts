/**
 * A container adds capabilities beyond what its exception names.
 *
 * Fields: securityContext.capabilities.add of every container, with and without the prefix CAP_.
 * Allowed: none; those that the catalog names for the container, or any where it names none.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security".
 */
import { mapOf, ownField, shortened, shown, textsOf } from '../context.ts';
import { ANY_CAPABILITY } from '../../security/decide.ts';
import { DOCS } from '../docs.ts';
import { overLimit } from '../over-limit.ts';
import type { PodRule } from '../types.ts';

export const capabilitiesAdded: PodRule = {
  id: 'capabilities-added',
  code: 'DPS4006',
  severity: 'error',
  title: 'Capabilities added',
  why: 'Added capabilities give parts of root back; Domino excepts only a few pods from dropping all of them.',
  fix: 'Remove the capabilities; if the pod needs them, record them in pod_security.catalog or accept them with a reason.',
  docs: DOCS.policy,
  fields: ['containers[*].securityContext.capabilities.add'],
  control: 'capabilities',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const limit = container.limits.capabilities;
      if (limit.rule === 'free' || limit.value.add.includes(ANY_CAPABILITY)) return [];
      const value = ownField(container, 'capabilities');
      const excess = textsOf(mapOf(value.value).add).filter(
        (name) => !limit.value.add.includes(name.replace(/^CAP_/, '')),
      );
      if (excess.length === 0) return [];
      const names = excess.map((name) => `"${shortened(name)}"`).join(', ');
      return [
        {
          message: `${container.label} adds ${names} in securityContext.capabilities.add, and no documented exception of the pod allows ${excess.length === 1 ? 'it' : 'them'}.`,
          path: [...value.path, 'add'],
          // A further capability is a further finding to a baseline.
          field: `securityContext.capabilities.add.${excess.sort().join(',')}`,
          container: container.name,
          effective: [shown(container, 'capabilities', value)],
          ...overLimit(pod, limit),
        },
      ];
    }),
};
