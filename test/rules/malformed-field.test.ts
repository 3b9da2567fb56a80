import { malformedField } from '../../src/audit/rules/malformed-field.ts';
import { context, podContext, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(malformedField, {
  pass: [
    { name: 'the types of the API' },
    { name: 'null is unset', tweaks: [context('privileged', null)] },
  ],
  fail: [
    {
      name: 'text for a boolean',
      tweaks: [context('privileged', 'true')],
      hits: ['error - spec.containers[0].securityContext.privileged'],
      says: 'takes a boolean but is "true"',
    },
    {
      name: 'a list for a map',
      tweaks: [set('spec.securityContext', [])],
      hits: ['error - spec.securityContext'],
    },
    {
      name: 'a field that is none: a note',
      tweaks: [podContext('runAsRoot', false)],
      hits: ['note - spec.securityContext.runAsRoot'],
      says: 'is no field of Kubernetes',
    },
  ],
});
