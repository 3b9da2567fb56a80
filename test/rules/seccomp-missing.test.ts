import { seccompMissing } from '../../src/audit/rules/seccomp-missing.ts';
import { context, podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(seccompMissing, {
  pass: [
    { name: 'not judged with documented hardening' },
    {
      name: 'RuntimeDefault on the pod',
      tweaks: [podContext('seccompProfile', { type: 'RuntimeDefault' })],
      setting: { strict: true },
    },
    {
      name: 'a profile of the node',
      tweaks: [context('seccompProfile', { type: 'Localhost', localhostProfile: 'x' })],
      setting: { strict: true },
    },
    {
      name: 'Unconfined is the finding of another rule',
      tweaks: [context('seccompProfile', { type: 'Unconfined' })],
      setting: { strict: true },
    },
  ],
  fail: [
    { name: 'unset', setting: { strict: true }, hits: ['error web spec.containers[0]'] },
    {
      name: 'an empty profile of the container hides the one of the pod',
      tweaks: [
        podContext('seccompProfile', { type: 'RuntimeDefault' }),
        context('seccompProfile', {}),
      ],
      setting: { strict: true },
      hits: ['error web spec.containers[0].securityContext.seccompProfile'],
    },
  ],
});
