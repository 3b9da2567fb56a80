import { namespaceLabelsIncomplete } from '../../src/audit/rules/namespace-labels-incomplete.ts';
import type { Setting, Value } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const PREFIX = 'pod-security.kubernetes.io/';
const SYNC = 'security.openshift.io/scc.podSecurityLabelSync';
const six = {
  [`${PREFIX}enforce`]: 'privileged',
  [`${PREFIX}enforce-version`]: 'v1.33',
  [`${PREFIX}audit`]: 'privileged',
  [`${PREFIX}audit-version`]: 'v1.33',
  [`${PREFIX}warn`]: 'privileged',
  [`${PREFIX}warn-version`]: 'v1.33',
};
const namespace = (labels: Record<string, string>): Value => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'domino-platform', labels },
});
const dominoNamespaces = new Set(['domino-platform']);
const own: Setting = { target: { dominoNamespaces, kubernetes: 33 } };
const openshift: Setting = { target: { dominoNamespaces, isOpenShift: true } };

ruleTable(namespaceLabelsIncomplete, {
  pass: [
    { name: 'all six', object: namespace(six), setting: own },
    { name: "a namespace that is not Domino's", object: namespace({}) },
    {
      name: 'before 1.23 the labels mean nothing',
      object: namespace({}),
      setting: { target: { dominoNamespaces, kubernetes: 22 } },
    },
    {
      name: 'all six and no synchronisation on OpenShift',
      object: namespace({ ...six, [SYNC]: 'false' }),
      setting: openshift,
    },
  ],
  fail: [
    {
      name: 'none',
      object: namespace({}),
      setting: own,
      hits: ['warning - metadata.labels'],
      says: 'lacks the labels pod-security.kubernetes.io/enforce, ',
    },
    {
      name: 'a version that floats: a note',
      object: namespace({ ...six, [`${PREFIX}warn-version`]: 'latest' }),
      setting: own,
      hits: ['note - metadata.labels["pod-security.kubernetes.io/warn-version"]'],
    },
    {
      name: 'the label syncer of OpenShift is not told off',
      object: namespace(six),
      setting: openshift,
      hits: ['warning - metadata.labels["security.openshift.io/scc.podSecurityLabelSync"]'],
    },
  ],
});
