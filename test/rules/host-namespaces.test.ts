import { hostNamespaces } from '../../src/audit/rules/host-namespaces.ts';
import { asCatalogPod, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(hostNamespaces, {
  pass: [
    { name: 'unset' },
    { name: 'false', tweaks: [set('spec.hostNetwork', false)] },
    { name: 'text is not taken', tweaks: [set('spec.hostPID', 'true')] },
  ],
  fail: [
    {
      name: 'all three',
      tweaks: [set('spec.hostIPC', true), set('spec.hostPID', true), set('spec.hostNetwork', true)],
      hits: ['warning - spec.hostNetwork', 'warning - spec.hostPID', 'warning - spec.hostIPC'],
      says: 'shares the network of its node',
    },
    {
      name: 'a note where the catalog records it',
      tweaks: [set('spec.hostNetwork', true), asCatalogPod('aws-efs-csi-driver-node')],
      setting: { catalog: true },
      hits: ['note - spec.template.spec.hostNetwork'],
      says: 'the catalog records it',
    },
    {
      name: 'a warning where the catalog records no access, and its limits are no guess',
      tweaks: [set('spec.hostPID', true), asCatalogPod('elasticsearch')],
      setting: { catalog: true },
      hits: ['warning - spec.template.spec.hostPID'],
    },
    {
      name: 'a warning where the catalog records other access',
      tweaks: [set('spec.hostPID', true), asCatalogPod('aws-efs-csi-driver-node')],
      setting: { catalog: true },
      hits: ['warning - spec.template.spec.hostPID'],
    },
  ],
});
