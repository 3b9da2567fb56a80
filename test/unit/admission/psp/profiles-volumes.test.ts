// Seccomp and AppArmor profiles, and volumes.
import { expect } from 'chai';
import {
  APP_ARMOR,
  APP_ARMOR_CONTAINER,
  outcome,
  pod,
  psp,
  SECCOMP,
  SECCOMP_CONTAINER,
  SECCOMP_POD,
} from './support.ts';

type Case = [name: string, policy: unknown, subject: unknown, expected: unknown, minor?: number];

const allowed = (list: string, initial?: string): unknown =>
  psp(
    {},
    {
      [`${SECCOMP}allowedProfileNames`]: list,
      ...(initial ? { [`${SECCOMP}defaultProfileName`]: initial } : {}),
    },
  );
const DEFAULT = { type: 'RuntimeDefault' };
const FIELD = { seccompProfile: DEFAULT };
const noted = (key: string, value: string): unknown => pod({}, {}, {}, { [key]: value });
const P = 'spec.securityContext.seccompProfile';
const C = 'spec.containers[0].securityContext.seccompProfile';
const NOT_SET = 'Forbidden: seccomp may not be set';
const wrong = (profile: string, list: string): string =>
  `Forbidden: ${profile} is not an allowed seccomp profile. Valid values are ${list}`;

const SECCOMP_CASES: Case[] = [
  ['without annotation nothing may be set', psp(), pod({}, FIELD), [`${P}: ${NOT_SET}`]],
  ['nor in a container', psp(), pod(FIELD), [`${C}: ${NOT_SET}`]],
  [
    'nor as an annotation',
    psp(),
    noted(SECCOMP_POD, 'unconfined'),
    [`metadata.annotations[${SECCOMP_POD}]: ${NOT_SET}`],
  ],
  [
    'nor as one of a container',
    psp(),
    noted(SECCOMP_CONTAINER, 'unconfined'),
    [`metadata.annotations[${SECCOMP_CONTAINER}]: ${NOT_SET}`],
  ],
  ['and nothing need be', psp(), pod(), { c: {} }],
  ['fields do not exist before 1.19', psp(), pod(FIELD, FIELD), { c: {} }, 18],
  ['any, field', allowed('*'), pod(FIELD), { c: FIELD }],
  ['any, nothing', allowed('*'), pod(), { c: {} }],
  ['any beside a name', allowed('unconfined,*'), pod(FIELD), { c: FIELD }],
  ['any beside a name, nothing', allowed('unconfined,*'), pod(), { c: {} }],
  [
    'the field of the pod gets its annotation',
    allowed('*'),
    pod({}, FIELD),
    { pod: FIELD, c: {}, annotations: { [SECCOMP_POD]: 'runtime/default' } },
  ],
  [
    'an annotation becomes a field',
    allowed('*'),
    noted(SECCOMP_POD, 'localhost/a.json'),
    { pod: { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }, c: {} },
  ],
  [
    'that of a container too',
    allowed('*'),
    noted(SECCOMP_CONTAINER, 'unconfined'),
    { c: { seccompProfile: { type: 'Unconfined' } } },
  ],
  ['but not before 1.19', allowed('*'), noted(SECCOMP_POD, 'unconfined'), { c: {} }, 18],
  [
    'named',
    allowed('unconfined,runtime/default'),
    pod({}, FIELD),
    { pod: FIELD, c: {}, annotations: { [SECCOMP_POD]: 'runtime/default' } },
  ],
  [
    'another',
    allowed('unconfined'),
    pod({}, FIELD),
    [`${P}: ${wrong('runtime/default', 'unconfined')}`],
  ],
  [
    'none where one is named',
    allowed('unconfined'),
    pod(),
    [`metadata.annotations[${SECCOMP_POD}]: ${wrong('', 'unconfined')}`],
  ],
  [
    'docker/default allows runtime/default',
    allowed('docker/default'),
    pod({}, FIELD),
    { pod: FIELD, c: {}, annotations: { [SECCOMP_POD]: 'runtime/default' } },
  ],
  [
    'but not before 1.19',
    allowed('docker/default'),
    noted(SECCOMP_POD, 'runtime/default'),
    [`metadata.annotations[${SECCOMP_POD}]: ${wrong('runtime/default', 'docker/default')}`],
    18,
  ],
  [
    'the default is written',
    allowed('*', 'docker/default'),
    pod(),
    { pod: FIELD, c: {}, annotations: { [SECCOMP_POD]: 'docker/default' } },
  ],
  [
    'not over a field',
    allowed('*', 'unconfined'),
    pod({}, FIELD),
    { pod: FIELD, c: {}, annotations: { [SECCOMP_POD]: 'runtime/default' } },
  ],
  [
    'a container overrides the pod',
    allowed('unconfined'),
    pod(FIELD, { seccompProfile: { type: 'Unconfined' } }),
    [`${C}: ${wrong('runtime/default', 'unconfined')}`],
  ],
];

const armour = (list?: string, initial?: string): unknown =>
  psp(
    {},
    {
      ...(list === undefined ? {} : { [`${APP_ARMOR}allowedProfileNames`]: list }),
      ...(initial === undefined ? {} : { [`${APP_ARMOR}defaultProfileName`]: initial }),
    },
  );
const AT = `metadata.annotations[${APP_ARMOR_CONTAINER}]`;

