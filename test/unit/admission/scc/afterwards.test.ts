// A pod that an SCC admits, and that is refused all the same: by the API server's validation of
// what the SCC has written, or by the plugin's final validation.
import { expect } from 'chai';
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { grantsForNamespace } from '../../../../src/admission/scc/rbac.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import type { SccVerdict } from '../../../../src/admission/scc/types.ts';
import { NAMESPACE, judge, pod, scc } from './support.ts';

const POD_SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const NO_ESCALATION = { allowPrivilegeEscalation: false, allowPrivilegedContainer: true };
const ALL_CAPABILITIES = { allowedCapabilities: ['*'] };

function annotated(profile: string, context: Record<string, unknown> = {}): unknown {
  return { ...pod({}, context), metadata: { annotations: { [POD_SECCOMP]: profile } } };
}

/** Admitted, or the one refusal. */
function outcome({ admitted, refusals }: SccVerdict): unknown {
  return admitted === true ? 'admitted' : refusals.map(({ field, reason }) => [field, reason]);
}

describe('the pod as an SCC writes it', () => {
  const context = 'spec.containers[0].securityContext';
  const cases: [name: string, more: object, pod: unknown, expected: unknown][] = [
    [
      'is invalid when privileged without escalation',
      NO_ESCALATION,
      pod({ privileged: true }),
      [
        [
          context,
          'Invalid value: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
        ],
      ],
    ],
    [
      'is invalid with the literal CAP_SYS_ADMIN without escalation',
      { ...NO_ESCALATION, ...ALL_CAPABILITIES },
      pod({ capabilities: { add: ['CAP_SYS_ADMIN'] } }),
      [
        [
          context,
          'Invalid value: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
        ],
      ],
    ],
    [
      'is valid with SYS_ADMIN without escalation',
      { ...NO_ESCALATION, ...ALL_CAPABILITIES },
      pod({ capabilities: { add: ['SYS_ADMIN'] } }),
      'admitted',
    ],
    [
      'is valid when only the default would forbid escalation',
      { allowPrivilegedContainer: true, defaultAllowPrivilegeEscalation: false },
      pod({ privileged: true }),
      'admitted',
    ],
    [
      'is not blamed for what the pod says itself',
      { allowPrivilegedContainer: true },
      pod({ privileged: true, allowPrivilegeEscalation: false }),
      'admitted',
    ],
    [
      'is invalid with a seccomp profile that is none',
      { seccompProfiles: ['foo'] },
      pod(),
      [
        [
          `metadata.annotations.${POD_SECCOMP}`,
          'Invalid value: "foo": must be a valid seccomp profile',
        ],
      ],
    ],
    [
      'is invalid with a seccomp profile outside its folder',
      { seccompProfiles: ['localhost/a/../b'] },
      pod(),
      [
        [
          `metadata.annotations.${POD_SECCOMP}`,
          'Invalid value: "localhost/a/../b": must be a valid seccomp profile',
        ],
      ],
    ],
    [
      'is valid with a seccomp profile of a file',
      { seccompProfiles: ['localhost/a/b.json'] },
      pod(),
      'admitted',
    ],
  ];
  for (const [name, more, thePod, expected] of cases) {
    it(name, () => {
      expect(outcome(judge(scc({ ...more }), thePod))).to.deep.equal(expected);
    });
  }
});

describe('the final validation', () => {
  const refused = [
    [
      `pod.metadata.annotations[${POD_SECCOMP}]`,
      'Forbidden: docker/default would become runtime/default in the final validation, which may not change the pod',
    ],
  ];
  const own = { seccompProfiles: ['runtime/default'] };
  const cases: [name: string, more: object, pod: unknown, expected: unknown][] = [
    ['refuses docker/default of the pod', own, annotated('docker/default'), refused],
    ['refuses docker/default of the SCC', { seccompProfiles: ['docker/default'] }, pod(), refused],
    ['takes runtime/default', own, annotated('runtime/default'), 'admitted'],
    [
      'takes docker/default beside the field, which comes first',
      own,
      annotated('docker/default', { seccompProfile: { type: 'RuntimeDefault' } }),
      'admitted',
    ],
  ];
  for (const [name, more, thePod, expected] of cases) {
    it(name, () => {
      expect(outcome(judge(scc({ ...more }), thePod))).to.deep.equal(expected);
    });
  }

  /** Three SCCs, of which the pod of `docker/default` may use two. */
  function judgeThree(minor: number): SccVerdict {
    const sccs = [
      scc(own, 'a'),
      scc({ priority: 1 }, 'no-seccomp'),
      scc({ ...own, allowHostPorts: true }, 'unbound'),
    ];
    const admission = createSccAdmission({
      sccs: sccs.map(parseScc),
      features: featuresForMinor(minor),
      grants: grantsForNamespace('ns', ['a', 'no-seccomp']),
    });
    return admission({ pod: annotated('docker/default'), namespace: NAMESPACE });
  }

  it("speaks of every other SCC, in the plugin's words", () => {
    const { admitted, message, mutated } = judgeThree(20);
    expect([admitted, message, mutated]).to.deep.equal([
      false,
      'unable to validate against any security context constraint: ' +
        `[pod.metadata.annotations[${POD_SECCOMP}]: Forbidden: seccomp may not be set ` +
        'pod.metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: Forbidden: seccomp may not be set ' +
        'provider "unbound": Forbidden: not usable by user or serviceaccount]',
      null,
    ]);
  });

  it('agreed with docker/default before 4.14', () => {
    expect(judgeThree(13).scc).to.equal('a');
  });
});
