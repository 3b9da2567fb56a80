import { capabilitiesAdded } from '../../src/audit/rules/capabilities-added.ts';
import { asCatalogPod, context } from '../helpers/pods.ts';
import { catalog } from '../../src/catalog/index.ts';
import { correctedCatalog } from '../../src/security/corrections.ts';
import { ruleTable } from '../helpers/rule-table.ts';

/** The row as a user confirms it: what it does not name is an error then. */
const confirmed = correctedCatalog(catalog, [
  {
    id: 'dcgm-exporter',
    kind: 'DaemonSet',
    names: ['dcgm-exporter'],
    exceptions: ['root', 'capabilities'],
    capabilities: ['SYS_ADMIN'],
  },
]);

ruleTable(capabilitiesAdded, {
  pass: [
    { name: 'none added' },
    { name: 'an empty list', tweaks: [context('capabilities.add', [])] },
    {
      name: 'what the catalog names, with the prefix',
      tweaks: [context('capabilities.add', ['CAP_SYS_ADMIN']), asCatalogPod('dcgm-exporter')],
      setting: { catalog: true },
    },
  ],
  fail: [
    {
      name: 'two',
      tweaks: [context('capabilities.add', ['NET_ADMIN', 'SYS_TIME'])],
      hits: ['error web spec.containers[0].securityContext.capabilities.add'],
      says: 'adds "NET_ADMIN", "SYS_TIME"',
    },
    {
      name: 'beyond what the catalog names',
      tweaks: [
        context('capabilities.add', ['SYS_ADMIN', 'NET_RAW']),
        asCatalogPod('dcgm-exporter'),
      ],
      setting: { catalog: true, policy: { catalog: confirmed } },
      hits: ['error exporter spec.template.spec.containers[0].securityContext.capabilities.add'],
      says: 'adds "NET_RAW"',
    },
    {
      name: 'beyond an assumed list: a note',
      tweaks: [context('capabilities.add', ['NET_RAW']), asCatalogPod('dcgm-exporter')],
      setting: { catalog: true },
      hits: ['note exporter spec.template.spec.containers[0].securityContext.capabilities.add'],
    },
  ],
});
