import { namespaceLabelValue } from '../../src/audit/rules/namespace-label-value.ts';
import type { Value } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const namespace = (labels: Record<string, string>): Value => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'domino-platform', labels },
});

ruleTable(namespaceLabelValue, {
  pass: [
    { name: 'no labels', object: namespace({}) },
    {
      name: 'good ones',
      object: namespace({
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/enforce-version': 'v1.33',
      }),
    },
    {
      name: 'labels of another kind',
      object: {
        ...namespace({ 'pod-security.kubernetes.io/enforce': 'none' }),
        kind: 'ServiceAccount',
      },
    },
  ],
  fail: [
    {
      name: 'a level and a version that are none',
      object: namespace({
        'pod-security.kubernetes.io/enforce': 'Privileged',
        'pod-security.kubernetes.io/warn-version': '1.33',
      }),
      hits: [
        'error - metadata.labels["pod-security.kubernetes.io/enforce"]',
        'error - metadata.labels["pod-security.kubernetes.io/warn-version"]',
      ],
      says: 'got "Privileged"',
    },
  ],
});
