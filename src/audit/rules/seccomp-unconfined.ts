/**
 * Seccomp is switched off for a container, by field or by annotation.
 *
 * Fields: securityContext.seccompProfile.type of every container, else of the pod; before Kubernetes
 *   1.27 the annotations seccomp.security.alpha.kubernetes.io/pod and container.seccomp.security....
 * Allowed: anything but Unconfined. A note where the container has a documented exception or is
 *   privileged, which switches seccomp off anyway; an error with strict hardening.
 * Since: every version. Source: Pod Security Standards (baseline); T27.
 */
import { effective, from, mapOf, shown, type Effective } from '../context.ts';
import { DOCS } from '../docs.ts';
import { unconfinedSeverity } from '../unconfined.ts';
import type { AuditContainer, AuditPod, PodRule } from '../types.ts';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';
/** From this minor on the kubelet looks at the fields only. */
const FIELDS_ONLY = 27;

export const seccompUnconfined: PodRule = {
  id: 'seccomp-unconfined',
  code: 'DPS4011',
  severity: 'warning',
  title: 'Seccomp is off',
  why: 'Unconfined opens every system call of the node to the container.',
  fix: 'Set RuntimeDefault, or a profile of your own.',
  docs: DOCS.seccomp,
  fields: [
    'securityContext.seccompProfile.type',
    `metadata.annotations["${POD_ANNOTATION}"]`,
    `metadata.annotations["${CONTAINER_ANNOTATION}*"]`,
  ],
  control: 'seccompProfile',
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = seccompOf(pod, container);
      if (value?.word !== 'Unconfined') return [];
      const strict = container.limits.seccompProfile.rule === 'equals';
      const severity = unconfinedSeverity(pod, container);
      return [
        {
          message: `${container.label} switches seccomp off${from(value)}: ${value.written} is "${value.word}".`,
          path: value.path,
          field: 'securityContext.seccompProfile.type',
          container: container.name,
          severity: strict ? 'error' : severity,
          effective: [shown(container, 'seccompProfile', value)],
        },
      ];
    }),
};

interface Profile extends Effective {
  word: unknown;
  written: string;
}

/** The field counts; where there is none, on old servers the annotation. */
function seccompOf(pod: AuditPod, container: AuditContainer): Profile | undefined {
  const field = effective(pod, container, 'seccompProfile');
  if (field.origin !== 'default') {
    const word = mapOf(field.value).type;
    const written = 'securityContext.seccompProfile.type';
    return { ...field, path: [...field.path, 'type'], word, written };
  }
  if ((pod.target.kubernetes ?? FIELDS_ONLY) >= FIELDS_ONLY) return undefined;
  for (const key of [CONTAINER_ANNOTATION + container.name, POD_ANNOTATION]) {
    const value = pod.annotations[key];
    if (typeof value !== 'string') continue;
    const path = [...pod.pod.path, 'metadata', 'annotations', key];
    const word = value === 'unconfined' ? 'Unconfined' : value;
    const origin = key === POD_ANNOTATION ? 'pod' : 'container';
    return { value, origin, path, word, written: `the annotation ${key}` };
  }
  return undefined;
}
