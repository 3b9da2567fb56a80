/**
 * A documented exception of a catalog pod that none of its containers uses.
 *
 * Fields: privileged, runAsNonRoot, runAsUser and capabilities of the containers that may use it.
 * Allowed: anything; it is told so that a review can strike the exception out.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security" (the exceptions).
 */
import { DOCS } from '../docs.ts';
import { exceptionUse } from '../exceptions-used.ts';
import type { PodRule } from '../types.ts';

export const exceptionNotNeeded: PodRule = {
  id: 'exception-not-needed',
  code: 'DPS4028',
  severity: 'note',
  title: 'Documented exception that is not needed',
  why: 'The chart asks for less than the documentation allows, so the exception can be withdrawn.',
  fix: 'Record the smaller list in pod_security.catalog; then a later chart that asks for more is found.',
  docs: DOCS.policy,
  fields: ['containers[*].securityContext'],
  scope: 'pod',
  check: (pod) => {
    const { unneeded } = exceptionUse(pod);
    if (unneeded.length === 0) return [];
    const id = pod.standing.match?.entry.id ?? '';
    return [
      {
        message: `No container of the pod uses what the catalog allows ${id}: ${unneeded.join(', ')}.`,
        path: ['metadata', 'name'],
        field: `exceptions.${unneeded.join(',')}`,
      },
    ];
  },
};
