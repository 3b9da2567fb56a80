import { expect } from 'chai';
import type { DeployOverrides } from '../../../src/deploy/options.ts';
import { config, problems } from './problems.ts';

interface Case {
  name: string;
  /** Keys over the quiet configuration, or a whole text. */
  file: Record<string, string | null> | string;
  flags?: DeployOverrides;
  /** False where the command can do without the Kubernetes version. */
  need?: false;
  expected: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'PSP on with 1.25',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.25", psp: on}' },
    expected: [
      '5:64 error DPS2050 pod_security.psp is "on", but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
    ],
  },
  {
    name: 'psp is a word, also where YAML reads a boolean',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24", psp: "on"}' },
    expected: [],
  },
  {
    name: 'PSP on with 1.25, in quotes',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.25", psp: "on"}' },
    expected: [
      '5:64 error DPS2050 pod_security.psp is "on", but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
    ],
  },
  {
    name: 'PSP on with 1.25 by flag',
    file: { pod_security: '{platform: eks, psp: "on"}' },
    flags: { kubernetesVersion: '1.25' },
    expected: [
      '5:36 error DPS2050 pod_security.psp is "on", but --kubernetes-version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25).',
    ],
  },
  {
    name: 'PSP off with 1.25',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.25", psp: "off"}' },
    expected: [],
  },
  {
    name: 'PSP on OpenShift',
    file: { pod_security: '{platform: openshift, openshift_version: "4.10", psp: "on"}' },
    expected: [
      '5:69 error DPS2050 pod_security.psp is "on", but the platform is OpenShift, which admits pods by security context constraints. | 5:26',
    ],
  },
  {
    name: 'PSP unclear before 1.25',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24"}' },
    expected: [
      '5:51 error DPS2052 Kubernetes 1.24 can still enforce PodSecurityPolicies, and the file does not say whether the cluster does.',
    ],
  },
  {
    name: 'PSP unclear before 1.25, auto in writing',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.24", psp: auto}' },
    expected: [
      '5:64 error DPS2052 Kubernetes 1.24 can still enforce PodSecurityPolicies, and the file does not say whether the cluster does.',
    ],
  },
  {
    name: 'PSP needs no word on OpenShift',
    file: { pod_security: '{platform: openshift, openshift_version: "4.11"}' },
    expected: [],
  },
  {
    name: 'policies created, so on',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    expected: [],
  },
  {
    name: 'policies created but not enforced',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24", psp: "off"}',
    },
    expected: [
      '5:64 warning DPS2053 pod_security.psp is "off", but enable_pod_security_policies is true: policies are created and nothing enforces them. | 6:31',
    ],
  },
  {
    name: 'policies created with 1.25',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      create_restricted_pod_security_policy: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.25"}',
    },
    expected: [
      '6:31 error DPS2051 enable_pod_security_policies is true, but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
      '7:40 error DPS2051 create_restricted_pod_security_policy is true, but pod_security.kubernetes_version means Kubernetes 1.25, which has no PodSecurityPolicy (gone since 1.25). | 5:51',
    ],
  },
  {
    name: 'policies created with Domino 5.4',
    file: {
      schema: '"1.2"',
      version: '5.4.0',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    expected: [
      '6:31 error DPS2051 enable_pod_security_policies is true, but version is 5.4.0, and Domino creates no PodSecurityPolicy since 5.4. | 2:10',
    ],
  },
  {
    name: 'policies created with Domino 5.4 by flag',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      enable_pod_security_policies: 'true',
      pod_security: '{platform: eks, kubernetes_version: "1.24"}',
    },
    flags: { dominoVersion: '5.4.0' },
    expected: [
      '6:31 error DPS2051 enable_pod_security_policies is true, but --domino-version is 5.4.0, and Domino creates no PodSecurityPolicy since 5.4.',
    ],
  },
  {
    name: 'policies not created with Domino 5.4',
    file: {
      schema: '"1.2"',
      version: '5.4.0',
      enable_pod_security_policies: 'false',
      pod_security: '{platform: eks, kubernetes_version: "1.25"}',
    },
    expected: [
      '6:1 warning DPS2032 enable_pod_security_policies is not read by the installer: schema 1.1 was the last that has it, and the file is of schema 1.2.',
    ],
  },
  {
    name: 'remapping on OpenShift',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", openshift: {uid_remapping: true}}',
    },
    expected: [
      '5:91 error DPS2060 pod_security.openshift.uid_remapping is true, and Domino does not support remapped user ids. | 5:26',
    ],
  },
  {
    name: 'no remapping on OpenShift',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", openshift: {uid_remapping: false, additional_sccs: []}}',
    },
    expected: [],
  },
  {
    name: 'remapping elsewhere',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", openshift: {uid_remapping: true, additional_sccs: [mine]}}',
    },
    expected: [
      '5:86 error DPS2063 pod_security.openshift.uid_remapping is for OpenShift, but pod_security.platform is "eks". | 5:26',
      '5:109 error DPS2063 pod_security.openshift.additional_sccs is for OpenShift, but pod_security.platform is "eks". | 5:26',
    ],
  },
  {
    name: 'additional SCCs, shipped ones, later ones',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", openshift: {additional_sccs: [mine, anyuid, node-exporter, restricted-v3]}}',
    },
    expected: [
      '5:94 error DPS2061 pod_security.openshift.additional_sccs[0] is "mine", and the installation of Domino fails with additional SCCs. | 5:26',
      '5:100 warning DPS2062 pod_security.openshift.additional_sccs[1] is "anyuid", which every OpenShift of that release has, so it is not additional.',
      '5:108 warning DPS2062 pod_security.openshift.additional_sccs[2] is "node-exporter", which every OpenShift of that release has, so it is not additional.',
      '5:123 error DPS2061 pod_security.openshift.additional_sccs[3] is "restricted-v3", and the installation of Domino fails with additional SCCs (OpenShift ships it from 4.20 on, so on 4.18 somebody made it). | 5:26',
    ],
  },
  {
    name: 'restricted-v3 on 4.20',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.20", openshift: {additional_sccs: [restricted-v3]}}',
    },
    expected: [
      '5:94 warning DPS2062 pod_security.openshift.additional_sccs[0] is "restricted-v3", which every OpenShift of that release has, so it is not additional.',
    ],
  },
  {
    name: 'own SCCs as a component',
    file: {
      pod_security:
        '{platform: openshift, openshift_version: "4.18", components: {user_sccs: true}}',
    },
    expected: [
      '5:88 error DPS2061 pod_security.components.user_sccs is true, and the installation of Domino fails with additional SCCs. | 5:26',
    ],
  },
  {
    name: 'own SCCs elsewhere',
    file: {
      pod_security: '{platform: eks, kubernetes_version: "1.33", components: {user_sccs: true}}',
    },
    expected: [],
  },
  {
    name: 'read-only root filesystem',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", require_read_only_root_filesystem: true}',
    },
    expected: [
      '5:94 error DPS2064 pod_security.require_read_only_root_filesystem is true, and Domino does not support policies that demand a read-only root filesystem.',
    ],
  },
  {
    name: 'no read-only root filesystem',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", require_read_only_root_filesystem: false}',
    },
    expected: [],
  },
  {
    name: 'a namespace twice',
    file: { namespaces: '{platform: {name: one}, compute: {name: one}, system: {name: two}}' },
    expected: [
      '3:53 error DPS2070 namespaces.compute.name and namespaces.platform.name are both "one"; Domino needs a namespace of its own for each. | 3:31',
    ],
  },
  {
    name: 'a default used by another key',
    file: { namespaces: '{compute: {name: domino-platform}, system: {name: two}}' },
    expected: [
      "3:1 note DPS2072 Names of namespaces are not given; the installer's own are taken: domino-platform (platform).",
      '3:30 error DPS2070 namespaces.compute.name and namespaces.platform.name (by default) are both "domino-platform"; Domino needs a namespace of its own for each.',
    ],
  },
  {
    name: 'istio-system is a namespace like the others',
    file: {
      namespaces: '{platform: {name: istio-system}, compute: {name: one}, system: {name: two}}',
    },
    expected: [
      '3:31 error DPS2070 namespaces.istio.name (by default) and namespaces.platform.name are both "istio-system"; Domino needs a namespace of its own for each.',
    ],
  },
  {
    name: 'names of namespaces by default',
    file: { namespaces: '{compute: {name: one}}', istio: '{enabled: true}' },
    expected: [
      "3:1 note DPS2072 Names of namespaces are not given; the installer's own are taken: domino-platform (platform), domino-system (system) and istio-system (istio).",
    ],
  },
  {
    name: 'an enforce label that refuses',
    file: {
      namespaces:
        '{platform: {name: a, labels: {pod-security.kubernetes.io/enforce: restricted}}, compute: {name: b}, system: {name: c}}',
    },
    expected: [
      '3:79 error DPS2071 namespaces.platform.labels["pod-security.kubernetes.io/enforce"] is "restricted", which refuses every Domino pod, because all of them set the SELinux type spc_t.',
    ],
  },
  {
    name: 'the same label before anything obeys it',
    file: {
      namespaces:
        '{platform: {name: a, labels: {pod-security.kubernetes.io/enforce: restricted}}, compute: {name: b}, system: {name: c}}',
      pod_security: '{platform: eks, kubernetes_version: "1.22", psp: "off"}',
    },
    expected: [],
  },
  {
    name: 'an enforce label that admits',
    file: {
      namespaces:
        '{platform: {name: a, labels: {pod-security.kubernetes.io/enforce: privileged}}, compute: {name: b}, system: {name: c}}',
    },
    expected: [],
  },
  {
    name: 'both registries',
    file: { external_docker_registry: 'registry.example.org' },
    expected: [
      '6:27 error DPS2080 external_docker_registry and internal_docker_registry both configure an image registry; Domino takes exactly one. | 4:27',
    ],
  },
  {
    name: 'no registry',
    file: { internal_docker_registry: null },
    expected: [
      '1:1 error DPS2081 No image registry is configured: Domino needs internal_docker_registry or external_docker_registry.',
    ],
  },
  {
    name: 'no registry, both switched off',
    file: { internal_docker_registry: '{enabled: false}', external_docker_registry: 'null' },
    expected: [
      '4:37 error DPS2081 No image registry is configured: Domino needs internal_docker_registry or external_docker_registry. | 6:27',
    ],
  },
  {
    name: 'external registry',
    file: { internal_docker_registry: 'null', external_docker_registry: 'registry.example.org' },
    expected: [],
  },
  {
    name: 'internal registry by its switch',
    file: {
      internal_docker_registry: '{enabled: true, allowed_cidrs: 10.0.0.0/8}',
      external_docker_registry: 'null',
    },
    expected: [],
  },
  {
    name: 'ambient without CNI',
    file: {
      namespaces:
        '{platform: {name: a}, compute: {name: b, labels: {istio.io/dataplane-mode: ambient}}, system: {name: c}, istio: {name: d}}',
      istio: '{enabled: true, cni: false}',
    },
    expected: [
      "6:29 error DPS2083 istio.cni is false, but namespaces.compute.labels puts the namespace into Istio's ambient mode, which cannot work without the node agent. | 3:62",
    ],
  },
  {
    name: 'ambient with CNI',
    file: {
      namespaces:
        '{platform: {name: a}, compute: {name: b, labels: {istio.io/dataplane-mode: ambient}}, system: {name: c}, istio: {name: d}}',
      istio: '{enabled: true, cni: true}',
    },
    expected: [],
  },
  {
    name: 'GPU monitoring said twice',
    file: { gpu_monitoring_enabled: 'false', monitoring: '{gpu_metrics: true}' },
    expected: [
      '6:25 error DPS2082 gpu_monitoring_enabled (false) and monitoring.gpu_metrics (true) are one option and say different things. | 7:27',
    ],
  },
  {
    name: 'GPU monitoring said twice alike',
    file: { gpu_monitoring_enabled: 'true', monitoring: '{gpu_metrics: true}' },
    expected: [],
  },
  {
    name: 'a release in both forms',
    file: {
      schema: '"1.0"',
      version: '5.2.1',
      services: '{nginx_ingress: {chart_values: {a: 1}}}',
      release_overrides: '{nginx-ingress: {chart_values: {a: 2}}}',
    },
    expected: [
      '6:27 error DPS2082 services.nginx_ingress and release_overrides.nginx-ingress are one option and say different things. | 7:36',
      '7:37 warning DPS2032 release_overrides.nginx-ingress.chart_values is not read by the installer: it came with schema 1.1, and the file is of schema 1.0.',
    ],
  },
  {
    name: 'an access point said twice',
    file: {
      storage_classes:
        '{shared: {type: efs, efs: {filesystem_id: "fs-1::fsap-1", access_point_id: fsap-2}}}',
    },
    expected: [
      '6:60 error DPS2082 storage_classes.shared.efs.filesystem_id ("fs-1::fsap-1") and storage_classes.shared.efs.access_point_id ("fsap-2") are one option and say different things. | 6:93',
    ],
  },
];

describe('deploy: contradictions about security', () => {
  for (const { name, file, flags = {}, need = true, expected } of cases) {
    it(name, () => {
      const text = typeof file === 'string' ? file : config(file);
      expect(problems(text, flags, need)).to.deep.equal(expected);
    });
  }
});