const APP_ARMOR_CASES: Case[] = [
  ['unrestricted', armour(), noted(APP_ARMOR_CONTAINER, 'unconfined'), { c: {} }],
  [
    'must be set',
    armour('runtime/default'),
    pod(),
    [`${AT}: Forbidden: AppArmor profile must be set`],
  ],
  [
    'named',
    armour('localhost/a,runtime/default'),
    noted(APP_ARMOR_CONTAINER, 'runtime/default'),
    { c: {} },
  ],
  [
    'another',
    armour('localhost/a'),
    noted(APP_ARMOR_CONTAINER, 'localhost/b'),
    [`${AT}: Forbidden: localhost/b is not an allowed profile. Allowed values: "localhost/a"`],
  ],
  [
    'the default is written',
    armour('localhost/a', 'localhost/a'),
    pod(),
    { c: {}, annotations: { [APP_ARMOR_CONTAINER]: 'localhost/a' } },
  ],
  [
    'not over another',
    armour(undefined, 'localhost/a'),
    noted(APP_ARMOR_CONTAINER, 'unconfined'),
    { c: {} },
  ],
];

const volume = (source: object, mounts: object[] = []): unknown =>
  pod(
    {},
    {},
    { volumes: [{ name: 'v', ...source }], containers: [{ name: 'c', volumeMounts: mounts }] },
  );
const hostPath = (path: string, mounts?: object[]): unknown =>
  volume({ hostPath: { path } }, mounts);
const paths = (...allowedHostPaths: object[]): unknown =>
  psp({ volumes: ['hostPath'], allowedHostPaths });
const noPath = (path: string): string[] => [
  `spec.volumes[0].hostPath.path: Invalid value: "${path}": is not allowed to be used`,
];
const TOKEN = {
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt' } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
};
const WITH_AUDIENCE = {
  projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault' } }] },
};
const noType = (type: string): string[] => [
  `spec.volumes[0]: Invalid value: "${type}": ${type} volumes are not allowed to be used`,
];

const VOLUMES: Case[] = [
  ['none', psp(), volume({ emptyDir: {} }), noType('emptyDir')],
  ['named', psp({ volumes: ['emptyDir'] }), volume({ emptyDir: {} }), {}],
  ['any', psp({ volumes: ['*'] }), volume({ nfs: {} }), {}],
  ['without source', psp({ volumes: ['secret'] }), volume({}), noType('emptyDir')],
  ['cephFS', psp({ volumes: ['cephFS'] }), volume({ cephfs: {} }), {}],
  [
    'vsphereVolume, storageos',
    psp({ volumes: ['vsphereVolume'] }),
    volume({ storageos: {} }),
    noType('storageos'),
  ],
  ['a token where secrets are allowed', psp({ volumes: ['secret'] }), volume(TOKEN), {}],
  [
    'a token for another audience',
    psp({ volumes: ['secret'] }),
    volume(WITH_AUDIENCE),
    noType('projected'),
  ],
  ['any path', paths(), hostPath('/etc'), {}],
  ['under the prefix', paths({ pathPrefix: '/foo' }), hostPath('/foo/bar'), {}],
  ['the prefix with a slash', paths({ pathPrefix: '/foo/' }), hostPath('/foo'), {}],
  ['not at a border', paths({ pathPrefix: '/foo' }), hostPath('/foobar'), noPath('/foobar')],
  ['everything', paths({ pathPrefix: '/' }), hostPath('/var'), {}],
  ['above', paths({ pathPrefix: '/foo/bar' }), hostPath('/foo'), noPath('/foo')],
  [
    'read-only, mounted so',
    paths({ pathPrefix: '/foo', readOnly: true }),
    hostPath('/foo', [{ name: 'v', readOnly: true }, { name: 'other' }]),
    {},
  ],
  [
    'read-only, mounted to write',
    paths({ pathPrefix: '/foo', readOnly: true }),
    hostPath('/foo', [{ name: 'other' }, { name: 'v' }]),
    ['spec.containers[0].volumeMounts[1].readOnly: Invalid value: false: must be read-only'],
  ],
  [
    'read-only here, to write there',
    paths({ pathPrefix: '/', readOnly: true }, { pathPrefix: '/foo' }),
    hostPath('/foo', [{ name: 'v' }]),
    {},
  ],
  [
    'flexVolume, any driver',
    psp({ volumes: ['flexVolume'] }),
    volume({ flexVolume: { driver: 'a/b' } }),
    {},
  ],
  [
    'flexVolume driver',
    psp({ volumes: ['*'], allowedFlexVolumes: [{ driver: 'a/b' }] }),
    volume({ flexVolume: { driver: 'a/c' } }),
    [
      'spec.volumes[0].flexVolume.driver: Invalid value: "a/c": Flexvolume driver is not allowed to be used',
    ],
  ],
  [
    'csi driver',
    psp({ volumes: ['csi'], allowedCSIDrivers: [{ name: 'a' }] }),
    volume({ csi: { driver: 'b' } }),
    ['spec.volumes[0].csi.driver: Invalid value: "b": Inline CSI driver is not allowed to be used'],
  ],
  [
    'csi driver allowed',
    psp({ volumes: ['csi'], allowedCSIDrivers: [{ name: 'a' }] }),
    volume({ csi: { driver: 'a' } }),
    {},
  ],
  [
    'csi driver before 1.16',
    psp({ volumes: ['csi'], allowedCSIDrivers: [{ name: 'a' }] }),
    volume({ csi: { driver: 'b' } }),
    {},
    15,
  ],
];

const TABLES: Record<string, Case[]> = {
  seccomp: SECCOMP_CASES,
  AppArmor: APP_ARMOR_CASES,
  volumes: VOLUMES,
};

describe('profiles and volumes of a PodSecurityPolicy', () => {
  for (const [table, cases] of Object.entries(TABLES)) {
    for (const [name, policy, subject, expected, minor = 24] of cases) {
      it(`${table}: ${name} (1.${minor})`, () => {
        expect(outcome(policy, subject, minor)).to.deep.equal(expected);
      });
    }
  }
});
