import { expect } from 'chai';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOutput, writeOutput } from '../../../src/io/write.ts';
import type { OutputFile } from '../../../src/io/write.ts';
import { fill, inFolder, snapshot } from '../../helpers/temp-folder.ts';
import { FILES, INDEX, refusal } from './refusal.ts';

describe('writeOutput', () => {
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
