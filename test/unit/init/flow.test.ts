import { expect } from 'chai';
import { answerText, type Answers } from '../../../src/init/answer.ts';
import { initQuestions } from '../../../src/init/questions.ts';
import { type Talk, talk, without } from './talk.ts';

/** The answers as `path: value` lines, in the order of the questions. */
function answerLines(answers: Answers): string[] {
  return initQuestions.flatMap(({ path }) => {
    const answer = answers.get(path);
    return answer === undefined ? [] : [`${path}: ${answerText(answer.value)}`];
  });
}

describe('init: the flow of questions', () => {
  it('asks in the order of an installer, with headings, and takes the answers', async () => {
    const { prompter, said, state } = await talk({
      script: [
        ...['eks', '1.33', '6.2.0', true, 'p', 'c', undefined, 'ebs', false, 'efs'],
        ...[false, 'reg.example.org', true, false, true, undefined, true, false],
        ...[false, undefined, true, true, false, true, false, 'strict'],
      ],
    });
    expect(prompter.asked).to.deep.equal([
      'Where does the cluster run? [other]',
      'Which Kubernetes version? []',
      'Which Domino version? []',
      'Use the extended catalog (Falco, SMB, GPU metrics, New Relic)? [false]',
      "Name of the namespace for Domino's own services? [domino-platform]",
      'Name of the namespace for workspaces, jobs, models and image builds? [domino-compute]',
      'Name of the namespace for cluster-wide parts of Domino? [domino-system]',
      'Which block storage? []',
      'Shall Domino install the block storage driver? [true]',
      'Which shared storage? []',
      'Shall Domino run its own image registry inside the cluster? [true]',
      'Address of your own image registry? []',
      'Are there GPU nodes? [false]',
      'Collect GPU metrics? [true]',
      'Encrypt traffic between pods with Istio? [false]',
      "Name of the namespace for Istio's control plane? [istio-system]",
      'Shall Domino install Istio itself? [true]',
      'Use the Istio CNI node agent? [true]',
      'Send node metrics to New Relic? [false]',
      'Cache images on the compute nodes? [true]',
      'Build images without root? [false]',
      'Use SMB volumes? [false]',
      'Install Falco? [false]',
      'Send logs to New Relic? [false]',
      'Is OpenEBS the block storage? [false]',
      'How strict shall the default security context be? [documented]',
    ]);
    expect(said).to.deep.equal([
      ...[
        'Platform and versions',
        'Domino release',
        'Namespaces',
        'Storage',
        'Image registry',
        'GPU',
      ],
      ...['Istio', 'Monitoring', 'Image building and caching', 'Other components', 'Hardening'],
    ]);
    expect(answerLines(state.answers)).to.deep.equal([
      'pod_security.platform: eks',
      'pod_security.kubernetes_version: 1.33',
      'version: 6.2.0',
      'extended_catalog: true',
      'namespaces.platform.name: p',
      'namespaces.compute.name: c',
      'namespaces.system.name: domino-system',
      'storage_classes.block.type: ebs',
      'storage_classes.block.create: false',
      'storage_classes.shared.type: efs',
      'internal_docker_registry.enabled: false',
      'external_docker_registry: reg.example.org',
      'gpu.enabled: true',
      'monitoring.gpu_metrics: false',
      'istio.enabled: true',
      'namespaces.istio.name: istio-system',
      'istio.install: true',
      'istio.cni: false',
      'monitoring.newrelic.infrastructure: false',
      'image_caching.enabled: true',
      'image_building.rootless: true',
      'pod_security.components.smb: true',
      'pod_security.components.falco: false',
      'pod_security.components.newrelic_logging: true',
      'pod_security.components.openebs: false',
      'pod_security.hardening: strict',
    ]);
  });

  it('says with every question what it changes for security', async () => {
    const { prompter } = await talk({
      script: ['1.33'],
      preset: without('pod_security.kubernetes_version'),
    });
    expect(prompter.notes).to.deep.equal([
      'Security: Decides between PodSecurityPolicies (before 1.25) and labels of Pod Security admission (from 1.23).',
    ]);
  });

  const cases: {
    title: string;
    script: Talk['script'];
    preset: Talk['preset'];
    asked: string[];
  }[] = [
    {
      title: 'OpenShift: its version and settings, no Kubernetes version, no policies',
      preset: without('pod_security.platform', 'pod_security.kubernetes_version'),
      script: ['openshift', '4.18', false, false, ''],
      asked: [
        'Where does the cluster run? [other]',
        'Which OpenShift version? []',
        'Do you add your own SCCs for Domino? [false]',
        'Does the cluster remap user ids? [false]',
        'Which SCCs have you added for Domino? []',
      ],
    },
    {
      title: 'Kubernetes 1.24: policies, and whether Domino is alone only where they are on',
      preset: without('pod_security.kubernetes_version'),
      script: ['v1.24.3', 'on', true],
      asked: [
        'Which Kubernetes version? []',
        'Does the cluster enforce PodSecurityPolicies? []',
        'Is Domino alone on the cluster? [false]',
      ],
    },
    {
      title: 'Kubernetes 1.24 with policies off',
      preset: without('pod_security.kubernetes_version'),
      script: ['1.24', 'off'],
      asked: ['Which Kubernetes version? []', 'Does the cluster enforce PodSecurityPolicies? []'],
    },
    {
      title: 'Domino 5.10 has no extended catalog and asks for all that is behind it later',
      preset: { ...without('version', 'extended_catalog', 'gpu.enabled') },
      script: ['5.10.1', true, true, true, false, false, false],
      asked: [
        'Which Domino version? []',
        'Are there GPU nodes? [false]',
        'Collect GPU metrics? [true]',
        'Send node metrics to New Relic? [false]',
        'Use SMB volumes? [false]',
        'Install Falco? [false]',
        'Send logs to New Relic? [false]',
      ],
    },
    {
      title: 'another storage than the listed ones is typed',
      preset: without('storage_classes.block.type'),
      script: ['\0other', 'portworx'],
      asked: ['Which block storage? []', 'Which block storage? []'],
    },
    {
      title: 'OpenEBS as block storage is not asked for again',
      preset: without('storage_classes.block.type', 'pod_security.components.openebs'),
      script: ['openebs'],
      asked: ['Which block storage? []'],
    },
    {
      title:
        'no driver question for storage without one, no registry address with an internal registry',
      preset: without('storage_classes.block.type', 'internal_docker_registry.enabled'),
      script: ['gce', true],
      asked: [
        'Which block storage? []',
        'Shall Domino run its own image registry inside the cluster? [true]',
      ],
    },
    {
      title: 'an Istio that is there already needs no agent of ours',
      preset: without('istio.enabled'),
      script: [true, 'mesh', false],
      asked: [
        'Encrypt traffic between pods with Istio? [false]',
        "Name of the namespace for Istio's control plane? [istio-system]",
        'Shall Domino install Istio itself? [true]',
      ],
    },
  ];
  for (const { title, script, preset, asked } of cases) {
    it(title, async () => {
      const { prompter } = await talk({ script, ...(preset === undefined ? {} : { preset }) });
      expect(prompter.asked).to.deep.equal(asked);
    });
  }
});
