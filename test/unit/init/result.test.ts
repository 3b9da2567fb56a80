import { expect } from 'chai';
import { UserError } from '../../../src/diagnostics.ts';
import type { Answer } from '../../../src/init/answer.ts';
import { readBase } from '../../../src/init/base.ts';
import { fileText } from '../../../src/init/file-text.ts';

function answersOf(
  values: Record<string, Answer['value']>,
  source: Answer['source'] = 'prompt',
): Map<string, Answer> {
  return new Map(Object.entries(values).map(([path, value]) => [path, { value, source }]));
}

const SCHEMA_LINE =
  '# yaml-language-server: $schema=./node_modules/domino-podsec/schemas/deploy.schema.json\n';

describe('init: the text of a new file', () => {
  it('has the schema, a comment an option, the order of the option table', () => {
    const answers = answersOf({
      'pod_security.platform': 'eks',
      'pod_security.kubernetes_version': '1.30',
      version: '6.2.0',
      'gpu.enabled': false,
      'storage_classes.block.type': null,
    });
    expect(fileText(readBase(undefined, 'd.yaml'), answers)).to.equal(
      `${SCHEMA_LINE}# Configuration of the Domino installer. The block pod_security is read by domino-podsec only.

# The version of the configuration format, in quotes.
# Security: Decides which keys the installer reads, and how strictly unknown keys are judged.
# Allowed: the version of the installer schema, such as "1.16".
schema: "1.16"

# The Domino release to install.
# Security: The exceptions of several pods differ by release; 5.4 and later create no
# PodSecurityPolicy.
# Allowed: a Domino version such as "5.11.1".
version: 6.2.0

gpu:
  # Supports nodes with NVIDIA GPUs.
  # Security: true: brings the device plugin and feature discovery (privileged); on GKE the driver
  # installer too.
  enabled: false

pod_security:
  # Where the cluster runs.
  # Security: openshift: role bindings of SCCs instead of PodSecurityPolicies; gke: the GPU driver
  # installer.
  # Allowed: one of eks, gke, aks, openshift, other; other where absent.
  platform: eks

  # The Kubernetes version of the cluster, in quotes.
  # Security: Decides between PodSecurityPolicies (before 1.25) and labels of Pod Security admission
  # (from 1.23).
  # Allowed: a Kubernetes version from "1.13" to "1.40".
  kubernetes_version: "1.30"
`,
    );
  });

  for (const [version, schema] of [
    ['6.2.4', '1.16'],
    ['5.2.0', '1.0'],
    ['v5.5.1', '1.3'],
    ['5.11.1', undefined],
    [null, '1.16'],
  ] as const) {
    it(`Domino ${version ?? 'unknown'} is read by schema ${schema ?? 'unknown'}`, () => {
      const text = fileText(readBase(undefined, 'd.yaml'), answersOf({ version }));
      expect(/^schema: "(.*)"$/m.exec(text)?.[1]).to.equal(schema);
    });
  }

  for (const [version, value, text] of [
    ['6.2.0', true, 'internal_docker_registry: {}'],
    ['6.0.0', false, 'internal_docker_registry: null'],
    [null, true, 'internal_docker_registry: {}'],
    ['5.11.1', true, 'internal_docker_registry:\n  # Runs'],
    ['5.2.0', true, 'internal_docker_registry:\n  # Runs'],
  ] as const) {
    it(`the internal registry of Domino ${version ?? 'unknown'}, ${String(value)}`, () => {
      const answers = answersOf({ version, 'internal_docker_registry.enabled': value });
      const written = fileText(readBase(undefined, 'd.yaml'), answers);
      expect(written).to.include(text);
      const [, key = ''] = /^ {2}enabled: (.*)$/m.exec(written) ?? [];
      expect(key).to.equal(text.endsWith('Runs') ? String(value) : '');
    });
  }

  it('keeps the comments of a file that says nothing', () => {
    const text = fileText(readBase('# Ours.\n', 'd.yaml'), answersOf({ 'gpu.enabled': true }));
    expect(text.startsWith(`# Ours.\n\n${SCHEMA_LINE}`)).to.equal(true);
  });
});

