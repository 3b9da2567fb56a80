import { expect } from 'chai';
import { decide } from '../../../src/security/decide.ts';

const documented = { hardening: 'documented', enforceAssumed: false } as const;
const strict = { hardening: 'strict', enforceAssumed: false } as const;

describe('decide', () => {
  const evidence = { confidence: 'documented', source: 'OURS' } as const;
  const pod = {
    entry: {
      containers: [{ name: 'a', uses: ['root'], ...evidence }],
    },
    row: { why: 'w', complete: evidence, exceptions: {}, since: '0' },
    exceptions: { root: evidence, privileged: evidence },
    reduced: [],
  } as unknown as Parameters<typeof decide>[0];

  it('gives an exception to the containers that use it and to no other', () => {
    const limits = ['a', 'b'].map((name) => decide(pod, name, 'documented', documented));
    expect(limits.map(({ runAsNonRoot }) => runAsNonRoot.rule)).to.deep.equal(['atMost', 'equals']);
    expect(limits.map(({ privileged }) => privileged.rule)).to.deep.equal(['equals', 'equals']);
  });

  it('is as sure as its weakest fact, and a guess takes nothing away', () => {
    const { privileged, runAsNonRoot } = decide(pod, 'b', 'assumed', documented);
    expect([privileged.rule, runAsNonRoot.rule]).to.deep.equal(['atMost', 'atMost']);
    const enforced = decide(pod, 'b', 'assumed', { ...documented, enforceAssumed: true });
    expect(enforced.privileged.rule).to.equal('equals');
  });

  it('gives an exception to every container where the entry lists none', () => {
    const unlisted = { ...pod, entry: { ...pod.entry, containers: [] } };
    const { runAsNonRoot, privileged } = decide(unlisted, 'any', 'documented', documented);
    expect([runAsNonRoot, privileged].map(({ rule }) => rule)).to.deep.equal(['atMost', 'atMost']);
  });

  it('lifts strict hardening beside a privilege that would make the API server refuse it', () => {
    const unlisted = { ...pod, entry: { ...pod.entry, containers: [] } };
    const { allowPrivilegeEscalation } = decide(unlisted, 'any', 'documented', strict);
    expect(allowPrivilegeEscalation).to.include({ rule: 'atMost', value: true });
  });
});
