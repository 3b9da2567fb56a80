import { openshiftScc } from '../../src/audit/rules/openshift-scc.ts';
import type { Value } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const scc = (name: string): Value => ({
  apiVersion: 'security.openshift.io/v1',
  kind: 'SecurityContextConstraints',
  metadata: { name },
});

ruleTable(openshiftScc, {
  pass: [
    { name: 'anyuid', object: scc('anyuid') },
    { name: 'one of every cluster', object: scc('node-exporter') },
    { name: 'another kind', tweaks: [] },
  ],
  fail: [
    {
      name: 'one of a chart',
      object: scc('falco'),
      hits: ['error - metadata.name'],
      says: '"falco" is not one that OpenShift ships',
    },
  ],
});