describe('init: a file that is there', () => {
  const cases: {
    title: string;
    text: string;
    answers: Record<string, Answer['value']>;
    source?: Answer['source'];
    expected: string;
  }[] = [
    {
      title: 'keys are added, everything else stays',
      text: '---\n# Of the installer.\nname: acme # keep\nhelm: {password: "x"}\ngpu:\n  enabled:   true  # yes\n',
      answers: { 'gpu.enabled': false, 'pod_security.platform': 'gke' },
      expected:
        '---\n# Of the installer.\nname: acme # keep\nhelm: {password: "x"}\ngpu:\n  enabled:   false  # yes\npod_security:\n  platform: gke\n',
    },
    {
      title: 'what it says already is not touched, in old forms either',
      text: 'kubernetes_distribution: openshift\ninternal_docker_registry: {}\n',
      answers: { 'pod_security.platform': 'openshift', 'internal_docker_registry.enabled': true },
      expected: 'kubernetes_distribution: openshift\ninternal_docker_registry: {}\n',
    },
    {
      title: 'old forms are changed where they stand',
      text: 'version: 5.2.1\nnamespaces:\n  platform: old # name\ngpu_monitoring_enabled: true\ninternal_docker_registry: {}\n',
      answers: {
        'namespaces.platform.name': 'new',
        'monitoring.gpu_metrics': false,
        'internal_docker_registry.enabled': false,
      },
      expected:
        'version: 5.2.1\nnamespaces:\n  platform: new # name\ngpu_monitoring_enabled: false\ninternal_docker_registry:\n  enabled: false\n',
    },
    {
      title: 'a null section becomes a map',
      text: 'schema: "1.5"\ninternal_docker_registry: null\nexternal_docker_registry: null\n',
      answers: { 'internal_docker_registry.enabled': true },
      expected:
        'schema: "1.5"\ninternal_docker_registry:\n  enabled: true\nexternal_docker_registry: null\n',
    },
    {
      title: 'from Domino 6.0 on an empty map says that the registry is inside',
      text: 'version: 6.0.0\ninternal_docker_registry: null\nexternal_docker_registry: null\n',
      answers: { 'internal_docker_registry.enabled': true },
      expected: 'version: 6.0.0\ninternal_docker_registry: {}\nexternal_docker_registry: null\n',
    },
    {
      title: 'from Domino 6.0 on null says that it is not',
      text: 'version: 6.2.0\ninternal_docker_registry:\n  allowed_cidrs: 0.0.0.0/0\ngpu: {}\n',
      answers: { 'internal_docker_registry.enabled': false },
      expected: 'version: 6.2.0\ninternal_docker_registry: null\ngpu: {}\n',
    },
    {
      title: 'a key that the file has is kept in any release',
      text: 'version: 6.2.0\ninternal_docker_registry: {enabled: true}\n',
      answers: { 'internal_docker_registry.enabled': false },
      expected: 'version: 6.2.0\ninternal_docker_registry: {enabled: false}\n',
    },
    {
      title: 'a new version of the answers decides, not the old one',
      text: 'version: 5.8.0\n',
      answers: { version: '6.1.0', 'internal_docker_registry.enabled': true },
      expected: 'version: "6.1.0"\ninternal_docker_registry: {}\n',
    },
    {
      title: 'defaults that were not asked for stay out where an absent key says the same',
      text: 'istio: {enabled: true}\n',
      answers: {
        'istio.install': true,
        'gpu.enabled': false,
        'pod_security.components.smb': false,
        'pod_security.platform': 'other',
        'internal_docker_registry.enabled': true,
      },
      source: 'default',
      expected: 'istio: {enabled: true}\ninternal_docker_registry: {}\n',
    },
    {
      title: 'an answer that was given is written, even a default',
      text: 'istio: {enabled: true}\n',
      answers: { 'gpu.enabled': false },
      expected: 'istio: {enabled: true}\ngpu:\n  enabled: false\n',
    },
    {
      title: 'an open answer leaves the key',
      text: 'version: 6.2.0\n',
      answers: { version: null },
      expected: 'version: 6.2.0\n',
    },
    {
      title: 'a document of comments in front stays as it is',
      text: '# Ours.\n---\n# The installer.\ngpu:\n  enabled: true\n',
      answers: { 'gpu.enabled': false },
      expected: '# Ours.\n---\n# The installer.\ngpu:\n  enabled: false\n',
    },
    {
      title: 'JSON stays JSON',
      text: '{"gpu": {"enabled": true}}\n',
      answers: { 'gpu.enabled': false },
      expected: '{"gpu": {"enabled": false}}\n',
    },
  ];
  for (const { title, text, answers, source, expected } of cases) {
    it(title, () => {
      expect(fileText(readBase(text, 'd.yaml'), answersOf(answers, source))).to.equal(expected);
    });
  }

  it('refuses a configuration inside of a resource', () => {
    const text = 'apiVersion: domino.x/v1\nkind: Domino\nspec: {config: {gpu: {enabled: true}}}\n';
    expect(() => readBase(text, 'd.yaml'))
      .to.throw(UserError)
      .with.property('diagnostics')
      .that.satisfies(([{ code }]: [{ code: string }]) => code === 'DPS2005');
  });
});
