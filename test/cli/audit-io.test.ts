/** What audit does with terminals, pipes and formats; in-process, with an Io made of literals. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { progressOn } from '../../src/cli/audit-progress.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import { diagnostic, type Diagnostic } from '../../src/diagnostics.ts';
import { reportJsonSchema } from '../../src/report/json-schema.ts';
import { fakeIo, type FakeIo, type FakeIoOptions } from '../helpers/fake-io.ts';
import { minimalPod, set, tweaked } from '../helpers/pods.ts';
import { BIN, cleanEnv, runCli } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

const ROOTED = JSON.stringify(tweaked(set('spec.containers.0.securityContext.privileged', true)));

async function audit(
  args: readonly string[],
  options: FakeIoOptions,
): Promise<FakeIo & { code: number }> {
  const io = fakeIo(options);
  const code = await runCommandLine(['audit', ...args], io);
  return Object.assign(Object.create(io) as FakeIo, { code });
}

describe('audit and its streams', () => {
  const folder = useTempFolder();

  it('refuses a terminal as its input', async () => {
    for (const args of [[], ['-']]) {
      const { code, stderr, stdout } = await audit(args, { terminals: ['stdin'] });
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain('standard input is a terminal');
    }
    const files = { 'a.json': JSON.stringify(minimalPod()) };
    expect((await audit(['a.json'], { terminals: ['stdin'], files })).code).to.equal(0);
  });

  it('goes on where a folder cannot be listed', async () => {
    const files = { 'a.json': ROOTED, 'no/b.json': ROOTED };
    for (const paths of [['a.json', 'no'], ['no']]) {
      const io = fakeIo({ files });
      const closed = Object.assign(Object.create(io) as FakeIo, {
        list: (path: string, report?: (problem: Diagnostic) => void): string[] => {
          report?.(diagnostic('DPS1001', `Cannot list ${path}: no permission.`));
          return [];
        },
      });
      const code = await runCommandLine(['audit', ...paths, '--format', 'json'], closed);
      expect(code).to.equal(2);
      expect(io.stdout).to.contain('Cannot list no: no permission.');
      expect(io.stdout.includes('"DPS4001"')).to.equal(paths.length === 2);
    }
  });

  it('keeps stdout for the report: warnings about deploy.yaml go to stderr', () => {
    writeFileSync(
      join(folder(), 'deploy.yaml'),
      'schema: 1.10\nname: a\nversion: 6.2.2\nhostname: h.example\nexternal_docker_registry: r.example\npod_security:\n  platform: eks\n  kubernetes_version: "1.33"\n',
    );
    const args = ['audit', '--config', 'deploy.yaml', '--format', 'json'];
    const input = JSON.stringify(minimalPod());
    const { stdout, stderr } = runCli(args, { cwd: folder(), input });
    expect(stderr).to.contain('warning DPS2030');
    expect(JSON.parse(stdout)).to.have.property('command', 'audit');
    expect(runCli([...args, '--quiet'], { cwd: folder(), input }).stderr).to.equal('');
  });

  it('shows progress from the third second on, on a terminal only', () => {
    const steps = (
      terminals: FakeIoOptions['terminals'],
      seconds: number,
      quiet = false,
    ): string => {
      let now = 0;
      const io = fakeIo({ terminals: terminals ?? [] });
      const clock = Object.assign(Object.create(io) as FakeIo, { now: () => new Date(now) });
      const progress = progressOn(clock, quiet);
      now = seconds * 1000;
      for (let pods = 1; pods <= 64; pods++) progress.step(pods, { error: 3, warning: 1, note: 0 });
      progress.done();
      return io.stderr;
    };
    expect(steps(['stderr'], 3)).to.equal('\r\x1b[K64 pods, 3 errors, 1 warnings ...\r\x1b[K');
    expect(steps(['stderr'], 1)).to.equal('');
    expect(steps(['stderr'], 3, true)).to.equal('');
    expect(steps([], 3)).to.equal('');
  });

  it('ends quietly with its code when the reader of stdout goes', () => {
    const many = Array.from({ length: 2000 }, () => ROOTED).join('\n---\n');
    const path = join(folder(), 'many.yaml');
    writeFileSync(path, `---\n${many}`);
    const script = `"${process.execPath}" "${BIN}" audit "${path}" --format csv | head -1; echo "code \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: cleanEnv(),
    });
    expect(stderr).to.equal('');
    expect(stdout).to.match(/^severity,code.*\r?\ncode 1\n$/);
  });

  it('exits with 2 when the disk is full', function () {
    if (!existsSync('/dev/full')) {
      console.log('      skipped: there is no /dev/full');
      this.skip();
    }
    const script = `"${process.execPath}" "${BIN}" audit - > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: cleanEnv(),
      input: ROOTED,
    });
    expect(status).to.equal(2);
    expect(stderr).to.contain('DPS1002');
  });

  it('writes json by its schema, with every state, clean or not', () => {
    const validate = new Ajv2020({ allErrors: true }).compile(reportJsonSchema);
    for (const input of [ROOTED, JSON.stringify(minimalPod())]) {
      const { stdout } = runCli(['audit', '--format', 'json'], { input });
      const report = JSON.parse(stdout) as { data: { states: { state: string; pods: number }[] } };
      validate(report);
      expect(validate.errors ?? []).to.deep.equal([]);
      expect(report.data.states.map(({ state }) => state)).to.deep.equal([
        'conforms',
        'used',
        'unneeded',
        'undocumented',
        'user',
        'foreign',
        'windows',
      ]);
      expect(report.data.states.reduce((sum, { pods }) => sum + pods, 0)).to.equal(1);
    }
  });

  it('masks secrets beside a finding in every format', () => {
    const pod = [
      'apiVersion: v1',
      'kind: Pod',
      'metadata: {name: web, namespace: x}',
      'spec:',
      '  containers:',
      '    - name: web',
      '      password: canary-1',
      '      securityContext: {privileged: true, token: canary-2}',
      '      apiKey: canary-3',
    ].join('\n');
    for (const format of ['text', 'json', 'csv', 'markdown', 'junit', 'sarif']) {
      const file = join(folder(), `out.${format}`);
      const { stdout, stderr } = runCli(['audit', '--format', format], { input: pod });
      runCli(['audit', '--format', `${format}=${file}`], { input: pod });
      expect(stdout + stderr + readFileSync(file, 'utf8'), format).not.to.contain('canary');
    }
  });
});
