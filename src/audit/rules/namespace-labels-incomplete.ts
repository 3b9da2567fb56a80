/**
 * A Domino namespace does not state its Pod Security level in full.
 *
 * Fields: the six labels pod-security.kubernetes.io/* of a Namespace, on OpenShift also
 *   security.openshift.io/scc.podSecurityLabelSync.
 * Allowed: all six, versions pinned; "false" for the synchronisation. Judged for the namespaces of the
 *   configuration.
 * Since: Kubernetes 1.23. Source: T23 (latest changes with the server), T38 (the label syncer).
 */
import { shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { AuditObject, ObjectRule, RuleHit } from '../types.ts';

const PREFIX = 'pod-security.kubernetes.io/';
const MODES = ['enforce', 'audit', 'warn'] as const;
const SYNC = 'security.openshift.io/scc.podSecurityLabelSync';
const FIRST_MINOR = 23;

export const namespaceLabelsIncomplete: ObjectRule = {
  id: 'namespace-labels-incomplete',
  code: 'DPS4025',
  severity: 'warning',
  title: 'Pod Security labels are not complete',
  why: 'What a namespace does not state comes from the defaults of the server, which may change, or from the label syncer of OpenShift.',
  fix: 'Apply the labels that generate --target namespaces writes.',
  docs: DOCS.admission,
  fields: ['Namespace metadata.labels["pod-security.kubernetes.io/*"]', SYNC],
  scope: 'object',
  check: (input) => {
    const { object, target } = input;
    if (object.kind !== 'Namespace' || !input.isDominoNamespace(object.name)) return [];
    if (!target.isOpenShift && (target.kubernetes ?? FIRST_MINOR) < FIRST_MINOR) return [];
    return [...levels(input), ...sync(input)];
  },
};

function levels({ object }: AuditObject): RuleHit[] {
  const absent = MODES.flatMap((mode) => [mode, `${mode}-version`])
    .map((name) => PREFIX + name)
    .filter((label) => object.labels[label] === undefined);
  const floating = MODES.map((mode) => `${PREFIX}${mode}-version`).filter(
    (label) => object.labels[label] === 'latest',
  );
  const hits: RuleHit[] = [];
  if (absent.length > 0) {
    hits.push({
      message: `Namespace "${shortened(object.name)}" lacks the labels ${absent.join(', ')}.`,
      path: ['metadata', 'labels'],
      field: 'metadata.labels',
    });
  }
  for (const label of floating) {
    hits.push({
      message: `Label ${label} is "latest", which changes with the server.`,
      path: ['metadata', 'labels', label],
      field: `metadata.labels.${label}`,
      severity: 'note',
      fix: 'Pin the version of the cluster: v1.N.',
    });
  }
  return hits;
}

function sync({ object, target }: AuditObject): RuleHit[] {
  if (!target.isOpenShift || object.labels[SYNC] === 'false') return [];
  return [
    {
      message: `Label ${SYNC} must be "false", or OpenShift overwrites the Pod Security labels.`,
      path: ['metadata', 'labels', SYNC],
      field: `metadata.labels.${SYNC}`,
    },
  ];
}
