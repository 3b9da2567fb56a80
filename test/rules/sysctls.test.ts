import { sysctls } from '../../src/audit/rules/sysctls.ts';
import { podContext } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(sysctls, {
  pass: [
    { name: 'none' },
    {
      name: 'a safe one',
      tweaks: [podContext('sysctls', [{ name: 'net.ipv4.tcp_syncookies', value: '1' }])],
    },
    {
      name: 'safe from 1.29 on',
      tweaks: [podContext('sysctls', [{ name: 'net.ipv4.tcp_keepalive_time', value: '1' }])],
      setting: { target: { kubernetes: 29 } },
    },
  ],
  fail: [
    {
      name: 'unsafe, behind a safe one',
      tweaks: [
        podContext('sysctls', [
          { name: 'net.ipv4.tcp_syncookies', value: '1' },
          { name: 'kernel.msgmax', value: '65536' },
        ]),
      ],
      hits: ['warning - spec.securityContext.sysctls[1].name'],
      says: '"kernel.msgmax"',
    },
    {
      name: 'not yet safe before 1.29',
      tweaks: [podContext('sysctls', [{ name: 'net.ipv4.tcp_keepalive_time', value: '1' }])],
      setting: { target: { kubernetes: 28 } },
      hits: ['warning - spec.securityContext.sysctls[0].name'],
    },
  ],
});
