/**
 * A pod shares a namespace of its node: network, processes or IPC.
 *
 * Fields: spec.hostNetwork, spec.hostPID, spec.hostIPC.
 * Allowed: unset, false; a note where the catalog records it for the pod.
 * Since: every version. Source: Pod Security Standards (baseline).
 */
import { DOCS } from '../docs.ts';
import { hostVerdict, recordedHost, recordedText } from '../host-access.ts';
import type { PodRule } from '../types.ts';

const FIELDS = { hostNetwork: 'network', hostPID: 'processes', hostIPC: 'IPC' } as const;

export const hostNamespaces: PodRule = {
  id: 'host-namespaces',
  code: 'DPS4014',
  severity: 'warning',
  title: 'Namespace of the node',
  why: 'A pod in a namespace of the node sees, and may reach, what runs outside of containers.',
  fix: 'Remove the field; if the pod needs it, accept it with a reason.',
  docs: DOCS.standards,
  fields: ['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC'],
  scope: 'pod',
  check: (pod) =>
    (Object.keys(FIELDS) as (keyof typeof FIELDS)[])
      .filter((field) => pod.pod.spec[field] === true)
      .map((field) => {
        const isRecorded = recordedHost(pod)?.[field] === true;
        return {
          message: `The pod shares the ${FIELDS[field]} of its node (spec.${field} is "true")${recordedText(isRecorded)}.`,
          path: [...pod.pod.specPath, field],
          field: `spec.${field}`,
          ...hostVerdict(pod, isRecorded),
        };
      }),
};
