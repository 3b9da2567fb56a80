import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { replaceFiles } from '../../../src/io/atomic.ts';
import { checkOutput, recoverOutput, writeOutput } from '../../../src/io/write.ts';
import { bundleChild, fill, inFolder, snapshot } from '../../helpers/temp-folder.ts';

const OLD = [
  { path: 'README.md', content: 'old\n' },
  { path: 'psp.yaml', content: 'kind: PodSecurityPolicy\n' },
  { path: 'old/gone.yaml', content: 'gone: true\n' },
];
const NEW = [
  { path: 'README.md', content: 'new\n' },
  { path: 'psp.yaml', content: 'kind: PodSecurityPolicy\n' },
  { path: 'patches/a/b.yaml', content: 'b: 1\n' },
];
const FOREIGN = { 'mine.txt': 'not ours\n', 'old/mine.txt': 'not ours either\n' };

const CHILD = join(import.meta.dirname, 'children', 'write.ts');

/** Runs the child; the number of its steps, or undefined when it killed itself. */
function run(
  child: string,
  mode: string,
  folder: string,
  files: unknown,
  step: number,
): number | undefined {
  const { stdout, stderr, signal } = spawnSync(
    process.execPath,
    [child, mode, folder, JSON.stringify(files), `${step}`],
    { encoding: 'utf8' },
  );
  if (signal === 'SIGKILL') return undefined;
  expect(stderr).to.equal('');
  return Number(stdout);
}

/** Stops every later step too: what a dead process does, without the cost of one. */
function dieAt(step: number): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count >= step) throw new Error('dead');
  };
}

async function fails(action: () => unknown): Promise<boolean> {
  try {
    await action();
    return false;
  } catch {
    return true;
  }
}

describe('a write that is killed', () => {
  it('is repaired by the next run to exactly the old or the new files, at every step', async () => {
    await inFolder(async (base) => {
      const child = bundleChild(CHILD, join(base, 'child.mjs'));
      const start = join(base, 'start');
      await writeOutput(start, OLD);
      fill(start, FOREIGN);
      const before = snapshot(start);
      const end = join(base, 'end');
      cpSync(start, end, { recursive: true });
      const total = run(child, 'output', end, NEW, 0) ?? 0;
      const after = snapshot(end);
      expect(total).to.be.greaterThan(30);
      const outcomes = new Set<string>();
      for (let step = 1; step <= total; step++) {
        const folder = join(base, 'work');
        cpSync(start, folder, { recursive: true });
        expect(run(child, 'output', folder, NEW, step), `step ${step}`).to.equal(undefined);
        const isMixed = checkOutput(folder, NEW).some(({ kind }) => kind === 'unfinished');
        recoverOutput(folder);
        const repaired = snapshot(folder);
        const isNew = JSON.stringify(repaired) === JSON.stringify(after);
        if (!isNew) expect(repaired, `step ${step}`).to.deep.equal(before);
        if (isMixed) expect(isNew, `step ${step} had a journal`).to.equal(true);
        outcomes.add(isNew ? 'new' : 'old');
        const next = await writeOutput(folder, NEW);
        expect(snapshot(folder), `step ${step}, next run`).to.deep.equal(after);
        expect(next.written.length, `step ${step}`).to.equal(isNew ? 0 : 2);
        rmSync(folder, { recursive: true });
      }
      expect([...outcomes]).to.deep.equal(['old', 'new']);
    });
  });

  it('is repaired when the repair is killed too', async () => {
    await inFolder(async (base) => {
      const start = join(base, 'start');
      await writeOutput(start, OLD);
      const end = join(base, 'end');
      cpSync(start, end, { recursive: true });
      await writeOutput(end, NEW);
      const [before, after] = [snapshot(start), snapshot(end)];
      let checked = 0;
      for (let first = 1; ; first++) {
        const broken = join(base, 'broken');
        cpSync(start, broken, { recursive: true });
        if (!(await fails(() => writeOutput(broken, NEW, { steps: dieAt(first) })))) break;
        for (let second = 1; ; second++) {
          const folder = join(base, 'again');
          cpSync(broken, folder, { recursive: true });
          const isDead = await fails(() => {
            recoverOutput(folder, { steps: dieAt(second) });
          });
          recoverOutput(folder);
          const repaired = snapshot(folder);
          if (JSON.stringify(repaired) !== JSON.stringify(after)) {
            expect(repaired, `steps ${first} and ${second}`).to.deep.equal(before);
          }
          checked += 1;
          rmSync(folder, { recursive: true });
          if (!isDead) break;
        }
        rmSync(broken, { recursive: true });
      }
      expect(checked).to.be.greaterThan(200);
    });
  });

  it('is not finished over a file that was changed by hand in between, unless forced', async () => {
    await inFolder(async (folder) => {
      await writeOutput(folder, OLD);
      const atFirstRename = (step: string): void => {
        if (step.endsWith('README.md')) isDead = step.startsWith('rename');
        if (isDead) throw new Error('dead');
      };
      let isDead = false;
      expect(await fails(() => writeOutput(folder, NEW, { steps: atFirstRename }))).to.equal(true);
      fill(folder, { 'README.md': 'by hand\n' });
      const edited = snapshot(folder);
      expect(await fails(() => writeOutput(folder, NEW))).to.equal(true);
      delete edited['.domino-podsec/lock'];
      expect(snapshot(folder)).to.deep.equal(edited);
      await writeOutput(folder, NEW, { force: true });
      expect(checkOutput(folder, NEW)).to.deep.equal([]);
      expect(snapshot(folder)['README.md']).to.equal('new\n');
    });
  });

  it('leaves files replaced in place all old or all new, at every step', async () => {
    await inFolder(async (base) => {
      const child = bundleChild(CHILD, join(base, 'child.mjs'));
      const old = { 'a/x.yaml': 'x: 1\n', 'b/y.yaml': 'y: 1\n' };
      const files = [
        { path: 'a/x.yaml', content: 'x: 2\n' },
        { path: 'b/y.yaml', content: 'y: 2\n' },
      ];
      const folder = join(base, 'work');
      for (let step = 1; ; step++) {
        fill(folder, old);
        if (run(child, 'replace', folder, files, step) !== undefined) break;
        // Touching one of the files again is enough to find the journal, which lies above it.
        await replaceFiles([{ path: join(folder, 'a/x.yaml'), content: 'x: 3\n' }]);
        const { 'b/y.yaml': y, ...rest } = snapshot(folder);
        expect(rest, `step ${step}`).to.deep.equal({ 'a/x.yaml': 'x: 3\n' });
        expect(['y: 1\n', 'y: 2\n'], `step ${step}`).to.include(y);
        rmSync(folder, { recursive: true });
      }
      expect(snapshot(folder)).to.deep.equal({ 'a/x.yaml': 'x: 2\n', 'b/y.yaml': 'y: 2\n' });
    });
  });
});
