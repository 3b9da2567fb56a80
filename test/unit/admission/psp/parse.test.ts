// Policies as they stand in manifests: defaults, every field, and what is not checked.
import { expect } from 'chai';
import { available } from '../../../../src/admission/psp/features.ts';
import { parsePsp, readPsps } from '../../../../src/admission/psp/parse.ts';
import { APP_ARMOR, psp, SECCOMP } from './support.ts';

const ANY = { rule: 'RunAsAny', ranges: [] };

const DEFAULTS = {
  name: 'own',
  privileged: false,
  defaultAddCapabilities: [],
  requiredDropCapabilities: [],
  allowedCapabilities: [],
  volumes: [],
  hostNetwork: false,
  hostPorts: [],
  hostPID: false,
  hostIPC: false,
  seLinux: { rule: 'RunAsAny', seLinuxOptions: {} },
  runAsUser: ANY,
  runAsGroup: ANY,
  supplementalGroups: ANY,
  fsGroup: ANY,
  readOnlyRootFilesystem: false,
  defaultAllowPrivilegeEscalation: undefined,
  allowPrivilegeEscalation: true,
  allowedHostPaths: [],
  allowedFlexVolumes: [],
  allowedCSIDrivers: [],
  allowedUnsafeSysctls: [],
  forbiddenSysctls: [],
  allowedProcMountTypes: [],
  runtimeClass: undefined,
  seccomp: { allowed: undefined, default: undefined },
  appArmor: { allowed: undefined, default: undefined },
  ignored: [],
};

/** [field, value in the manifest, value as read]. */
const FIELDS: [string, unknown, unknown][] = [
  ['privileged', true, true],
  ['hostNetwork', true, true],
  ['hostPID', true, true],
  ['hostIPC', true, true],
  ['readOnlyRootFilesystem', true, true],
  ['defaultAllowPrivilegeEscalation', false, false],
  ['allowPrivilegeEscalation', false, false],
  ['defaultAddCapabilities', ['A'], ['A']],
  ['requiredDropCapabilities', ['ALL'], ['ALL']],
  ['allowedCapabilities', ['*'], ['*']],
  ['volumes', ['*', 'csi'], ['*', 'csi']],
  ['hostPorts', [{ min: 1, max: 2 }], [{ min: 1, max: 2 }]],
  [
    'seLinux',
    { rule: 'MustRunAs', seLinuxOptions: { type: 't', user: '' } },
    { rule: 'MustRunAs', seLinuxOptions: { type: 't' } },
  ],
  [
    'runAsUser',
    { rule: 'MustRunAs', ranges: [{ min: 1, max: 2 }] },
    { rule: 'MustRunAs', ranges: [{ min: 1, max: 2 }] },
  ],
  [
    'runAsGroup',
    { rule: 'MayRunAs', ranges: [{ max: 2 }] },
    { rule: 'MayRunAs', ranges: [{ min: 0, max: 2 }] },
  ],
  [
    'supplementalGroups',
    { rule: 'MayRunAs', ranges: [{ max: 2 }] },
    { rule: 'MayRunAs', ranges: [{ min: 0, max: 2 }] },
  ],
  ['fsGroup', { rule: 'RunAsAny', ranges: null }, ANY],
  [
    'allowedHostPaths',
    [{ pathPrefix: '/a' }, { pathPrefix: '/b', readOnly: true }],
    [
      { pathPrefix: '/a', readOnly: false },
      { pathPrefix: '/b', readOnly: true },
    ],
  ],
  ['allowedFlexVolumes', [{ driver: 'a' }], ['a']],
  ['allowedCSIDrivers', [{ name: 'a' }], ['a']],
  ['allowedUnsafeSysctls', ['*'], ['*']],
  ['forbiddenSysctls', ['a'], ['a']],
  ['allowedProcMountTypes', ['Unmasked'], ['Unmasked']],
  [
    'runtimeClass',
    { allowedRuntimeClassNames: ['a'], defaultRuntimeClassName: 'a' },
    { allowed: ['a'], default: 'a' },
  ],
];

/** [spec, what is said]. */
const UNCHECKED: [Record<string, unknown>, string][] = [
  [
    { runAsUser: { rule: 'MustRunAsSomebody' } },
    'spec.runAsUser.rule "MustRunAsSomebody" is unknown',
  ],
  [{ runAsUser: null }, 'spec.runAsUser.rule "" is unknown'],
  [{ seLinux: { rule: 'MustRunAs' } }, 'spec.seLinux.seLinuxOptions is missing'],
  [{ fsGroup: { rule: 'MustRunAs' } }, 'spec.fsGroup.ranges is empty'],
  [{ fsGroup: { rule: 'MustRunAsNonRoot' } }, 'spec.fsGroup.rule "MustRunAsNonRoot" is unknown'],
  [{ privileged: 'yes' }, 'spec.privileged is not true or false'],
  [{ volumes: ['emptydir'] }, 'spec.volumes "emptydir" is unknown'],
  [{ volumes: 'csi' }, 'spec.volumes is not a list'],
  [{ hostPorts: [{ min: '1' }] }, 'spec.hostPorts[0].min is not a whole number'],
];

describe('parsePsp', () => {
  it('gives the defaults of the server', () => {
    expect(parsePsp(psp())).to.deep.equal(DEFAULTS);
  });

  for (const [field, value, expected] of FIELDS) {
    it(`reads ${field}`, () => {
      expect(parsePsp(psp({ [field]: value }))).to.deep.equal({ ...DEFAULTS, [field]: expected });
    });
  }

  it('reads the annotations of seccomp and AppArmor', () => {
    const annotations = {
      [`${SECCOMP}allowedProfileNames`]: '*',
      [`${SECCOMP}defaultProfileName`]: 'runtime/default',
      [`${APP_ARMOR}allowedProfileNames`]: 'localhost/a,unconfined',
      [`${APP_ARMOR}defaultProfileName`]: 'localhost/a',
    };
    expect(parsePsp(psp({}, annotations))).to.deep.equal({
      ...DEFAULTS,
      seccomp: { allowed: '*', default: 'runtime/default' },
      appArmor: { allowed: 'localhost/a,unconfined', default: 'localhost/a' },
    });
  });

  for (const [spec, notChecked] of UNCHECKED) {
    it(`does not check: ${notChecked}`, () => {
      expect(parsePsp(psp(spec))).to.deep.equal({ name: 'own', notChecked });
    });
  }

  it('passes over fields that the API does not have', () => {
    const expected = { ...DEFAULTS, ignored: ['spec.hostNetworks is an unknown field'] };
    expect(parsePsp(psp({ hostNetworks: true }))).to.deep.equal(expected);
  });
});

describe('readPsps', () => {
  it('finds policies among objects and in lists', () => {
    const item = { ...psp({}, {}, 'c'), kind: undefined };
    const found = readPsps([
      psp({}, {}, 'a'),
      { kind: 'List', items: [psp({}, {}, 'b'), { kind: 'Pod' }] },
      { kind: 'PodSecurityPolicyList', items: [item] },
      { kind: 'ConfigMap', items: [psp({}, {}, 'd')] },
      null,
    ]);
    expect(found.map(({ name }) => name)).to.deep.equal(['a', 'b', 'c']);
  });
});

describe('available', () => {
  it('ends with Kubernetes 1.24', () => {
    expect([13, 24, 25, 33].map(available)).to.deep.equal([true, true, false, false]);
  });
});
