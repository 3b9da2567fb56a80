import { expect } from 'chai';
import fc from 'fast-check';
import {
  podKey,
  UNREAD_OF_CONTAINER,
  UNREAD_OF_POD,
} from '../../../src/admission/judge/pod-key.ts';
import { createJudge } from '../../../src/admission/judge/judge.ts';
import { parsePsp } from '../../../src/admission/psp/parse.ts';
import type { ClusterFacts } from '../../../src/admission/judge/types.ts';
import type { AdmitTarget } from '../../../src/admission/target.ts';
import { podJudge } from '../../../src/cli/admit-judged.ts';
import { tallies } from '../../../src/cli/admit-tallies.ts';
import { ANNOTATIONS, factsOf, OCP20, podOf, type Json } from './support.ts';

const refuse = (): never => {
  throw new Error('A field is read that is no part of the key.');
};
/** Whoever looks into it fails. */
const TRAP: object = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse });

const PSP = parsePsp({
  metadata: { name: 'p' },
  spec: {
    privileged: false,
    volumes: ['hostPath', 'projected'],
    allowedHostPaths: [{ pathPrefix: '/var', readOnly: true }],
    runAsUser: { rule: 'MustRunAsNonRoot' },
    seLinux: { rule: 'RunAsAny' },
    fsGroup: { rule: 'RunAsAny' },
    supplementalGroups: { rule: 'RunAsAny' },
  },
});
const ALL_PSPS = [
  { namespace: null, subjects: ['group:system:authenticated'], psps: '*' as const, source: 'x' },
];
const CLUSTERS: [string, AdmitTarget, Partial<ClusterFacts>][] = [
  ['Pod Security', { kubernetes: 36 }, { level: 'restricted' }],
  ['SCCs', OCP20, { bind: ['anyuid', 'hostmount-anyuid'], annotations: ANNOTATIONS }],
  ['SCCs of which nothing is known', OCP20, { level: 'baseline' }],
  [
    'PodSecurityPolicies',
    { kubernetes: 24 },
    { psp: true, psps: [PSP], pspGrants: { grants: ALL_PSPS, notChecked: [] } },
  ],
];

function judgeOf(target: AdmitTarget, more: Partial<ClusterFacts>) {
  const facts = factsOf(target, [], more);
  const judge = createJudge(target, facts);
  return { judge, needsOf: tallies(target, facts).needsOf };
}

const request = (pod: Json) => ({ pod, kind: 'Deployment', isTemplate: true, namespace: 'a' });
const volumes = (...list: Json[]): Json => podOf({ volumes: list });
const annotated = (annotations: unknown): Json => ({ ...podOf(), metadata: { annotations } });

describe('the key of a pod', () => {
  for (const [name, target, more] of CLUSTERS) {
    it(`leaves out only what ${name} do not read`, () => {
      const spec: Json = {
        hostNetwork: true,
        volumes: [{ name: 'v', hostPath: { path: '/var' } }],
        initContainers: [{ name: 'i', lifecycle: { preStop: { exec: {} } } }],
        ephemeralContainers: [{ name: 'e', securityContext: { privileged: true } }],
      };
      const pod = podOf(spec, { runAsUser: 0, seLinuxOptions: { type: 'spc_t' } });
      pod['metadata'] = { annotations: {}, labels: TRAP, name: TRAP, ownerReferences: TRAP };
      const trapped = pod['spec'] as Json;
      for (const field of UNREAD_OF_POD) trapped[field] = TRAP;
      for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
        for (const container of trapped[list] as Json[]) {
          for (const field of UNREAD_OF_CONTAINER) container[field] = TRAP;
        }
      }
      const { judge, needsOf } = judgeOf(target, more);
      const { judgement } = podJudge(judge, needsOf)(request(pod));
      expect(judgement.refusals).to.not.deep.equal([]);
      expect(podKey(pod)).to.be.a('string');
    });
  }

  const same: [string, Json, Json][] = [
    ['images', podOf(), podOf({ containers: [{ name: 'app', image: 'b', securityContext: {} }] })],
    ['nodes', podOf({ nodeName: 'a' }), podOf({ nodeName: 'b' })],
    ['other annotations', annotated({ a: '1' }), annotated({ b: '2' })],
    ['plain volumes', volumes({ name: 'a', secret: { secretName: 'a' } }), volumes({ secret: {} })],
  ];
  for (const [what, left, right] of same) {
    it(`is the same with other ${what}`, () => {
      expect(podKey(left)).to.be.a('string').and.equal(podKey(right));
    });
  }

  const seccomp = 'container.seccomp.security.alpha.kubernetes.io/app';
  const different: [string, Json, Json][] = [
    ['privileges', podOf({}, { privileged: true }), podOf({}, { privileged: false })],
    ['a volume of two types', volumes({ secret: {} }), volumes({ secret: {}, hostPath: {} })],
    ['a volume that is none', volumes({ secret: {} }), volumes({ secret: 'x' })],
    ['a volume name that is none', volumes({ secret: {} }), volumes({ name: 1, secret: {} })],
    ['what is projected', volumes({ projected: { sources: [] } }), volumes({ projected: {} })],
    ['seccomp by annotation', annotated({ [seccomp]: 'unconfined' }), annotated({})],
    ['the SCC it asks for', annotated({ 'openshift.io/required-scc': 'x' }), annotated({})],
    ['an annotation that is no text', annotated({ a: 1 }), annotated({ a: '1' })],
    ['annotations that are none', annotated([]), annotated({})],
    ['mounts', podOf(), podOf({ containers: [{ name: 'app', volumeMounts: [] }] })],
    ['unknown fields', podOf({ newField: 1 }), podOf({ newField: 2 })],
    ['a container that is none', podOf({ containers: [[]] }), podOf({ containers: [{}] })],
    ['the service account', podOf({ serviceAccountName: 'a' }), podOf()],
  ];
  for (const [what, left, right] of different) {
    it(`differs with ${what}`, () => {
      expect(podKey(left)).to.be.a('string').and.not.equal(podKey(right));
    });
  }

  it('is none where JSON would write two values alike, and of long pods', () => {
    for (const runAsUser of [Infinity, NaN, null])
      expect(podKey(podOf({}, { runAsUser }))).to.equal(undefined);
    expect(podKey(podOf({ text: 'x'.repeat(10_000) }))).to.equal(undefined);
  });
});

