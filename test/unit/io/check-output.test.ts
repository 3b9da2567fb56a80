import { expect } from 'chai';
import { join } from 'node:path';
import { checkOutput, writeOutput } from '../../../src/io/write.ts';
import { fill, inFolder, snapshot } from '../../helpers/temp-folder.ts';
import { FILES } from './refusal.ts';

describe('checkOutput', () => {
  it('names missing, outdated, edited, stale files and an unfinished write', async () => {
    await inFolder(async (folder) => {
      const content = 'same\n';
      const names = ['a', 'b', 'c', 'd'];
      await writeOutput(
        folder,
        [...names, 'stale'].map((path) => ({ path, content })),
      );
      fill(folder, { c: 'by hand\n', '.domino-podsec/journal.json': '{}' });
      const wanted = [
        { path: 'new', content },
        { path: 'a', content },
        { path: 'b', content: 'other\n' },
        { path: 'c', content },
      ];
      const before = snapshot(folder);
      expect(checkOutput(folder, wanted)).to.deep.equal([
        { path: '.domino-podsec/journal.json', kind: 'unfinished' },
        { path: 'new', kind: 'missing' },
        { path: 'b', kind: 'changed' },
        { path: 'c', kind: 'edited' },
        { path: 'd', kind: 'stale' },
        { path: 'stale', kind: 'stale' },
      ]);
      expect(snapshot(folder)).to.deep.equal(before);
    });
  });

  it('finds everything missing where there is no folder', async () => {
    await inFolder((folder) => {
      expect(checkOutput(join(folder, 'none'), FILES)).to.deep.equal([
        { path: 'README.md', kind: 'missing' },
        { path: 'patches/a.yaml', kind: 'missing' },
      ]);
    });
  });
});
