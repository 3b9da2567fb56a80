// Policies that the API server refuses: they can be in no cluster, so they are not judged by.
import { expect } from 'chai';
import { parsePsp } from '../../../../src/admission/psp/parse.ts';
import { APP_ARMOR, pod, psp, SECCOMP, verdict } from './support.ts';

const MUST = { rule: 'MustRunAs' };
const SECCOMP_ALLOWED = `${SECCOMP}allowedProfileNames`;
const SECCOMP_DEFAULT = `${SECCOMP}defaultProfileName`;
const APP_ARMOR_ALLOWED = `${APP_ARMOR}allowedProfileNames`;
const APP_ARMOR_DEFAULT = `${APP_ARMOR}defaultProfileName`;

type Spec = Record<string, unknown>;

const runtime = (allowedRuntimeClassNames: string[], defaultRuntimeClassName?: string): Spec => ({
  runtimeClass: { allowedRuntimeClassNames, defaultRuntimeClassName },
});
const sysctls = (allowedUnsafeSysctls: string[], forbiddenSysctls: string[] = []): Spec => ({
  allowedUnsafeSysctls,
  forbiddenSysctls,
});
const drops = (...requiredDropCapabilities: string[]): Spec => ({ requiredDropCapabilities });

const REFUSED: [spec: Spec, why: string][] = [
  [
    { runAsUser: { ...MUST, ranges: [{ min: 2, max: 1 }] } },
    'spec.runAsUser.ranges[0] is no range: 2 to 1',
  ],
  [
    { fsGroup: { ...MUST, ranges: [{ min: -1, max: 1 }] } },
    'spec.fsGroup.ranges[0] is no range: -1 to 1',
  ],
  [
    {
      supplementalGroups: {
        rule: 'RunAsAny',
        ranges: [
          { min: 1, max: 2 },
          { min: 0, max: -1 },
        ],
      },
    },
    'spec.supplementalGroups.ranges[1] is no range: 0 to -1',
  ],
  [
    { runAsGroup: { rule: 'RunAsAny', ranges: [{ min: 1, max: 2 }] } },
    'spec.runAsGroup.ranges is not empty beside the rule RunAsAny',
  ],
  [
    { runAsGroup: { ...MUST, ranges: [{ min: 2, max: 1 }] } },
    'spec.runAsGroup.ranges[0] is no range: 2 to 1',
  ],
  [
    { ...drops('ALL'), allowedCapabilities: ['KILL', '*'] },
    'spec.requiredDropCapabilities is not empty beside allowedCapabilities "*"',
  ],
  [
    { ...drops('KILL'), allowedCapabilities: ['KILL'] },
    'spec.allowedCapabilities has "KILL", which requiredDropCapabilities has too',
  ],
  [
    { ...drops('KILL'), defaultAddCapabilities: ['KILL'] },
    'spec.defaultAddCapabilities has "KILL", which requiredDropCapabilities has too',
  ],
  [
    { allowPrivilegeEscalation: false, defaultAllowPrivilegeEscalation: true },
    'spec.defaultAllowPrivilegeEscalation is true beside allowPrivilegeEscalation false',
  ],
  [{ allowedProcMountTypes: ['Masked'] }, 'spec.allowedProcMountTypes "Masked" is unknown'],
  [{ allowedHostPaths: [{ readOnly: true }] }, 'spec.allowedHostPaths[0].pathPrefix is missing'],
  [
    { allowedHostPaths: [{ pathPrefix: '/a/../b' }] },
    'spec.allowedHostPaths[0].pathPrefix has a part ".."',
  ],
  [{ allowedFlexVolumes: [{}] }, 'spec.allowedFlexVolumes[0].driver is missing'],
  [{ allowedCSIDrivers: [{}] }, 'spec.allowedCSIDrivers[0].name "" is no name of a driver'],
  [
    { allowedCSIDrivers: [{ name: 'a'.repeat(64) }] },
    `spec.allowedCSIDrivers[0].name "${'a'.repeat(64)}" is no name of a driver`,
  ],
  [sysctls(['*', 'net.*']), 'spec.allowedUnsafeSysctls has "*" beside others'],
  [sysctls([], ['*', 'net.*']), 'spec.forbiddenSysctls has "*" beside others'],
  [sysctls(['net.*.a']), 'spec.allowedUnsafeSysctls has "net.*.a", which is no pattern of sysctls'],
  [sysctls(['']), 'spec.allowedUnsafeSysctls has "", which is no pattern of sysctls'],
  [
    sysctls(['kernel.msg*'], ['kernel.*']),
    'spec.forbiddenSysctls "kernel.*" overlaps allowedUnsafeSysctls "kernel.msg*"',
  ],
  [
    sysctls(['kernel.*'], ['kernel.sem']),
    'spec.forbiddenSysctls "kernel.sem" overlaps allowedUnsafeSysctls "kernel.*"',
  ],
  [
    sysctls(['kernel.sem'], ['kernel.*']),
    'spec.forbiddenSysctls "kernel.*" overlaps allowedUnsafeSysctls "kernel.sem"',
  ],
  [
    sysctls(['kernel.sem'], ['kernel.sem']),
    'spec.forbiddenSysctls "kernel.sem" overlaps allowedUnsafeSysctls "kernel.sem"',
  ],
  [runtime(['a', 'a']), 'spec.runtimeClass.allowedRuntimeClassNames has a name twice'],
  [runtime(['*', 'a']), 'spec.runtimeClass.allowedRuntimeClassNames has "*" beside others'],
  [runtime(['a'], 'b'), 'spec.runtimeClass.allowedRuntimeClassNames has not the default "b"'],
  [runtime(['A']), 'spec.runtimeClass has "A", which is no name of a runtime class'],
  [runtime(['*'], 'B'), 'spec.runtimeClass has "B", which is no name of a runtime class'],
];

