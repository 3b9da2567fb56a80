import { expect } from 'chai';
import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src/diagnostics.ts';
import { replaceFiles, writeFileAtomic } from '../../../src/io/atomic.ts';
import { fill, inFolder, snapshot } from '../../helpers/temp-folder.ts';

const failing =
  (code: string, at: string) =>
  (step: string): void => {
    if (step.startsWith(at)) throw Object.assign(new Error(), { code });
  };

describe('writeFileAtomic', () => {
  it('writes a new file, in pieces if need be, with the mode asked for', async () => {
    await inFolder((folder) => {
      writeFileAtomic(join(folder, 'a'), ['one ', Buffer.from('two')], 0o600);
      expect(snapshot(folder)).to.deep.equal({ a: 'one two' });
      expect(statSync(join(folder, 'a')).mode % 0o1000).to.equal(0o600);
    });
  });

  it('keeps the mode of an old file and the link that leads to it', async () => {
    await inFolder((folder) => {
      fill(folder, { 'real/deploy.yaml': 'old' });
      chmodSync(join(folder, 'real/deploy.yaml'), 0o640);
      symlinkSync('real/deploy.yaml', join(folder, 'deploy.yaml'));
      const broken = (): void => {
        writeFileAtomic(join(folder, 'deploy.yaml'), 'new', undefined, failing('EIO', 'rename'));
      };
      expect(broken).to.throw(UserError);
      expect(snapshot(folder)).to.deep.equal({
        'deploy.yaml': '-> real/deploy.yaml',
        'real/deploy.yaml': 'old',
      });
      writeFileAtomic(join(folder, 'deploy.yaml'), 'new');
      expect(lstatSync(join(folder, 'deploy.yaml')).isSymbolicLink()).to.equal(true);
      expect(readFileSync(join(folder, 'real/deploy.yaml'), 'utf8')).to.equal('new');
      expect(statSync(join(folder, 'real/deploy.yaml')).mode % 0o1000).to.equal(0o640);
    });
  });

  it('writes to a device directly', () => {
    writeFileAtomic('/dev/null', 'gone');
    expect(statSync('/dev/null').isCharacterDevice()).to.equal(true);
  });

  it('refuses folders and places that do not exist, and leaves nothing when the disk fails', async () => {
    await inFolder((folder) => {
      fill(folder, { a: 'old' });
      mkdirSync(join(folder, 'b'));
      const before = snapshot(folder);
      const cases: [string, () => void, string][] = [
        [
          'b',
          () => {
            writeFileAtomic(join(folder, 'b'), 'x');
          },
          'it is a folder.',
        ],
        [
          'c/d',
          () => {
            writeFileAtomic(join(folder, 'c/d'), 'x');
          },
          'it does not exist; nothing was changed.',
        ],
        [
          'a',
          () => {
            writeFileAtomic(join(folder, 'a'), 'x', undefined, failing('ENOSPC', 'fsync'));
          },
          'no space is left on the disk; nothing was changed.',
        ],
        [
          'a',
          () => {
            writeFileAtomic(join(folder, 'a'), 'x', undefined, failing('EACCES', 'rename'));
          },
          'permission is denied; nothing was changed.',
        ],
      ];
      for (const [path, action, why] of cases) {
        expect(action).to.throw(UserError, `Cannot write ${join(folder, path)}: ${why}`);
        expect(snapshot(folder)).to.deep.equal(before);
      }
    });
  });
});

describe('replaceFiles', () => {
  it('replaces files of several folders and keeps their modes', async () => {
    await inFolder(async (folder) => {
      fill(folder, { 'a/x': 'x1', 'b/c/y': 'y1', other: 'o' });
      chmodSync(join(folder, 'a/x'), 0o755);
      await replaceFiles([
        { path: join(folder, 'a/x'), content: 'x2' },
        { path: join(folder, 'b/c/y'), content: ['y', '2'] },
      ]);
      expect(snapshot(folder)).to.deep.equal({ 'a/x': 'x2', 'b/c/y': 'y2', other: 'o' });
      expect(statSync(join(folder, 'a/x')).mode % 0o1000).to.equal(0o755);
    });
  });

  it('changes none when one cannot be replaced', async () => {
    await inFolder(async (folder) => {
      fill(folder, { x: 'x1', y: 'y1' });
      const files = ['x', 'y'].map((name) => ({ path: join(folder, name), content: `${name}2` }));
      for (const at of ['keep', 'create', 'rename', 'sync', 'unlink']) {
        let error: unknown;
        let isFirst = true;
        const once = (step: string): void => {
          if (isFirst && step.startsWith(at) && step.endsWith(at === 'rename' ? 'y' : '')) {
            isFirst = false;
            throw Object.assign(new Error(), { code: 'ENOSPC' });
          }
        };
        try {
          await replaceFiles(files, { steps: once });
        } catch (thrown) {
          error = thrown;
        }
        expect(error, at).to.be.instanceOf(UserError);
        expect(snapshot(folder), at).to.deep.equal({ x: 'x1', y: 'y1' });
      }
    });
  });

  it('refuses a file that is not there', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'none');
      let message = '';
      try {
        await replaceFiles([{ path, content: '' }]);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).to.equal(`Cannot replace ${path}: it does not exist.`);
    });
  });
});
