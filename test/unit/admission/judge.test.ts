// The three engines together: who is asked, in which order, and what stays open.
import { expect } from 'chai';
import type { ClusterFacts } from '../../../src/admission/judge/types.ts';
import { known } from './judge-row.ts';
import { PSP, PSP_ROWS } from './judge-rows-psp.ts';
import { PSS_ROWS } from './judge-rows-pss.ts';
import { SCC_ROWS } from './judge-rows-scc.ts';
import { ANNOTATIONS, judged, K33, namespaceObject, OCP20, podOf, SPC_T } from './support.ts';

describe('the judgement', () => {
  for (const row of [...PSS_ROWS, ...PSP_ROWS, ...SCC_ROWS]) {
    it(row.name, () => {
      const { target, objects = [], request = {}, more } = row;
      const verdict = judged(
        target,
        objects,
        { pod: podOf(), ...request, ...(row.pod && { pod: row.pod }) },
        more,
      );
      const refusals = verdict.refusals.map(({ policy, check }) =>
        `${policy} ${check ?? ''}`.trim(),
      );
      const { admitted, policy, dependsOn } = verdict;
      expect({ admitted, policy, dependsOn, refusals }).to.deep.equal({
        admitted: row.admitted,
        policy: row.policy ?? null,
        dependsOn: row.dependsOn ?? [],
        refusals: row.refusals ?? [],
      });
      expect(verdict.paths).to.have.length(verdict.refusals.length);
      expect(verdict.mutated === null, 'mutated').to.equal(
        admitted !== true || (target.openshift === undefined && policy !== 'loose'),
      );
    });
  }

  it('asks the requester for bare pods only', () => {
    const admin: Partial<ClusterFacts> = {
      user: { name: 'root', groups: ['system:masters'] },
      annotations: ANNOTATIONS,
    };
    const bare = judged(OCP20, [], { pod: podOf(SPC_T), kind: 'Pod', isTemplate: false }, admin);
    expect([bare.policy, bare.subject]).to.deep.equal(['hostmount-anyuid-v2', 'user']);
    expect(judged(OCP20, [], { pod: podOf(SPC_T) }, admin).admitted).to.equal(false);
  });

  it('warns of a template as it is applied, of a pod as an SCC has changed it', () => {
    const labels = { 'pod-security.kubernetes.io/warn': 'restricted' };
    const facts = { annotations: ANNOTATIONS };
    const warned = ['Deployment', 'Pod', 'Rollout'].map((kind) => {
      const request = { pod: podOf(), kind, isTemplate: kind !== 'Pod' };
      const { policy, psa } = judged(OCP20, [namespaceObject('a', labels)], request, facts);
      expect([policy, psa?.admitted]).to.deep.equal(['restricted-v2', true]);
      return psa?.warn.map(({ check }) => check);
    });
    // Pod Security does not know the kind of the last.
    expect(warned).to.deep.equal([
      [
        'allowPrivilegeEscalation',
        'capabilities_restricted',
        'runAsNonRoot',
        'seccompProfile_restricted',
      ],
      [],
      [],
    ]);
  });

  it('spares the pods of a controller that is exempt', () => {
    const controller = 'system:serviceaccount:kube-system:replicaset-controller';
    const facts = { level: 'baseline' as const, exemptions: { usernames: [controller] } };
    const verdicts = ['Deployment', 'DaemonSet', 'Pod'].map(
      (kind) =>
        judged(K33, [], { pod: podOf(SPC_T), kind, isTemplate: kind !== 'Pod' }, facts).admitted,
    );
    expect(verdicts).to.deep.equal([true, false, false]);
  });

  it('says "not usable" and nothing else of what nobody may use', () => {
    const { refusals } = judged(OCP20, [known()], { pod: podOf(SPC_T) });
    const last = refusals.at(-1);
    expect(last).to.deep.equal({
      policy: 'privileged',
      check: null,
      field: null,
      reason: 'not usable',
    });
  });

  it('tells bad labels, clamped versions and missing values in words', () => {
    const labels = {
      'pod-security.kubernetes.io/warn': 'none',
      'pod-security.kubernetes.io/audit-version': 'v1.99',
    };
    expect(judged(K33, [namespaceObject('a', labels)], { pod: podOf() }).notes).to.deep.equal([
      'Label pod-security.kubernetes.io/warn must be "privileged", "baseline" or "restricted"; got "none".',
      'The audit version v1.99 is newer than the server and read as v1.33.',
    ]);
    expect(judged(OCP20, [], { pod: podOf() }).notes).to.deep.equal([
      'What comes from the namespace annotation openshift.io/sa.scc.supplemental-groups and openshift.io/sa.scc.mcs and openshift.io/sa.scc.uid-range is not known and left out.',
    ]);
  });

  it('never throws, whatever stands for the pod', () => {
    for (const pod of [
      undefined,
      null,
      3,
      'x',
      [],
      {},
      { spec: 1 },
      { spec: { containers: [null, 1] } },
    ]) {
      for (const target of [K33, OCP20, { kubernetes: 24 }]) {
        const { admitted } = judged(target, [known('privileged'), PSP], { pod });
        expect(admitted, JSON.stringify(pod)).to.not.equal(true);
      }
    }
  });
});
