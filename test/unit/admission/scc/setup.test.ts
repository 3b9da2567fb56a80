// An SCC that the plugin cannot set up refuses every pod of the namespace, in the plugin's words.
import { expect } from 'chai';
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { parseBlock } from '../../../../src/admission/scc/namespace.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { grantsForNamespace } from '../../../../src/admission/scc/rbac.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import {
  MCS,
  REQUIRED_SCC,
  SUPPLEMENTAL_GROUPS,
  UID_RANGE,
  type SccVerdict,
} from '../../../../src/admission/scc/types.ts';
import { NAMESPACE, judge, pod, scc } from './support.ts';

const UID = 'unable to find pre-allocated uid annotation for namespace ns';
const OWN = 'while trying to configure SCC own';

describe('setting up SCCs', () => {
  const cases: [name: string, more: object, annotations: object, message: string][] = [
    [
      'a range that is none',
      { runAsUser: { type: 'MustRunAsRange' } },
      { [UID_RANGE]: 'many' },
      `${UID} ${OWN}: expected integer`,
    ],
    [
      'an empty range',
      { runAsUser: { type: 'MustRunAsRange' } },
      { [UID_RANGE]: '' },
      `${UID} ${OWN}: found annotation ${UID_RANGE} but it was empty`,
    ],
    [
      'an empty level',
      { seLinuxContext: { type: 'MustRunAs' } },
      { [MCS]: '' },
      `${UID.replace('uid', 'mcs')} ${OWN}: found annotation ${MCS} but it was empty`,
    ],
    [
      'groups of which one is none',
      { fsGroup: { type: 'MustRunAs' } },
      { [SUPPLEMENTAL_GROUPS]: '1/1,x' },
      `${UID.replace('uid', 'group')} ${OWN}: expected integer`,
    ],
    [
      'empty groups, without falling back to the uids',
      { supplementalGroups: { type: 'MustRunAs' } },
      { [SUPPLEMENTAL_GROUPS]: '' },
      `${UID.replace('uid', 'group')} ${OWN}: unable to find groups using ${SUPPLEMENTAL_GROUPS} and ${UID_RANGE} annotations`,
    ],
    [
      'a fixed uid that is missing',
      { runAsUser: { type: 'MustRunAs' } },
      {},
      'error creating provider for SCC own in namespace ns: MustRunAs requires a UID',
    ],
    [
      'a range without its end',
      { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 1 } },
      {},
      'error creating provider for SCC own in namespace ns: MustRunAsRange requires a UIDRangeMax',
    ],
    [
      'a range without its start',
      { runAsUser: { type: 'MustRunAsRange', uidRangeMax: 1 } },
      {},
      'error creating provider for SCC own in namespace ns: MustRunAsRange requires a UIDRangeMin',
    ],
  ];
  for (const [name, more, annotations, message] of cases) {
    it(`fails for ${name}`, () => {
      const namespace = { name: 'ns', annotations: { ...NAMESPACE.annotations, ...annotations } };
      const verdict = judge(scc({ ...more }), pod(), namespace);
      expect([verdict.admitted, verdict.message]).to.deep.equal([false, message]);
    });
  }

  /** Two SCCs, of which `broken` lacks its uid; the service account may use `good` only. */
  function judgeTwo(annotations: Record<string, string>): SccVerdict {
    const sccs = [scc({}, 'good'), scc({ runAsUser: { type: 'MustRunAs' } }, 'broken')];
    const admission = createSccAdmission({
      sccs: sccs.map(parseScc),
      features: featuresForMinor(20),
      grants: grantsForNamespace('ns', ['good']),
    });
    return admission({ pod: { ...pod(), metadata: { annotations } }, namespace: NAMESPACE });
  }

  it('refuses the pods that would not even use the SCC', () => {
    const { admitted, refusals } = judgeTwo({});
    expect([admitted, refusals]).to.deep.equal([
      false,
      [
        {
          scc: 'broken',
          field: null,
          reason: 'cannot be set up for namespace ns: runAsUser.uid is missing',
          path: null,
        },
      ],
    ]);
  });

  it('sets up only the required SCC', () => {
    expect(judgeTwo({ [REQUIRED_SCC]: 'good' }).scc).to.equal('good');
  });
});

describe('blocks of ids', () => {
  for (const [text, expected] of [
    ['1000/10', { min: 1000, max: 1009 }],
    ['1000-1010', { min: 1000, max: 1010 }],
    ['0/1', { min: 0, max: 0 }],
    ['0/0', { min: 0, max: 4294967295 }],
    ['5-3', { min: 5, max: 3 }],
    [' 5/ 5x', { min: 5, max: 9 }],
    ['5-6-7', { min: 5, max: 6 }],
    ['4294967295/2', { min: 4294967295, max: 0 }],
    ['4294967296/1', 'unsigned integer overflow on token 4294967296'],
    ['18446744073709551615/1', 'unsigned integer overflow on token 18446744073709551615'],
    [
      '18446744073709551616/1',
      'strconv.ParseUint: parsing "18446744073709551616": value out of range',
    ],
    ['1000', 'unexpected EOF'],
    ['1000/', 'EOF'],
    ['1000 /1', 'input does not match format'],
    ['1000/\n1', 'unexpected newline'],
    ['+1/1', 'expected integer'],
    ['1/+1', 'expected integer'],
    ['a/b', 'expected integer'],
    ['', 'EOF'],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as the server does`, () => {
      expect(parseBlock(text)).to.deep.equal(expected);
    });
  }
});
