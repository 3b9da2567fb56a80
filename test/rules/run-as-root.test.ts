import { runAsRoot } from '../../src/audit/rules/run-as-root.ts';
import { asCatalogPod, context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(runAsRoot, {
  pass: [
    { name: 'true on the pod' },
    {
      name: 'true on the container over false on the pod',
      tweaks: [podContext('runAsNonRoot', false), context('runAsNonRoot', true)],
    },
    {
      name: 'false with uid 0 is the finding of another rule',
      tweaks: [podContext('runAsNonRoot', false), podContext('runAsUser', 0)],
    },
    {
      name: 'a catalog pod that may be root',
      tweaks: [podContext('runAsNonRoot', false), asCatalogPod('aws-ebs-csi-driver-node')],
      setting: { catalog: true },
    },
  ],
  fail: [
    {
      name: 'false on the pod',
      tweaks: [podContext('runAsNonRoot', false)],
      hits: ['error web spec.securityContext.runAsNonRoot'],
      says: '(set on the pod) and no uid',
    },
    {
      name: 'false on the container',
      tweaks: [context('runAsNonRoot', false)],
      hits: ['error web spec.containers[0].securityContext.runAsNonRoot'],
    },
    {
      name: 'false with another uid: a warning',
      tweaks: [podContext('runAsNonRoot', false), context('runAsUser', 1000)],
      hits: ['warning web spec.securityContext.runAsNonRoot'],
      says: 'uid 1000',
    },
  ],
});
