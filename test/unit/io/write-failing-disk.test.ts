import { expect } from 'chai';
import { join } from 'node:path';
import { checkOutput, writeOutput } from '../../../src/io/write.ts';
import { inFolder, snapshot } from '../../helpers/temp-folder.ts';
import { FILES, refusal } from './refusal.ts';

describe('writeOutput on a disk that fails', () => {
  const NEXT = [
    { path: 'README.md', content: 'next\n' },
    { path: 'deep/er/c.yaml', content: 'c: 1\n' },
  ];
  for (const code of ['ENOSPC', 'EACCES', 'EIO']) {
    it(`changes nothing and leaves nothing behind on ${code}, at every step`, async () => {
      await inFolder(async (base) => {
        const folder = join(base, 'out');
        await writeOutput(folder, [...FILES, { path: 'x/y/z.yaml', content: 'z' }]);
        const before = snapshot(folder);
        let failures = 0;
        for (let step = 1; ; step++) {
          let count = 0;
          const steps = (): void => {
            count += 1;
            if (count === step) throw Object.assign(new Error(code), { code });
          };
          const messages = await refusal(folder, NEXT, { steps });
          if (messages.length === 0 && count < step) break;
          // Past the end of the write only the cleaning up can fail, which the next run repeats.
          if (messages.length === 0) {
            expect(checkOutput(folder, NEXT)).to.deep.equal([]);
            await writeOutput(folder, [...FILES, { path: 'x/y/z.yaml', content: 'z' }]);
          } else failures += 1;
          expect(snapshot(folder), `step ${step} ${messages.join()}`).to.deep.equal(before);
        }
        expect(failures).to.be.greaterThan(25);
        expect(checkOutput(folder, NEXT)).to.deep.equal([]);
      });
    });
  }

  it('leaves not even the folder when it was new', async () => {
    await inFolder(async (base) => {
      const steps = (step: string): void => {
        if (step.startsWith('write')) throw Object.assign(new Error(), { code: 'ENOSPC' });
      };
      expect(await refusal(join(base, 'a', 'out'), FILES, { steps })).to.deep.equal([
        'DPS1002 Cannot write to OUT: no space is left on the disk; nothing was changed.',
      ]);
      expect(snapshot(base)).to.deep.equal({});
    });
  });
});
