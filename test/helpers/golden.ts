/**
 * Golden files: a folder of expected files beside a test. `UPDATE_GOLDEN=1` writes them and still
 * fails, so that nobody commits what nobody has read; missing and extra files fail both ways.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { expect } from 'chai';

/** Every file below a folder, as relative path to text; dot folders are passed over. */
export function readTree(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.slice(folder.length).includes('/.'))
    .sort();
  return Object.fromEntries(
    entries.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

export function expectGolden(folder: string, actual: Record<string, string>): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    if (process.env.CI !== undefined) throw new Error('UPDATE_GOLDEN is refused where CI is set.');
    rmSync(folder, { recursive: true, force: true });
    for (const [path, content] of Object.entries(actual)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    throw new Error(`Wrote ${folder}. Verify the diff, commit the files, and run again.`);
  }
  const golden = readTree(folder);
  const hint = 'If the change is intended, run UPDATE_GOLDEN=1 npm test and read the diff.';
  expect(Object.keys(actual).sort(), hint).to.deep.equal(Object.keys(golden).sort());
  const diffs = Object.entries(actual)
    .filter(([path, content]) => golden[path] !== content)
    .map(([path, content]) =>
      createTwoFilesPatch(`golden/${path}`, `actual/${path}`, golden[path] ?? '', content),
    );
  expect(diffs.join('\n'), hint).to.equal('');
}
