import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTree } from '../helpers/golden.ts';
import { BIN, cleanEnv, ROOT } from '../helpers/run-cli.ts';
import { deployText } from '../helpers/policy.ts';
import { useGenerate } from './generate-command.ts';

describe('generate', () => {
  const { folder, write, generate } = useGenerate();

  it('takes ./deploy.yaml and writes ./domino-podsec-out when nothing is said', () => {
    write('deploy.yaml', deployText());
    const { code, stderr } = generate();
    expect(code, stderr).to.equal(0);
    expect(Object.keys(readTree(join(folder(), 'domino-podsec-out')))).to.include.members([
      'README.md',
      'namespaces.yaml',
      'installer/overrides.yaml',
      'patches/kustomization.yaml',
    ]);
  });

  it('writes the same however the paths are spelled', () => {
    write('deploy.yaml', deployText());
    generate('deploy.yaml', '--output', 'out');
    const spelled = [
      ['./deploy.yaml', '--output', './out/'],
      [join(folder(), 'deploy.yaml'), '--output', join(folder(), 'out')],
    ];
    expect(spelled.map((args) => generate(...args, '--check').code)).to.deep.equal([0, 0]);
  });

  it('--target leaves the rest of the folder alone', () => {
    write('deploy.yaml', deployText());
    generate('--output', 'out');
    const before = Object.keys(readTree(join(folder(), 'out')));
    const only = ['--target', 'namespaces', '--output', 'out'];
    expect(generate(...only).stdout).to.match(/^0 files written, 1 unchanged, 0 removed\.$/m);
    expect(generate(...only, '--check').code).to.equal(0);
    expect(Object.keys(readTree(join(folder(), 'out')))).to.deep.equal(before);
    expect(generate('--output', 'out', '--check').code).to.equal(0);
  });

  it('warns of a privilege that it takes from an upstream chart, and suggests only what helps', () => {
    write('deploy.yaml', deployText('storage_classes:\n  shared:\n    type: efs'));
    const { code, stderr } = generate('--output', 'out');
    expect(code).to.equal(0);
    expect(stderr).to.contain('DPS3001 aws-efs-csi-driver-controller, as its upstream chart is');
    expect(stderr).to.contain('If the pod needs it, record that in pod_security.catalog');
    expect(generate('--output', 'out', '--fail-on', 'warning').code).to.equal(1);
    const old = deployText().replace('schema: "1.16"', 'schema: "1.0"').replace('6.2.2', '5.2.1');
    write('deploy.yaml', old);
    generate('--output', 'out', '--force');
    const overrides = readFileSync(join(folder(), 'out/installer/overrides.yaml'), 'utf8');
    expect(overrides).to.contain('# services:\n#   elasticsearch:');
    expect(overrides).to.not.contain('release_overrides');
  });

  it('removes what an option that was turned off no longer produces', () => {
    write('deploy.yaml', deployText('gpu:\n  enabled: true'));
    generate('--output', 'out');
    expect(existsSync(join(folder(), 'out/patches/nvidia-device-plugin.yaml'))).to.equal(true);
    write('deploy.yaml', deployText());
    const { stdout } = generate('--output', 'out');
    expect(stdout).to.contain('removed out/patches/nvidia-device-plugin.yaml');
    expect(existsSync(join(folder(), 'out/patches/nvidia-device-plugin.yaml'))).to.equal(false);
  });

  it('refuses to overwrite a file that was changed by hand, but for --force', () => {
    write('deploy.yaml', deployText());
    generate('--output', 'out');
    const path = join(folder(), 'out/namespaces.yaml');
    writeFileSync(path, 'mine\n');
    write('deploy.yaml', deployText('gpu:\n  enabled: true'));
    const refused = generate('--output', 'out');
    expect(refused.code).to.equal(2);
    expect(refused.stderr).to.contain('DPS1005');
    expect(readFileSync(path, 'utf8')).to.equal('mine\n');
    expect(existsSync(join(folder(), 'out/patches/nvidia-device-plugin.yaml'))).to.equal(false);
    expect(generate('--output', 'out', '--force').code).to.equal(0);
    expect(readFileSync(path, 'utf8')).to.contain('kind: Namespace');
  });

  it('--check: 0 when up to date, 1 for missing, changed and stale files, and writes nothing', () => {
    write('deploy.yaml', deployText());
    const missing = generate('--output', 'out', '--check');
    expect([missing.code, existsSync(join(folder(), 'out'))]).to.deep.equal([1, false]);
    expect(missing.stderr).to.contain('out/README.md is missing.');
    generate('--output', 'out');
    expect(generate('--output', 'out', '--check').code).to.equal(0);
    write('deploy.yaml', deployText('', '  hardening: strict'));
    const changed = generate('--output', 'out', '--check');
    expect(changed.code).to.equal(1);
    expect(changed.stderr).to.contain('out/README.md is not what deploy.yaml asks for.');
  });

  it('--dry-run names the files and writes nothing; --diff shows what would change', () => {
    write('deploy.yaml', deployText());
    const dry = generate('--output', 'out', '--dry-run');
    expect(dry.stdout).to.match(/^would write out\/README\.md$/m);
    expect(dry.stdout).to.match(/^Nothing was written\.$/m);
    const diff = generate('--output', 'out', '--diff');
    expect(diff.stdout).to.contain('+++ out/namespaces.yaml');
    expect([dry.code, diff.code, existsSync(join(folder(), 'out'))]).to.deep.equal([0, 0, false]);
  });

  describe('--output -', () => {
    it('gives complete objects in apply order and nothing else', () => {
      write('deploy.yaml', readFileSync(join(ROOT, 'examples/openshift/deploy.yaml')));
      const { code, stdout } = generate('--output', '-');
      expect(code).to.equal(0);
      const kinds = stdout.match(/^kind: \w+$/gm);
      expect(kinds?.slice(0, 3)).to.deep.equal(Array(3).fill('kind: Namespace'));
      expect(kinds?.slice(3)).to.deep.equal(Array(6).fill('kind: RoleBinding'));
    });

    it('gives a single target of one file, whatever it is', () => {
      write('deploy.yaml', deployText());
      const { code, stdout } = generate('--output', '-', '--target', 'installer-overrides');
      expect([code, stdout.includes('namespaces:')]).to.deep.equal([0, true]);
    });

    it('refuses two configurations, whose objects would mix', () => {
      write('a.yaml', deployText());
      write('b.yaml', deployText());
      expect(generate('a.yaml', 'b.yaml', '--output', '-').code).to.equal(2);
    });

    it('refuses patches, a target that does not apply, and a report on the same stream', () => {
      write('deploy.yaml', deployText());
      const codes = [
        ['--target', 'security-contexts'],
        ['--target', 'psp'],
        ['--format', 'json'],
      ].map((args) => generate('--output', '-', ...args).code);
      expect(codes).to.deep.equal([2, 2, 2]);
    });
  });

  it('keeps its exit code when stdout closes early, and says no word', () => {
    write('deploy.yaml', deployText());
    const command = `node ${BIN} generate --output - | head -c 1`;
    const result = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
      cwd: folder(),
      env: cleanEnv(),
      encoding: 'utf8',
    });
    expect([result.status, result.stderr.includes('EPIPE')]).to.deep.equal([0, false]);
  });

  it('ends with 2 when stdout is a full disk', function () {
    if (!existsSync('/dev/full')) {
      console.log('      skipped: this system has no /dev/full');
      this.skip();
    }
    write('deploy.yaml', deployText());
    const result = spawnSync('bash', ['-c', `node ${BIN} generate --output - > /dev/full`], {
      cwd: folder(),
      env: cleanEnv(),
      encoding: 'utf8',
    });
    expect([result.status, result.stderr.includes('DPS1002')]).to.deep.equal([2, true]);
  });

  it('gives the same bytes every time', () => {
    write('deploy.yaml', deployText('gpu:\n  enabled: true'));
    generate('--output', 'one');
    execFileSync('sleep', ['0.01']);
    generate('--output', 'two');
    const text = (name: string): string => JSON.stringify(readTree(join(folder(), name)));
    expect(text('two').replaceAll('two/', 'one/')).to.equal(text('one'));
  });
});
