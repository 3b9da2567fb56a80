// The choice between several policies (T15), and through whom (T16).
import { expect } from 'chai';
import { admitPod } from '../../../../src/admission/psp/admit.ts';
import { parsePsp } from '../../../../src/admission/psp/parse.ts';
import { readPspGrants } from '../../../../src/admission/psp/rbac.ts';
import type { PspVerdict } from '../../../../src/admission/psp/types.ts';
import { BLANKET_POLICY } from '../../../../src/render/targets/psp.ts';
import { AS_IS, bound, ESCALATES, pod, psp, REFUSES, SECCOMP_POD, verdict } from './support.ts';

const CHANGES = { requiredDropCapabilities: ['ALL'] };

/** `policy of <those passed over>`, or what the refusals say. */
function chosen({ admitted, psp: name, passedOver, refusals }: PspVerdict): string {
  if (admitted !== true) return refusals.map((one) => `${one.psp}: ${one.reason}`).join('; ');
  return passedOver.length === 0 ? String(name) : `${String(name)} before ${passedOver.join(', ')}`;
}

type Choice = [
  name: string,
  specs: Record<string, object>,
  operation: 'create' | 'update',
  expected: string,
];

const CHOICES: Choice[] = [
  ['the first by name of those that change nothing', { b: AS_IS, a: AS_IS }, 'create', 'a'],
  [
    'one that changes nothing goes before one that does',
    { a: CHANGES, b: AS_IS },
    'create',
    'b before a',
  ],
  ['the first by name of those that change', { b: CHANGES, a: CHANGES }, 'create', 'a'],
  ['one that refuses is passed by', { a: REFUSES, b: CHANGES }, 'create', 'b'],
  ['an update takes only one that changes nothing', { a: CHANGES, b: AS_IS }, 'update', 'b'],
  [
    'or none',
    { a: CHANGES },
    'update',
    'a: would have to change the pod, which an update does not allow',
  ],
  ['by code units', { B: AS_IS, a: AS_IS }, 'create', 'B'],
];

describe('the choice between PodSecurityPolicies', () => {
  for (const [name, specs, operation, expected] of CHOICES) {
    it(name, () => {
      const policies = Object.entries(specs).map(([key, spec]) => psp({ ...spec }, {}, key));
      expect(chosen(verdict(policies, ESCALATES, { operation }))).to.equal(expected);
    });
  }

  it('asks on an update first the policy that admitted the pod', () => {
    const live = pod({}, {}, {}, { 'kubernetes.io/psp': 'b' });
    const policies = ['a', 'b', 'c'].map((name) => psp({}, {}, name));
    const asked = (['create', 'update'] as const).map(
      (operation) => verdict(policies, live, { operation }).psp,
    );
    expect(asked).to.deep.equal(['a', 'b']);
  });

  it('sees a change by every policy where a pod has a seccomp field without annotation', () => {
    const blanket = { ...BLANKET_POLICY, metadata: { ...BLANKET_POLICY.metadata, name: 'z' } };
    const strict = {
      ...blanket,
      metadata: { ...blanket.metadata, name: 'a' },
      spec: { ...blanket.spec, readOnlyRootFilesystem: true },
    };
    const subject = pod({}, { seccompProfile: { type: 'RuntimeDefault' } });
    const annotated = pod(
      {},
      { seccompProfile: { type: 'RuntimeDefault' } },
      {},
      { [SECCOMP_POD]: 'runtime/default' },
    );
    const names = [subject, annotated].map((one) => chosen(verdict([strict, blanket], one)));
    expect(names).to.deep.equal(['a', 'z before a']);
  });
});

const RULES = { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] };
const ROLE = { kind: 'ClusterRole', metadata: { name: 'r' }, rules: [RULES] };
describe('the subject of PodSecurityPolicy admission', () => {
  type Row = [string, unknown[], Parameters<typeof subjectOf>[1], unknown];
  function subjectOf(
    objects: unknown[],
    more: { serviceAccount?: string; user?: { name: string; groups: string[] } },
  ): unknown {
    const grants = readPspGrants(objects);
    const subject = pod({}, {}, { serviceAccountName: 'sa' });
    const result = admitPod({
      policies: [parsePsp(psp())],
      grants,
      kubernetesMinor: 24,
      pod: subject,
      namespace: 'ns',
      ...more,
    });
    return [result.admitted, result.subject];
  }
  const jane = { name: 'jane', groups: [] };
  const ROWS: Row[] = [
    ['nobody', [], {}, [false, null]],
    ['the account of the pod', [ROLE, bound('ServiceAccount', 'sa')], {}, [true, 'serviceaccount']],
    [
      'an account given',
      [ROLE, bound('ServiceAccount', 'sa')],
      { serviceAccount: 'other' },
      [false, null],
    ],
    ['the creator', [ROLE, bound('User', 'jane')], { user: jane }, [true, 'user']],
    [
      'the account before the creator',
      [ROLE, bound('ServiceAccount', 'sa'), bound('User', 'jane')],
      { user: jane },
      [true, 'serviceaccount'],
    ],
    [
      'all authenticated, also through a controller',
      [ROLE, bound('Group', 'system:authenticated')],
      {},
      [true, 'user'],
    ],
    ['a role that is not known', [bound('ServiceAccount', 'sa', 'missing')], {}, [null, null]],
  ];
  for (const [name, objects, more, expected] of ROWS) {
    it(name, () => {
      expect(subjectOf(objects, more)).to.deep.equal(expected);
    });
  }
});
