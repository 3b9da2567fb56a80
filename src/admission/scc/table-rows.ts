/**
 * The SCCs that OpenShift ships, each as it is in the newest release that has it; tables.ts takes
 * away what older releases lack. Facts from openshift/cluster-kube-apiserver-operator,
 * bindata/bootkube/scc-manifests, release branches 4.10 to 4.20.
 */
import type { Scc } from './types.ts';

const BASE_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const HOST_VOLUMES = [...BASE_VOLUMES.slice(0, 5), 'hostPath', ...BASE_VOLUMES.slice(5)];
const RECYCLER_VOLUMES = [...HOST_VOLUMES.slice(0, 7), 'nfs', ...HOST_VOLUMES.slice(7)];
const V1_DROPS = ['KILL', 'MKNOD', 'SETUID', 'SETGID'];

/** What `restricted` says; every other row names its differences from it. */
const RESTRICTED: Scc = {
  name: 'restricted',
  priority: null,
  allowHostDirVolumePlugin: false,
  allowHostIPC: false,
  allowHostNetwork: false,
  allowHostPID: false,
  allowHostPorts: false,
  allowPrivilegeEscalation: true,
  allowPrivilegedContainer: false,
  readOnlyRootFilesystem: false,
  allowedCapabilities: [],
  defaultAddCapabilities: [],
  requiredDropCapabilities: V1_DROPS,
  allowedFlexVolumes: [],
  allowedUnsafeSysctls: [],
  forbiddenSysctls: [],
  seccompProfiles: [],
  volumes: BASE_VOLUMES,
  runAsUser: { type: 'MustRunAsRange' },
  seLinuxContext: { type: 'MustRunAs' },
  fsGroup: { type: 'MustRunAs', ranges: [] },
  supplementalGroups: { type: 'RunAsAny', ranges: [] },
  userNamespaceLevel: 'AllowHostLevel',
  users: [],
  groups: [],
};

/** The step that every -v2 form makes over its first form. */
const V2 = {
  allowPrivilegeEscalation: false,
  allowedCapabilities: ['NET_BIND_SERVICE'],
  requiredDropCapabilities: ['ALL'],
  seccompProfiles: ['runtime/default'],
};

const ANY_GROUPS = {
  fsGroup: { type: 'RunAsAny', ranges: [] },
  supplementalGroups: { type: 'RunAsAny', ranges: [] },
} satisfies Partial<Scc>;

const HOST_NETWORK = {
  allowHostNetwork: true,
  allowHostPorts: true,
  supplementalGroups: { type: 'MustRunAs', ranges: [] },
} satisfies Partial<Scc>;

const HOST_MOUNT_ANY_UID = {
  ...ANY_GROUPS,
  allowHostDirVolumePlugin: true,
  requiredDropCapabilities: ['MKNOD'],
  runAsUser: { type: 'RunAsAny' },
  volumes: RECYCLER_VOLUMES,
} satisfies Partial<Scc>;

function inUserNamespace(
  min: number,
): Pick<Scc, 'runAsUser' | 'fsGroup' | 'supplementalGroups' | 'userNamespaceLevel'> {
  const ranges = [{ min, max: 65534 }];
  return {
    runAsUser: { type: 'MustRunAsRange', uidRangeMin: min, uidRangeMax: 65534 },
    fsGroup: { type: 'MustRunAs', ranges },
    supplementalGroups: { type: 'MustRunAs', ranges },
    userNamespaceLevel: 'RequirePodLevel',
  };
}

/** An SCC and the minor releases of OpenShift 4 that ship it. */
export interface SccRow {
  scc: Scc;
  /** First minor release that ships it; absent: all of them. */
  since?: number;
}

export const SCC_ROWS: readonly SccRow[] = [
  {
    scc: {
      ...RESTRICTED,
      ...ANY_GROUPS,
      name: 'anyuid',
      priority: 10,
      requiredDropCapabilities: ['MKNOD'],
      runAsUser: { type: 'RunAsAny' },
      groups: ['system:cluster-admins'],
    },
  },
  {
    scc: {
      ...RESTRICTED,
      name: 'hostaccess',
      allowHostDirVolumePlugin: true,
      allowHostIPC: true,
      allowHostNetwork: true,
      allowHostPID: true,
      allowHostPorts: true,
      volumes: HOST_VOLUMES,
    },
  },
  {
    scc: {
      ...RESTRICTED,
      ...HOST_MOUNT_ANY_UID,
      name: 'hostmount-anyuid',
      users: ['system:serviceaccount:openshift-infra:pv-recycler-controller'],
    },
  },
  {
    // Added in z-streams of 4.17 to 4.19: tables.ts knows which.
    scc: {
      ...RESTRICTED,
      ...HOST_MOUNT_ANY_UID,
      name: 'hostmount-anyuid-v2',
      seLinuxContext: { type: 'RunAsAny' },
    },
    since: 17,
  },
  { scc: { ...RESTRICTED, ...HOST_NETWORK, name: 'hostnetwork' } },
  { scc: { ...RESTRICTED, ...HOST_NETWORK, ...V2, name: 'hostnetwork-v2' }, since: 11 },
  {
    scc: {
      ...RESTRICTED,
      ...inUserNamespace(0),
      name: 'nested-container',
      allowedCapabilities: ['SETUID', 'SETGID'],
      requiredDropCapabilities: [],
      seLinuxContext: { type: 'MustRunAs', seLinuxOptions: { type: 'container_engine_t' } },
      seccompProfiles: ['*'],
    },
    since: 20,
  },
  {
    scc: { ...RESTRICTED, ...ANY_GROUPS, name: 'nonroot', runAsUser: { type: 'MustRunAsNonRoot' } },
  },
  {
    scc: {
      ...RESTRICTED,
      ...ANY_GROUPS,
      ...V2,
      name: 'nonroot-v2',
      runAsUser: { type: 'MustRunAsNonRoot' },
    },
    since: 11,
  },
  {
    scc: {
      ...RESTRICTED,
      ...ANY_GROUPS,
      name: 'privileged',
      allowHostDirVolumePlugin: true,
      allowHostIPC: true,
      allowHostNetwork: true,
      allowHostPID: true,
      allowHostPorts: true,
      allowPrivilegedContainer: true,
      allowedCapabilities: ['*'],
      requiredDropCapabilities: [],
      allowedUnsafeSysctls: ['*'],
      seccompProfiles: ['*'],
      volumes: ['*'],
      runAsUser: { type: 'RunAsAny' },
      seLinuxContext: { type: 'RunAsAny' },
      users: ['system:admin', 'system:serviceaccount:openshift-infra:build-controller'],
      groups: ['system:cluster-admins', 'system:nodes', 'system:masters'],
    },
  },
  { scc: RESTRICTED },
  { scc: { ...RESTRICTED, ...V2, name: 'restricted-v2' }, since: 11 },
  { scc: { ...RESTRICTED, ...V2, ...inUserNamespace(1000), name: 'restricted-v3' }, since: 20 },
];
