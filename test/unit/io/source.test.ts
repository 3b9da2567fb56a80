import { expect } from 'chai';
import fc from 'fast-check';
import { isUtf8 } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src/diagnostics.ts';
import { listFiles, pathKind } from '../../../src/io/list.ts';
import { openSource, readWholeText } from '../../../src/io/source.ts';
import { createTextCheck } from '../../../src/io/text-check.ts';
import { fill, inFolder } from '../../helpers/temp-folder.ts';

function refused(
  action: () => unknown,
): { code: string; message: string; fix?: string } | undefined {
  try {
    action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code = '', message = '', fix } = error.diagnostics[0] ?? {};
    return fix === undefined ? { code, message } : { code, message, fix };
  }
  return undefined;
}

describe('reading a file', () => {
  it('gives the text as it is, byte order mark, CRLF and all', async () => {
    await inFolder((folder) => {
      const text = '\ufeffa: ä€😀\r\n\u2028b';
      fill(folder, { 'a.yaml': text, empty: '' });
      expect(readWholeText(join(folder, 'a.yaml'))).to.equal(text);
      expect(readWholeText(join(folder, 'empty'))).to.equal('');
    });
  });

  it('grows with the file up to the limit', async () => {
    await inFolder((folder) => {
      const path = join(folder, 'a.yaml');
      writeFileSync(path, 'x'.repeat(1_000_000));
      expect(readWholeText(path, 1_000_000).length).to.equal(1_000_000);
      expect(refused(() => readWholeText(path, 999_999))).to.deep.equal({
        code: 'DPS1001',
        message: `Cannot read ${path}: it is larger than 999999 bytes.`,
      });
    });
  });

  const binary = (...bytes: number[]): Buffer => Buffer.from(bytes);
  const refusals: { name: string; content?: Buffer; why: string; fix?: string }[] = [
    { name: 'deploy.yml', why: 'it does not exist', fix: 'Did you mean "FOLDER/deploy.yaml"?' },
    { name: 'depoly.yaml', why: 'it does not exist', fix: 'Did you mean "FOLDER/deploy.yaml"?' },
    { name: 'quite-another', why: 'it does not exist' },
    { name: 'folder', why: 'it is a folder', fix: 'Name a file in it.' },
    { name: 'deploy.yaml/x', why: 'a part of the path is a file, not a folder' },
    { name: 'loop', why: 'symbolic links lead in a circle' },
    {
      name: 'nul',
      content: binary(0x61, 0x62, 0, 0x63),
      why: 'it is not text (NUL byte at offset 2)',
      fix: 'Name a UTF-8 text file.',
    },
    {
      name: 'utf16',
      content: Buffer.from('\ufeffa: 1', 'utf16le'),
      why: 'it is UTF-16 text, not UTF-8',
      fix: 'Save it as UTF-8; in PowerShell add "| Out-File -Encoding utf8" to the command that wrote it.',
    },
    {
      name: 'latin1',
      content: Buffer.from('name: Zürich', 'latin1'),
      why: 'it is not UTF-8 text (byte offset 7)',
      fix: 'Save the file as UTF-8.',
    },
    {
      name: 'cut',
      content: Buffer.from('ab€').subarray(0, 4),
      why: 'it is not UTF-8 text (byte offset 2)',
      fix: 'Save the file as UTF-8.',
    },
  ];
  for (const { name, content, why, fix } of refusals) {
    it(`refuses ${name}: ${why}`, async () => {
      await inFolder((folder) => {
        fill(folder, { 'deploy.yaml': 'a: 1' });
        mkdirSync(join(folder, 'folder'));
        symlinkSync('loop', join(folder, 'loop'));
        const path = `${folder}/${name}`;
        if (content) writeFileSync(path, content);
        const expected = {
          code: 'DPS1001',
          message: `Cannot read ${path}: ${why}.`,
          ...(fix && { fix: fix.replace('FOLDER', folder) }),
        };
        expect(refused(() => readWholeText(path))).to.deep.equal(expected);
        expect(
          refused(() => {
            drain(path);
          }),
        ).to.deep.equal(expected);
      });
    });
  }

  it('reads what is no regular file, and names it as the user did', async () => {
    await inFolder((folder) => {
      const path = join(folder, 'pipe');
      if (spawnSync('mkfifo', [path]).status !== 0) {
        console.log('      not tried: no mkfifo');
        return;
      }
      const writer = spawnSync('bash', ['-c', `(printf 'a: 1' > '${path}') & cat '${path}'`], {
        encoding: 'utf8',
      });
      expect(writer.stdout).to.equal('a: 1');
    });
  });

  it('reads into the place asked for', async () => {
    await inFolder((folder) => {
      fill(folder, { a: 'abcdef' });
      const source = openSource(join(folder, 'a'));
      const buffer = Buffer.from('0123456789');
      expect(source.read(buffer.subarray(0, 7), 3)).to.equal(4);
      expect(buffer.toString()).to.equal('012abcd789');
      expect(source.read(buffer, 8)).to.equal(2);
      expect(source.read(buffer, 0)).to.equal(0);
      source.close();
      source.close();
      expect(buffer.toString()).to.equal('012abcd7ef');
    });
  });
});

