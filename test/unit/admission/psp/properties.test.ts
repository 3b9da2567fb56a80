// What holds for every pod and every policy, whatever they are made of.
import { expect } from 'chai';
import fc from 'fast-check';
import { createPspAdmission } from '../../../../src/admission/psp/admit.ts';
import { mutatedPod } from '../../../../src/admission/psp/mutated-pod.ts';
import { parsePsp, readPsps } from '../../../../src/admission/psp/parse.ts';
import {
  pspGrantsForNamespace,
  readPspGrants,
  type PspNames,
} from '../../../../src/admission/psp/rbac.ts';
import type { PspVerdict } from '../../../../src/admission/psp/types.ts';
import { BLANKET_POLICY } from '../../../../src/render/targets/psp.ts';
import { psp, SECCOMP_CONTAINER, SECCOMP_POD, verdict } from './support.ts';
import { goodPod, minor, policies, policy } from './arbitrary.ts';

/** The API's shape with any JSON value in any place. */
function spoil(value: unknown, junk: unknown, at: number): unknown {
  let count = 0;
  const walk = (inner: unknown): unknown => {
    if (count++ === at) return junk;
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, child]) => [key, walk(child)]));
  };
  return walk(value);
}

function judge(all: readonly unknown[], granted: PspNames, pod: unknown): PspVerdict {
  const grants = pspGrantsForNamespace('ns', granted);
  return createPspAdmission({ policies: all.map(parsePsp), grants, kubernetesMinor: 24 })({
    pod,
    namespace: 'ns',
  });
}

const RUNS = { numRuns: 500 };
const blankets = (more: object): object => ({
  ...BLANKET_POLICY,
  metadata: { name: 'blanket', ...more },
});

describe('properties of PodSecurityPolicy admission', () => {
  it('are tried on pods that are admitted and on pods that are refused', () => {
    const verdicts = fc.sample(fc.tuple(goodPod, policies), { numRuns: 500, seed: 1 });
    const admitted = verdicts.map(([pod, all]) => verdict(all, pod).admitted);
    expect(admitted.filter((one) => one === true).length).to.be.within(100, 400);
  });

  it('never throws, whatever a pod holds', () => {
    const property = fc.property(
      goodPod,
      policies,
      fc.jsonValue(),
      fc.nat(60),
      (pod, all, junk, at) => {
        expect(verdict(all, spoil(pod, junk, at)).admitted).to.be.oneOf([true, false, null]);
      },
    );
    fc.assert(property, RUNS);
    fc.assert(fc.property(fc.jsonValue(), policies, (pod, all) => void verdict(all, pod)));
  });

  it('never throws, whatever a policy or a grant holds', () => {
    const property = fc.property(
      goodPod,
      policy,
      fc.jsonValue(),
      fc.nat(60),
      (pod, [one, notes], junk, at) => {
        verdict([spoil(psp(one, notes), junk, at)], pod);
        const grants = readPspGrants([
          junk,
          { kind: 'RoleBinding', roleRef: junk, subjects: [junk] },
          { kind: 'ClusterRole', rules: [junk], aggregationRule: junk },
        ]);
        createPspAdmission({ policies: readPsps([junk]), grants, kubernetesMinor: 24 })({
          pod,
          namespace: 'ns',
        });
      },
    );
    fc.assert(property, RUNS);
  });

  it('never admits more when a grant is taken away', () => {
    const granted = fc.subarray(['p0', 'p1', 'p2']);
    const property = fc.property(goodPod, policies, granted, fc.nat(2), (pod, all, some_, at) => {
      const fewer = some_.filter((_, i) => i !== at);
      if (judge(all, some_, pod).admitted === false)
        expect(judge(all, fewer, pod).admitted).to.equal(false);
    });
    fc.assert(property, RUNS);
  });

  it('admits every pod by the blanket policy that is generated, unchanged but for seccomp annotations', () => {
    const property = fc.property(goodPod, minor, (pod, release) => {
      const { admitted, changes, notChecked } = verdict([BLANKET_POLICY], pod, { minor: release });
      const {
        'kubernetes.io/psp': by,
        [SECCOMP_POD]: seccomp,
        ...others
      } = changes?.annotations ?? {};
      expect([admitted, by, others]).to.deep.equal([true, BLANKET_POLICY.metadata.name, {}]);
      const field = pod.spec.securityContext?.seccompProfile !== undefined && release >= 19;
      const annotated = SECCOMP_POD in pod.metadata.annotations;
      expect(seccomp !== undefined).to.equal(field && !annotated);
      if (release >= 19) expect(notChecked).to.deep.equal([]);
    });
    fc.assert(property, RUNS);
  });

  it('refuses by the same policy without its annotation just the pods that set seccomp (T17)', () => {
    const property = fc.property(goodPod, (pod) => {
      const { admitted, refusals } = verdict([blankets({})], pod);
      const { spec: inner, metadata } = pod;
      // An annotation for a container that does not exist, or that has a field, is not looked at.
      const all = [
        ...inner.containers,
        ...(inner.initContainers ?? []),
        ...(inner.ephemeralContainers ?? []),
      ];
      const sets = (one: object): boolean =>
        JSON.stringify(one).includes('seccompProfile') ||
        ('name' in one && one.name === 'c' && SECCOMP_CONTAINER in metadata.annotations);
      const set =
        inner.securityContext?.seccompProfile !== undefined ||
        SECCOMP_POD in metadata.annotations ||
        all.some(sets);
      expect(admitted).to.equal(!set);
      if (set)
        expect(refusals.map(({ reason }) => reason)).to.deep.equal([
          'Forbidden: seccomp may not be set',
        ]);
    });
    fc.assert(property, RUNS);
  });

  it('admits by the blanket policy what any policy admits', () => {
    const property = fc.property(goodPod, policies, minor, (pod, all, release) => {
      if (verdict(all, pod, { minor: release }).admitted !== true) return;
      expect(verdict([BLANKET_POLICY], pod, { minor: release }).admitted).to.equal(true);
    });
    fc.assert(property, RUNS);
  });

  it('takes on an update, unchanged, what it admitted on a create', () => {
    const property = fc.property(goodPod, policies, (pod, all) => {
      const first = verdict(all, pod);
      expect(verdict(all, pod)).to.deep.equal(first);
      if (first.admitted !== true) return;
      const again = verdict(all, mutatedPod(pod, first), { operation: 'update' });
      expect([again.admitted, again.psp, again.mutated]).to.deep.equal([
        true,
        first.psp,
        first.mutated,
      ]);
      expect(again.changes).to.deep.equal({ annotations: {} });
    });
    fc.assert(property, RUNS);
  });

  it('takes contexts that nest without end', () => {
    let deep: object = {};
    for (let i = 0; i < 100_000; i += 1) deep = { deep };
    const context = { windowsOptions: deep };
    const spec = {
      securityContext: context,
      containers: [{ name: 'c', securityContext: context }],
    };
    expect(verdict([BLANKET_POLICY], { spec }).admitted).to.equal(true);
  });

  it('does not change the pod that it is given', () => {
    fc.assert(
      fc.property(goodPod, policies, (pod, all) => {
        const before = JSON.stringify(pod);
        mutatedPod(pod, verdict(all, pod));
        expect(JSON.stringify(pod)).to.equal(before);
      }),
    );
  });
});
