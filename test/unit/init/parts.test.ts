import { expect } from 'chai';
import { globalFlags } from '../../../src/cli/flags.ts';
import { optionTable } from '../../../src/deploy/option-table.ts';
import { UserError } from '../../../src/diagnostics.ts';
import { readAnswer } from '../../../src/init/answer.ts';
import { readAnswers } from '../../../src/init/answers-file.ts';
import { commandText, shellQuoted } from '../../../src/init/command-text.ts';
import {
  flagOf,
  initQuestions,
  offeredValues,
  questionsOf,
  sectionTitles,
} from '../../../src/init/questions.ts';

const question = (path: string): (typeof initQuestions)[number] =>
  initQuestions.find((entry) => entry.path === path) ?? expect.fail(path);

describe('init: questions of the option table', () => {
  it('every question of the table is one of the wizard', () => {
    const asked = optionTable.filter(({ question: ask }) => ask !== undefined);
    expect(initQuestions.map(({ path }) => path).sort()).to.deep.equal(
      asked.map(({ path }) => path).sort(),
    );
    expect(asked.filter(({ secret }) => secret)).to.deep.equal([]);
  });

  it('flags are unique and leave those of every command alone', () => {
    const flags = initQuestions.flatMap(({ flag, pathFlag }) => [flag, pathFlag ?? []].flat());
    const own = [
      'answers',
      'yes',
      'review',
      'unknown-keys',
      'force',
      'generate',
      'help',
      'version',
    ];
    const all = [...flags, ...own, ...Object.keys(globalFlags)];
    expect(all.filter((flag, index) => all.indexOf(flag) !== index)).to.deep.equal([]);
    expect(flags.filter((flag) => flag.startsWith('no-'))).to.deep.equal([]);
  });

  it('sections are in the order of the headings, and a condition reads no later answer of its section', () => {
    const order = initQuestions.map(({ question: { section } }) =>
      Object.keys(sectionTitles).indexOf(section),
    );
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    const row = (path: string, when?: string): (typeof optionTable)[number] => ({
      path,
      type: { kind: 'flag' },
      description: '',
      effect: '',
      question: {
        ask: path,
        section: 'gpu',
        ...(when === undefined ? {} : { when: { not: { path: when, equals: true } } }),
      },
    });
    const sorted = questionsOf([row('a', 'c'), row('b'), row('c', 'd'), row('d')]);
    expect(sorted.map(({ path }) => path)).to.deep.equal(['d', 'c', 'a', 'b']);
    const circle = questionsOf([row('a', 'b'), row('b', 'a')]);
    expect(circle.map(({ path }) => path)).to.deep.equal(['b', 'a']);
  });

  for (const [path, flag] of [
    ['pod_security.kubernetes_version', 'kubernetes-version'],
    ['pod_security.components.smb', 'components-smb'],
    ['namespaces.istio.name', 'namespaces-istio'],
    ['storage_classes.block.type', 'storage-classes-block-type'],
  ] as const) {
    it(`${path} is --${flag}`, () => {
      expect(flagOf(path)).to.equal(flag);
    });
  }

  it('offers each storage type once, whatever its spelling', () => {
    expect(offeredValues(question('storage_classes.block.type'))).to.deep.equal([
      ...['ebs', 'gce', 'azure-disk', 'hostpath', 'openebs'],
    ]);
    expect(offeredValues(question('pod_security.psp'))).to.deep.equal(['on', 'off']);
    expect(offeredValues(question('gpu.enabled'))).to.deep.equal([]);
  });
});

describe('init: answers', () => {
  const VERSION = 'must be a Kubernetes version from "1.13" to "1.40"';
  const cases: [path: string, text: string, expected: unknown][] = [
    ['gpu.enabled', 'yes', true],
    ['gpu.enabled', 'False', false],
    ['gpu.enabled', 'maybe', 'must be true or false, not "maybe"'],
    ['gpu.enabled', '', 'must be true or false'],
    ['pod_security.platform', ' eks ', 'eks-value'],
    [
      'pod_security.platform',
      'ekz',
      'must be one of eks, gke, aks, openshift, other, not "ekz" (did you mean "eks"?)',
    ],
    ['pod_security.platform', '', 'must be one of eks, gke, aks, openshift, other'],
    ['pod_security.kubernetes_version', '1.30', '1.30-value'],
    ['pod_security.kubernetes_version', '1.99', `${VERSION}, not "1.99"`],
    ['version', '', null],
    ['storage_classes.block.type', 'portworx', 'portworx-value'],
    [
      'storage_classes.block.type',
      'ebz',
      'must be a type such as ebs, gce, azure-disk, azure_disk, hostpath, openebs, not "ebz" (did you mean "ebs"?)',
    ],
    ['pod_security.openshift.additional_sccs', 'a, b,', ['a', 'b']],
    ['pod_security.openshift.additional_sccs', '', null],
    ['external_docker_registry', 'r.example.org/x', 'r.example.org/x-value'],
    ['external_docker_registry', ' ', 'must be text'],
  ];
  for (const [path, text, expected] of cases) {
    it(`${path}: ${JSON.stringify(text)}`, () => {
      const read = readAnswer(question(path), text);
      const shown =
        'problem' in read
          ? read.problem
          : typeof read.value === 'string'
            ? `${read.value}-value`
            : read.value;
      expect(shown).to.deep.equal(expected);
    });
  }
});

