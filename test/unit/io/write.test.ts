import { expect } from 'chai';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeOutput } from '../../../src/io/write.ts';
import { fill, inFolder, snapshot } from '../../helpers/temp-folder.ts';
import { FILES, INDEX } from './refusal.ts';

describe('writeOutput', () => {
  it('writes files, an index of their hashes, and nothing else', async () => {
    await inFolder(async (base) => {
      const folder = join(base, 'new', 'out');
      expect(await writeOutput(folder, FILES)).to.deep.equal({
        written: ['README.md', 'patches/a.yaml'],
        unchanged: [],
        removed: [],
        interrupted: false,
      });
      expect(snapshot(folder)).to.deep.equal({
        [INDEX]: `{
  "schemaVersion": 1,
  "files": {
    "README.md": "65ce01fcc3e22e78b63419ef0f4493b0950daac7cee97329b428f5cafd395cda",
    "patches/a.yaml": "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae"
  }
}
`,
        'README.md': 'read me\n',
        'patches/a.yaml': 'a: 1\n',
      });
    });
  });

  it('touches nothing when nothing has changed', async () => {
    await inFolder(async (folder) => {
      await writeOutput(folder, FILES);
      const steps: string[] = [];
      const result = await writeOutput(folder, FILES, { steps: (step) => steps.push(step) });
      expect(result).to.deep.equal({
        written: [],
        unchanged: ['README.md', 'patches/a.yaml'],
        removed: [],
        interrupted: false,
      });
      expect(steps).to.deep.equal([]);
    });
  });

  it('removes what is no longer produced, empty folders with it, and keeps files of others', async () => {
    await inFolder(async (folder) => {
      await writeOutput(folder, [...FILES, { path: 'x/y/z.yaml', content: 'z' }]);
      fill(folder, { 'patches/mine.yaml': 'mine' });
      const result = await writeOutput(folder, FILES.slice(0, 1));
      expect(result.removed).to.deep.equal(['patches/a.yaml', 'x/y/z.yaml']);
      const { [INDEX]: index, ...rest } = snapshot(folder);
      expect(rest).to.deep.equal({ 'README.md': 'read me\n', 'patches/mine.yaml': 'mine' });
      expect(index).to.not.contain('a.yaml');
    });
  });

  it('says what it would do and does nothing with dryRun', async () => {
    await inFolder(async (folder) => {
      await writeOutput(folder, FILES);
      const before = snapshot(folder);
      const files = [{ path: 'README.md', content: 'other\n' }];
      expect(await writeOutput(folder, files, { dryRun: true })).to.deep.equal({
        written: ['README.md'],
        unchanged: [],
        removed: ['patches/a.yaml'],
        interrupted: false,
      });
      expect(snapshot(folder)).to.deep.equal(before);
    });
  });

  it('keeps the permissions of a replaced file and sets those asked for', async () => {
    await inFolder(async (folder) => {
      await writeOutput(folder, FILES);
      chmodSync(join(folder, 'README.md'), 0o640);
      await writeOutput(folder, [
        { path: 'README.md', content: 'new\n' },
        { path: 'run.sh', content: '#!/bin/sh\n', mode: 0o755 },
      ]);
      expect(statSync(join(folder, 'README.md')).mode % 0o1000).to.equal(0o640);
      expect(statSync(join(folder, 'run.sh')).mode % 0o1000).to.equal(0o755);
    });
  });

  it('adopts equal files when the index was lost', async () => {
    await inFolder(async (folder) => {
      fill(folder, { 'README.md': 'read me\n', 'patches/a.yaml': 'a: 1\n' });
      expect((await writeOutput(folder, FILES)).unchanged.length).to.equal(2);
      expect(existsSync(join(folder, INDEX))).to.equal(true);
    });
  });
});
