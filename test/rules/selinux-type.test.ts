import { selinuxType } from '../../src/audit/rules/selinux-type.ts';
import { context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(selinuxType, {
  pass: [
    { name: 'spc_t on the pod' },
    {
      name: 'spc_t on the container',
      tweaks: [
        podContext('seLinuxOptions', undefined),
        context('seLinuxOptions', { type: 'spc_t' }),
      ],
    },
    {
      name: 'spc_t with a level',
      tweaks: [podContext('seLinuxOptions', { type: 'spc_t', level: 's0' })],
    },
  ],
  fail: [
    {
      name: 'unset',
      tweaks: [podContext('seLinuxOptions', undefined)],
      hits: ['error web spec.containers[0]'],
      says: 'does not set',
    },
    {
      name: 'another type on the pod',
      tweaks: [podContext('seLinuxOptions.type', 'container_t')],
      hits: ['error web spec.securityContext.seLinuxOptions.type'],
      says: '"container_t" (set on the pod) instead of "spc_t"',
    },
    {
      name: 'options of the container hide those of the pod as a whole',
      tweaks: [context('seLinuxOptions', { level: 's0' })],
      hits: ['error web spec.containers[0].securityContext.seLinuxOptions'],
    },
  ],
});
