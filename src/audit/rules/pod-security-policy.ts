/**
 * A PodSecurityPolicy that should not be there.
 *
 * Fields: PodSecurityPolicy, its spec and where it comes from.
 * Allowed: before 1.25 and with PSP on, one blanket policy outside of every Helm release.
 * Since: Domino 5.4 (no policy per service). Source: Domino documentation; T15, T17, T19. From 1.25 on
 *   rule api-version reports it.
 */
import { listOf, mapOf } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { AuditObject, ObjectRule, RuleHit } from '../types.ts';

/** The release that no longer serves it. */
const REMOVED = 25;

export const podSecurityPolicy: ObjectRule = {
  id: 'pod-security-policy',
  code: 'DPS4023',
  severity: 'warning',
  title: 'PodSecurityPolicy that should not be there',
  why: 'Domino 5.4 and later brings no policy per service: with PSP on it needs one blanket policy, and a policy inside a Helm release blocks every upgrade to Kubernetes 1.25.',
  fix: 'Switch the policy off in the chart; generate writes the blanket one where it is needed.',
  docs: DOCS.removedPsp,
  fields: ['PodSecurityPolicy spec', 'metadata.labels["app.kubernetes.io/managed-by"]'],
  scope: 'object',
  check: (input) => {
    const { object, target } = input;
    if (object.kind !== 'PodSecurityPolicy' || (target.kubernetes ?? 0) >= REMOVED) return [];
    return [...unwanted(input), ...inRelease(input)];
  },
};

function unwanted({ object, target }: AuditObject): RuleHit[] {
  const hit = { path: ['kind'], field: 'kind' };
  if (target.psp === false) {
    return [
      { ...hit, message: 'PodSecurityPolicies are off on the cluster, so this one has no effect.' },
    ];
  }
  if (isBlanket(object.value)) return [];
  return [
    {
      ...hit,
      message: 'This PodSecurityPolicy restricts pods; Domino needs one that is unrestricted.',
      ...(target.psp === undefined ? { severity: 'note' as const } : {}),
    },
  ];
}

/** Rendered by Helm, or labelled as one of its objects (T19). */
function inRelease({ object }: AuditObject): RuleHit[] {
  const helm =
    object.source !== undefined ||
    object.annotations['meta.helm.sh/release-name'] !== undefined ||
    object.labels['app.kubernetes.io/managed-by'] === 'Helm';
  if (!helm) return [];
  return [
    {
      message:
        'This PodSecurityPolicy belongs to a Helm release, which can then neither be upgraded nor removed on Kubernetes 1.25.',
      path: ['kind'],
      field: 'metadata.labels',
    },
  ];
}

/** Allows everything that Domino's pods ask for. */
function isBlanket(value: Readonly<Record<string, unknown>>): boolean {
  const spec = mapOf(value.spec);
  const any = ['runAsUser', 'seLinux', 'supplementalGroups', 'fsGroup'];
  return (
    spec.privileged === true &&
    listOf(spec.allowedCapabilities).includes('*') &&
    listOf(spec.volumes).includes('*') &&
    listOf(spec.requiredDropCapabilities).length === 0 &&
    any.every((field) => mapOf(spec[field]).rule === 'RunAsAny')
  );
}
