import { expect } from 'chai';
import { fill, inFolder, snapshot } from '../helpers/temp-folder.ts';
import { OLD, run } from './init-support.ts';

describe('init, where its output goes', () => {
  it('- goes to stdout and makes no file; ./- is a file', async () => {
    await inFolder(async (folder) => {
      const before = process.cwd();
      process.chdir(folder);
      try {
        const flags = ['--yes', '--platform', 'eks', '--kubernetes-version', '1.33'];
        const written = await run(['-', ...flags]);
        expect([written.code, snapshot(folder)]).to.deep.equal([0, {}]);
        expect(written.stdout).to.match(/^# yaml-language-server/);
        expect(written.stderr).to.include('Wrote the configuration to stdout.');
        expect(written.stderr).to.include('domino-podsec init - \\\n');
        const refused = await run(['-', ...flags, '--generate']);
        expect([refused.code, refused.stdout]).to.deep.equal([2, '']);
        expect(refused.stderr).to.include('DPS1003 --generate needs a file');
        await run(['./-', ...flags]);
        expect(snapshot(folder)).to.deep.equal({ '-': written.stdout });
      } finally {
        process.chdir(before);
      }
    });
  });

  it('--generate goes on', async () => {
    await inFolder(async (folder) => {
      fill(folder, { 'd.yaml': OLD });
      const before = process.cwd();
      process.chdir(folder);
      try {
        const ran = await run([
          'd.yaml',
          '--yes',
          '--kubernetes-version',
          '1.33',
          '--force',
          '--generate',
          '--quiet',
        ]);
        expect([
          ran.code,
          Object.keys(snapshot(folder)).includes('domino-podsec-out/README.md'),
        ]).to.deep.equal([0, true]);
      } finally {
        process.chdir(before);
      }
    });
  });
});
