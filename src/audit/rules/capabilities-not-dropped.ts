/**
 * A container keeps the runtime's default capabilities, or some of them.
 *
 * Fields: securityContext.capabilities.drop of every container.
 * Allowed: a list with ALL; anything where the catalog excepts the container.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security" (drop ALL).
 */
import { mapOf, ownField, shown, textsOf } from '../context.ts';
import { DOCS } from '../docs.ts';
import { overLimit } from '../over-limit.ts';
import type { PodRule } from '../types.ts';

export const capabilitiesNotDropped: PodRule = {
  id: 'capabilities-not-dropped',
  code: 'DPS4007',
  severity: 'error',
  title: 'Capabilities not dropped',
  why: 'Without "drop: [ALL]" a container keeps the default set of the runtime, among them NET_RAW, CHOWN and SETUID.',
  fix: 'Set capabilities.drop to [ALL].',
  docs: DOCS.policy,
  fields: ['containers[*].securityContext.capabilities.drop'],
  control: 'capabilities',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const limit = container.limits.capabilities;
      if (limit.rule === 'free' || !limit.value.drop.includes('ALL')) return [];
      const value = ownField(container, 'capabilities');
      const drop = mapOf(value.value).drop;
      const dropped = textsOf(drop);
      if (dropped.includes('ALL')) return [];
      return [
        {
          message:
            dropped.length === 0
              ? `${container.label} does not drop its capabilities: securityContext.capabilities.drop must hold "ALL".`
              : `${container.label} drops only some capabilities: securityContext.capabilities.drop must hold "ALL".`,
          path: drop === undefined || drop === null ? value.path : [...value.path, 'drop'],
          field: 'securityContext.capabilities.drop',
          container: container.name,
          effective: [shown(container, 'capabilities', value)],
          ...overLimit(pod, limit),
        },
      ];
    }),
};