const STORED: Spec[] = [
  { runAsUser: { rule: 'RunAsAny', ranges: [{ min: 1, max: 1 }] } },
  { allowedCapabilities: ['*'], defaultAddCapabilities: ['KILL'] },
  { ...drops('ALL'), allowedCapabilities: ['KILL'] },
  { allowPrivilegeEscalation: false, defaultAllowPrivilegeEscalation: false },
  { defaultAllowPrivilegeEscalation: true },
  { allowedProcMountTypes: ['Default', 'Unmasked'] },
  { allowedHostPaths: [{ pathPrefix: '/..a' }, { pathPrefix: 'a' }] },
  { allowedCSIDrivers: [{ name: 'CSI.example.com' }] },
  sysctls(['*']),
  sysctls(['kernel.shm_*', 'net.ipv4.tcp_*'], ['kernel.sem', 'net.core.*']),
  sysctls(['kernel.sem'], ['kernel.sema']),
  sysctls(['kernel.sema'], ['kernel.sem']),
  runtime(['*'], 'kata'),
  runtime(['kata'], 'kata'),
  runtime([]),
];

const PROFILES: [key: string, value: string, profile: string | undefined][] = [
  [SECCOMP_ALLOWED, '*', undefined],
  [SECCOMP_ALLOWED, '', undefined],
  [SECCOMP_ALLOWED, 'unconfined,docker/default,*,localhost/a/b.json', undefined],
  [SECCOMP_ALLOWED, 'unconfined, *', ' *'],
  [SECCOMP_ALLOWED, 'unconfined,', ''],
  [SECCOMP_ALLOWED, 'localhost//etc/a', 'localhost//etc/a'],
  [SECCOMP_ALLOWED, 'localhost/a/../b', 'localhost/a/../b'],
  [SECCOMP_DEFAULT, 'runtime/default', undefined],
  [SECCOMP_DEFAULT, '*', '*'],
  [APP_ARMOR_ALLOWED, 'runtime/default,unconfined,localhost/', undefined],
  [APP_ARMOR_ALLOWED, 'unconfined,', undefined],
  [APP_ARMOR_ALLOWED, '*', '*'],
  [APP_ARMOR_DEFAULT, '', undefined],
  [APP_ARMOR_DEFAULT, 'docker/default', 'docker/default'],
];

function problem(policy: unknown): string | undefined {
  const read = parsePsp(policy);
  return 'notChecked' in read ? read.notChecked : undefined;
}

describe('a PodSecurityPolicy that the API server refuses', () => {
  for (const [spec, why] of REFUSED) {
    it(why, () => {
      expect(problem(psp(spec))).to.equal(`the API server refuses it: ${why}`);
    });
  }

  for (const spec of STORED) {
    it(`is not one with ${JSON.stringify(spec)}`, () => {
      expect(problem(psp(spec))).to.equal(undefined);
    });
  }

  for (const [key, value, profile] of PROFILES) {
    it(`${key} "${value}": ${profile === undefined ? 'stored' : `"${profile}" is refused`}`, () => {
      const why = `the API server refuses it: metadata.annotations[${key}] has "${profile ?? ''}", which is no profile`;
      expect(problem(psp({}, { [key]: value }))).to.equal(profile === undefined ? undefined : why);
    });
  }

  it('admits no pod, and it is said why', () => {
    const { admitted, refusals, notChecked } = verdict([psp({ allowedFlexVolumes: [{}] })], pod());
    const why = 'the API server refuses it: spec.allowedFlexVolumes[0].driver is missing';
    expect([admitted, refusals, notChecked]).to.deep.equal([
      false,
      [{ psp: 'own', field: null, reason: `not checked: ${why}` }],
      [`PodSecurityPolicy own: ${why}`],
    ]);
  });
});
