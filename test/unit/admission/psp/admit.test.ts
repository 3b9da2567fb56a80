// The choice between several policies (T15), through whom (T16), and what a verdict holds.
import { expect } from 'chai';
import { admitPod } from '../../../../src/admission/psp/admit.ts';
import { mutatedPod } from '../../../../src/admission/psp/mutated-pod.ts';
import { parsePsp } from '../../../../src/admission/psp/parse.ts';
import {
  NO_PSP_GRANTS,
  pspGrantsForNamespace,
  readPspGrants,
} from '../../../../src/admission/psp/rbac.ts';
import type { PspVerdict } from '../../../../src/admission/psp/types.ts';
import { BLANKET_POLICY, PSP_NAME } from '../../../../src/render/targets/psp.ts';
import { pod, psp, SECCOMP_POD, verdict } from './support.ts';

const AS_IS = {};
const CHANGES = { requiredDropCapabilities: ['ALL'] };
const REFUSES = { allowPrivilegeEscalation: false };
const ESCALATES = pod({ allowPrivilegeEscalation: true });
const DENIED =
  'spec.containers[0].securityContext.allowPrivilegeEscalation: Invalid value: true: ' +
  'Allowing privilege escalation for containers is not allowed';

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
const bound = (kind: string, name: string, role = 'r'): unknown => ({
  kind: 'RoleBinding',
  metadata: { name: 'b', namespace: 'ns' },
  roleRef: { kind: 'ClusterRole', name: role },
  subjects: [{ kind, name, namespace: 'ns' }],
});

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

