import { rootUid } from '../../src/audit/rules/root-uid.ts';
import { asCatalogPod, context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(rootUid, {
  pass: [
    { name: 'no uid' },
    {
      name: 'another uid',
      tweaks: [podContext('runAsUser', 1000), podContext('runAsNonRoot', undefined)],
    },
    {
      name: 'uid 0 on the pod, another on the container',
      tweaks: [
        podContext('runAsUser', 0),
        podContext('runAsNonRoot', false),
        context('runAsUser', 1000),
      ],
    },
    {
      name: 'uid 0 with runAsNonRoot is a contradiction, not root',
      tweaks: [podContext('runAsUser', 0)],
    },
    {
      name: 'a catalog pod that may be root',
      tweaks: [
        podContext('runAsNonRoot', false),
        podContext('runAsUser', 0),
        asCatalogPod('aws-ebs-csi-driver-node'),
      ],
      setting: { catalog: true },
    },
  ],
  fail: [
    {
      name: 'null on the container is unset: the pod counts',
      tweaks: [
        podContext('runAsNonRoot', undefined),
        podContext('runAsUser', 0),
        context('runAsUser', null),
      ],
      hits: ['error web spec.securityContext.runAsUser'],
      says: 'set on the pod',
    },
    {
      name: 'uid 0 on the pod',
      tweaks: [podContext('runAsNonRoot', undefined), podContext('runAsUser', 0)],
      hits: ['error web spec.securityContext.runAsUser'],
      says: 'to "0" (set on the pod)',
    },
    {
      name: 'uid 0 on the container',
      tweaks: [podContext('runAsNonRoot', false), context('runAsUser', 0)],
      hits: ['error web spec.containers[0].securityContext.runAsUser'],
    },
  ],
});
