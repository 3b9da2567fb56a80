import { runAsNonRootUnset } from '../../src/audit/rules/run-as-non-root-unset.ts';
import { asCatalogPod, context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(runAsNonRootUnset, {
  pass: [
    { name: 'true on the pod' },
    {
      name: 'true on the container',
      tweaks: [podContext('runAsNonRoot', undefined), context('runAsNonRoot', true)],
    },
    { name: 'false is the finding of another rule', tweaks: [podContext('runAsNonRoot', false)] },
    {
      name: 'uid 0 is the finding of another rule',
      tweaks: [podContext('runAsNonRoot', undefined), podContext('runAsUser', 0)],
    },
    {
      name: 'a catalog pod whose image is known to be root',
      tweaks: [podContext('runAsNonRoot', undefined), asCatalogPod('aws-ebs-csi-driver-node')],
      setting: { catalog: true },
    },
  ],
  fail: [
    {
      name: 'unset, and no uid: the image decides',
      tweaks: [podContext('runAsNonRoot', undefined)],
      hits: ['error web spec.containers[0]'],
      says: 'whether its image runs as root is unknown',
    },
    {
      name: 'null is unset',
      tweaks: [podContext('runAsNonRoot', null)],
      hits: ['error web spec.containers[0]'],
    },
    {
      name: 'unset with another uid: a warning',
      tweaks: [podContext('runAsNonRoot', undefined), podContext('runAsUser', 1000)],
      hits: ['warning web spec.containers[0]'],
      says: 'uid 1000',
    },
    {
      name: 'text is no value',
      tweaks: [podContext('runAsNonRoot', 'true')],
      hits: ['error web spec.securityContext.runAsNonRoot'],
    },
    {
      name: 'a catalog pod of which little is known: a note',
      tweaks: [podContext('runAsNonRoot', undefined), asCatalogPod('image-cache-agent')],
      setting: { catalog: true },
      hits: ['note main spec.template.spec.containers[0]'],
    },
  ],
});
