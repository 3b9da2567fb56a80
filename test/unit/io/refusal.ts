/** What writeOutput says when it refuses, and the files that its tests write. */
import { expect } from 'chai';
import { UserError } from '../../../src/diagnostics.ts';
import { writeOutput, type WriteOptions } from '../../../src/io/write.ts';
import type { OutputFile } from '../../../src/io/write.ts';

export const FILES: OutputFile[] = [
  { path: 'README.md', content: 'read me\n' },
  { path: 'patches/a.yaml', content: 'a: 1\n' },
];
export const INDEX = '.domino-podsec/index.json';

/** The code and message of every diagnostic, with the folder's name taken out. */
export async function refusal(
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
