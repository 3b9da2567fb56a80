import { capabilitiesNotDropped } from '../../src/audit/rules/capabilities-not-dropped.ts';
import { asCatalogPod, context, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(capabilitiesNotDropped, {
  pass: [
    { name: 'ALL' },
    { name: 'ALL among others', tweaks: [context('capabilities.drop', ['NET_RAW', 'ALL'])] },
    {
      name: 'a catalog container that may keep them',
      tweaks: [context('capabilities', undefined), asCatalogPod('aws-ebs-csi-driver-node')],
      setting: { catalog: true },
    },
  ],
  fail: [
    {
      name: 'no security context',
      tweaks: [set('spec.containers.0.securityContext', undefined)],
      hits: ['error web spec.containers[0]'],
    },
    {
      name: 'only some',
      tweaks: [context('capabilities.drop', ['NET_RAW'])],
      hits: ['error web spec.containers[0].securityContext.capabilities.drop'],
      says: 'drops only some',
    },
    {
      name: 'lower case is another word',
      tweaks: [context('capabilities.drop', ['all'])],
      hits: ['error web spec.containers[0].securityContext.capabilities.drop'],
    },
    {
      name: 'no list',
      tweaks: [context('capabilities', { drop: 'ALL' })],
      hits: ['error web spec.containers[0].securityContext.capabilities.drop'],
    },
  ],
});
