import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { deployText } from '../helpers/policy.ts';
import { BIN, cleanEnv, runCli } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

const RIGHT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nucleus
  namespace: domino-platform
spec:
  template:
    spec:
      securityContext:
        runAsNonRoot: true
        seLinuxOptions: {type: spc_t}
      containers:
        - name: web
          image: x
          securityContext:
            privileged: false
            capabilities: {drop: ["ALL"]}
`;

const WRONG = RIGHT.replace('privileged: false', 'privileged: true  # why?');

describe('patch', () => {
  const folder = useTempFolder();
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder(), name), text);
  };
  beforeEach(() => {
    write('deploy.yaml', deployText('storage_classes:\n  block:\n    type: ebs'));
  });
  const patch = (input: string, ...args: string[]) =>
    runCli(['patch', '--config', 'deploy.yaml', ...args], { cwd: folder(), input });

  it('changes the values that are decided otherwise and not another byte', () => {
    const { code, stdout } = patch(`# head\r\n${WRONG}---\n# tail`);
    expect(code).to.equal(0);
    expect(stdout).to.equal(`# head\r\n${WRONG.replace('true  #', 'false  #')}---\n# tail`);
  });

  const untouched: [string, string][] = [
    ['a document that is right', RIGHT],
    ['comments, empty documents and no final newline', '# a\n---\n---\n# b\n---'],
    ['kinds without pods', 'kind: ConfigMap\napiVersion: v1\ndata:\n  x: |\n    a\n     b\n'],
    ['CRLF', RIGHT.replaceAll('\n', '\r\n')],
    ['a foreign namespace', WRONG.replace('domino-platform', 'kube-system')],
    ['a pod of a user', WRONG.replace('domino-platform', 'domino-compute')],
    [
      'a Windows pod',
      WRONG.replace('      containers:', '      os: {name: windows}\n      containers:'),
    ],
    ['JSON that is right', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] })],
    ['the same kind and name twice', `${RIGHT}---\n${RIGHT}`],
  ];
  for (const [name, text] of untouched) {
    it(`leaves ${name} byte for byte`, () => {
      const { code, stdout, stderr } = patch(text);
      expect([code, stdout], stderr).to.deep.equal([0, text]);
    });
  }

  it('leaves a duplicate alone where nothing is to change, and says so', () => {
    const twice = WRONG.replace('domino-platform', 'kube-system').replace(
      'privileged: true',
      'privileged: false\n            privileged: true',
    );
    const { code, stdout, stderr } = patch(twice);
    expect([code, stdout], stderr).to.deep.equal([0, twice]);
    expect(stderr).to.contain('warning DPS7006');
  });

  it('patches the items of a List, in YAML and in JSON', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'domino-platform' },
      spec: { containers: [{ name: 'c', securityContext: { privileged: true } }] },
    };
    const list = { apiVersion: 'v1', kind: 'List', items: [pod, pod] };
    const { code, stdout } = patch(JSON.stringify(list, null, 2));
    expect(code).to.equal(0);
    const { items } = JSON.parse(stdout) as typeof list;
    for (const { spec } of items) {
      expect(spec).to.deep.equal({
        containers: [
          { name: 'c', securityContext: { privileged: false, capabilities: { drop: ['ALL'] } } },
        ],
        securityContext: { runAsNonRoot: true, seLinuxOptions: { type: 'spc_t' } },
      });
    }
  });

  it('reports on stderr what it did, what is missing, and hooks', () => {
    const hook = RIGHT.replace(
      '  namespace',
      '  annotations: {helm.sh/hook: post-install}\n  namespace',
    );
    const { stderr } = patch(`${WRONG}---\n${hook}`);
    for (const words of [
      'changed        Deployment domino-platform/nucleus  the default policy, 1 field',
      'already right  Deployment domino-platform/nucleus  the default policy',
      'DPS3007 aws-ebs-csi-driver-node is installed by the configuration but is not in the input.',
      'Helm 3 never passes hooks to a post-renderer',
      'DPS3001 Deployment domino-platform/nucleus: container "web" asks for privileged: true',
    ]) {
      expect(stderr).to.contain(words);
    }
    expect(patch(WRONG, '--quiet').stderr).to.equal('');
  });

  it('--format writes the report elsewhere', () => {
    const { code, stderr } = patch(WRONG, '--format', 'json=report.json');
    expect([code, stderr]).to.deep.equal([0, '']);
    const report = JSON.parse(readFileSync(join(folder(), 'report.json'), 'utf8')) as object;
    expect(report).to.have.nested.property('totals.changed', 1);
  });

  it('--diff shows what would change, with the lines of the file', () => {
    const { code, stdout } = patch(`${RIGHT}---\n${WRONG}`, '--diff');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^@@ -3\d,\d+ \+3\d,\d+ @@$/m);
    expect(stdout).to.contain('-            privileged: true  # why?');
    expect(stdout).to.contain('+            privileged: false  # why?');
  });

  it('--allow-empty takes an empty input, and writes a comment since Helm 4 refuses to get nothing', () => {
    const { code, stdout } = patch('', '--allow-empty');
    expect([code, stdout]).to.deep.equal([0, '# No manifests.\n']);
    expect(patch(stdout).stdout, 'a second run changes nothing').to.equal(stdout);
    expect(patch(' \n', '--allow-empty').stdout).to.equal(' \n# No manifests.\n');
    expect(patch('', '--allow-empty', '--diff').stdout).to.equal('');
    expect(patch(RIGHT, '--allow-empty').stdout).to.equal(RIGHT);
  });

  it('--only-catalog and --patch-unknown choose which pods', () => {
    expect(patch(WRONG, '--only-catalog').stdout).to.equal(WRONG);
    const user = WRONG.replace('domino-platform', 'domino-compute');
    expect(patch(user, '--patch-unknown').stdout).to.contain('privileged: false');
  });

  describe('writes nothing to stdout', () => {
    const rows: [string, string, string[], number, RegExp][] = [
      ['half a document', RIGHT.slice(0, -12), [], 2, /<stdin>:\d+:\d+ error/],
      ['a template', WRONG.replace('nucleus', '{{ .Release.Name }}'), [], 2, /<stdin>:4:\d+ error/],
      ['a broken second document', `${RIGHT}---\na: [\n`, [], 2, /<stdin>:\d+:\d+ error/],
      [
        'a container without a name',
        RIGHT.replace('- name: web\n          image', '- image'),
        [],
        2,
        /DPS3014/,
      ],
      [
        'a pod whose namespace is unknown',
        RIGHT.replace(/ {2}namespace: .*\n/, ''),
        [],
        2,
        /--namespace NS/,
      ],
      [
        'a duplicate of what must change',
        WRONG.replace('privileged: true', 'privileged: false\n            privileged: true'),
        [],
        2,
        /DPS5002/,
      ],
      [
        'a security context that is no map',
        RIGHT.replace(/securityContext:\n {12}privileged[\s\S]*$/, 'securityContext: [1]\n'),
        [],
        2,
        /DPS5004|error/,
      ],
      ['--strict and a lost privilege', WRONG, ['--strict'], 1, /DPS3001/],
      ['--require-all and a missing pod', RIGHT, ['--require-all'], 1, /DPS3007/],
    ];
    for (const blank of ['', ' \n\t\r\n', '\ufeff\n']) {
      rows.push(
        [`the empty input ${JSON.stringify(blank)}`, blank, [], 2, /DPS5007.*--allow-empty/s],
        [`${JSON.stringify(blank)} with --diff`, blank, ['--diff'], 2, /DPS5007/],
      );
    }
    for (const [name, text, args, expected, message] of rows) {
      it(`for ${name}: exit ${expected}`, () => {
        const { code, stdout, stderr } = patch(text, ...args);
        expect([code, stdout], stderr).to.deep.equal([expected, '']);
        expect(stderr).to.match(message);
        expect(stderr).to.not.contain('bug in domino-podsec');
      });
    }

    it('without --config, for unknown formats and a missing file: exit 2', () => {
      const codes = [
        runCli(['patch'], { cwd: folder(), input: RIGHT }),
        patch(RIGHT, '--format', 'yaml'),
        patch('', 'absent.yaml'),
        patch('', '-', '--in-place'),
      ].map(({ code, stdout }) => [code, stdout]);
      expect(codes).to.deep.equal(Array(4).fill([2, '']));
    });

    it('when stdout is closed or full: exit 2', function () {
      const many = Array.from({ length: 3000 }, () => RIGHT).join('---\n');
      write('many.yaml', many);
      const run = (tail: string): number | null =>
        spawnSync(
          'bash',
          ['-c', `node ${BIN} patch --config deploy.yaml --quiet many.yaml ${tail}`],
          { cwd: folder(), env: cleanEnv() },
        ).status;
      expect(run('| head -c 1; exit ${PIPESTATUS[0]}')).to.equal(2);
      if (!existsSync('/dev/full')) {
        console.log('      skipped the full disk: this system has no /dev/full');
        return;
      }
      expect(run('> /dev/full')).to.equal(2);
    });
  });

  describe('shared anchors', () => {
    const shared = `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: domino-platform}
spec:
  securityContext: {runAsNonRoot: true, seLinuxOptions: {type: spc_t}}
  containers:
    - name: one
      securityContext: &shared
        privileged: false
        capabilities: {drop: [ALL], add: [NET_RAW]}
    - name: two
      securityContext: *shared
`;
    it('are expanded, and never changed for one container only by accident', () => {
      const { code, stdout, stderr } = patch(shared);
      expect(code, stderr).to.equal(0);
      expect(stdout).to.not.contain('NET_RAW');
      expect(patch(stdout).stdout).to.equal(stdout);
    });
  });

  describe('--in-place', () => {
    it('rewrites the files that change, and only those', () => {
      write('wrong.yaml', WRONG);
      write('right.yaml', RIGHT);
      const before = statSync(join(folder(), 'right.yaml')).mtimeMs;
      const { code } = patch('', 'wrong.yaml', 'right.yaml', '--in-place');
      expect(code).to.equal(0);
      expect(readFileSync(join(folder(), 'wrong.yaml'), 'utf8')).to.equal(
        WRONG.replace('true  #', 'false  #'),
      );
      expect(statSync(join(folder(), 'right.yaml')).mtimeMs).to.equal(before);
    });

    it('takes an empty file beside others, and none alone', () => {
      write('wrong.yaml', WRONG);
      write('empty.yaml', '');
      expect(patch('', 'empty.yaml', '--in-place').code).to.equal(2);
      expect(patch('', 'empty.yaml', '--in-place', '--allow-empty').code).to.equal(0);
      expect(patch('', 'empty.yaml', 'wrong.yaml', '--in-place').code).to.equal(0);
      expect(readFileSync(join(folder(), 'empty.yaml'), 'utf8')).to.equal('');
    });

    it('rewrites none when one cannot be read', () => {
      write('wrong.yaml', WRONG);
      write('broken.yaml', 'a: [\n');
      expect(patch('', 'wrong.yaml', 'broken.yaml', '--in-place').code).to.equal(2);
      expect(readFileSync(join(folder(), 'wrong.yaml'), 'utf8')).to.equal(WRONG);
    });
  });
});
