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
    name: 'unknown keys in a file of 6.x',
    file: { new_thing: '1', other_thing: '{a: 1}' },
    expected: [
      '6:1 warning DPS2021 2 keys are not known to this program and not judged: new_thing, other_thing. | 7:1',
    ],
  },
  {
    name: 'unknown key in a closed schema',
    file: { schema: '"1.4"', version: '5.7.0', new_thing: '1' },
    expected: ['6:1 error DPS2020 new_thing is not a key that this program knows.'],
  },
  {
    name: 'unknown key in schema 1.5',
    file: { schema: '"1.5"', version: '5.8.0', new_thing: '1' },
    expected: ['6:1 warning DPS2021 1 key is not known to this program and not judged: new_thing.'],
  },
  {
    name: 'mistyped key of the top',
    file: { gpuu: '{enabled: true}', storage_clases: '{}', hepl: '{}' },
    expected: [
      '6:1 error DPS2020 gpuu is not a key that this program knows.',
      '7:1 error DPS2020 storage_clases is not a key that this program knows.',
      '8:1 error DPS2020 hepl is not a key that this program knows.',
    ],
  },
  {
    name: 'key at the wrong level',
    file: { rootless: 'true' },
    expected: ['6:1 error DPS2020 rootless is not a key that this program knows.'],
  },
  {
    name: 'unknown key where pods depend on it',
    file: {
      monitoring: '{newrelic: {logs: true}}',
      image_building: '{rotless: true}',
      istio: '{ambient: true}',
    },
    expected: [
      '6:25 error DPS2020 monitoring.newrelic.logs is not a key that this program knows.',
      '7:18 error DPS2020 image_building.rotless is not a key that this program knows.',
      '8:9 error DPS2020 istio.ambient is not a key that this program knows.',
    ],
  },
  {
    name: 'mistyped key of an installer section',
    file: { ingress_controller: '{instal: true, replicas: 2}' },
    expected: [
      '6:22 error DPS2020 ingress_controller.instal is not a key that this program knows.',
    ],
  },
  {
    name: 'what does not switch a release off',
    file: { release_overrides: '{falco: {enabled: false}, fluentd: {instaled: false, other: 1}}' },
    expected: [
      '6:29 error DPS2020 release_overrides.falco.enabled is not a key that this program knows.',
      '6:56 error DPS2020 release_overrides.fluentd.instaled is not a key that this program knows.',
      '6:73 warning DPS2021 1 key is not known to this program and not judged: release_overrides.fluentd.other.',
    ],
  },
  {
    name: 'unknown key of our block',
    file: {
      pod_security: '{platform: eks, kubernetes_version: "1.33", hardning: strict, extra: 1}',
    },
    expected: [
      '5:59 error DPS2020 pod_security.hardning is not a key that this program knows.',
      '5:77 error DPS2020 pod_security.extra is not a key that this program knows.',
    ],
  },
  {
    name: '--unknown-keys warn',
    file: { istio: '{ambient: true}', gpuu: '{}', new_thing: '1' },
    flags: { unknownKeys: 'warn' },
    expected: [
      '7:1 warning DPS2021 3 keys are not known to this program and not judged: gpuu, new_thing, istio.ambient. | 8:1 | 6:9',
    ],
  },
  {
    name: '--unknown-keys ignore',
    file: { istio: '{ambient: true}', gpuu: '{}', new_thing: '1' },
    flags: { unknownKeys: 'ignore' },
    expected: [],
  },
  {
    name: '--unknown-keys error',
    file: { new_thing: '1' },
    flags: { unknownKeys: 'error' },
    expected: ['6:1 error DPS2020 new_thing is not a key that this program knows.'],
  },
  {
    name: '--unknown-keys does not reach our block',
    file: { pod_security: '{platform: eks, kubernetes_version: "1.33", extra: 1}' },
    flags: { unknownKeys: 'ignore' },
    expected: ['5:59 error DPS2020 pod_security.extra is not a key that this program knows.'],
  },
  {
    name: 'rows of the catalog',
    file: {
      pod_security:
        '\n  platform: eks\n  kubernetes_version: "1.33"\n  catalog:\n  - {id: fluentd}\n  - {id: fluentd, kind: Deploymen, nam: x}\n  - {kind: Pod}\n  - {id: Not_An_Id, capabilities: [CAP_SYS_ADMIN]}\n  - {id: a, containers: [{name: x}, {name: w, uses: [root, rot]}]}\n  - text',
    },
    expected: [
      '9:10 error DPS2091 pod_security.catalog[0] names "fluentd" but corrects nothing.',
      '10:10 error DPS2090 pod_security.catalog[1] corrects "fluentd", as an earlier row does already. | 9:10',
      '10:25 error DPS2011 pod_security.catalog[1].kind must be one of Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Pod; got "Deploymen".',
      '10:36 error DPS2020 pod_security.catalog[1].nam is not a key that this program knows.',
      '11:5 error DPS2013 pod_security.catalog[2].id is missing; it must be the id of a pod (lower-case words with hyphens, see list pods).',
      '12:10 error DPS2012 pod_security.catalog[3].id must be the id of a pod (lower-case words with hyphens, see list pods); got "Not_An_Id".',
      '12:36 error DPS2012 pod_security.catalog[3].capabilities[0] must be a capability as Kubernetes writes it, such as NET_ADMIN; got "CAP_SYS_ADMIN".',
      '13:26 error DPS2013 pod_security.catalog[4].containers[0].uses is missing; it must be a list of privileged, root, capabilities.',
      '13:60 error DPS2011 pod_security.catalog[4].containers[1].uses[1] must be one of privileged, root, capabilities; got "rot".',
      '14:5 error DPS2010 pod_security.catalog[5] must be a map with id, kind, names, namespace, release, containers, exceptions, capabilities, installed, why, confidence, source; got "text".',
    ],
  },
  {
    name: 'good rows of the catalog',
    file: {
      pod_security:
        '{platform: eks, kubernetes_version: "1.33", catalog: [{id: fluentd, containers: [{name: fluentd, init: false, uses: [root]}], capabilities: [NET_ADMIN], installed: true}]}',
    },
    expected: [],
  },
  {
    name: 'a letter that YAML reads as a boolean',
    file: {
      pod_security: '{platform: eks, kubernetes_version: "1.33", catalog: [{id: a, why: y}]}',
    },
    expected: [
      '5:82 error DPS2010 pod_security.catalog[0].why must be text that is not empty; got y.',
    ],
  },
  {
    name: 'rows of exceptions',
    file: {
      pod_security:
        '\n  platform: eks\n  kubernetes_version: "1.33"\n  exceptions:\n  - {namespace: a, kind: Pod, name: "", rule: x, reason: fine}\n  - {namespace: a, kind: Pod, name: b, rule: x}\n  - {namespace: a, kind: Pod, name: b, rule: x, reason: "  ", expires: 2026-02-30}\n  - {namespace: a, kind: Pod, name: b, rule: x, reason: fine, expires: 2028-02-29}',
    },
    expected: [
      '9:37 error DPS2012 pod_security.exceptions[0].name must be text that is not empty; got "".',
      '10:5 error DPS2013 pod_security.exceptions[1].reason is missing; it must be text that is not empty.',
      '11:57 error DPS2012 pod_security.exceptions[2].reason must be text that is not empty; got "  ".',
      '11:72 error DPS2012 pod_security.exceptions[2].expires must be a day written yyyy-mm-dd; got "2026-02-30".',
    ],
  },
  {
    name: 'a good catalog file',
    file: {},
    flags: { catalog: { file: 'rows.yaml', text: '- {id: falco, installed: true}\n' } },
    expected: [],
  },
  {
    name: 'a catalog file under a key',
    file: {},
    flags: { catalog: { file: 'rows.yaml', text: 'catalog:\n- {id: falco, instaled: true}\n' } },
    expected: [
      'rows.yaml:2:15 error DPS2020 catalog[0].instaled is not a key that this program knows.',
    ],
  },
  {
    name: 'a bad catalog file',
    file: {},
    flags: { catalog: { file: 'rows.yaml', text: '- {id: falco, kind: Pood}\n- {why: x}\n' } },
    expected: [
      'rows.yaml:1:21 error DPS2011 catalog[0].kind must be one of Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, Pod; got "Pood".',
      'rows.yaml:2:3 error DPS2013 catalog[1].id is missing; it must be the id of a pod (lower-case words with hyphens, see list pods).',
    ],
  },
  {
    name: 'a catalog file of another shape',
    file: {},
    flags: { catalog: { file: 'rows.yaml', text: 'rows: []\n' } },
    expected: [
      'rows.yaml:1:1 error DPS2002 The catalog file must hold one list of rows, at the top or under the key catalog; it has none.',
    ],
  },
  {
    name: 'a catalog file that is not YAML',
    file: {},
    flags: { catalog: { file: 'rows.yaml', text: 'a: [\n' } },
    expected: [
      'rows.yaml:2:1 error DPS7001 The text is not valid YAML: unexpected end of the stream within a flow collection.',
    ],
  },
];

describe('deploy: values and keys', () => {
  for (const { name, file, flags = {}, need = true, expected } of cases) {
    it(name, () => {
      const text = typeof file === 'string' ? file : config(file);
      expect(problems(text, flags, need)).to.deep.equal(expected);
    });
  }

  it('tells the first 50 unknown keys of one map, and how many more, in time', () => {
    const keys = Array.from({ length: 4000 }, (_, index) => `  unk${index}: v\n`);
    const start = performance.now();
    const found = problems(`${config({})}storage_classes:\n${keys.join('')}`).filter((line) =>
      line.includes('DPS2020'),
    );
    expect(performance.now() - start).to.be.below(10_000);
    expect(found).to.have.length(51);
    expect(found.at(-1)).to.contain('3950 more keys of storage_classes from here on');
  });
});