describe('the verdict of PodSecurityPolicy admission', () => {
  const EMPTY = {
    psp: null,
    subject: null,
    mutated: null,
    changes: null,
    refusals: [],
    passedOver: [],
    message: null,
    dependsOn: [],
    notChecked: [],
  };

  it('holds the contexts after admission, init containers first', () => {
    const policy = psp({
      requiredDropCapabilities: ['ALL'],
      fsGroup: { rule: 'MustRunAs', ranges: [{ min: 5, max: 6 }] },
      runAsUser: { rule: 'MustRunAsNonRoot' },
    });
    const subject = pod(
      {},
      { runAsUser: null, supplementalGroups: [] },
      {
        containers: [{ name: 'c', securityContext: { runAsUser: 1000 } }],
        initContainers: [{ name: 'i' }],
        ephemeralContainers: [
          {
            name: 'e',
            securityContext: { capabilities: { drop: ['ALL'], add: [] }, runAsNonRoot: true },
          },
        ],
      },
    );
    const drop = { capabilities: { drop: ['ALL'] } };
    expect(verdict([policy], subject)).to.deep.equal({
      ...EMPTY,
      admitted: true,
      psp: 'own',
      subject: 'serviceaccount',
      mutated: {
        pod: { fsGroup: 5 },
        containers: [
          { name: 'i', securityContext: { runAsNonRoot: true, ...drop } },
          { name: 'c', securityContext: { runAsUser: 1000, ...drop } },
          { name: 'e', securityContext: { ...drop, runAsNonRoot: true } },
        ],
      },
      changes: { annotations: { 'kubernetes.io/psp': 'own' } },
    });
  });

  it('says of every policy why it refuses, and what the server says', () => {
    const policies = [
      psp(REFUSES, {}, 'b'),
      psp({ fsGroup: { rule: 'Foo' } }, {}, 'a'),
      psp({}, {}, 'c'),
    ];
    const result = admitPod({
      policies: policies.map(parsePsp),
      grants: pspGrantsForNamespace('ns', ['a', 'b']),
      kubernetesMinor: 24,
      pod: ESCALATES,
      namespace: 'ns',
    });
    const [field = '', ...reason] = DENIED.split(': ');
    expect(result).to.deep.equal({
      ...EMPTY,
      admitted: false,
      refusals: [
        { psp: 'a', field: null, reason: 'not checked: spec.fsGroup.rule "Foo" is unknown' },
        { psp: 'b', field, reason: reason.join(': ') },
        { psp: 'c', field: null, reason: 'not usable by user or serviceaccount' },
      ],
      message: `PodSecurityPolicy: unable to admit pod: [${DENIED}]`,
      notChecked: ['PodSecurityPolicy a: spec.fsGroup.rule "Foo" is unknown'],
    });
  });

  it('refuses where there is no policy', () => {
    const message = 'PodSecurityPolicy: no providers available to validate pod request';
    expect(verdict([], pod())).to.deep.equal({ ...EMPTY, admitted: false, message });
  });

  it('depends on a role only where the policy would admit', () => {
    const grants = readPspGrants([bound('ServiceAccount', 'default', 'missing')]);
    const asked = [AS_IS, REFUSES].map((spec) => {
      const policies = [parsePsp(psp(spec))];
      return admitPod({ policies, grants, kubernetesMinor: 24, pod: ESCALATES, namespace: 'ns' });
    });
    const answers = asked.map(({ admitted, dependsOn }) => [admitted, dependsOn]);
    expect(answers).to.deep.equal([
      [null, ['RoleBinding ns/b']],
      [false, []],
    ]);
  });

  it('leaves a pod open that can not be read, and everything from 1.25 on', () => {
    const unread = verdict([psp()], pod({ privileged: 'true' }));
    const notChecked = ['spec.containers[0].securityContext.privileged is not true or false'];
    expect(unread).to.deep.equal({ ...EMPTY, admitted: null, notChecked });
    const gone = ['PodSecurityPolicy does not exist in Kubernetes 1.25'];
    expect(verdict([psp()], pod(), { minor: 25 })).to.deep.equal({
      ...EMPTY,
      admitted: null,
      notChecked: gone,
    });
  });

  it('says what it does not look at', () => {
    const subject = pod(
      { privileged: true, hostile: 1 },
      { windowsOptions: { hostProcess: true }, appArmorProfile: {} },
      { automountServiceAccountToken: true },
    );
    const policy = psp({ privileged: true, defaultAllowPrivilegeEscalation: false, hostages: 1 });
    expect(verdict([policy], subject).notChecked).to.deep.equal([
      'spec.securityContext.appArmorProfile is an unknown field',
      'spec.securityContext.windowsOptions.hostProcess is not checked',
      'spec.containers[0].securityContext.hostile is an unknown field',
      'PodSecurityPolicy own: spec.hostages is an unknown field',
      "PodSecurityPolicy own does not allow the volume of the service account's token, which the server adds unless automountServiceAccountToken is false",
      'PodSecurityPolicy own sets spec.containers[0].securityContext.allowPrivilegeEscalation to false, which the API server refuses in a privileged container',
    ]);
  });

  it('is that of the blanket policy for a pod with every privilege, and none without a grant', () => {
    const request = {
      policies: [parsePsp(BLANKET_POLICY)],
      kubernetesMinor: 24,
      pod: pod({ privileged: true }),
      namespace: 'ns',
    };
    const granted = admitPod({ ...request, grants: pspGrantsForNamespace('ns', [PSP_NAME]) });
    const denied = admitPod({ ...request, grants: NO_PSP_GRANTS });
    expect([granted.psp, denied.admitted]).to.deep.equal([PSP_NAME, false]);
  });

  it('turns into the pod that runs', () => {
    const policy = psp({
      readOnlyRootFilesystem: true,
      runtimeClass: { allowedRuntimeClassNames: ['*'], defaultRuntimeClassName: 'kata' },
    });
    const subject = pod({}, {}, { initContainers: [{ name: 'i', image: 'x' }] });
    expect(mutatedPod(subject, verdict([policy], subject))).to.deep.equal({
      metadata: { name: 'p', annotations: { 'kubernetes.io/psp': 'own' } },
      spec: {
        automountServiceAccountToken: false,
        runtimeClassName: 'kata',
        securityContext: {},
        initContainers: [
          { name: 'i', image: 'x', securityContext: { readOnlyRootFilesystem: true } },
        ],
        containers: [{ name: 'c', securityContext: { readOnlyRootFilesystem: true } }],
      },
    });
  });
});
