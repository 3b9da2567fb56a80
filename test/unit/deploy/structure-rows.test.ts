import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
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
  itSaysOfEach(cases);
});
