/**
 * runAsNonRoot is not set, so the user of the image decides; a manifest cannot tell which that is.
 *
 * Fields: securityContext.runAsNonRoot and runAsUser of every container, else of the pod.
 * Allowed: true. With another uid than 0 its absence is a warning; where the catalog allows root and
 *   knows no more, a note that the user is unknown.
 * Since: every version. Source: Domino documentation, "Kubernetes pod security"; T25, T45.
 */
import { effective, shown, type Effective } from '../context.ts';
import { DOCS } from '../docs.ts';
import { isAssumed, overLimit } from '../over-limit.ts';
import { mayBeRoot, userOf } from '../root.ts';
import type { AuditContainer, AuditPod, PodRule, RuleHit } from '../types.ts';

export const runAsNonRootUnset: PodRule = {
  id: 'run-as-non-root-unset',
  code: 'DPS4004',
  severity: 'error',
  title: 'runAsNonRoot is not set',
  why: 'Without it the container runs as whatever user its image names, which may be root and is not visible in the manifest.',
  fix: 'Set runAsNonRoot: true on the pod or on the container.',
  docs: DOCS.policy,
  fields: ['securityContext.runAsNonRoot', 'containers[*].securityContext.runAsNonRoot'],
  control: 'runAsNonRoot',
  scope: 'pod',
  check: (pod) => pod.containers.flatMap((container) => judge(pod, container)),
};

function judge(pod: AuditPod, container: AuditContainer): RuleHit[] {
  const nonRoot = effective(pod, container, 'runAsNonRoot');
  const user = userOf(pod, container);
  // A value of a wrong type is no value: the API server refuses it, which is another finding.
  if (typeof nonRoot.value === 'boolean' || user.value === 0) return [];
  const { runAsNonRoot: limit, need } = container.limits;
  const hit = (message: string, more: Partial<RuleHit>): RuleHit[] => [
    {
      message,
      path: nonRoot.path,
      field: 'securityContext.runAsNonRoot',
      container: container.name,
      effective: effectiveOf(container, nonRoot, user),
      ...more,
    },
  ];
  if (typeof user.value === 'number') {
    if (mayBeRoot(container) || isAssumed(limit)) return [];
    return hit(
      `${container.label} does not set securityContext.runAsNonRoot; it runs as uid ${user.value}, but nothing keeps it from root.`,
      { severity: 'warning' },
    );
  }
  const unknown = `${container.label} sets neither securityContext.runAsNonRoot nor a uid; whether its image runs as root is unknown`;
  if (!mayBeRoot(container)) return hit(`${unknown}.`, overLimit(pod, limit));
  if (need?.runAsNonRoot !== undefined || limit.rule === 'free') return [];
  return hit(`${unknown} (root is within its documented exception).`, {
    severity: 'note',
    fix: 'Set runAsNonRoot in the chart, or record what the container needs in pod_security.catalog.',
  });
}

function effectiveOf(
  container: AuditContainer,
  nonRoot: Effective,
  user: Effective,
): NonNullable<RuleHit['effective']> {
  return [shown(container, 'runAsNonRoot', nonRoot), shown(container, 'runAsUser', user)];
}
