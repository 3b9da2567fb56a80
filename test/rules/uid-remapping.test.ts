import { uidRemapping } from '../../src/audit/rules/uid-remapping.ts';
import { set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(uidRemapping, {
  pass: [{ name: 'unset' }, { name: 'true', tweaks: [set('spec.hostUsers', true)] }],
  fail: [
    {
      name: 'hostUsers: false',
      tweaks: [set('spec.hostUsers', false)],
      hits: ['warning - spec.hostUsers'],
    },
    {
      name: 'an error on OpenShift',
      tweaks: [set('spec.hostUsers', false)],
      setting: { target: { isOpenShift: true } },
      hits: ['error - spec.hostUsers'],
    },
    {
      name: 'the annotation of CRI-O',
      tweaks: [set('metadata.annotations', { 'io.kubernetes.cri-o.userns-mode': 'auto' })],
      hits: ['warning - metadata.annotations["io.kubernetes.cri-o.userns-mode"]'],
    },
  ],
});
