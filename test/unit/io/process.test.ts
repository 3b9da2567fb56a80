import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { bundleChild, inFolder, snapshot } from '../../helpers/temp-folder.ts';

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

describe('the real Io', () => {
  const base = mkdtempSync(join(tmpdir(), 'domino-podsec-test-'));
  const child = join(base, 'io.mjs');
  before(() => bundleChild(join(import.meta.dirname, 'children', 'io.ts'), child));
  after(() => {
    rmSync(base, { recursive: true });
  });

  const shell = (command: string, cwd = base): Outcome => {
    const script = command.replaceAll('CHILD', `'${process.execPath}' '${child}'`);
    const { status, stdout, stderr } = spawnSync('/bin/bash', ['-o', 'pipefail', '-c', script], {
      encoding: 'utf8',
      cwd,
      maxBuffer: 1 << 26,
    });
    return { status, stdout, stderr };
  };
  const lines = (count: number): string =>
    Array.from({ length: count }, (_, line) => `${line}\n`).join('');

  it('writes everything to a pipe with a slow reader', () => {
    const { status, stdout, stderr } = shell('CHILD out 50000 | (sleep 0.3; cat)');
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: 'open' });
    expect(stdout).to.equal(lines(50_000));
  });

  it('writes everything to a file', () => {
    const { status, stdout } = shell('CHILD out 5000 > all.txt 2> talk.txt; cat all.txt');
    expect(status).to.equal(0);
    expect(stdout).to.equal(lines(5000));
  });

  it('ends quietly with its own exit code when stdout closes', () => {
    const outcome = shell('CHILD out 1000000 | head -1; exit "${PIPESTATUS[0]}"');
    expect(outcome).to.deep.equal({ status: 0, stdout: '0\n', stderr: 'closed' });
  });

  it('exits 2 when the disk under stdout is full', function () {
    if (!existsSync('/dev/full')) {
      console.log('      skipped: no /dev/full on this system');
      this.skip();
    }
    expect(shell('CHILD out 10 > /dev/full')).to.deep.equal({
      status: 2,
      stdout: '',
      stderr: 'Cannot write to stdout: no space is left on the disk.',
    });
  });

  it('exits 2 when a file takes only a part of what is written', () => {
    const { status, stderr } = shell("trap '' XFSZ; ulimit -f 1; CHILD long 3000 > part.txt");
    expect({ status, stderr }).to.deep.equal({
      status: 2,
      stderr: 'Cannot write to stdout: the file would be too large.',
    });
  });

  it('keeps its result when nobody reads stderr', () => {
    expect(shell('CHILD out 3 2> /dev/full')).to.include({ status: 0, stdout: '0\n1\n2\n' });
  });

  it('reads stdin from a pipe, a file, a slow and a non-blocking writer', () => {
    expect(shell('printf abc | CHILD in').stdout).to.equal('<stdin> 3');
    expect(shell('printf abcd > in.txt; CHILD in < in.txt').stdout).to.equal('<stdin> 4');
    expect(shell('(printf ab; sleep 0.2; printf cde) | CHILD in').stdout).to.equal('<stdin> 5');
    const nonBlocking =
      'import fcntl,os; fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK); os.execvp(os.sys.argv[1], os.sys.argv[1:])';
    if (shell('python3 -c 1').status !== 0) {
      console.log('      the non-blocking pipe was not tried: no python3');
      return;
    }
    const command = `(printf ab; sleep 0.5; printf cdef) | python3 -c "${nonBlocking}" CHILD in`;
    expect(shell(command).stdout).to.equal('<stdin> 6');
  });

  it('refuses a folder as stdin', () => {
    expect(shell('CHILD in < .')).to.deep.equal({
      status: 2,
      stdout: '',
      stderr: 'Cannot read <stdin>: it is a folder.',
    });
  });

  it('rolls back on Ctrl-C before the journal and finishes after it', async () => {
    await inFolder((folder) => {
      expect(shell(`CHILD write '${folder}/out' create`)).to.deep.equal({
        status: 130,
        stdout: '',
        stderr: 'Interrupted; nothing was changed.',
      });
      expect(snapshot(folder)).to.deep.equal({});
      expect(shell(`CHILD write '${folder}/out' rename`)).to.deep.equal({
        status: 0,
        stdout: 'interrupted true',
        stderr: '',
      });
      expect(Object.keys(snapshot(folder)).length).to.equal(51);
    });
  });

  it('leaves no temporary file, even when it is killed while it spills', async () => {
    await inFolder((folder) => {
      const { status } = shell(
        `TMPDIR='${folder}' CHILD spill | (head -1 > /dev/null; kill -9 $$)`,
      );
      expect(status).to.equal(null);
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  });

  it('writes nothing into a folder that is read-only', async function () {
    if (process.getuid?.() !== 0) {
      console.log('      skipped: needs root, to become a user without rights');
      this.skip();
    }
    await inFolder((folder) => {
      const script = `chmod 755 '${folder}' '${base}'; CHILD write '${folder}/out' none`;
      const command = script.replaceAll('CHILD', `'${process.execPath}' '${child}'`);
      spawnSync('/bin/bash', ['-c', `chmod 755 '${folder}' '${base}'`]);
      const probe = spawnSync(process.execPath, ['--version'], { uid: 65534, gid: 65534 });
      if (probe.status !== 0) {
        console.log('      skipped: another user cannot start node here');
        this.skip();
      }
      const { status, stderr } = spawnSync('/bin/bash', ['-c', command.split('; ')[1] ?? ''], {
        uid: 65534,
        gid: 65534,
        encoding: 'utf8',
      });
      expect({ status, stderr }).to.deep.equal({
        status: 2,
        stderr: `Cannot write to ${folder}/out: permission is denied; nothing was changed.`,
      });
      expect(snapshot(folder)).to.deep.equal({});
    });
  });
});
