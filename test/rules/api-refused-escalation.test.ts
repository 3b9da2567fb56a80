import { apiRefusedEscalation } from '../../src/audit/rules/api-refused-escalation.ts';
import { context, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(apiRefusedEscalation, {
  pass: [
    { name: 'false alone', tweaks: [context('allowPrivilegeEscalation', false)] },
    { name: 'privileged alone', tweaks: [context('privileged', true)] },
    {
      name: 'true beside privileged',
      tweaks: [context('privileged', true), context('allowPrivilegeEscalation', true)],
    },
    {
      name: 'SYS_ADMIN without the prefix is accepted',
      tweaks: [
        context('allowPrivilegeEscalation', false),
        context('capabilities.add', ['SYS_ADMIN']),
      ],
    },
  ],
  fail: [
    {
      name: 'beside privileged',
      tweaks: [context('privileged', true), context('allowPrivilegeEscalation', false)],
      hits: ['error web spec.containers[0].securityContext.allowPrivilegeEscalation'],
      says: 'beside privileged "true"',
    },
    {
      name: 'beside the literal CAP_SYS_ADMIN',
      tweaks: [
        context('allowPrivilegeEscalation', false),
        context('capabilities.add', ['CAP_SYS_ADMIN']),
      ],
      hits: ['error web spec.containers[0].securityContext.allowPrivilegeEscalation'],
      says: '"CAP_SYS_ADMIN"',
    },
    {
      name: 'of an init container',
      tweaks: [
        set('spec.initContainers', [
          { name: 'setup', securityContext: { privileged: true, allowPrivilegeEscalation: false } },
        ]),
      ],
      hits: ['error setup spec.initContainers[0].securityContext.allowPrivilegeEscalation'],
    },
  ],
});
