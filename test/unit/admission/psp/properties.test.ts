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
import {
  APP_ARMOR,
  APP_ARMOR_CONTAINER,
  psp,
  SECCOMP,
  SECCOMP_CONTAINER,
  SECCOMP_POD,
  verdict,
} from './support.ts';

const flag = fc.boolean();
const id = fc.constantFrom(0, 1, 2, 1000, 65535);
/** Any part of a record. */
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T, never>(model, { requiredKeys: [] });

const seLinuxOptions = some({
  level: fc.constantFrom('s0:c0,c1', 's0:c1,c0'),
  type: fc.constantFrom('spc_t', 'x'),
});
const seccompProfile = fc.constantFrom<object>(
  { type: 'RuntimeDefault' },
  { type: 'Unconfined' },
  { type: 'Localhost', localhostProfile: 'a' },
);
const names = fc.array(fc.constantFrom('ALL', 'NET_RAW', 'SYS_ADMIN', 'A'), { maxLength: 3 });
const shared = {
  runAsUser: id,
  runAsGroup: id,
  runAsNonRoot: flag,
  seLinuxOptions,
  seccompProfile,
};
const container = fc.record(
  {
    name: fc.constantFrom('c', 'd'),
    ports: fc.array(
      some({ hostPort: fc.constantFrom(0, 80, 65535), containerPort: fc.constantFrom(80, 443) }),
      { maxLength: 2 },
    ),
    volumeMounts: fc.array(some({ name: fc.constantFrom('v', 'w'), readOnly: flag }), {
      maxLength: 2,
    }),
    securityContext: some({
      ...shared,
      privileged: flag,
      allowPrivilegeEscalation: flag,
      readOnlyRootFilesystem: flag,
      procMount: fc.constantFrom('Default', 'Unmasked'),
      capabilities: some({ add: names, drop: names }),
    }),
  },
  { requiredKeys: ['name'] },
);
const source = fc.constantFrom<object>(
  { hostPath: { path: '/etc/foo' } },
  { emptyDir: {} },
  { secret: {} },
  { cephfs: {} },
  { csi: { driver: 'a' } },
  { flexVolume: { driver: 'b' } },
  { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  {},
);
const volume = fc.tuple(fc.constantFrom('v', 'w'), source).map(([name, one]) => ({ name, ...one }));
const profile = fc.constantFrom('unconfined', 'runtime/default', 'docker/default', 'localhost/a');
const sysctl = fc.constantFrom('kernel.msgmax', 'kernel.shm_rmid_forced').map((name) => ({ name }));
const containers = (minLength: number): fc.Arbitrary<object[]> =>
  fc.array(container, { minLength, maxLength: 2 });
/** A pod that the API server would take. */
const goodPod = fc.record({
  metadata: fc.record({
    annotations: fc.dictionary(
      fc.constantFrom(SECCOMP_POD, SECCOMP_CONTAINER, APP_ARMOR_CONTAINER),
      profile,
    ),
  }),
  spec: fc.record(
    {
      containers: containers(1),
      initContainers: containers(0),
      ephemeralContainers: containers(0),
      securityContext: some({
        ...shared,
        fsGroup: id,
        supplementalGroups: fc.array(id, { maxLength: 2 }),
        sysctls: fc.array(sysctl, { maxLength: 2 }),
      }),
      volumes: fc.array(volume, { maxLength: 2 }),
      runtimeClassName: fc.constantFrom('kata', 'gvisor'),
      hostNetwork: flag,
      hostPID: flag,
      hostIPC: flag,
    },
    { requiredKeys: ['containers'] },
  ),
});

const ids = (...rules: string[]): fc.Arbitrary<object> =>
  fc.record({
    rule: fc.constantFrom(...rules),
    ranges: fc.constantFrom(
      [{ min: 1, max: 1000 }],
      [
        { min: 0, max: 0 },
        { min: 2, max: 65535 },
      ],
    ),
  });
const groups = ids('RunAsAny', 'MustRunAs', 'MayRunAs');
const strictness = fc.record(
  {
    runAsUser: ids('RunAsAny', 'MustRunAs', 'MustRunAsNonRoot'),
    runAsGroup: groups,
    supplementalGroups: groups,
    fsGroup: groups,
    seLinux: fc.record({ rule: fc.constantFrom('RunAsAny', 'MustRunAs'), seLinuxOptions }),
    privileged: flag,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    readOnlyRootFilesystem: flag,
    allowPrivilegeEscalation: flag,
    defaultAllowPrivilegeEscalation: flag,
    defaultAddCapabilities: names,
    requiredDropCapabilities: names,
    allowedCapabilities: fc.constantFrom(['*'], ['NET_RAW'], []),
    volumes: fc.constantFrom(['*'], ['secret', 'hostPath'], []),
    hostPorts: fc.constantFrom([{ min: 0, max: 65535 }], [{ min: 80, max: 80 }]),
    allowedHostPaths: fc.constantFrom(
      [{ pathPrefix: '/etc', readOnly: true }],
      [{ pathPrefix: '/' }],
    ),
    allowedUnsafeSysctls: fc.constantFrom(['*'], ['kernel.*'], []),
    allowedProcMountTypes: fc.constantFrom(['Default', 'Unmasked'], []),
    runtimeClass: fc.record({
      allowedRuntimeClassNames: fc.constantFrom(['*'], ['kata']),
      defaultRuntimeClassName: fc.constantFrom('kata', null),
    }),
  },
  { requiredKeys: [] },
);
const CONTROLS = Object.keys(BLANKET_POLICY.spec).concat('runAsGroup', 'runtimeClass');
/** The blanket policy with a few controls of another: most pods are admitted by some and refused by others. */
const spec = fc
  .tuple(strictness, fc.subarray(CONTROLS, { maxLength: 4 }))
  .map(([strict, keys]) => ({
    ...BLANKET_POLICY.spec,
    ...Object.fromEntries(Object.entries(strict).filter(([key]) => keys.includes(key))),
  }));
const ALLOWED = `${SECCOMP}allowedProfileNames`;
const annotations = fc
  .dictionary(
    fc.constantFrom(
      ...[SECCOMP, APP_ARMOR].map((key) => `${key}defaultProfileName`),
      ALLOWED,
      `${APP_ARMOR}allowedProfileNames`,
    ),
    fc.constantFrom('*', 'unconfined', 'runtime/default,*', 'docker/default', 'localhost/a'),
    { maxKeys: 1 },
  )
  .map((notes): Record<string, string> => ({ [ALLOWED]: '*', ...notes }));
const policy = fc.tuple(spec, annotations);
const policies = fc
  .array(policy, { maxLength: 3 })
  .map((all) => all.map(([one, notes], i) => psp(one, notes, `p${i}`)));
const minor = fc.constantFrom(13, 18, 19, 24);

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
