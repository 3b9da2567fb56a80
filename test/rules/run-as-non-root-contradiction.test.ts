import { runAsNonRootContradiction } from '../../src/audit/rules/run-as-non-root-contradiction.ts';
import { asCatalogPod, context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(runAsNonRootContradiction, {
  pass: [
    { name: 'runAsNonRoot without a uid' },
    { name: 'another uid', tweaks: [podContext('runAsUser', 1000)] },
    {
      name: 'the container is root by both',
      tweaks: [podContext('runAsUser', 0), context('runAsNonRoot', false)],
    },
  ],
  fail: [
    {
      name: 'both on the pod',
      tweaks: [podContext('runAsUser', 0)],
      hits: ['error web spec.securityContext.runAsUser'],
      says: 'never starts',
    },
    {
      name: 'uid 0 on the container against the pod',
      tweaks: [context('runAsUser', 0)],
      hits: ['error web spec.containers[0].securityContext.runAsUser'],
    },
    {
      name: 'also where root is allowed',
      tweaks: [podContext('runAsUser', 0), asCatalogPod('aws-ebs-csi-driver-node')],
      setting: { catalog: true },
      hits: ['error ebs-plugin spec.template.spec.securityContext.runAsUser'],
    },
  ],
});
