// What must hold of any pod: fewer grants never admit more, and no verdict throws.
import { expect } from 'chai';
import fc from 'fast-check';
import { SHIPPED_SCC_NAMES } from '../../../src/admission/scc/tables.ts';
import { ANNOTATIONS, enforce, judged, namespaceObject, OCP20, type Json } from './support.ts';

const maybe = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.option(value, { nil: undefined });
const context = fc.record({
  runAsUser: maybe(fc.constantFrom(0, 1000, 1000650000)),
  runAsNonRoot: maybe(fc.boolean()),
  privileged: maybe(fc.boolean()),
  seLinuxOptions: maybe(fc.constantFrom({ type: 'spc_t' }, { level: 's0' }, {})),
  capabilities: maybe(
    fc.constantFrom({ add: ['NET_ADMIN'] }, { add: ['NET_BIND_SERVICE'] }, { drop: ['ALL'] }),
  ),
  seccompProfile: maybe(fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' })),
});
const podArbitrary: fc.Arbitrary<Json> = fc
  .record({
    container: context,
    hostNetwork: maybe(fc.boolean()),
    hostPID: maybe(fc.boolean()),
    volumes: maybe(
      fc.constantFrom([{ name: 'v', hostPath: { path: '/' } }], [{ name: 'v', emptyDir: {} }]),
    ),
  })
  .map(({ container, ...spec }) => ({
    metadata: {},
    spec: { ...spec, containers: [{ name: 'c', image: 'x', securityContext: container }] },
  }));
const names = fc.uniqueArray(fc.constantFrom(...SHIPPED_SCC_NAMES));

describe('properties of the judgement', () => {
  it('removing a grant never admits more', () => {
    fc.assert(
      fc.property(podArbitrary, names, fc.nat(), (pod, bound, index) => {
        const all = judged(OCP20, [], { pod }, { bind: bound, annotations: ANNOTATIONS });
        const fewer = bound.filter((_, at) => at !== index % Math.max(1, bound.length));
        const less = judged(OCP20, [], { pod }, { bind: fewer, annotations: ANNOTATIONS });
        expect(less.admitted === true && all.admitted !== true).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });

  it('a stricter label never admits more', () => {
    fc.assert(
      fc.property(podArbitrary, (pod) => {
        const verdicts = ['privileged', 'baseline', 'restricted'].map(
          (level) =>
            judged({ kubernetes: 33 }, [namespaceObject('a', enforce(level))], { pod }).admitted,
        );
        const order = verdicts.map(Number);
        expect(order).to.deep.equal([...order].sort((a, b) => b - a));
      }),
      { numRuns: 200 },
    );
  });

  it('unknown annotations never admit what known ones refuse', () => {
    fc.assert(
      fc.property(podArbitrary, names, (pod, bound) => {
        const known = judged(OCP20, [], { pod }, { bind: bound, annotations: ANNOTATIONS });
        const unknown = judged(OCP20, [], { pod }, { bind: bound });
        expect(unknown.admitted === null || unknown.admitted === known.admitted).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('any JSON value gets a verdict', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (spec, metadata) => {
        for (const target of [OCP20, { kubernetes: 24 }, { kubernetes: 33 }]) {
          const pod = { metadata, spec };
          expect(
            judged(target, [namespaceObject('a')], { pod }, { psp: true }).admitted,
          ).to.be.oneOf([true, false, null]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
