import { expect } from 'chai';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeIo } from '../../src/io/node.ts';
import { fill, inFolder, snapshot } from '../helpers/temp-folder.ts';
import { CANARY, OLD, run } from './init-support.ts';

describe('init without a terminal', () => {
  it('names every flag that is missing, and writes nothing', async () => {
    await inFolder(async (folder) => {
      const { code, stdout, stderr } = await run([
        join(folder, 'd.yaml'),
        '--gpu',
        '--platform',
        'gke',
      ]);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.equal(
        `error DPS1009 There is no terminal to ask on, and 14 answers are missing; nothing was written.
  Fix:
    Give them as flags or with --answers FILE, or take what is proposed with --yes:
      --kubernetes-version VERSION
      --domino-version VERSION
      --extended-catalog or --no-extended-catalog
      --platform-namespace TEXT
      --compute-namespace TEXT
      --system-namespace TEXT
      --block-storage ebs|gce|azure-disk|hostpath|openebs
      --shared-storage efs|nfs|azure_file|gcs|filestore
      --internal-registry or --no-internal-registry
      --istio or --no-istio
      --image-caching or --no-image-caching
      --rootless-builds or --no-rootless-builds
      --components-openebs or --no-components-openebs
      --hardening documented|strict

1 error.
`,
      );
      expect(snapshot(folder)).to.deep.equal({});
    });
  });

  it('--yes leaves only what has no default', async () => {
    await inFolder(async (folder) => {
      const { code, stderr } = await run([join(folder, 'd.yaml'), '--yes']);
      expect(code).to.equal(2);
      expect(stderr)
        .to.contain('an answer is missing')
        .and.to.contain('--kubernetes-version VERSION\n\n1 error.');
      expect(snapshot(folder)).to.deep.equal({});
    });
  });

  it('the printed command gives the same file, and so does the answers file', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'd.yaml');
      const answers = join(folder, 'answers.yaml');
      writeFileSync(
        answers,
        'pod_security: {platform: eks, kubernetes_version: 1.30}\nstorage_classes.block.type: ebs\nversion: 6.2.0\n',
      );
      const first = await run([
        file,
        '--answers',
        answers,
        '--yes',
        '--platform',
        'aks',
        '--no-gpu-enabled',
      ]);
      expect([first.code, first.stdout]).to.deep.equal([0, '']);
      const text = readFileSync(file, 'utf8');
      expect(text).to.match(/^# yaml-language-server: \$schema=/);
      // Flags stand over the answers file; a version without quotes keeps its zero.
      expect(text).to.contain('platform: aks\n').and.to.contain('kubernetes_version: "1.30"\n');
      const command = /The same without questions:\n([^]*)$/.exec(first.stderr)?.[1] ?? '';
      expect(command).to.equal(
        [
          `  domino-podsec init ${file}`,
          ...[
            '--platform aks',
            '--kubernetes-version 1.30',
            '--domino-version 6.2.0',
            '--block-storage ebs',
          ],
          ...['--no-gpu', '--yes\n'],
        ].join(' \\\n    '),
      );
      const words = command
        .trim()
        .split(/ \\\n {4}| /)
        .slice(3);
      const other = join(folder, 'again.yaml');
      expect((await run([other, ...words])).code).to.equal(0);
      expect(readFileSync(other, 'utf8')).to.equal(text);
    });
  });

  it('an existing file: refused without --force; keeps keys, comments, secrets and mode', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'd.yaml');
      fill(folder, { 'd.yaml': OLD });
      chmodSync(file, 0o600);
      const flags = [
        '--yes',
        '--platform',
        'eks',
        '--kubernetes-version',
        '1.33',
        '--format',
        'json',
      ];
      const refused = await run([file, ...flags]);
      expect(refused.code).to.equal(2);
      expect(refused.stderr).to.contain('DPS1010').and.to.contain('nothing was written');
      expect(readFileSync(file, 'utf8')).to.equal(OLD);
      const done = await run([file, ...flags, '--force']);
      expect([done.code, done.stdout]).to.deep.equal([0, '']);
      expect(readFileSync(file, 'utf8')).to.equal(
        `${OLD}pod_security:\n  platform: eks\n  kubernetes_version: "1.33"\n`,
      );
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      expect(refused.stderr + done.stderr).not.to.contain(CANARY);
      const again = await run([file, '--yes']);
      expect([again.code, again.stderr.includes('says all that already')]).to.deep.equal([0, true]);
    });
  });

  it('--format writes the report to stderr; --quiet says nothing', async () => {
    await inFolder(async (folder) => {
      const flags = ['--yes', '--kubernetes-version', '1.33', '--quiet'];
      const quiet = await run([join(folder, 'a.yaml'), ...flags]);
      expect(quiet).to.deep.equal({ code: 0, stdout: '', stderr: '' });
      const json = await run([join(folder, 'b.yaml'), ...flags, '--format', 'json']);
      expect(json.stdout).to.equal('');
      expect((JSON.parse(json.stderr) as { command: string }).command).to.equal('init');
    });
  });

  const refusals: {
    title: string;
    argv: string[];
    files?: Record<string, string>;
    stderr: RegExp;
  }[] = [
    {
      title: 'a bad flag',
      argv: ['--yes', '--platform', 'ekz'],
      stderr: /DPS1003 --platform must be one of .*\(did you mean "eks"\?\)\.\n/,
    },
    {
      title: 'a contradiction',
      argv: [
        '--yes',
        '--platform',
        'openshift',
        '--openshift-version',
        '4.18',
        '--openshift-uid-remapping',
      ],
      stderr:
        /^Nothing was written\. These are the lines of .*d\.yaml as it would be:\n\n[^]*DPS2060/,
    },
    {
      title: 'one answer in two forms',
      argv: ['--yes', '--answers', 'F/a.yaml'],
      files: { 'a.yaml': 'gpu: {enabled: true}\ngpu.enabled: false\n' },
      stderr: /a\.yaml:2:1 error DPS1011 gpu\.enabled is answered twice\./,
    },
    {
      title: 'an answer that is no question',
      argv: ['--yes', '--answers', 'F/a.yaml'],
      files: { 'a.yaml': 'gpu.enable: true\n' },
      stderr: /a\.yaml:1:1 error DPS1011 gpu\.enable is no question of init\./,
    },
    {
      title: 'a folder that is not there',
      argv: ['F/no/d.yaml', '--yes', '--kubernetes-version', '1.33'],
      stderr: /DPS1002 .*folder .*no does not exist/,
    },
    {
      title: 'a device in place of -',
      argv: ['/dev/stdout', '--yes', '--platform', 'eks', '--kubernetes-version', '1.33'],
      stderr: /DPS1003 \/dev\/stdout cannot be read first.*\n {2}Fix: Write - for stdout\./,
    },
    {
      title: 'a file that is no YAML',
      argv: ['F/bad.yaml', '--yes'],
      files: { 'bad.yaml': 'a: [\n' },
      stderr: /bad\.yaml:\d+:\d+ error DPS/,
    },
  ];
  for (const { title, argv, files = {}, stderr } of refusals) {
    it(`exit 2 and nothing written: ${title}`, async () => {
      await inFolder(async (folder) => {
        fill(folder, files);
        const words = argv.map((word) => word.replace(/^F/, folder));
        const named = words[0]?.startsWith('-') ? [join(folder, 'd.yaml'), ...words] : words;
        const ran = await run(named);
        expect(ran.code).to.equal(2);
        expect(ran.stderr).to.match(stderr);
        expect(snapshot(folder)).to.deep.equal(files);
      });
    });
  }

  it('refuses a file that changed while it ran', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'd.yaml');
      fill(folder, { 'd.yaml': OLD });
      let reads = 0;
      const disk = nodeIo();
      const ran = await run([file, '--yes', '--kubernetes-version', '1.33', '--force'], {
        readText: (path) => disk.readText(path) + (++reads > 1 ? '# more\n' : ''),
      });
      expect([ran.code, ran.stderr.includes('was changed while init ran')]).to.deep.equal([
        2,
        true,
      ]);
      expect(readFileSync(file, 'utf8')).to.equal(OLD);
    });
  });

  it('CI on a terminal is no terminal', async () => {
    await inFolder(async (folder) => {
      const terminal = { stdinIsTerminal: true, stdoutIsTerminal: true, stderrIsTerminal: true };
      const env = (name: string): string | undefined => (name === 'CI' ? 'true' : undefined);
      const ran = await run([join(folder, 'd.yaml')], { ...terminal, env });
      expect([ran.code, ran.stderr.includes('DPS1009')]).to.deep.equal([2, true]);
    });
  });
});
