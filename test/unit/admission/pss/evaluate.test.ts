import { expect } from 'chai';
import { evaluatePod, type Level } from '../../../../src/admission/pss/index.ts';

/** A pod that meets every level, to be changed by a row. */
const SOUND = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const POD_SOUND = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

interface Row {
  readonly name: string;
  readonly level?: Level;
  readonly annotations?: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  /** id: reason | detail | fields */
  readonly failed: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'admits a sound pod',
    spec: { securityContext: POD_SOUND, containers: [{ name: 'a', securityContext: SOUND }] },
    failed: [],
  },
  {
    name: 'asks everything of a bare pod',
    spec: {
      initContainers: [{ name: 'i' }],
      containers: [{ name: 'a' }],
      ephemeralContainers: [{ name: 'e' }],
    },
    failed: [
      'allowPrivilegeEscalation: privilege escalation is not switched off | containers "i", "a", "e" must set securityContext.allowPrivilegeEscalation to false | spec.initContainers[0].securityContext.allowPrivilegeEscalation spec.containers[0].securityContext.allowPrivilegeEscalation spec.ephemeralContainers[0].securityContext.allowPrivilegeEscalation',
      'capabilities_restricted: capabilities are not restricted | containers "i", "a", "e" must drop "ALL" in securityContext.capabilities.drop | spec.initContainers[0].securityContext.capabilities.drop spec.containers[0].securityContext.capabilities.drop spec.ephemeralContainers[0].securityContext.capabilities.drop',
      'runAsNonRoot: runAsNonRoot is not true | pod or containers "i", "a", "e" must set securityContext.runAsNonRoot to true | spec.initContainers[0].securityContext.runAsNonRoot spec.containers[0].securityContext.runAsNonRoot spec.ephemeralContainers[0].securityContext.runAsNonRoot',
      'seccompProfile_restricted: forbidden seccomp profile | pod or containers "i", "a", "e" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost" | spec.initContainers[0].securityContext.seccompProfile.type spec.containers[0].securityContext.seccompProfile.type spec.ephemeralContainers[0].securityContext.seccompProfile.type',
    ],
  },
  {
    name: 'names the pod and its containers for SELinux, once a value',
    level: 'baseline',
    spec: {
      securityContext: { seLinuxOptions: { type: 'spc_t', level: 's0' } },
      containers: [
        { name: 'a', securityContext: { seLinuxOptions: { type: 'spc_t', user: 'u', role: 'r' } } },
      ],
    },
    failed: [
      'seLinuxOptions: forbidden SELinux options | pod and container "a" must not set a role, a user, type "spc_t" in securityContext.seLinuxOptions | spec.securityContext.seLinuxOptions.type spec.containers[0].securityContext.seLinuxOptions.type spec.containers[0].securityContext.seLinuxOptions.user spec.containers[0].securityContext.seLinuxOptions.role',
    ],
  },
  {
    name: 'sees host namespaces, host ports, host paths, sysctls and hostProcess',
    level: 'baseline',
    spec: {
      hostPID: true,
      hostIPC: true,
      hostNetwork: true,
      securityContext: {
        sysctls: [{ name: 'kernel.msgmax', value: '1' }],
        windowsOptions: { hostProcess: true },
      },
      volumes: [
        { name: 'v', emptyDir: {} },
        { name: 'h', hostPath: {} },
      ],
      containers: [{ ports: [{ hostPort: 0 }, { hostPort: 8080 }, { containerPort: 1 }] }],
    },
    failed: [
      'hostNamespaces: host namespaces | hostIPC is true, hostNetwork is true, hostPID is true | spec.hostIPC spec.hostNetwork spec.hostPID',
      'hostPathVolumes: hostPath volumes | volume "h" | spec.volumes[1].hostPath',
      'hostPorts: host ports | container "spec.containers[0]" must not take port 8080 of the node | spec.containers[0].ports[1].hostPort',
      'sysctls: unsafe sysctls | "kernel.msgmax" | spec.securityContext.sysctls[0].name',
      'windowsHostProcess: hostProcess | pod must not set securityContext.windowsOptions.hostProcess to true | spec.securityContext.windowsOptions.hostProcess',
    ],
  },
  {
    name: 'reads AppArmor from fields and annotations, container or not',
    level: 'baseline',
    annotations: {
      'container.apparmor.security.beta.kubernetes.io/gone': 'unconfined',
      'container.apparmor.security.beta.kubernetes.io/a': 'localhost/x',
      'container.apparmor.security.beta.kubernetes.io/b': '',
    },
    spec: {
      containers: [{ name: 'a', securityContext: { appArmorProfile: { type: 'Unconfined' } } }],
    },
    failed: [
      'appArmorProfile: forbidden AppArmor profile | container "a" must not set the profile type "Unconfined"; annotation container.apparmor.security.beta.kubernetes.io/gone must not be "unconfined" | spec.containers[0].securityContext.appArmorProfile.type metadata.annotations[container.apparmor.security.beta.kubernetes.io/gone]',
    ],
  },
  {
    name: 'takes capabilities as written: no prefix, no lower case, no ALL',
    level: 'baseline',
    spec: {
      containers: [
        {
          name: 'a',
          securityContext: { capabilities: { add: ['CHOWN', 'CAP_CHOWN', 'chown', 'NET_RAW'] } },
        },
        {
          name: 'b',
          securityContext: {
            privileged: true,
            procMount: 'Unmasked',
            capabilities: { add: ['NET_RAW'] },
          },
        },
      ],
    },
    failed: [
      'capabilities_baseline: capabilities beyond the default set | containers "a", "b" must not add "CAP_CHOWN", "NET_RAW", "chown" in securityContext.capabilities.add | spec.containers[0].securityContext.capabilities.add[1] spec.containers[0].securityContext.capabilities.add[2] spec.containers[0].securityContext.capabilities.add[3] spec.containers[1].securityContext.capabilities.add[0]',
      'privileged: privileged containers | container "b" must not set securityContext.privileged to true | spec.containers[1].securityContext.privileged',
      'procMount: procMount | container "b" must not set securityContext.procMount to "Unmasked" | spec.containers[1].securityContext.procMount',
    ],
  },
  {
    name: 'takes no user id for a promise not to be root, and a bad value of the pod before a missing one',
    spec: {
      securityContext: {
        runAsUser: 1000,
        runAsNonRoot: false,
        seccompProfile: { type: 'Unconfined' },
      },
      containers: [{ name: 'a', securityContext: { ...SOUND, runAsUser: 0 } }],
    },
    failed: [
      'runAsNonRoot: runAsNonRoot is not true | pod must not set securityContext.runAsNonRoot to false | spec.securityContext.runAsNonRoot',
      'runAsUser: runAsUser is 0 | container "a" must not set securityContext.runAsUser to 0 | spec.containers[0].securityContext.runAsUser',
      'seccompProfile_restricted: forbidden seccomp profile | pod must not set securityContext.seccompProfile.type to "Unconfined" | spec.securityContext.seccompProfile.type',
    ],
  },
  {
    name: 'refuses restricted volumes, but not one without a source, which is an emptyDir',
    spec: {
      securityContext: POD_SOUND,
      containers: [
        {
          name: 'a',
          securityContext: {
            ...SOUND,
            capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'CHOWN'] },
          },
        },
      ],
      volumes: [
        { name: 'bare' },
        { name: 'i', image: {} },
        { name: 'n', nfs: {} },
        { name: 'h', hostPath: {} },
      ],
    },
    failed: [
      'capabilities_restricted: capabilities are not restricted | container "a" must not add "CHOWN" in securityContext.capabilities.add | spec.containers[0].securityContext.capabilities.add[1]',
      'restrictedVolumes: restricted volume types | volumes "h", "n" of type "hostPath", "nfs" | spec.volumes[2].nfs spec.volumes[3].hostPath',
    ],
  },
];

