import { privilegeEscalation } from '../../src/audit/rules/privilege-escalation.ts';
import { context } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(privilegeEscalation, {
  pass: [
    {
      name: 'not judged with documented hardening',
      tweaks: [context('allowPrivilegeEscalation', true)],
    },
    {
      name: 'false',
      tweaks: [context('allowPrivilegeEscalation', false)],
      setting: { strict: true },
    },
    {
      name: 'privileged: the API would refuse false',
      tweaks: [context('privileged', true)],
      setting: { strict: true },
    },
    {
      name: 'the literal CAP_SYS_ADMIN',
      tweaks: [context('capabilities.add', ['CAP_SYS_ADMIN'])],
      setting: { strict: true },
    },
  ],
  fail: [
    { name: 'unset', setting: { strict: true }, hits: ['error web spec.containers[0]'] },
    {
      name: 'true',
      tweaks: [context('allowPrivilegeEscalation', true)],
      setting: { strict: true },
      hits: ['error web spec.containers[0].securityContext.allowPrivilegeEscalation'],
    },
    {
      name: 'SYS_ADMIN without the prefix is no excuse',
      tweaks: [context('capabilities.add', ['SYS_ADMIN'])],
      setting: { strict: true },
      hits: ['error web spec.containers[0]'],
    },
  ],
});
