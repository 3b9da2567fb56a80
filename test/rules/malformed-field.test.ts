import { expect } from 'chai';
import { malformedField } from '../../src/audit/rules/malformed-field.ts';
import { context, podContext, podOf, set, visitObject } from '../helpers/pods.ts';
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

describe('rule malformed-field, in a workflow', () => {
  it('names the place in the template', () => {
    const value = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name: 'w' },
      spec: { templates: [{ container: { securityContext: { privileged: 'true' } } }] },
    };
    const hits = visitObject(value, (object) => malformedField.check(podOf(object)));
    expect(hits.map(({ path }) => path.join('.'))).to.deep.equal([
      'spec.templates.0.container.securityContext.privileged',
    ]);
  });
});
