// Profiles, sysctls, volumes and the host with SCCs of our own, where the conformance data has no rows.
import { expect } from 'chai';
import { judge, outcome, pod, scc } from './support.ts';
import { type Case, itJudgesEach } from './strategy-cases.ts';

const HOSTILE = { projected: { sources: [{ secret: { name: 's' } }] } };
const ITEM = { key: 'ca.crt', path: 'ca.crt' };
const TWO_FILES = {
  projected: { sources: [{ configMap: { name: 'kube-root-ca.crt', items: [ITEM, ITEM] } }] },
};
const TOKEN = {
  projected: {
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
};

const CASES: Case[] = [
  [
    'writes the first seccomp profile that is named',
    { seccompProfiles: ['*', 'localhost/a.json'] },
    pod(),
    [{ seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }, {}],
  ],
  [
    'takes docker/default for runtime/default',
    { seccompProfiles: ['docker/default'] },
    pod({}, { seccompProfile: { type: 'RuntimeDefault' } }),
    [{ seccompProfile: { type: 'RuntimeDefault' } }, {}],
  ],
  [
    'names the profiles that it would take',
    { seccompProfiles: ['runtime/default', 'localhost/a'] },
    pod({ seccompProfile: { type: 'Localhost', localhostProfile: 'b' } }),
    'pod.metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: Forbidden: ' +
      'localhost/b is not an allowed seccomp profile. Valid values are [runtime/default localhost/a]',
  ],
  [
    'judges forbidden sysctls before safe ones, and patterns by their beginning',
    { forbiddenSysctls: ['kernel.shm_rmid_forced'], allowedUnsafeSysctls: ['net.*'] },
    pod(
      {},
      {
        sysctls: ['kernel.shm_rmid_forced', 'net.core.x', 'net', 'kernel.y'].map((name) => ({
          name,
          value: '1',
        })),
      },
    ),
    '[pod.spec.securityContext.sysctls[0]: Forbidden: sysctl "kernel.shm_rmid_forced" is not allowed, ' +
      'pod.spec.securityContext.sysctls[2]: Forbidden: unsafe sysctl "net" is not allowed, ' +
      'pod.spec.securityContext.sysctls[3]: Forbidden: unsafe sysctl "kernel.y" is not allowed]',
  ],
  [
    'takes a volume without source for an emptyDir',
    { volumes: ['emptyDir'] },
    pod({}, {}, { volumes: [{ name: 'v' }] }),
    [{}, {}],
  ],
  [
    'takes the token of a service account where secrets are allowed',
    { volumes: ['secret'] },
    pod({}, {}, { volumes: [TOKEN] }),
    [{}, {}],
  ],
  [
    'takes no other projected volume for it',
    { volumes: ['secret'] },
    pod({}, {}, { volumes: [TOKEN, HOSTILE, TWO_FILES] }),
    '[spec.volumes[1]: Invalid value: "projected": projected volumes are not allowed to be used, ' +
      'spec.volumes[2]: Invalid value: "projected": projected volumes are not allowed to be used]',
  ],
  [
    'asks the driver of a flexVolume',
    { volumes: ['flexVolume'], allowedFlexVolumes: [{ driver: 'a/b' }] },
    pod(
      {},
      {},
      { volumes: [{ flexVolume: { driver: 'a/b' } }, { flexVolume: { driver: 'a/c' } }] },
    ),
    'provider own: .spec.securityContext.volumes[1].driver: Invalid value: "a/c": Flexvolume driver is not allowed to be used',
  ],
  [
    'refuses all volumes for an empty list',
    { volumes: [] },
    pod({}, {}, { volumes: [{ configMap: {} }] }),
    'spec.volumes[0]: Invalid value: "configMap": configMap volumes are not allowed to be used',
  ],
  [
    'wants hostUsers to be false, not only absent',
    { userNamespaceLevel: 'RequirePodLevel' },
    pod({}, {}, { hostUsers: true }),
    'provider own: .spec.securityContext.hostUsers: Invalid value: true: Host Users must be set to false',
  ],
  [
    'takes host ports where they are allowed, and only ports above 0',
    { allowHostPorts: false },
    pod({}, {}, { containers: [{ name: 'c', ports: [{ containerPort: 1, hostPort: 0 }] }] }),
    [{}, undefined],
  ],
  [
    'reads ephemeral containers too',
    {},
    pod({}, {}, { ephemeralContainers: [{ name: 'e', securityContext: { privileged: true } }] }),
    'provider own: .ephemeralContainers[0].privileged: Invalid value: true: Privileged containers are not allowed',
  ],
];

describe('strategies of an SCC', () => {
  itJudgesEach(CASES);

  it('makes AppArmor annotations fields, but for what the pod says already', () => {
    const appArmorProfile = { type: 'Localhost', localhostProfile: 'a' };
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/c': 'localhost/a' };
    const contexts = [{}, { appArmorProfile }].map((context) =>
      outcome(judge(scc(), { ...pod({}, context), metadata: { annotations } })),
    );
    expect(contexts).to.deep.equal([
      [{}, { appArmorProfile }],
      [{ appArmorProfile }, {}],
    ]);
  });
});
