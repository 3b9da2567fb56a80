import { procMount } from '../../src/audit/rules/proc-mount.ts';
import { context } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(procMount, {
  pass: [{ name: 'unset' }, { name: 'Default', tweaks: [context('procMount', 'Default')] }],
  fail: [
    {
      name: 'Unmasked',
      tweaks: [context('procMount', 'Unmasked')],
      hits: ['warning web spec.containers[0].securityContext.procMount'],
    },
  ],
});
