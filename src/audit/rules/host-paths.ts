/**
 * A pod mounts a path of its node.
 *
 * Fields: spec.volumes[*].hostPath.path.
 * Allowed: none; a note where the catalog records the path, or one above it, for the pod.
 * Since: every version. Source: Pod Security Standards (baseline).
 */
import { listOf, mapOf, shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import { hostVerdict, recordedHost, recordedText } from '../host-access.ts';
import type { PodRule } from '../types.ts';

export const hostPaths: PodRule = {
  id: 'host-paths',
  code: 'DPS4016',
  severity: 'warning',
  title: 'Path of the node',
  why: 'Files of the node are shared with every pod on it, and some of them (sockets, kubelet credentials) are the node.',
  fix: 'Use another volume; if the pod needs the path, accept it with a reason.',
  docs: DOCS.standards,
  fields: ['spec.volumes[*].hostPath.path'],
  scope: 'pod',
  check: (pod) =>
    listOf(pod.pod.spec.volumes).flatMap((volume, index) => {
      const { hostPath } = mapOf(volume);
      if (hostPath === undefined || hostPath === null) return [];
      const { path } = mapOf(hostPath);
      const text = typeof path === 'string' ? path : '';
      const isRecorded =
        recordedHost(pod)?.hostPaths?.some((known) => covers(known, text)) === true;
      return [
        {
          message: `The pod mounts "${shortened(text)}" of its node (spec.volumes[${index}].hostPath)${recordedText(isRecorded)}.`,
          path: [...pod.pod.specPath, 'volumes', index, 'hostPath', 'path'],
          field: `spec.volumes.hostPath.${text}`,
          ...hostVerdict(pod, isRecorded),
        },
      ];
    }),
};

/** A recorded folder covers what is below it. `..` is refused by the API, and covers nothing here. */
function covers(known: string, path: string): boolean {
  if (path.split('/').includes('..')) return false;
  const [folder, wanted] = [known, path].map((text) => text.replace(/\/+$/, '')) as [
    string,
    string,
  ];
  // The root of the node is recorded as itself only: it would cover everything.
  return wanted === folder || (folder !== '' && wanted.startsWith(`${folder}/`));
}
