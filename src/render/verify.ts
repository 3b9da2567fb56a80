/** Reads what was rendered back, as kubectl would, and compares it with what was meant. */
import { isDeepStrictEqual } from '../security/equal.ts';
import { readYaml } from '../yaml/read.ts';
import type { RenderedFile } from './types.ts';

/** Throws when a file does not say what it should: that is a bug of ours, and nothing is written. */
export function verifyRendered(files: readonly RenderedFile[]): void {
  const paths = new Set<string>();
  for (const { path, content, documents } of files) {
    if (paths.has(path)) throw new Error(`${path} was rendered twice.`);
    paths.add(path);
    if (documents === undefined) continue;
    const read = readYaml(content, path, { duplicateKeys: 'error' })
      .map(({ value }) => value)
      .filter((value) => value !== null && value !== undefined);
    const meant = documents.map((document) => JSON.parse(JSON.stringify(document)) as unknown);
    if (!isDeepStrictEqual(read, meant)) {
      throw new Error(`${path} does not read back as it was meant:\n${content}`);
    }
  }
}
