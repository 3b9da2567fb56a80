import { expect } from 'chai';
import fc from 'fast-check';
import { defaultLimits } from '../../src/security/decide.ts';
import { settle } from '../../src/security/settle.ts';
import { asMap, type Json } from '../../src/security/template.ts';
import type { ContainerLimits, Reason } from '../../src/security/types.ts';
import { applyEdits } from '../../src/patch/apply.ts';

const reason: Reason = { why: 'x', from: 'catalog', confidence: 'documented', source: 'OURS' };
const names = fc.constantFrom('SYS_ADMIN', 'NET_RAW', 'CAP_BPF', 'ALL');
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const context = fc
  .record({
    privileged: maybe(fc.boolean()),
    runAsNonRoot: maybe(fc.boolean()),
    runAsUser: maybe(fc.constantFrom(0, 1000)),
    allowPrivilegeEscalation: maybe(fc.boolean()),
    readOnlyRootFilesystem: maybe(fc.boolean()),
    capabilities: maybe(fc.record({ add: maybe(fc.array(names)), drop: maybe(fc.array(names)) })),
    seLinuxOptions: maybe(fc.constantFrom({ type: 'spc_t' }, { type: 'x', level: 's0' }, {})),
    seccompProfile: maybe(fc.constantFrom({ type: 'Unconfined' }, { type: 'RuntimeDefault' })),
  })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);

const pod = fc
  .tuple(context, fc.array(context, { minLength: 1, maxLength: 4 }))
  .map(([securityContext, list]): Json => {
    const { privileged: _, capabilities: __, ...own } = securityContext;
    return {
      securityContext: own,
      containers: list.map((value, index) => ({ name: `c${index}`, securityContext: value })),
    };
  });

const limits = fc
  .record({
    hardening: fc.constantFrom('documented' as const, 'strict' as const),
    root: fc.boolean(),
    privileged: fc.boolean(),
    capabilities: fc.boolean(),
  })
  .map(({ hardening, root, privileged, capabilities }): ContainerLimits => {
    const base = defaultLimits({ hardening, enforceAssumed: false });
    return {
      ...base,
      ...(root ? { runAsNonRoot: { rule: 'atMost', value: false, reason } } : {}),
      ...(privileged ? { privileged: { rule: 'atMost', value: true, reason } } : {}),
      ...(capabilities
        ? { capabilities: { rule: 'atMost', value: { drop: [], add: ['NET_RAW'] }, reason } }
        : {}),
    };
  });

const cases = fc.tuple(pod, fc.array(limits, { minLength: 4, maxLength: 4 }));
type Case = [Json, ContainerLimits[]];

function settled([spec, list]: Case): { spec: Json; after: Json } {
  const limitsOf = (name: string): ContainerLimits => list[Number(name.slice(1))]!;
  const { edits } = settle(spec, limitsOf);
  const after = applyEdits({ spec }, edits) as { spec: Json };
  return { spec, after: after.spec };
}

interface Effective {
  nonRoot: boolean;
  uid: unknown;
  privileged: boolean;
  add: string[];
}

function effective(spec: Json): Effective[] {
  const own = asMap(spec.securityContext) ?? {};
  return (spec.containers as Json[]).map((container) => {
    const ctx = asMap(container.securityContext) ?? {};
    return {
      nonRoot: (ctx.runAsNonRoot ?? own.runAsNonRoot) === true,
      uid: ctx.runAsUser ?? own.runAsUser,
      privileged: ctx.privileged === true,
      add: ((asMap(ctx.capabilities)?.add ?? []) as string[]).slice(),
    };
  });
}

describe('settle, for any pod and any limits', () => {
  it('never leaves a locked container root, or with a uid that it could not start with', () => {
    fc.assert(
      fc.property(cases, ([spec, list]) => {
        effective(settled([spec, list]).after).forEach(({ nonRoot, uid }, index) => {
          if (list[index]!.runAsNonRoot.rule !== 'equals') return;
          expect({ nonRoot, root: uid === 0 }).to.deep.equal({ nonRoot: true, root: false });
        });
      }),
    );
  });

  it('never grants what the pod does not ask for', () => {
    fc.assert(
      fc.property(cases, (input) => {
        const { spec, after } = settled(input);
        const old = effective(spec);
        effective(after).forEach(({ privileged, add, uid }, index) => {
          const before = old[index]!;
          if (privileged) expect(before.privileged).to.equal(true);
          for (const capability of add) expect(before.add).to.include(capability);
          if (uid === 0) expect(before.uid).to.equal(0);
        });
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(cases, ([spec, list]) => {
        const { after } = settled([spec, list]);
        const limitsOf = (name: string): ContainerLimits => list[Number(name.slice(1))]!;
        expect(settle(after, limitsOf).edits).to.deep.equal([]);
      }),
    );
  });

  it('never combines what the API server refuses', () => {
    fc.assert(
      fc.property(cases, (input) => {
        for (const container of settled(input).after.containers as Json[]) {
          const ctx = asMap(container.securityContext) ?? {};
          const refused = ctx.privileged === true && ctx.allowPrivilegeEscalation === false;
          expect(refused).to.equal(false);
        }
      }),
    );
  });
});
