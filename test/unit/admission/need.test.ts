// Least privilege: the lowest level, the smallest set of SCCs, and what forces them.
import { expect } from 'chai';
import { reasonAt, valueAtPath } from '../../../src/admission/need/reason.ts';
import { needOf, psaNeeds } from '../../../src/admission/need/psa-need.ts';
import { createSccsOf, freeSccs, sccNeeds } from '../../../src/admission/need/scc-need.ts';
import { reasonTally, reasonsInWords } from '../../../src/admission/need/tally.ts';
import { parseScc } from '../../../src/admission/scc/parse.ts';
import { sccsForRelease } from '../../../src/admission/scc/tables.ts';
import { ANNOTATIONS, HOST_PATH, podOf, SPC_T, type Json } from './support.ts';

const RESTRICTED = podOf(
  { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } },
  { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
);

describe('reasons', () => {
  const pod = podOf(
    { volumes: [{ name: 'v', hostPath: { path: '/x' } }], hostNetwork: true, ...SPC_T },
    { capabilities: { add: ['NET_ADMIN'] }, privileged: true },
  );
  const [container] = (pod['spec'] as { containers: Json[] }).containers;
  container!['ports'] = [{ containerPort: 1 }, { hostPort: 80 }, { hostPort: 0 }, { hostPort: 81 }];
  const rows: [string | null, string][] = [
    ['spec.securityContext.seLinuxOptions.type', 'seLinuxOptions.type spc_t'],
    ['spec.containers[0].securityContext.privileged', 'privileged true'],
    ['spec.containers[0].securityContext.capabilities.add[0]', 'capabilities.add NET_ADMIN'],
    ['spec.hostNetwork', 'hostNetwork true'],
    ['spec.containers[0].ports', 'hostPort 80, 81'],
    ['spec.volumes[0]', 'hostPath'],
    ['spec.volumes[0].hostPath', 'hostPath'],
    ['spec.containers[0].securityContext', 'securityContext'],
    ['spec.securityContext.runAsUser', 'runAsUser not set'],
    [null, 'the pod as a whole'],
  ];
  for (const [path, expected] of rows) {
    it(`says ${expected}`, () => {
      expect(reasonAt(pod, path)).to.equal(expected);
    });
  }

  it('finds annotations and nothing inherited', () => {
    const value = { metadata: { annotations: { 'a.b/c': 'x' } } };
    expect(valueAtPath(value, 'metadata.annotations[a.b/c]')).to.equal('x');
    expect(valueAtPath(value, 'metadata.constructor')).to.equal(undefined);
  });

  it('counts a pod once a reason, the most frequent first', () => {
    const tally = reasonTally();
    tally.add(['b', 'a', 'b']);
    tally.add(['b']);
    expect(reasonsInWords(tally, 2)).to.equal('b on 2 of 2, a on 1 of 2');
  });
});

describe('the lowest level', () => {
  const rows: [string, unknown, string, string[]][] = [
    ['restricted', RESTRICTED, 'restricted', []],
    [
      'a plain pod',
      podOf(),
      'baseline',
      [
        'allowPrivilegeEscalation not set',
        'capabilities.drop not set',
        'runAsNonRoot not set',
        'seccompProfile.type not set',
      ],
    ],
    ['spc_t', podOf(SPC_T), 'privileged', ['seLinuxOptions.type spc_t']],
  ];
  for (const [name, pod, level, reasons] of rows) {
    it(`of ${name} is ${level}`, () => {
      const need = needOf(pod, 33);
      expect(need.level).to.equal(level);
      if (reasons.length > 0) expect([...new Set(need.reasons)].sort()).to.deep.equal(reasons);
    });
  }

  it('of a namespace is that of its most demanding pod', () => {
    const needs = psaNeeds();
    for (const pod of [podOf(SPC_T), RESTRICTED, podOf(SPC_T)]) needs.add('a', needOf(pod, 33));
    needs.add('b', needOf(RESTRICTED, 33));
    expect([...needs.all()]).to.deep.equal([
      ['a', { pods: 3, level: 'privileged', because: 'seLinuxOptions.type spc_t on 2 of 3' }],
      ['b', { pods: 1, level: 'restricted', because: '' }],
    ]);
  });
});

describe('the smallest set of SCCs', () => {
  const release = sccsForRelease({ minor: 16 });
  if (!release.ok) throw new Error(release.reason);
  const { sccs, features } = release;
  const namespace = { name: 'a', annotations: ANNOTATIONS };
  const sccsOf = createSccsOf(sccs, features);

  it('knows every SCC that would admit a pod', () => {
    expect(sccsOf(podOf(SPC_T), namespace)).to.deep.equal({
      admitting: ['privileged'],
      reasons: ['seLinuxOptions.type spc_t'],
    });
    expect(sccsOf(podOf(HOST_PATH), namespace).admitting).to.deep.equal([
      'hostmount-anyuid',
      'hostaccess',
      'privileged',
    ]);
    expect(sccsOf(podOf({ os: { name: 'windows' } }), namespace).admitting).to.equal(null);
    expect(sccsOf({ spec: 3 }, namespace).admitting).to.equal(null);
  });

  it('tells pods apart by what SCCs look at, not by the rest', () => {
    const [a, b] = [podOf(), podOf()];
    a['metadata'] = { annotations: { x: 'y' } };
    expect(sccsOf(a, namespace)).to.equal(sccsOf(b, namespace));
    b['metadata'] = { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } };
    expect(sccsOf(b, namespace).admitting).to.not.deep.equal(sccsOf(a, namespace).admitting);
  });

  const root = podOf({}, { runAsUser: 0 });
  const rows: [string, unknown[], readonly string[] | undefined][] = [
    ['nothing for plain pods', [podOf(), podOf()], []],
    ['anyuid for root', [root], ['anyuid']],
    ['one SCC where one suffices for all', [root, podOf(HOST_PATH)], ['hostmount-anyuid']],
    ['privileged for spc_t, and nothing beside it', [root, podOf(SPC_T)], ['privileged']],
    [
      'two where no one suffices',
      [podOf({ hostNetwork: true }), podOf({}, { runAsUser: 5000 })],
      undefined,
    ],
  ];
  for (const [name, pods, expected] of rows) {
    it(`is ${name}`, () => {
      const needs = sccNeeds(sccs, freeSccs(sccs));
      for (const pod of pods) needs.add('a', sccsOf(pod, namespace));
      const found = needs.all().get('a');
      expect(found?.pods).to.equal(pods.length);
      if (expected !== undefined) expect(found?.sccs).to.deep.equal(expected);
      else expect(found?.sccs).to.have.length.within(1, 2);
    });
  }

  it('is none where no SCC admits a pod', () => {
    const only = [
      parseScc({
        metadata: { name: 'narrow' },
        runAsUser: { type: 'MustRunAs', uid: 7 },
        seLinuxContext: { type: 'RunAsAny' },
      }),
    ];
    const needs = sccNeeds(only, freeSccs(only));
    needs.add('a', createSccsOf(only, features)(podOf({}, { runAsUser: 8 }), namespace));
    expect(needs.all().get('a')).to.deep.equal({
      pods: 1,
      sccs: undefined,
      because: 'runAsUser 8 on 1 of 1',
    });
  });
});
