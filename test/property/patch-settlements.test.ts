/** Pods that are alike are settled once: never another answer than the one that settling gives. */
import { expect } from 'chai';
import fc from 'fast-check';
import { settledSpec } from '../../src/patch/settlements.ts';
import { settle } from '../../src/security/settle.ts';
import { standingOf, type PolicyContext } from '../../src/security/standing.ts';
import type { Json } from '../../src/security/template.ts';
import { deployText, policyOf } from '../helpers/policy.ts';

const EBS = deployText('storage_classes:\n  block:\n    type: ebs');
const DOCUMENTED = policyOf(EBS);
const POLICIES: readonly PolicyContext[] = [
  DOCUMENTED,
  { ...DOCUMENTED, decision: { hardening: 'strict', enforceAssumed: false } },
  { ...DOCUMENTED, decision: { hardening: 'documented', enforceAssumed: true } },
];

/** Values that JSON writes alike are among them. */
const odd = fc.constantFrom(
  ...[true, false, 0, -0, 1000, '0', 'true', null, Number.NaN, Infinity, [], {}],
);
const context: fc.Arbitrary<unknown> = fc.oneof(
  odd,
  fc.dictionary(
    fc.constantFrom('privileged', 'runAsNonRoot', 'runAsUser', 'allowPrivilegeEscalation', 'x'),
    odd,
    { maxKeys: 3, noNullPrototype: true },
  ),
  fc.record({
    capabilities: fc.record({
      add: fc.subarray(['NET_RAW', 'CAP_SYS_ADMIN', 'ALL']),
      drop: fc.subarray(['ALL', 'NET_RAW']),
    }),
  }),
  fc.constantFrom({ seLinuxOptions: { type: 'x', level: 's0' } }, { seLinuxOptions: {} }),
);
const container = fc.record(
  { name: fc.constantFrom('ebs-plugin', 'web', 'a,0'), securityContext: context },
  { requiredKeys: [] },
);
const lists = {
  securityContext: context,
  containers: fc.array(container, { maxLength: 2 }),
  initContainers: fc.array(container, { maxLength: 1 }),
};
const spec: fc.Arbitrary<Json> = fc.record(lists, { requiredKeys: [] });
const name = fc.constantFrom('nucleus', 'ebs-csi-node');

describe('property: settling pods that are alike', () => {
  it('gives what settling each of them gives, whatever came before', () => {
    const pods = fc.array(fc.tuple(spec, name, fc.constantFrom(...POLICIES)), { minLength: 30 });
    let repeats = 0;
    fc.assert(
      fc.property(pods, (stream) => {
        for (const [value, workload, policy] of stream) {
          const identity = {
            kind: 'DaemonSet',
            name: workload,
            namespace: 'domino-platform',
            owners: [],
            containers: ['ebs-plugin'],
          };
          const standing = standingOf(identity, value, policy);
          const wanted = settle(value, standing.limitsOf);
          const given = settledSpec(value, standing, policy);
          expect({ ...given, ...noContexts }).to.deep.equal({ ...wanted, ...noContexts });
          if (settledSpec(value, standing, policy) !== given) continue;
          repeats++;
        }
      }),
      { numRuns: 120 },
    );
    expect(repeats, 'some are settled once').to.be.greaterThan(100);
  });

  it('does not change with what is done to the document afterwards', () => {
    const policy = { ...DOCUMENTED, decision: { ...DOCUMENTED.decision } };
    const value = {
      containers: [{ name: 'a', securityContext: { capabilities: { add: ['X'] } } }],
    };
    const standing = standingOf(
      { kind: 'Pod', name: 'a', namespace: 'domino-platform', owners: [], containers: ['a'] },
      value,
      policy,
    );
    const first = settledSpec(value, standing, policy).edits;
    settledSpec(value, standing, policy);
    const again = settledSpec(structuredClone(value), standing, policy);
    expect(again.edits).to.deep.equal(first);
    expect(again.containers[0]?.context).to.not.equal(value.containers[0]?.securityContext);
  });
});

/** 0 and -0 differ in the contexts only, which patch does not write: it writes the edits. */
const noContexts = { pod: 0, containers: 0 };
