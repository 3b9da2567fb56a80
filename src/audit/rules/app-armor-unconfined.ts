/**
 * AppArmor is switched off for a container, by field or by annotation.
 *
 * Fields: securityContext.appArmorProfile.type of every container, else of the pod; the annotation
 *   container.apparmor.security.beta.kubernetes.io/<container>, which counts where no field is set.
 * Allowed: anything but Unconfined. A note where the container has a documented exception.
 * Since: every version (the field: Kubernetes 1.30). Source: Pod Security Standards (baseline); T27.
 */
import { effective, from, mapOf, shown, type Effective } from '../context.ts';
import { DOCS } from '../docs.ts';
import { unconfinedSeverity } from '../unconfined.ts';
import type { AuditContainer, AuditPod, PodRule } from '../types.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export const appArmorUnconfined: PodRule = {
  id: 'app-armor-unconfined',
  code: 'DPS4012',
  severity: 'warning',
  title: 'AppArmor is off',
  why: 'Unconfined takes the profile of the runtime away, which denies writes to /proc and /sys and mounts.',
  fix: 'Set RuntimeDefault, or remove the setting.',
  docs: DOCS.appArmor,
  fields: ['securityContext.appArmorProfile.type', `metadata.annotations["${ANNOTATION}*"]`],
  scope: 'pod',
  check: (pod) =>
    pod.containers.flatMap((container) => {
      const value = profileOf(pod, container);
      if (value === undefined || !value.isOff) return [];
      return [
        {
          message: `${container.label} switches AppArmor off${from(value)}: ${value.written} is "${value.isField ? 'Unconfined' : 'unconfined'}".`,
          path: value.path,
          field: 'securityContext.appArmorProfile.type',
          container: container.name,
          severity: unconfinedSeverity(pod, container),
          effective: [shown(container, 'appArmorProfile', value)],
        },
      ];
    }),
};

interface Profile extends Effective {
  isOff: boolean;
  isField: boolean;
  written: string;
}

function profileOf(pod: AuditPod, container: AuditContainer): Profile | undefined {
  const field = effective(pod, container, 'appArmorProfile');
  if (field.origin !== 'default') {
    const isOff = mapOf(field.value).type === 'Unconfined';
    const written = 'securityContext.appArmorProfile.type';
    return { ...field, path: [...field.path, 'type'], isOff, isField: true, written };
  }
  const key = ANNOTATION + container.name;
  const value = pod.annotations[key];
  if (value === undefined) return undefined;
  return {
    value,
    origin: 'container',
    path: [...pod.pod.path, 'metadata', 'annotations', key],
    isOff: value === 'unconfined',
    isField: false,
    written: `the annotation ${key}`,
  };
}
