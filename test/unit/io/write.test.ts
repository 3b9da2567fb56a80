import { expect } from 'chai';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src/diagnostics.ts';
import { checkOutput, writeOutput, type WriteOptions } from '../../../src/io/write.ts';
import type { OutputFile } from '../../../src/io/write.ts';
import { fill, inFolder, snapshot } from '../../helpers/temp-folder.ts';

const FILES: OutputFile[] = [
  { path: 'README.md', content: 'read me\n' },
  { path: 'patches/a.yaml', content: 'a: 1\n' },
];
const INDEX = '.domino-podsec/index.json';

/** The code and message of every diagnostic, with the folder's name taken out. */
async function refusal(
  folder: string,
  files: OutputFile[],
  options?: WriteOptions,
): Promise<string[]> {
  try {
    await writeOutput(folder, files, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).to.equal(2);
    return error.diagnostics.map(
      ({ code, message }) => `${code} ${message.replaceAll(folder, 'OUT')}`,
    );
  }
  return [];
}

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

  const cases: {
    name: string;
    before?: Record<string, string>;
    prepare?: (folder: string) => void;
    files?: OutputFile[];
    refused: string[];
    /** What `force` makes of it: the refusal that stays, or none. */
    forced: string[];
  }[] = [
    {
      name: 'a file changed by hand',
      prepare: (folder) => {
        fill(folder, { 'README.md': 'by hand\n' });
      },
      files: [{ path: 'README.md', content: 'new\n' }, ...FILES.slice(1)],
      refused: ['DPS1005 OUT/README.md was changed by hand; nothing was changed.'],
      forced: [],
    },
    {
      name: 'two files changed by hand, one of them no longer produced',
      prepare: (folder) => {
        fill(folder, { 'README.md': 'x', 'patches/a.yaml': 'y' });
      },
      files: [{ path: 'README.md', content: 'new\n' }],
      refused: [
        'DPS1005 OUT/README.md was changed by hand; nothing was changed.',
        'DPS1005 OUT/patches/a.yaml was changed by hand; nothing was changed.',
      ],
      forced: [],
    },
    {
      name: 'a file of somebody else in the way',
      before: { 'psp.yaml': 'theirs' },
      files: [{ path: 'psp.yaml', content: 'ours' }],
      refused: [
        'DPS1005 OUT/psp.yaml is in the way and was not written by this tool; nothing was changed.',
      ],
      forced: [],
    },
    {
      name: 'a link in the way',
      prepare: (folder) => {
        symlinkSync('README.md', join(folder, 'psp.yaml'));
      },
      files: [...FILES, { path: 'psp.yaml', content: 'ours' }],
      refused: [
        'DPS1005 OUT/psp.yaml is in the way and was not written by this tool; nothing was changed.',
      ],
      forced: [],
    },
    {
      name: 'a folder where a file should be',
      prepare: (folder) => {
        mkdirSync(join(folder, 'psp.yaml'));
      },
      files: [...FILES, { path: 'psp.yaml', content: 'ours' }],
      refused: [
        'DPS1002 Cannot write "psp.yaml" in OUT: it is a folder where a file should be; nothing was changed.',
      ],
      forced: [
        'DPS1002 Cannot write "psp.yaml" in OUT: it is a folder where a file should be; nothing was changed.',
      ],
    },
    {
      name: 'a file where a folder should be',
      before: { namespaces: 'file' },
      files: [{ path: 'namespaces/a.yaml', content: '' }],
      refused: [
        'DPS1002 Cannot write "namespaces/a.yaml" in OUT: "namespaces" is a file where a folder should be; nothing was changed.',
      ],
      forced: [
        'DPS1002 Cannot write "namespaces/a.yaml" in OUT: "namespaces" is a file where a folder should be; nothing was changed.',
      ],
    },
    {
      name: 'a link that leads out of the folder',
      prepare: (folder) => {
        symlinkSync('/tmp', join(folder, 'linked'));
      },
      files: [...FILES, { path: 'linked/a.yaml', content: '' }],
      refused: [
        'DPS1002 Cannot write "linked/a.yaml" in OUT: "linked" is a symbolic link and is not followed; nothing was changed.',
      ],
      forced: [
        'DPS1002 Cannot write "linked/a.yaml" in OUT: "linked" is a symbolic link and is not followed; nothing was changed.',
      ],
    },
    ...[
      ['../x', 'it leads out of the folder'],
      ['a/../../x', 'it leads out of the folder'],
      ['/etc/x', 'it is not relative'],
      ['C:/x', 'it is not relative'],
      ['a//b', 'it has an empty part'],
      ['./a', 'it has an empty part'],
      ['', 'it is empty'],
      ['a\\b', 'it holds a backslash'],
      ['a\0b', 'it holds a NUL character'],
      ['.domino-podsec/index.json', 'the folder is reserved'],
      ['patches', 'it is a file and a folder at once'],
      ['README.md', 'it is there twice'],
    ].map(([path = '', why = '']) => ({
      name: `the path ${JSON.stringify(path)}`,
      files: [...FILES, { path, content: 'read me\n' }],
      refused: [`DPS1002 Cannot write "${path}" in OUT: ${why}; nothing was changed.`],
      forced: [`DPS1002 Cannot write "${path}" in OUT: ${why}; nothing was changed.`],
    })),
    {
      name: 'an index that is no JSON',
      prepare: (folder) => {
        fill(folder, { [INDEX]: '{' });
      },
      files: [{ path: 'README.md', content: 'new\n' }],
      refused: [`DPS1007 The index OUT/${INDEX} is damaged; nothing was changed.`],
      forced: [],
    },
    {
      name: 'an index that would remove files elsewhere',
      prepare: (folder) => {
        fill(folder, { [INDEX]: '{"files":{"../../victim":"00"}}' });
      },
      files: FILES,
      refused: [`DPS1007 The index OUT/${INDEX} is damaged; nothing was changed.`],
      forced: [],
    },
    {
      name: 'a journal that would write elsewhere',
      prepare: (folder) => {
        const entries = [{ path: '../victim', action: 'write', before: null }];
        fill(folder, { '.domino-podsec/journal.json': JSON.stringify({ entries }) });
      },
      files: FILES,
      refused: [
        'DPS1007 The journal OUT/.domino-podsec/journal.json is damaged; nothing was changed.',
      ],
      forced: [
        'DPS1007 The journal OUT/.domino-podsec/journal.json is damaged; nothing was changed.',
      ],
    },
    {
      name: 'a lock of a living process',
      prepare: (folder) => {
        fill(folder, { '.domino-podsec/lock': `${process.ppid}\n` });
      },
      files: FILES,
      refused: [
        `DPS1006 Another run (process ${process.ppid}) is writing to OUT; nothing was changed.`,
      ],
      forced: [
        `DPS1006 Another run (process ${process.ppid}) is writing to OUT; nothing was changed.`,
      ],
    },
  ];
  for (const { name, before = {}, prepare, files = FILES, refused, forced } of cases) {
    it(`refuses ${name} before it writes anything`, async () => {
      await inFolder(async (folder) => {
        if (prepare) await writeOutput(folder, FILES);
        fill(folder, before);
        prepare?.(folder);
        const untouched = snapshot(folder);
        expect(await refusal(folder, files)).to.deep.equal(refused);
        expect(Object.keys(snapshot(folder))).to.include.members(
          Object.keys(untouched).filter((path) => !path.endsWith('/lock')),
        );
        expect(await refusal(folder, files, { force: true })).to.deep.equal(forced);
        if (forced.length === 0) expect(checkOutput(folder, files)).to.deep.equal([]);
      });
    });
  }

  it('refuses a file in place of the output folder', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'out'), 'file');
      const [message] = await refusal(join(folder, 'out'), FILES);
      expect(message).to.equal(
        'DPS1002 Cannot write to OUT: a part of the path is a file, not a folder; nothing was changed.',
      );
      expect(readFileSync(join(folder, 'out'), 'utf8')).to.equal('file');
    });
  });
});

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
