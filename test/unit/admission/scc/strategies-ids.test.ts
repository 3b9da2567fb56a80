// Ids, groups and labels with SCCs of our own, where the conformance data has no rows.
import { expect } from 'chai';
import { MCS, UID_RANGE } from '../../../../src/admission/scc/types.ts';
import { judge, outcome, pod, scc } from './support.ts';
import { type Case, itJudgesEach } from './strategy-cases.ts';

const ids = { runAsUser: { type: 'MustRunAs', uid: 7 } };
const nonRoot = { runAsUser: { type: 'MustRunAsNonRoot' } };
const range = { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 5, uidRangeMax: 6 } };
const groups = { supplementalGroups: { type: 'MustRunAs' } };
const fsGroup = { fsGroup: { type: 'MustRunAs' } };
const label = {
  seLinuxContext: { type: 'MustRunAs', seLinuxOptions: { user: 'u', level: 's0:c2,c1' } },
};

const CASES: Case[] = [
  ['writes nothing that it need not', {}, pod(), [{}, {}]],
  [
    'writes the one uid, and that it is not root',
    ids,
    pod(),
    [{}, { runAsUser: 7, runAsNonRoot: true }],
  ],
  [
    'keeps a stated runAsNonRoot',
    ids,
    pod({}, { runAsNonRoot: false }),
    [{ runAsNonRoot: false }, { runAsUser: 7 }],
  ],
  [
    'refuses another uid',
    ids,
    pod({ runAsUser: 8 }),
    'provider own: .containers[0].runAsUser: Invalid value: 8: must be: 7',
  ],
  ['writes the first uid of the range', range, pod(), [{}, { runAsUser: 5, runAsNonRoot: true }]],
  [
    'takes the pod for its containers',
    range,
    pod({}, { runAsUser: 6 }),
    [{ runAsUser: 6 }, { runAsNonRoot: true }],
  ],
  [
    'refuses a uid below the range',
    range,
    pod({ runAsUser: 4 }, { runAsUser: 5 }),
    'provider own: .containers[0].runAsUser: Invalid value: 4: must be in the ranges: [5, 6]',
  ],
  [
    'does not call uid 0 non-root',
    { runAsUser: { type: 'MustRunAsRange', uidRangeMin: 0, uidRangeMax: 1 } },
    pod(),
    [{}, { runAsUser: 0 }],
  ],
  ['asks the kubelet where the uid is unknown', nonRoot, pod(), [{}, { runAsNonRoot: true }]],
  [
    'refuses a denial of non-root',
    nonRoot,
    pod({ runAsNonRoot: false }),
    'provider own: .containers[0].runAsNonRoot: Invalid value: false: must be true',
  ],
  [
    'refuses uid 0 beside runAsNonRoot',
    nonRoot,
    pod({ runAsUser: 0, runAsNonRoot: true }),
    'provider own: .containers[0].runAsUser: Invalid value: 0: running with the root UID is forbidden',
  ],
  ['writes the first supplemental group', groups, pod(), [{ supplementalGroups: [2000] }, {}]],
  [
    'takes groups of any block',
    groups,
    pod({}, { supplementalGroups: [2009, 3001] }),
    [{ supplementalGroups: [2009, 3001] }, {}],
  ],
  [
    'names every group that is outside',
    groups,
    pod({}, { supplementalGroups: [1, 2000, 2] }),
    '[provider own: .spec.securityContext.supplementalGroups: Invalid value: []int64{1, 2000, 2}: 1 is not an allowed group, ' +
      'provider own: .spec.securityContext.supplementalGroups: Invalid value: []int64{1, 2000, 2}: 2 is not an allowed group]',
  ],
  [
    'refuses an empty list of groups',
    groups,
    pod({}, { supplementalGroups: [] }),
    'provider own: .spec.securityContext.supplementalGroups: Invalid value: []int64{}: unable to validate empty groups against required ranges',
  ],
  ['takes only the first group for fsGroup', fsGroup, pod(), [{ fsGroup: 2000 }, {}]],
  [
    'refuses the second group as fsGroup',
    fsGroup,
    pod({}, { fsGroup: 2001 }),
    'provider own: .spec.securityContext.fsGroup: Invalid value: []int64{2001}: 2001 is not an allowed group',
  ],
  [
    'writes the label once, at the pod',
    label,
    pod(),
    [{ seLinuxOptions: { user: 'u', level: 's0:c2,c1' } }, {}],
  ],
  [
    'takes categories in any order',
    label,
    pod({ seLinuxOptions: { user: 'u', level: 's0:c1,c2' } }),
    [
      { seLinuxOptions: { user: 'u', level: 's0:c2,c1' } },
      { seLinuxOptions: { user: 'u', level: 's0:c1,c2' } },
    ],
  ],
  [
    'compares all four parts, level first, then role, type, user',
    label,
    pod({ seLinuxOptions: { role: 'r', type: 't', level: 's1:c2,c1' } }),
    '[provider own: .containers[0].seLinuxOptions.level: Invalid value: "s1:c2,c1": must be s0:c2,c1, ' +
      'provider own: .containers[0].seLinuxOptions.role: Invalid value: "r": must be , ' +
      'provider own: .containers[0].seLinuxOptions.type: Invalid value: "t": must be , ' +
      'provider own: .containers[0].seLinuxOptions.user: Invalid value: "": must be u]',
  ],
];

describe('strategies of an SCC', () => {
  itJudgesEach(CASES);

  it('falls back to the uid range for groups', () => {
    const annotations = { [UID_RANGE]: '50/2', [MCS]: 's0' };
    const namespace = { name: 'ns', annotations };
    expect(outcome(judge(scc(groups), pod(), namespace))).to.deep.equal([
      { supplementalGroups: [50] },
      {},
    ]);
  });
});
