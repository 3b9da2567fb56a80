import { readOnlyRootFilesystem } from '../../src/audit/rules/read-only-root-filesystem.ts';
import { context } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(readOnlyRootFilesystem, {
  pass: [{ name: 'unset' }, { name: 'false', tweaks: [context('readOnlyRootFilesystem', false)] }],
  fail: [
    {
      name: 'true: only told',
      tweaks: [context('readOnlyRootFilesystem', true)],
      hits: ['note web spec.containers[0].securityContext.readOnlyRootFilesystem'],
    },
  ],
});
