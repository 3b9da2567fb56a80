import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
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
    name: 'the same label at the first release that obeys it',
    file: {
      namespaces:
        '{platform: {name: a, labels: {pod-security.kubernetes.io/enforce: restricted}}, compute: {name: b}, system: {name: c}}',
      pod_security: '{platform: eks, kubernetes_version: "1.23", psp: "off"}',
    },
    expected: [
      '3:79 error DPS2071 namespaces.platform.labels["pod-security.kubernetes.io/enforce"] is "restricted", which refuses every Domino pod, because all of them set the SELinux type spc_t.',
    ],
  },
  {
    name: 'a name that is refused is not taken for the default',
    file: {
      namespaces: '{platform: {name: Domino}, compute: {name: domino-platform}, system: {name: c}}',
    },
    expected: [
      `3:31 error DPS2012 namespaces.platform.name must be the name of a namespace (at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends; none of the cluster's own: default, kube-* and openshift-*); got "Domino".`,
    ],
  },
];

describe('deploy: contradictions about security', () => {
  itSaysOfEach(cases);
});
