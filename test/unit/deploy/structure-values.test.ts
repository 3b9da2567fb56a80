import { config } from './problems.ts';
import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

/** A resource that embeds a configuration without a remark. */
const RESOURCE = `apiVersion: domino.example/v1\nkind: Domino\nspec:\n  config:\n${config({}).replace(/^/gm, '    ').trimEnd()}\n`;

const cases: readonly ProblemCase[] = [
  {
    name: 'empty',
    file: '',
    expected: ['1:1 error DPS2001 The file holds no configuration; it is empty or only comments.'],
  },
  {
    name: 'only comments',
    file: '# nothing\n---\n',
    expected: ['1:1 error DPS2001 The file holds no configuration; it is empty or only comments.'],
  },
  {
    name: 'a list',
    file: '- a\n- b\n',
    expected: [
      '1:1 error DPS2002 The file must be a map of installer keys at the top; it is a list.',
    ],
  },
  {
    name: 'a word',
    file: 'hello\n',
    expected: [
      '1:1 error DPS2002 The file must be a map of installer keys at the top; it is a single value.',
    ],
  },
  {
    name: 'two documents',
    file: 'schema: "1.16"\n---\nschema: "1.16"\n',
    expected: ['3:1 error DPS2003 The file holds 2 documents; the installer reads one. | 1:1'],
  },
  {
    name: 'not YAML',
    file: 'schema: "1.16"\n  name: [\n',
    expected: ['2:3 error DPS7001 The text is not valid YAML: bad indentation of a mapping entry.'],
  },
  {
    name: 'a manifest',
    file: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n',
    expected: [
      '2:7 error DPS2004 The file is a Kubernetes object of kind "Deployment", not the installer\'s configuration.',
    ],
  },
  {
    name: 'a Domino resource without configuration',
    file: 'apiVersion: domino.example/v1\nkind: Domino\nspec: {agent: {version: "6.2.2"}}\n',
    expected: [
      '2:7 error DPS2005 The Domino resource holds no installer configuration that could be found.',
    ],
  },
  {
    name: 'wrong types',
    file: {
      gpu: 'yes',
      istio: '[]',
      monitoring: '{newrelic: {infrastructure: "true"}}',
      image_caching: '{enabled: 1}',
      storage_classes: '{block: {create: {}}}',
    },
    expected: [
      '6:6 error DPS2010 gpu must be a map with enabled; got yes.',
      '7:8 error DPS2010 istio must be a map with enabled, install, cni, permissive; got a list.',
      '8:41 error DPS2010 monitoring.newrelic.infrastructure must be true or false; got "true".',
      '9:26 error DPS2010 image_caching.enabled must be true or false; got 1.',
      '10:35 error DPS2010 storage_classes.block.create must be true or false; got a map.',
    ],
  },
  {
    name: 'empty sections are as good as absent ones',
    file: {
      gpu: '',
      istio: 'null',
      monitoring: '{newrelic: }',
      storage_classes: '{block: null, shared: {efs: null}}',
      image_building: '',
      release_overrides: '',
    },
    expected: [],
  },
  {
    name: 'an option without a value',
    file: { gpu: '{enabled: }', pod_security: '{platform: , kubernetes_version: "1.33"}' },
    expected: [
      '5:24 error DPS2014 pod_security.platform has no value; it must be one of eks, gke, aks, openshift, other.',
      '6:14 error DPS2014 gpu.enabled has no value; it must be true or false.',
    ],
  },
  {
    name: 'yes is true',
    file: { gpu: '{enabled: yes}', image_building: '{rootless: on}' },
    expected: [],
  },
  {
    name: 'a number as text',
    file: { external_docker_registry: '5000', internal_docker_registry: 'null' },
    expected: ['6:27 error DPS2010 external_docker_registry must be text; got 5000.'],
  },
  {
    name: 'an empty registry',
    file: { external_docker_registry: '""', internal_docker_registry: 'null' },
    expected: ['6:27 error DPS2012 external_docker_registry must be text; got "".'],
  },
  {
    name: 'mistyped value',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.33", hardening: strickt}' },
    expected: [
      '5:70 error DPS2011 pod_security.hardening must be one of documented, strict; got "strickt".',
    ],
  },
  {
    name: 'value out of any list',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", pod_security_admission: {audit: none}}',
    },
    expected: [
      '5:91 error DPS2011 pod_security.pod_security_admission.audit must be one of privileged, baseline, restricted; got "none".',
    ],
  },
  {
    name: 'mistyped storage type',
    file: { storage_classes: '{block: {type: ebz}, shared: {type: efss}}' },
    expected: [
      '6:33 error DPS2011 storage_classes.block.type must be a type such as ebs, gce, azure-disk, azure_disk, hostpath, openebs; got "ebz".',
      '6:54 error DPS2011 storage_classes.shared.type must be a type such as efs, nfs, azure_file, azure-file, gcs, filestore; got "efss".',
    ],
  },
  {
    name: 'unknown storage type',
    file: { storage_classes: '{block: {type: portworx}}' },
    expected: [
      '6:33 warning DPS2022 storage_classes.block.type is "portworx", of which this program knows no pods.',
    ],
  },
  {
    name: 'boolean label',
    file: {
      namespaces:
        '{platform: {name: a, labels: {domino-platform: true}, annotations: {x: 1}}, compute: {name: b}, system: {name: c}}',
    },
    expected: [
      '3:60 error DPS2010 namespaces.platform.labels.domino-platform must be text that is a valid label value, in quotes; got true.',
      '3:84 error DPS2010 namespaces.platform.annotations.x must be text, in quotes; got 1.',
    ],
  },
  {
    name: 'label that Kubernetes refuses',
    file: {
      namespaces:
        '{platform: {name: a, labels: {x: "not valid"}}, compute: {name: b}, system: {name: c}}',
    },
    expected: [
      '3:46 error DPS2012 namespaces.platform.labels.x must be text that is a valid label value, in quotes; got "not valid".',
    ],
  },
  {
    name: 'name that Kubernetes refuses',
    file: { namespaces: '{platform: {name: Domino}, compute: -b, system: {name: c.d}}' },
    expected: [
      `3:31 error DPS2012 namespaces.platform.name must be the name of a namespace (at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends; none of the cluster's own: default, kube-* and openshift-*); got "Domino".`,
      `3:49 error DPS2012 namespaces.compute must be the name of a namespace (at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends; none of the cluster's own: default, kube-* and openshift-*), or a map with name, labels, annotations; got "-b".`,
      `3:68 error DPS2012 namespaces.system.name must be the name of a namespace (at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends; none of the cluster's own: default, kube-* and openshift-*); got "c.d".`,
    ],
  },
  {
    name: 'neither name nor map',
    file: { namespaces: '{platform: [a], compute: {name: b}, system: {name: c}}' },
    expected: [
      `3:24 error DPS2010 namespaces.platform must be the name of a namespace (at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends; none of the cluster's own: default, kube-* and openshift-*), or a map with name, labels, annotations; got a list.`,
    ],
  },
  {
    name: 'duplicate keys',
    file: 'schema: "1.16"\nversion: 6.2.0\ngpu:\n  enabled: true\n  enabled: false\ngpu: {}\ninternal_docker_registry: {}\npod_security: {platform: eks, kubernetes_version: "1.33"}\nnamespaces: {platform: {name: dom-p}, compute: {name: dom-c}, system: {name: dom-s}}\n',
    expected: [
      '5:3 error DPS7006 gpu.enabled is given twice, in line 4 and line 5. | 4:3',
      '6:1 error DPS7006 gpu is given twice, in line 3 and line 6. | 3:1',
    ],
  },
  {
    name: 'two Domino resources',
    file: `${RESOURCE}---\n${RESOURCE}`,
    expected: ['11:1 error DPS2003 The file holds 2 documents; the installer reads one. | 1:1'],
  },
  {
    name: 'a Domino resource and a bare configuration',
    file: `${RESOURCE}---\nschema: "1.16"\n`,
    expected: ['11:1 error DPS2003 The file holds 2 documents; the installer reads one. | 1:1'],
  },
  {
    name: 'a Domino resource among other objects is the one that counts',
    file: `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n${RESOURCE}`,
    expected: [],
  },
  {
    name: 'a line break that only YAML sees',
    file: `${config({})}# x\u2028gpu: {enabled: true}\n`,
    expected: [
      '6:4 warning DPS7007 The character U+2028 ends the line for kubectl, but not for most editors and parsers.',
    ],
  },
];

describe('deploy: values and keys', () => {
  itSaysOfEach(cases);
});
