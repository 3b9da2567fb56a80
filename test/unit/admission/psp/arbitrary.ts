// Pods that an API server would take, and policies that admit some of them.
import fc from 'fast-check';
import { BLANKET_POLICY } from '../../../../src/render/targets/psp.ts';
import {
  APP_ARMOR,
  APP_ARMOR_CONTAINER,
  psp,
  SECCOMP,
  SECCOMP_CONTAINER,
  SECCOMP_POD,
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
export const goodPod = fc.record({
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
export const policy = fc.tuple(spec, annotations);
export const policies = fc
  .array(policy, { maxLength: 3 })
  .map((all) => all.map(([one, notes], i) => psp(one, notes, `p${i}`)));
export const minor = fc.constantFrom(13, 18, 19, 24);
