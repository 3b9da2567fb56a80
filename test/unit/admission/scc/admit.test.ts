// The choice among SCCs: rights, required-scc, what is missing or can not be read.
import { expect } from 'chai';
import {
  admitPod,
  createSccAdmission,
  type AdmitPodInput,
} from '../../../../src/admission/scc/admit.ts';
import { mutatedPod } from '../../../../src/admission/scc/mutated-pod.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { grantsForNamespace, NO_GRANTS } from '../../../../src/admission/scc/rbac.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import {
  MCS,
  REQUIRED_SCC,
  SUPPLEMENTAL_GROUPS,
  UID_RANGE,
} from '../../../../src/admission/scc/types.ts';
import { NAMESPACE, judge, pod, scc } from './support.ts';

const SPC = { seLinuxOptions: { type: 'spc_t' } };

/** Admitted by, or the SCCs whose reason is not "not usable", or what it depends on. */
function result(input: Partial<AdmitPodInput> & { bind?: string[] }): unknown {
  const grants = grantsForNamespace('ns', input.bind ?? []);
  const verdict = admitPod({
    pod: pod(),
    namespace: NAMESPACE,
    grants,
    release: { minor: 20 },
    ...input,
  });
  if (verdict.admitted === true) return `${verdict.scc ?? 'none'} (${verdict.subject ?? 'nobody'})`;
  if (verdict.admitted === null) return verdict.dependsOn ?? verdict.notChecked;
  return verdict.refusals
    .filter((refusal) => !refusal.reason.startsWith('not usable'))
    .map((refusal) => refusal.scc);
}

function required(name: string): unknown {
  return { ...pod(), metadata: { annotations: { [REQUIRED_SCC]: name } } };
}