describe('init: --answers', () => {
  const read = (text: string): unknown => {
    try {
      return Object.fromEntries(
        [...readAnswers(text, 'a.yaml')].map(([path, { value, source }]) => {
          expect(source).to.equal('answers file');
          return [path, value];
        }),
      );
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.diagnostics.map(
        ({ code, location, message, fix }) =>
          `${code} ${location?.line ?? 0}:${location?.column ?? 0} ${message}${fix === undefined ? '' : ` ${fix}`}`,
      );
    }
  };
  const cases: { title: string; text: string; expected: unknown }[] = [
    { title: 'nothing', text: '# only a comment\n', expected: {} },
    {
      title: 'flat, nested, versions without quotes as they are written',
      text: 'pod_security.kubernetes_version: 1.30\ngpu:\n  enabled: yes\nversion:\npod_security.openshift.additional_sccs: [a, b]\n',
      expected: {
        'pod_security.kubernetes_version': '1.30',
        'gpu.enabled': true,
        version: null,
        'pod_security.openshift.additional_sccs': ['a', 'b'],
      },
    },
    {
      title: 'all problems at once, each at its place',
      text: 'gpu.enable: true\nistio:\n  enabled: 3\nhelm.password: x\n',
      expected: [
        'DPS1011 1:1 gpu.enable is no question of init. Did you mean gpu.enabled?',
        'DPS1011 3:12 istio.enabled must be true or false, not "3".',
        'DPS1011 4:1 helm.password is no question of init. See "domino-podsec init --help".',
      ],
    },
    {
      title: 'what stands below a secret key may be the secret itself',
      text: 'helm:\n  password:\n    hunter2: x\n',
      expected: [
        'DPS1011 3:5 helm.password.*** is no question of init. See "domino-podsec init --help".',
      ],
    },
    {
      title: 'a list',
      text: '- gpu\n',
      expected: ['DPS1011 1:1 The answers must be a map of option paths to values.'],
    },
    { title: 'a key twice', text: 'version: "1.1"\nversion: "1.2"\n', expected: ['DPS2'] },
  ];
  for (const { title, text, expected } of cases) {
    it(title, () => {
      const result = read(text);
      if (title === 'a key twice') expect((result as string[])[0]).to.match(/^DPS.*2:1 .*version/);
      else expect(result).to.deep.equal(expected);
    });
  }
});

describe('init: the equivalent command', () => {
  it('has a flag an answer, but none for defaults', () => {
    const answers = new Map([
      ['pod_security.platform', { value: 'eks', source: 'prompt' }],
      ['version', { value: null, source: 'prompt' }],
      ['gpu.enabled', { value: true, source: 'answers file' }],
      ['istio.enabled', { value: false, source: 'flag' }],
      ['external_docker_registry', { value: "a b'c", source: 'flag' }],
      ['pod_security.openshift.additional_sccs', { value: ['x', '-y'], source: 'flag' }],
      ['pod_security.hardening', { value: 'documented', source: 'default' }],
    ] as const);
    expect(
      commandText({ file: '-odd name.yaml', answers, yes: true, force: true }).split(' \\\n    '),
    ).to.deep.equal([
      "domino-podsec init './-odd name.yaml'",
      '--platform eks',
      '--openshift-additional-sccs x',
      '--openshift-additional-sccs=-y',
      "--domino-version ''",
      "--registry 'a b'\\''c'",
      '--gpu',
      '--no-istio',
      '--yes',
      '--force',
    ]);
    expect(commandText({ file: 'd.yaml', answers: new Map(), yes: false, force: false })).to.equal(
      'domino-podsec init d.yaml',
    );
  });

  for (const [word, quoted] of [
    ['a.b/c_d:1@x%+,=-', 'a.b/c_d:1@x%+,=-'],
    ['', "''"],
    ['$(rm)', "'$(rm)'"],
    ["it's", "'it'\\''s'"],
    ['~', "'~'"],
  ] as const) {
    it(`quotes ${JSON.stringify(word)}`, () => {
      expect(shellQuoted(word)).to.equal(quoted);
    });
  }
});
