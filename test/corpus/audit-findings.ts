/** Findings at warning or above, each read against its chart: chart, workload, then rule and containers (or paths). */
export type Findings = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** By the default policy alone: what each chart asks for. */
export const WITHOUT_CONFIG: Findings = {
  'aws-ebs-csi-driver': {
    'DaemonSet/ebs-csi-node': [
      'privileged: ebs-plugin',
      'root-uid: ebs-plugin, node-driver-registrar, liveness-probe',
      'capabilities-not-dropped: ebs-plugin, node-driver-registrar, liveness-probe',
      'selinux-type: ebs-plugin, node-driver-registrar, liveness-probe',
      'warning host-paths: /var/lib/kubelet, /var/lib/kubelet/plugins/ebs.csi.aws.com/, /var/lib/kubelet/plugins_registry/, /dev',
    ],
    'Deployment/ebs-csi-controller': [
      'capabilities-not-dropped: ebs-plugin, csi-provisioner, csi-attacher, csi-resizer, liveness-probe',
      'selinux-type: ebs-plugin, csi-provisioner, csi-attacher, csi-resizer, liveness-probe',
    ],
    'Pod/ebs-csi-driver-test': [
      'run-as-non-root-unset: kubetest2',
      'capabilities-not-dropped: kubetest2',
      'selinux-type: kubetest2',
    ],
  },
  'aws-efs-csi-driver': {
    'DaemonSet/efs-csi-node': [
      'privileged: efs-plugin',
      'root-uid: efs-plugin, csi-driver-registrar, liveness-probe',
      'capabilities-not-dropped: efs-plugin, csi-driver-registrar, liveness-probe',
      'selinux-type: efs-plugin, csi-driver-registrar, liveness-probe',
      'warning host-namespaces:',
      'warning host-paths: /var/lib/kubelet, /var/lib/kubelet/plugins/efs.csi.aws.com/, /var/lib/kubelet/plugins_registry/, /var/run/efs, /var/amazon/efs, /etc/amazon/efs',
    ],
    'Deployment/efs-csi-controller': [
      'privileged: efs-plugin',
      'root-uid: efs-plugin, csi-provisioner, liveness-probe',
      'capabilities-not-dropped: efs-plugin, csi-provisioner, liveness-probe',
      'selinux-type: efs-plugin, csi-provisioner, liveness-probe',
    ],
  },
  'csi-driver-smb': {
    'Deployment/csi-smb-controller': [
      'privileged: smb',
      'run-as-non-root-unset: csi-provisioner, csi-resizer, liveness-probe, smb',
      'selinux-type: csi-provisioner, csi-resizer, liveness-probe, smb',
      'warning host-namespaces:',
    ],
    'DaemonSet/csi-smb-node': [
      'privileged: smb',
      'run-as-non-root-unset: liveness-probe, node-driver-registrar, smb',
      'selinux-type: liveness-probe, node-driver-registrar, smb',
      'warning host-namespaces:',
      'warning host-paths: /var/lib/kubelet/plugins/smb.csi.k8s.io, /var/lib/kubelet/, /var/lib/kubelet/plugins_registry/',
    ],
  },
  'dcgm-exporter': {
    'DaemonSet/dcgm-exporter': [
      'root-uid: exporter',
      'capabilities-added: exporter',
      'selinux-type: exporter',
      'warning host-paths: /var/lib/kubelet/pod-resources',
    ],
  },
  elasticsearch: {
    'StatefulSet/elasticsearch-master': [
      'privileged: configure-sysctl',
      'root-uid: configure-sysctl',
      'capabilities-not-dropped: configure-sysctl',
      'selinux-type: configure-sysctl, elasticsearch',
    ],
    'Pod/elasticsearch-llnke-test': [
      'warning run-as-non-root-unset: elasticsearch-ejdtl-test',
      'capabilities-not-dropped: elasticsearch-ejdtl-test',
      'selinux-type: elasticsearch-ejdtl-test',
    ],
  },
  'fluent-bit': {
    'DaemonSet/fluent-bit': [
      'run-as-non-root-unset: fluent-bit',
      'capabilities-not-dropped: fluent-bit',
      'selinux-type: fluent-bit',
      'warning host-paths: /var/log, /var/lib/docker/containers, /etc/machine-id',
    ],
    'Pod/fluent-bit-test-connection': [
      'run-as-non-root-unset: wget',
      'capabilities-not-dropped: wget',
      'selinux-type: wget',
    ],
  },
  'nfs-client-provisioner': {
    'Deployment/nfs-client-provisioner-nfs-subdir-external-provisioner': [
      'run-as-non-root-unset: nfs-subdir-external-provisioner',
      'capabilities-not-dropped: nfs-subdir-external-provisioner',
      'selinux-type: nfs-subdir-external-provisioner',
    ],
  },
  'nvidia-device-plugin': {
    'DaemonSet/nvidia-device-plugin-node-feature-discovery-worker': [
      'selinux-type: worker',
      'warning host-paths: /boot, /etc/os-release, /sys, /usr/lib, /lib, /proc/swaps, /etc/kubernetes/node-feature-discovery/features.d/',
    ],
    'DaemonSet/nvidia-device-plugin': [
      'run-as-non-root-unset: nvidia-device-plugin-ctr',
      'selinux-type: nvidia-device-plugin-ctr',
      'warning host-paths: /var/lib/kubelet/device-plugins, /run/nvidia/mps, /run/nvidia/mps/shm, /var/run/cdi',
    ],
    'DaemonSet/nvidia-device-plugin-gpu-feature-discovery': [
      'privileged: gpu-feature-discovery-ctr',
      'run-as-non-root-unset: gpu-feature-discovery-ctr',
      'capabilities-not-dropped: gpu-feature-discovery-ctr',
      'selinux-type: gpu-feature-discovery-ctr',
      'warning host-paths: /etc/kubernetes/node-feature-discovery/features.d, /sys, /',
    ],
    'DaemonSet/nvidia-device-plugin-mps-control-daemon': [
      'privileged: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'run-as-non-root-unset: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'capabilities-not-dropped: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'selinux-type: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'warning host-namespaces:',
      'warning host-paths: /run/nvidia/mps, /run/nvidia/mps/shm',
    ],
    'Deployment/nvidia-device-plugin-node-feature-discovery-master': ['selinux-type: master'],
    'Deployment/nvidia-device-plugin-node-feature-discovery-gc': ['selinux-type: gc'],
    'Job/nvidia-device-plugin-node-feature-discovery-prune': ['selinux-type: nfd-master'],
  },
  'smarter-device-manager': {
    'DaemonSet/smarter-device-manager': [
      'run-as-non-root-unset: smarter-device-manager',
      'selinux-type: smarter-device-manager',
      'warning host-namespaces:',
      'warning host-paths: /var/lib/kubelet/device-plugins, /dev, /sys',
    ],
  },
};