describe('pods judged once', () => {
  const change = fc.constantFrom<(spec: Json) => void>(
    () => undefined,
    (spec) => (spec['hostNetwork'] = true),
    (spec) => (spec['hostUsers'] = false),
    (spec) => (spec['hostPID'] = 'yes'),
    (spec) => (spec['os'] = { name: 'windows' }),
    (spec) => (spec['volumes'] = [{ name: 'v', hostPath: { path: '/var' } }]),
    (spec) => (spec['volumes'] = [{ name: 'w', configMap: {} }]),
    (spec) => (spec['volumes'] = 'none'),
    (spec) => (spec['securityContext'] = { runAsUser: 0, fsGroup: 7 }),
    (spec) => (spec['securityContext'] = { sysctls: [{ name: 'kernel.x', value: '1' }] }),
    (spec) => (spec['containers'] = [{ name: 'c', ports: [{ hostPort: 80 }] }]),
    (spec) => (spec['containers'] = [{ name: 'd', securityContext: { privileged: true } }]),
    (spec) => (spec['containers'] = [{ name: 'e', securityContext: { runAsUser: Infinity } }]),
    (spec) => (spec['serviceAccountName'] = 'other'),
  );
  const metadata = fc.constantFrom<unknown>(
    undefined,
    [],
    { annotations: { a: 'b' } },
    { annotations: { a: 1 } },
    { annotations: { 'openshift.io/required-scc': 'privileged' } },
    { annotations: { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' } },
  );
  const pods = fc.array(
    fc.record({
      changes: fc.array(change, { maxLength: 2 }),
      metadata,
      kind: fc.constantFrom('Pod', 'DaemonSet'),
      namespace: fc.constantFrom(undefined, 'a', 'b'),
    }),
    { minLength: 2, maxLength: 12 },
  );

  for (const [name, target, more] of CLUSTERS) {
    it(`are judged as if each were the first: ${name} (property)`, () => {
      fc.assert(
        fc.property(pods, (list) => {
          const { judge, needsOf } = judgeOf(target, more);
          const shared = podJudge(judge, needsOf);
          for (const { changes, metadata: about, kind, namespace } of list) {
            const spec: Json = { containers: [{ name: 'app', image: 'x' }] };
            for (const apply of changes) apply(spec);
            const given = {
              pod: { metadata: about, spec },
              kind,
              isTemplate: kind !== 'Pod',
              namespace,
            };
            expect(JSON.stringify(shared(given))).to.equal(
              JSON.stringify(podJudge(judge, needsOf)(given)),
            );
          }
        }),
        { numRuns: 150 },
      );
    });
  }

  it('stay few, and are not looked for where it does not pay off', () => {
    const { needsOf } = judgeOf({ kubernetes: 33 }, { level: 'baseline' });
    let count = 0;
    const { judge } = judgeOf({ kubernetes: 33 }, { level: 'baseline' });
    const shared = podJudge((given) => {
      count++;
      return judge(given);
    }, needsOf);
    for (const runAsUser of [1, 1, 2, 1]) shared(request(podOf({}, { runAsUser })));
    expect(count).to.equal(2);
    for (let runAsUser = 0; runAsUser < 3000; runAsUser++)
      shared(request(podOf({}, { runAsUser })));
    count = 0;
    shared(request(podOf({}, { runAsUser: 2999 })));
    expect(count).to.equal(1);
  });
});
