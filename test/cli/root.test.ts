import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BIN, ROOT, runCli } from '../helpers/run-cli.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

describe('the command line', () => {
  it('answers --version alone and among other flags', () => {
    expect(runCli(['--version'])).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(runCli(['--version', '--color']).stdout).to.equal(`${version}\n`);
  });

  const usage: [string, string[], RegExp][] = [
    ['no command', [], /Name a command/],
    ['an unknown command, with the nearest', ['genrate'], /Did you mean "generate"/],
    ['an unknown flag', ['generate', '--wat'], /Unknown argument "wat"/],
    ['a value that is not allowed', ['generate', '--target', 'x'], /target/],
    ['a missing argument', ['list'], /needs an argument/],
    ['a table that is not there', ['list', 'cats'], /pods/],
    ['an unknown name', ['explain', 'ebs-csi-nod'], /DPS3013 Nothing is called "ebs-csi-nod"/],
    ['the beginning of a name', ['explain', 'aws-ebs'], /Did you mean "aws-ebs-csi-driver-node"/],
    [
      'a section of options',
      ['explain', 'gpu'],
      /Did you mean "nvidia-device-plugin-gpu-feature-discovery", "gpu.enabled" or "/,
    ],
    ['a word of no name', ['explain', 'zzz'], /See list pods/],
    ['an unknown format', ['list', 'pods', '--format', 'sarif'], /--format must be one of text/],
    ['a flag without its value', ['validate', '--fail-on'], /fail-on/],
    ['an empty value', ['generate', '--output', ''], /--output is empty/],
    ['one argument too many', ['list', 'pods', '--', 'extra'], /Unknown argument "extra"/],
    [
      'modes that clash',
      ['generate', '--check', '--diff'],
      /--check and --diff cannot be combined/,
    ],
    ['a check of stdout', ['generate', '--output', '-', '--check'], /--output - and --check/],
    [
      'a report in place of the input',
      ['validate', 'examples/eks/deploy.yaml', '--format', 'json=./examples/eks/deploy.yaml'],
      /would overwrite a file that the run reads/,
    ],
    ['two formats on stdout', ['validate', '--format', 'json', '--format', 'csv'], /Only one/],
  ];
  for (const [name, args, message] of usage) {
    it(`ends with 2 for ${name}`, () => {
      const { code, stdout, stderr } = runCli(args);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.match(message);
      expect(stderr).to.not.contain('bug in domino-podsec');
    });
  }

  it('takes what stands behind -- as arguments', () => {
    const { code, stdout } = runCli(['validate', '--', 'examples/absent.yaml']);
    expect(code).to.equal(2);
    expect(stdout).to.contain('examples/absent.yaml');
  });

  it('ends with 2 when even --version cannot be written', function () {
    if (!existsSync('/dev/full')) {
      console.log('      skipped: this system has no /dev/full');
      this.skip();
    }
    const { status, stderr } = spawnSync('bash', ['-c', `node ${BIN} --version > /dev/full`], {
      encoding: 'utf8',
    });
    expect([status, stderr.includes('DPS1002')]).to.deep.equal([2, true]);
  });

  it('speaks English whatever the locale', () => {
    const { stderr } = runCli(['generate', '--wat'], { env: { LC_ALL: 'de_DE.UTF-8' } });
    expect(stderr).to.contain('Unknown argument');
  });

  it('shows stacks only with --debug', () => {
    expect(runCli(['explain', 'x']).stderr).to.not.match(/^ +at /m);
    expect(runCli(['explain', 'x', '--debug']).stderr).to.match(/^ +at /m);
  });
});

describe('explain', () => {
  it('finds a pod by its row and by the names of its workload', () => {
    const rows = ['aws-ebs-csi-driver-node', 'ebs-csi-node'].map(
      (name) => runCli(['explain', name]).stdout,
    );
    expect(rows[0]).to.contain('from 5.7  capabilities  documented, DOC-PODSEC-5.7');
    expect(rows[1]).to.equal(rows[0]);
  });

  it('says that a key is ours where the installer has none', () => {
    expect(runCli(['explain', 'openebs']).stdout).to.contain(
      "pod_security.components.openebs: the installer's own key is not known",
    );
    expect(runCli(['explain', 'pod_security.components.smb']).stdout).to.contain(
      'the installer does not know it',
    );
  });

  it('gives options, rules, targets and codes, as data too', () => {
    const kinds = ['image_building.rootless', 'privileged', 'DPS4001', 'psp', 'DPS3001'].map(
      (name) => {
        const { code, stdout } = runCli(['explain', name, '--format', 'json']);
        expect(code).to.equal(0);
        return (JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind).join();
      },
    );
    expect(kinds).to.deep.equal(['option', 'rule', 'rule', 'target', 'code']);
  });
});

describe('list', () => {
  it('prints every table in every format', () => {
    for (const what of ['pods', 'options', 'targets', 'rules', 'codes', 'sources']) {
      const [text, json, markdown] = ['text', 'json', 'markdown'].map(
        (format) => runCli(['list', what, '--format', format]).stdout,
      );
      const items = JSON.parse(json ?? '') as unknown[];
      expect(items.length).to.be.greaterThan(2);
      expect(markdown?.split('\n').filter((line) => line.startsWith('| '))).to.have.length(
        items.length + 2,
      );
      expect(text?.split('\n').length).to.be.greaterThan(items.length);
    }
  });
});

describe('validate', () => {
  it('says which keys moved and how many pods there are', () => {
    const { code, stdout } = runCli(['validate', 'examples/legacy/deploy.yaml']);
    expect(code).to.equal(0);
    expect(stdout).to.contain('services.elasticsearch is read as release_overrides.elasticsearch.');
    expect(stdout).to.match(/valid: 11 pods of the catalog, 6 privileged, 10 root/);
  });

  it('is 1 under --fail-on note where there are notes, and 2 for a file that is not valid', () => {
    const file = 'examples/legacy/deploy.yaml';
    expect(runCli(['validate', file, '--fail-on', 'note']).code).to.equal(1);
    const broken = runCli(['validate', file, '-', '--format', 'json'], { input: 'gpu: 5\n' });
    expect(broken.code).to.equal(2);
  });

  it('gives the same verdict as data', () => {
    const { stdout } = runCli(['validate', 'examples/legacy/deploy.yaml', '--format', 'json']);
    const report = JSON.parse(stdout) as { totals: { note: number }; findings: { code: string }[] };
    expect(report.totals.note).to.equal(report.findings.length);
    expect(new Set(report.findings.map(({ code }) => code))).to.deep.equal(new Set(['DPS2031']));
  });
});

describe('completion', () => {
  it('is valid for bash and zsh, and completes pods, options and targets', () => {
    const script = runCli(['completion', 'bash']).stdout;
    for (const word of ['aws-ebs-csi-driver-node', 'image_building.rootless', 'namespaces']) {
      expect(script).to.contain(word);
    }
    expect(runCli(['completion', 'zsh']).stdout).to.match(/^#compdef domino-podsec\n/);
    expect(runCli(['completion', 'fish']).stdout).to.contain('complete -c domino-podsec');
  });
});
