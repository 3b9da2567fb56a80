/**
 * User ids of a pod are remapped.
 *
 * Fields: spec.hostUsers, metadata.annotations["io.kubernetes.cri-o.userns-mode"].
 * Allowed: unset, true; no annotation. An error on OpenShift, where the documentation rules it out.
 * Since: Kubernetes 1.25 (hostUsers). Source: Domino documentation (UID remapping is not supported); T26.
 */
import { DOCS } from '../docs.ts';
import type { PodRule, RuleHit } from '../types.ts';

const ANNOTATION = 'io.kubernetes.cri-o.userns-mode';

export const uidRemapping: PodRule = {
  id: 'uid-remapping',
  code: 'DPS4027',
  severity: 'error',
  title: 'Remapped user ids',
  why: 'Domino does not support remapped user ids: files on shared volumes would belong to other users in each pod.',
  fix: 'Remove hostUsers: false and the annotation.',
  docs: DOCS.userNamespaces,
  fields: ['spec.hostUsers', `metadata.annotations["${ANNOTATION}"]`],
  scope: 'pod',
  check: ({ pod, annotations, target }) => {
    const severity = target.isOpenShift ? 'error' : 'warning';
    const hits: RuleHit[] = [];
    if (pod.spec.hostUsers === false) {
      hits.push({
        message:
          'spec.hostUsers is "false": the user ids of the pod are remapped, which Domino does not support.',
        path: [...pod.specPath, 'hostUsers'],
        field: 'spec.hostUsers',
        severity,
      });
    }
    if (annotations[ANNOTATION] !== undefined) {
      hits.push({
        message: `The annotation ${ANNOTATION} remaps the user ids of the pod, which Domino does not support.`,
        path: [...pod.path, 'metadata', 'annotations', ANNOTATION],
        field: `metadata.annotations.${ANNOTATION}`,
        severity,
      });
    }
    return hits;
  },
};