function drain(path: string): void {
  const source = openSource(path);
  const buffer = new Uint8Array(3);
  while (source.read(buffer, 0) > 0);
  source.close();
}

describe('the check for UTF-8 text', () => {
  it('agrees with the whole however the bytes are cut, and finds the first bad byte', () => {
    const bytes = fc.array(
      fc.oneof(
        fc
          .string({ unit: 'binary', maxLength: 3 })
          .map((text) => Buffer.from(text.replaceAll('\0', ''))),
        fc.constantFrom(
          ...['80', 'c3', 'e282', 'f09f98', 'c0af', 'eda080', 'ff'].map((hex) =>
            Buffer.from(hex, 'hex'),
          ),
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 5 }), (pieces, size) => {
        const whole = Buffer.concat(pieces);
        const message = refused(() => {
          const check = createTextCheck('f');
          for (let at = 0; at < whole.length; at += size) check.add(whole.subarray(at, at + size));
          check.end();
        })?.message;
        if (isUtf8(whole)) expect(message).to.equal(undefined);
        else {
          const expected = firstBad(whole);
          expect(message).to.equal(
            `Cannot read f: it is not UTF-8 text (byte offset ${expected}).`,
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The smallest offset at which no whole character starts, found by decoding one after the other. */
function firstBad(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const length = [1, 2, 3, 4].find(
      (size) => at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)),
    );
    if (length === undefined) return at;
    at += length;
  }
  return at;
}

describe('listing a folder', () => {
  it('leaves pipes in a folder out, and reports what cannot be listed where somebody listens', async function () {
    if (process.platform === 'win32') this.skip();
    await inFolder((folder) => {
      fill(folder, { 'a.yaml': '' });
      spawnSync('mkfifo', [join(folder, 'b.yaml')]);
      symlinkSync('b.yaml', join(folder, 'c.yaml'));
      symlinkSync('/dev/null', join(folder, 'd.yaml'));
      expect(listFiles(folder)).to.deep.equal([join(folder, 'a.yaml')]);
      const told: string[] = [];
      expect(listFiles(join(folder, 'none'), ({ code }) => told.push(code))).to.deep.equal([]);
      expect(told).to.deep.equal(['DPS1001']);
    });
  });

  it('lists files in byte order, skips hidden folders, follows links but not in circles', async () => {
    await inFolder((folder) => {
      const names = [
        'b.yaml',
        'a/z.yaml',
        'a/B.yaml',
        '.git/config',
        '.hidden.yaml',
        '\uff5e.yaml',
        '😀.yaml',
        'a-b/c',
      ];
      fill(folder, Object.fromEntries(names.map((name) => [name, ''])));
      symlinkSync('.', join(folder, 'circle'));
      symlinkSync('a', join(folder, 'linked'));
      symlinkSync('b.yaml', join(folder, 'link.yaml'));
      symlinkSync('nowhere', join(folder, 'broken.yaml'));
      expect(listFiles(folder).map((path) => path.slice(folder.length + 1))).to.deep.equal([
        '.hidden.yaml',
        'a-b/c',
        'a/B.yaml',
        'a/z.yaml',
        'b.yaml',
        'broken.yaml',
        'link.yaml',
        'linked/B.yaml',
        'linked/z.yaml',
        '\uff5e.yaml',
        '😀.yaml',
      ]);
      expect(refused(() => listFiles(join(folder, 'none')))).to.deep.equal({
        code: 'DPS1001',
        message: `Cannot list ${folder}/none: it does not exist.`,
      });
      expect(
        ['a', 'b.yaml', 'linked', 'broken.yaml', 'none', 'b.yaml/x'].map((name) =>
          pathKind(join(folder, name)),
        ),
      ).to.deep.equal(['folder', 'file', 'folder', 'absent', 'absent', 'absent']);
    });
  });
});