describe('evaluation of a pod', () => {
  for (const { name, level = 'restricted', annotations, spec, failed } of ROWS) {
    it(name, () => {
      const pod = { metadata: { name: 'p', annotations }, spec };
      const verdict = evaluatePod(pod, { level, version: 'v1.33' });
      const lines = verdict.results.map(
        ({ id, reason, detail, fields }) => `${id}: ${reason} | ${detail} | ${fields.join(' ')}`,
      );
      expect(lines).to.deep.equal(failed);
      expect(verdict.admitted).to.equal(failed.length === 0);
      expect(verdict.notChecked).to.deep.equal([]);
      expect(evaluatePod(pod, { level: 'privileged', version: 'v1.33' }).admitted).to.equal(true);
    });
  }

  it('says in words what it could not check', () => {
    const spec = {
      hostPID: 'yes',
      securityContext: { runAsRoot: false, runAsUser: 1.5, sysctls: 'none' },
      volumes: [
        { name: 'v', floppy: {} },
        { name: 'e', emptyDir: true },
      ],
      containers: [
        'web',
        {
          name: 'a',
          securityContext: {
            privileged: 'true',
            runAsNonRoot: null,
            capabilities: { add: ['CHOWN', 7, null] },
          },
        },
      ],
      initContainers: { name: 'x' },
    };
    const metadata = { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': true } };
    const verdict = evaluatePod({ metadata, spec }, { level: 'baseline', version: 'v1.33' });
    expect(verdict.admitted).to.equal(true);
    const refused = 'the API server refuses such a pod.';
    expect(verdict.notChecked).to.deep.equal([
      `Not checked: metadata.annotations[seccomp.security.alpha.kubernetes.io/pod] takes a string but is true; ${refused}`,
      `Not checked: spec.hostPID takes a boolean but is "yes"; ${refused}`,
      'Not checked: spec.securityContext.runAsRoot is no field of Kubernetes that is known here.',
      `Not checked: spec.securityContext.runAsUser takes a whole number but is 1.5; ${refused}`,
      `Not checked: spec.securityContext.sysctls takes a list but is "none"; ${refused}`,
      'Not checked: spec.volumes[0].floppy is no field of Kubernetes that is known here.',
      `Not checked: spec.volumes[1].emptyDir takes a map but is true; ${refused}`,
      `Not checked: spec.containers[0] takes a map but is "web"; ${refused}`,
      `Not checked: spec.containers[1].securityContext.privileged takes a boolean but is "true"; ${refused}`,
      `Not checked: spec.containers[1].securityContext.capabilities.add[1] takes a string but is 7; ${refused}`,
      `Not checked: spec.containers[1].securityContext.capabilities.add[2] takes a string but is nothing; ${refused}`,
      `Not checked: spec.initContainers takes a list but is a map; ${refused}`,
    ]);
  });

  it('says so when there is no pod at all', () => {
    const words = (pod: unknown) =>
      evaluatePod(pod, { level: 'baseline', version: 'latest' }).notChecked;
    expect(words([])).to.deep.equal(['Not checked: the pod takes a map but is a list.']);
    expect(words({})).to.deep.equal([
      'Not checked: spec is missing; the API server refuses such a pod.',
    ]);
  });
});
