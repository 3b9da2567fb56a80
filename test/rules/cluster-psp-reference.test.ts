import { clusterPspReference } from '../../src/audit/rules/cluster-psp-reference.ts';
import type { Setting, Value } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const cluster = (spec: unknown): Value => ({
  apiVersion: 'distributed-compute.dominodatalab.com/v1alpha1',
  kind: 'RayCluster',
  metadata: { name: 'ray' },
  spec,
});
const at = (kubernetes: number): Setting => ({ target: { kubernetes } });

ruleTable(clusterPspReference, {
  pass: [
    { name: 'none named', object: cluster({}), setting: at(25) },
    { name: 'before 1.25', object: cluster({ podSecurityPolicy: 'p' }), setting: at(24) },
    { name: 'version unknown', object: cluster({ podSecurityPolicy: 'p' }) },
    {
      name: 'another group',
      object: { ...cluster({ podSecurityPolicy: 'p' }), apiVersion: 'example.com/v1' },
      setting: at(25),
    },
  ],
  fail: [
    {
      name: 'from 1.25 on',
      object: cluster({ podSecurityPolicy: 'p' }),
      setting: at(25),
      hits: ['error - spec.podSecurityPolicy'],
      says: 'is "p"',
    },
  ],
});
