import { exceptionNotNeeded } from '../../src/audit/rules/exception-not-needed.ts';
import { asCatalogPod, context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(exceptionNotNeeded, {
  pass: [
    { name: 'no catalog pod' },
    {
      name: 'all exceptions in use',
      tweaks: [
        context('privileged', true),
        podContext('runAsNonRoot', false),
        context('capabilities', undefined),
        asCatalogPod('aws-ebs-csi-driver-node'),
      ],
      setting: { catalog: true },
    },
    { name: 'a catalog that is not used', tweaks: [asCatalogPod('aws-ebs-csi-driver-node')] },
  ],
  fail: [
    {
      name: 'none in use',
      tweaks: [asCatalogPod('dcgm-exporter')],
      setting: { catalog: true },
      hits: ['note - metadata.name'],
      says: 'root, capabilities',
    },
    {
      name: 'one in use',
      tweaks: [context('capabilities.add', ['SYS_ADMIN']), asCatalogPod('dcgm-exporter')],
      setting: { catalog: true },
      hits: ['note - metadata.name'],
      says: 'dcgm-exporter: root.',
    },
  ],
});