describe('SCC admission', () => {
  const cases: [
    name: string,
    input: Partial<AdmitPodInput> & { bind?: string[] },
    expected: unknown,
  ][] = [
    ['gives everybody restricted-v2, through the requester', {}, 'restricted-v2 (user)'],
    ['gave everybody restricted before 4.11', { release: { minor: 10 } }, 'restricted (user)'],
    [
      'prefers anyuid by its priority',
      { bind: ['privileged', 'anyuid'] },
      'anyuid (serviceaccount)',
    ],
    ['prefers what permits less', { bind: ['privileged', 'nonroot-v2'] }, 'restricted-v2 (user)'],
    [
      'never admits spc_t by anyuid',
      { pod: pod({}, SPC), bind: ['anyuid'] },
      ['anyuid', 'restricted-v2'],
    ],
    [
      'admits spc_t by privileged',
      { pod: pod({}, SPC), bind: ['anyuid', 'privileged'] },
      'privileged (serviceaccount)',
    ],
    [
      'asks the requester after the service account',
      { pod: pod({}, SPC), user: { name: 'system:admin', groups: [] } },
      'privileged (user)',
    ],
    [
      'knows the groups of SCCs',
      { pod: pod({}, SPC), user: { name: 'x', groups: ['system:nodes'] } },
      'privileged (user)',
    ],
    [
      'lets administrators use all',
      { pod: required('nested-container'), user: { name: 'x', groups: ['system:masters'] } },
      ['nested-container'],
    ],
    [
      'holds bindings in their namespace only',
      { pod: pod({}, SPC), bind: ['privileged'], namespace: { ...NAMESPACE, name: 'other' } },
      ['restricted-v2'],
    ],
    [
      'tries the required SCC only',
      { pod: required('privileged'), bind: ['privileged', 'anyuid'] },
      'privileged (serviceaccount)',
    ],
    ['refuses without the right to it', { pod: required('privileged'), bind: ['anyuid'] }, []],
    ['refuses a required SCC that is not there', { pod: required('nosuch') }, ['nosuch']],
    [
      'did not know required-scc before 4.14',
      { pod: required('nosuch'), release: { minor: 13 } },
      'restricted-v2 (user)',
    ],
    [
      'takes Windows pods without SCC',
      { pod: pod({ privileged: true }, {}, { os: { name: 'windows' } }) },
      'none (nobody)',
    ],
    [
      'admits without annotations what any values admit',
      { namespace: { name: 'ns' } },
      'restricted-v2 (user)',
    ],
    [
      'depends on the range for a stated uid',
      { namespace: { name: 'ns' }, pod: pod({ runAsUser: 5 }) },
      [UID_RANGE],
    ],
    [
      'depends on the level for a stated one',
      { namespace: { name: 'ns' }, pod: pod({ seLinuxOptions: { level: 's0:c1,c2' } }) },
      [MCS],
    ],
    [
      'depends on the groups for a stated fsGroup',
      { namespace: { name: 'ns' }, pod: pod({}, { fsGroup: 5 }) },
      [SUPPLEMENTAL_GROUPS],
    ],
    [
      'does not depend on a range that a certain reason makes needless',
      { namespace: { name: 'ns' }, pod: pod({ runAsUser: 5, privileged: true }) },
      ['restricted-v2'],
    ],
    [
      'needs no annotation for an empty level beside spc_t',
      { namespace: { name: 'ns' }, pod: pod({}, SPC) },
      ['restricted-v2'],
    ],
    [
      'calls it the service account where both may',
      { bind: ['anyuid'], user: { name: 'x', groups: ['system:masters'] } },
      'anyuid (serviceaccount)',
    ],
    [
      'needs no annotation for an empty level alone',
      { namespace: { name: 'ns' }, pod: pod({ seLinuxOptions: {} }) },
      ['restricted-v2'],
    ],
    [
      'leaves a release without data open',
      { release: { minor: 24 } },
      ['OpenShift 4.24 is outside 4.10 to 4.23, whose SCCs are known.'],
    ],
    [
      'leaves open what it can not read',
      { pod: pod({ privileged: 'true' }) },
      ['spec.containers[0].securityContext.privileged is not true or false'],
    ],
    [
      'leaves open a volume of an unknown type',
      { pod: pod({}, {}, { volumes: [{ name: 'v', teapot: {} }] }) },
      ['spec.volumes[0].teapot is no known volume type'],
    ],
  ];
  for (const [name, input, expected] of cases) {
    it(name, () => {
      expect(result(input)).to.deep.equal(expected);
    });
  }

  it('leaves out of the contexts what an unknown annotation would say, and names it', () => {
    const verdict = admitPod({
      pod: pod(),
      namespace: { name: 'ns' },
      grants: NO_GRANTS,
      release: { minor: 20 },
    });
    expect(verdict).to.deep.equal({
      admitted: true,
      scc: 'restricted-v2',
      subject: 'user',
      mutated: {
        pod: { seccompProfile: { type: 'RuntimeDefault' }, seLinuxOptions: {} },
        containers: [
          {
            name: 'c',
            securityContext: { capabilities: { drop: ['ALL'] }, allowPrivilegeEscalation: false },
          },
        ],
      },
      refusals: [
        { scc: 'anyuid', field: null, reason: 'not usable by user or serviceaccount', path: null },
      ],
      message: null,
      valuesFrom: [SUPPLEMENTAL_GROUPS, MCS, UID_RANGE],
    });
  });

  it('names the field that no API has, and judges the rest', () => {
    const verdict = judge(scc(), pod({ teapot: true }));
    expect([verdict.admitted, verdict.notChecked]).to.deep.equal([
      true,
      ['spec.containers[0].securityContext.teapot is an unknown field'],
    ]);
  });

  it('passes over an SCC that it can not check, in words', () => {
    const verdict = judge(scc({ runAsUser: { type: 'MustRunAsFoo' } }), pod());
    expect([verdict.admitted, verdict.refusals, verdict.notChecked]).to.deep.equal([
      false,
      [
        {
          scc: 'own',
          field: null,
          reason: 'not checked: runAsUser.type "MustRunAsFoo" is unknown',
          path: null,
        },
      ],
      ['SCC own: runAsUser.type "MustRunAsFoo" is unknown'],
    ]);
  });

  it('gives both verdicts where the z-stream decides', () => {
    const bound = {
      pod: pod({}, SPC),
      namespace: NAMESPACE,
      grants: grantsForNamespace('ns', ['hostmount-anyuid-v2']),
    };
    const both = [17, 18, 19].map((minor) => {
      const { scc: chosen, alternative } = admitPod({ ...bound, release: { minor } });
      return [chosen, alternative?.admitted];
    });
    expect(both).to.deep.equal(new Array(3).fill(['hostmount-anyuid-v2', false]));
    const { admitted, alternative } = admitPod({ ...bound, release: { minor: 18, z: 1 } });
    expect([admitted, alternative]).to.deep.equal([false, undefined]);
  });

  it('gives the mutated pod back as a pod', () => {
    const thePod = pod({}, {}, { initContainers: [{ name: 'i', image: 'x' }] });
    const verdict = judge(scc({ runAsUser: { type: 'MustRunAs', uid: 7 } }), thePod);
    const context = { runAsUser: 7, runAsNonRoot: true };
    expect(verdict.mutated && mutatedPod(thePod, verdict.mutated)).to.deep.equal({
      metadata: { name: 'p' },
      spec: {
        securityContext: {},
        initContainers: [{ name: 'i', image: 'x', securityContext: context }],
        containers: [{ name: 'c', securityContext: context }],
      },
    });
  });

  it('judges many namespaces with one admission', () => {
    const sccs = [parseScc(scc({ runAsUser: { type: 'MustRunAsRange' } }))];
    const grants = {
      grants: [{ namespace: null, subjects: ['user:u'], sccs: ['own'], source: 'test' }],
      notChecked: [],
    };
    const admission = createSccAdmission({ sccs, features: featuresForMinor(20), grants });
    const uids = Array.from({ length: 1500 }, (_, i) => {
      const namespace = { name: `n${i}`, annotations: { [UID_RANGE]: `${i + 1}/1`, [MCS]: 's0' } };
      const verdict = admission({ pod: pod(), namespace, user: { name: 'u', groups: [] } });
      return verdict.mutated?.containers[0]?.securityContext?.['runAsUser'];
    });
    expect(uids).to.deep.equal(Array.from({ length: 1500 }, (_, i) => i + 1));
  });
});