/** With a configuration that installs every chart but the nfs provisioner: what remains beside the documented exceptions. */
export const WITH_CONFIG: Findings = {
  'aws-ebs-csi-driver': {
    'DaemonSet/ebs-csi-node': [
      'capabilities-not-dropped: node-driver-registrar, liveness-probe',
      'selinux-type: ebs-plugin, node-driver-registrar, liveness-probe',
    ],
    'Deployment/ebs-csi-controller': [
      'capabilities-not-dropped: ebs-plugin, csi-provisioner, csi-attacher, csi-resizer, liveness-probe',
      'selinux-type: ebs-plugin, csi-provisioner, csi-attacher, csi-resizer, liveness-probe',
    ],
    'Pod/ebs-csi-driver-test': [
      'run-as-non-root-unset: kubetest2',
      'capabilities-not-dropped: kubetest2',
      'selinux-type: kubetest2',
    ],
  },
  'aws-efs-csi-driver': {
    'DaemonSet/efs-csi-node': ['selinux-type: efs-plugin, csi-driver-registrar, liveness-probe'],
    'Deployment/efs-csi-controller': [
      'privileged: efs-plugin',
      'capabilities-not-dropped: csi-provisioner, liveness-probe',
      'selinux-type: efs-plugin, csi-provisioner, liveness-probe',
    ],
  },
  'csi-driver-smb': {
    'Deployment/csi-smb-controller': [
      'selinux-type: csi-provisioner, csi-resizer, liveness-probe, smb',
    ],
    'DaemonSet/csi-smb-node': ['selinux-type: liveness-probe, node-driver-registrar, smb'],
  },
  'dcgm-exporter': {
    'DaemonSet/dcgm-exporter': ['selinux-type: exporter'],
  },
  elasticsearch: {
    'StatefulSet/elasticsearch-master': [
      'capabilities-not-dropped: configure-sysctl',
      'selinux-type: configure-sysctl, elasticsearch',
    ],
    'Pod/elasticsearch-llnke-test': [
      'warning run-as-non-root-unset: elasticsearch-ejdtl-test',
      'capabilities-not-dropped: elasticsearch-ejdtl-test',
      'selinux-type: elasticsearch-ejdtl-test',
    ],
  },
  'fluent-bit': {
    'DaemonSet/fluent-bit': ['selinux-type: fluent-bit'],
    'Pod/fluent-bit-test-connection': [
      'run-as-non-root-unset: wget',
      'capabilities-not-dropped: wget',
      'selinux-type: wget',
    ],
  },
  'nfs-client-provisioner': {
    'Deployment/nfs-client-provisioner-nfs-subdir-external-provisioner': [
      'warning DPS3012:',
      'run-as-non-root-unset: nfs-subdir-external-provisioner',
      'capabilities-not-dropped: nfs-subdir-external-provisioner',
      'selinux-type: nfs-subdir-external-provisioner',
    ],
  },
  'nvidia-device-plugin': {
    'DaemonSet/nvidia-device-plugin-node-feature-discovery-worker': ['selinux-type: worker'],
    'DaemonSet/nvidia-device-plugin': ['selinux-type: nvidia-device-plugin-ctr'],
    'DaemonSet/nvidia-device-plugin-gpu-feature-discovery': [
      'selinux-type: gpu-feature-discovery-ctr',
    ],
    'DaemonSet/nvidia-device-plugin-mps-control-daemon': [
      'privileged: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'run-as-non-root-unset: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'capabilities-not-dropped: mps-control-daemon-mounts, mps-control-daemon-ctr',
      'selinux-type: mps-control-daemon-mounts, mps-control-daemon-ctr',
    ],
    'Deployment/nvidia-device-plugin-node-feature-discovery-master': ['selinux-type: master'],
    'Deployment/nvidia-device-plugin-node-feature-discovery-gc': ['selinux-type: gc'],
    'Job/nvidia-device-plugin-node-feature-discovery-prune': ['selinux-type: nfd-master'],
  },
  'smarter-device-manager': {
    'DaemonSet/smarter-device-manager': ['selinux-type: smarter-device-manager'],
  },
};
