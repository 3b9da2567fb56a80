import { expect } from 'chai';
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { UserError } from '../../../src/diagnostics.ts';
import { createSpill } from '../../../src/io/spill.ts';
import { fakeIo } from '../../helpers/fake-io.ts';
import { inFolder } from '../../helpers/temp-folder.ts';

describe('a spill', () => {
  it('gives back what was appended, in memory and on disk, as often as asked', async () => {
    await inFolder(async (folder) => {
      for (const [memoryLimit, isOnDisk] of [
        [100, false],
        [10, true],
        [0, true],
      ] as const) {
        const spill = createSpill({ memoryLimit, folder });
        spill.append('first ');
        spill.append(Buffer.from('second '));
        expect(
          Buffer.concat([...spill.chunks()].map((chunk) => Buffer.from(chunk))).toString(),
        ).to.equal('first second ');
        spill.append('third');
        const io = fakeIo();
        await spill.copyTo(io);
        expect(io.stdout).to.equal('first second third');
        expect({ size: spill.size, isOnDisk: spill.isOnDisk }).to.deep.equal({
          size: 18,
          isOnDisk,
        });
        spill.close();
        expect(readdirSync(folder)).to.deep.equal([]);
      }
    });
  });

  it('keeps its own copy of a buffer that is used again', () => {
    const spill = createSpill();
    const buffer = Buffer.from('one');
    spill.append(buffer);
    buffer.write('two');
    expect([...spill.texts()].join('')).to.equal('one');
  });

  it('gives many small pieces back in few, and large ones in parts', () => {
    const spill = createSpill();
    const pieces = [1, 100_000, 200_000, 300_000, 0, 5, 600_000, 7].map((size, index) =>
      Buffer.alloc(size, String(index)),
    );
    for (let count = 0; count < 1000; count++) pieces.push(Buffer.from('document\n'));
    for (const piece of pieces) spill.append(piece);
    const chunks = [...spill.chunks()].map((chunk) => Buffer.from(chunk));
    expect(Buffer.concat(chunks).equals(Buffer.concat(pieces))).to.equal(true);
    expect(chunks.length).to.be.lessThan(12);
    for (const chunk of chunks) expect(chunk.length).to.be.within(1, 256 * 1024);
    spill.close();
  });

  it('never cuts a character, whatever the pieces are', async () => {
    await inFolder((folder) => {
      fc.assert(
        fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat(40), (texts, memoryLimit) => {
          const spill = createSpill({ memoryLimit, folder });
          for (const text of texts)
            for (const byte of Buffer.from(text)) spill.append(Buffer.from([byte]));
          expect([...spill.texts()].join('')).to.equal(texts.join(''));
          spill.close();
        }),
        { numRuns: 50 },
      );
    });
  });

  it('holds more than its pieces and its limit', async () => {
    await inFolder((folder) => {
      const spill = createSpill({ memoryLimit: 1000, folder });
      const line = `${'€'.repeat(100)}\n`;
      for (let count = 0; count < 10_000; count++) spill.append(line);
      expect([...spill.texts()].join('')).to.equal(line.repeat(10_000));
      spill.close();
    });
  });

  it('stops quietly when stdout closes', async () => {
    const spill = createSpill();
    const piece = (count: number): string => `${count}`.repeat(256 * 1024);
    for (let count = 0; count < 5; count++) spill.append(piece(count));
    const io = fakeIo({ closeAfter: 2 });
    await spill.copyTo(io);
    expect(io.stdout === piece(0) + piece(1), 'the first two pieces').to.equal(true);
  });

  it('says so when the disk is full', async () => {
    await inFolder((folder) => {
      const steps = (step: string): void => {
        if (step.startsWith('write')) throw Object.assign(new Error(), { code: 'ENOSPC' });
      };
      const spill = createSpill({ memoryLimit: 1, folder, steps });
      const append = (): void => {
        spill.append('too much');
      };
      expect(append).to.throw(
        UserError,
        `Cannot write a temporary file in ${folder}: no space is left on the disk.`,
      );
      spill.close();
      expect(readdirSync(folder)).to.deep.equal([]);
    });
  });
});
