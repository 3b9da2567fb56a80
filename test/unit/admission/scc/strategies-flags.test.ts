// Capabilities and flags of a container with SCCs of our own, where the conformance data has no rows.
import { expect } from 'chai';
import { judge, pod, scc } from './support.ts';
import { type Case, itJudgesEach } from './strategy-cases.ts';

const CASES: Case[] = [
  [
    'adds and drops by default, but not what the container drops',
    { defaultAddCapabilities: ['A', 'B'], requiredDropCapabilities: ['D'] },
    pod({ capabilities: { add: ['B'], drop: ['A'] } }),
    [{}, { capabilities: { add: ['B'], drop: ['A', 'D'] } }],
  ],
  [
    'leaves the order of capabilities alone where nothing is added',
    { allowedCapabilities: ['*'] },
    pod({ capabilities: { add: ['Z', 'A', 'Z'] } }),
    [{}, { capabilities: { add: ['Z', 'A', 'Z'] } }],
  ],
  [
    'compares capabilities as written',
    { allowedCapabilities: ['CHOWN'] },
    pod({ capabilities: { add: ['CHOWN', 'chown', 'CAP_CHOWN', 'ALL'] } }),
    '[provider own: .containers[0].capabilities.add: Invalid value: "chown": capability may not be added, ' +
      'provider own: .containers[0].capabilities.add: Invalid value: "CAP_CHOWN": capability may not be added, ' +
      'provider own: .containers[0].capabilities.add: Invalid value: "ALL": capability may not be added]',
  ],
  [
    'does not let a * among the added stand for all',
    { allowedCapabilities: ['A'] },
    pod({ capabilities: { add: ['*'] } }),
    'provider own: .containers[0].capabilities.add: Invalid value: "*": capability may not be added',
  ],
  [
    'writes a read-only root',
    { readOnlyRootFilesystem: true },
    pod(),
    [{}, { readOnlyRootFilesystem: true }],
  ],
  [
    'refuses a writable root',
    { readOnlyRootFilesystem: true },
    pod({ readOnlyRootFilesystem: false }),
    'provider own: .containers[0].readOnlyRootFilesystem: Invalid value: false: ReadOnlyRootFilesystem must be set to true',
  ],
  [
    'forbids escalation by default',
    { allowPrivilegeEscalation: false },
    pod(),
    [{}, { allowPrivilegeEscalation: false }],
  ],
  [
    'writes the default for escalation',
    { defaultAllowPrivilegeEscalation: false },
    pod(),
    [{}, { allowPrivilegeEscalation: false }],
  ],
  [
    'spares privileged containers the default',
    { defaultAllowPrivilegeEscalation: false, allowPrivilegedContainer: true },
    pod({ privileged: true }),
    [{}, { privileged: true }],
  ],
  [
    'spares CAP_SYS_ADMIN the default, not SYS_ADMIN',
    { defaultAllowPrivilegeEscalation: false, allowedCapabilities: ['*'] },
    pod({ capabilities: { add: ['SYS_ADMIN'] } }),
    [{}, { capabilities: { add: ['SYS_ADMIN'] }, allowPrivilegeEscalation: false }],
  ],
  [
    'leaves escalation open for the literal CAP_SYS_ADMIN',
    { defaultAllowPrivilegeEscalation: false, allowedCapabilities: ['*'] },
    pod({ capabilities: { add: ['CAP_SYS_ADMIN'] } }),
    [{}, { capabilities: { add: ['CAP_SYS_ADMIN'] } }],
  ],
  [
    'lets a default of true fail against the rule',
    { defaultAllowPrivilegeEscalation: true, allowPrivilegeEscalation: false },
    pod(),
    'provider own: .containers[0].allowPrivilegeEscalation: Invalid value: true: Allowing privilege escalation for containers is not allowed',
  ],
];

const ids = { runAsUser: { type: 'MustRunAs', uid: 7 } };

describe('strategies of an SCC', () => {
  itJudgesEach(CASES);

  it('gives the full path of the pod beside the plugin’s own', () => {
    expect(
      judge(scc(), pod({ privileged: true, capabilities: { add: ['A'] } })).refusals,
    ).to.deep.equal([
      {
        scc: 'own',
        field: '.containers[0].privileged',
        reason: 'Invalid value: true: Privileged containers are not allowed',
        path: 'spec.containers[0].securityContext.privileged',
      },
    ]);
  });

  it('leaves the pod that it judges as it is', () => {
    const thePod = pod({ capabilities: { add: ['A'] } });
    const before = structuredClone(thePod);
    judge(scc({ ...ids, allowedCapabilities: ['A'], requiredDropCapabilities: ['B'] }), thePod);
    expect(thePod).to.deep.equal(before);
  });
});
