import { podSecurityPolicy } from '../../src/audit/rules/pod-security-policy.ts';
import { BLANKET_POLICY } from '../../src/render/targets/psp.ts';
import type { Setting } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const strict = {
  apiVersion: 'policy/v1beta1',
  kind: 'PodSecurityPolicy',
  metadata: { name: 'restricted' },
  spec: { privileged: false, runAsUser: { rule: 'MustRunAsNonRoot' } },
};
const helm = {
  ...BLANKET_POLICY,
  metadata: { name: 'x', labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
};
const at = (kubernetes: number, psp?: boolean): Setting => ({
  target: { kubernetes, ...(psp === undefined ? {} : { psp }) },
});

ruleTable(podSecurityPolicy, {
  pass: [
    {
      name: 'the blanket policy that generate writes',
      object: BLANKET_POLICY,
      setting: at(24, true),
    },
    { name: 'from 1.25 on another rule speaks', object: strict, setting: at(25, false) },
    { name: 'another kind', tweaks: [], setting: at(24, true) },
  ],
  fail: [
    {
      name: 'a restricting policy with PSP on',
      object: strict,
      setting: at(24, true),
      hits: ['warning - kind'],
      says: 'restricts pods',
    },
    { name: 'PSP unknown: a note', object: strict, setting: at(24), hits: ['note - kind'] },
    {
      name: 'PSP off',
      object: BLANKET_POLICY,
      setting: at(24, false),
      hits: ['warning - kind'],
      says: 'off on the cluster',
    },
    {
      name: 'in a Helm release',
      object: helm,
      setting: at(24, true),
      hits: ['warning - kind'],
      says: 'belongs to a Helm release',
    },
  ],
});
