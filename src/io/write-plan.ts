import { readFileSync } from 'node:fs';
import { diagnostic, type Diagnostic } from '../diagnostics.ts';
import { hashOf, hashOfFile, statOf, type Ownership } from './disk.ts';
import { INDEX_PATH, indexText, readIndex, type OutputIndex } from './output-index.ts';
import { below, CONTROL_FOLDER, foldersOf, pathProblem, placeProblem } from './safe-path.ts';
import type { Change } from './transaction.ts';

/** A file of the output: a relative path with `/`, its text, and permissions where they matter. */
export interface OutputFile {
  path: string;
  content: string;
  mode?: number;
}

/** What a write will do; empty `changes` means that the folder is as it should be already. */
export interface WritePlan {
  problems: Diagnostic[];
  written: string[];
  unchanged: string[];
  removed: string[];
  changes: Change[];
}

/** Compares the output folder with what is to be in it. Reads only; problems are collected, not thrown. */
export function planWrite(
  root: string,
  files: readonly OutputFile[],
  { force, partial }: { force: boolean; partial: boolean },
): WritePlan {
  const plan: WritePlan = { problems: [], written: [], unchanged: [], removed: [], changes: [] };
  const index = readIndex(root, force);
  plan.problems.push(...pathProblems(root, files));
  for (const file of files) planFile(root, file, index, force, plan);
  if (!partial) planRemovals(root, files, index, force, plan);
  const kept = partial ? [...index] : [];
  const hashes = files.map(({ path, content }): [string, string] => [path, hashOf(content)]);
  const newIndex = indexText(new Map([...kept, ...hashes]));
  if (newIndex !== textAt(below(root, INDEX_PATH))) {
    plan.changes.push({ path: INDEX_PATH, content: newIndex });
  }
  return plan;
}

function textAt(path: string): string | undefined {
  return statOf(path)?.isFile() === true ? readFileSync(path, 'utf8') : undefined;
}

/** Paths that no output may have: outside, inside our own folder, twice, or both file and folder. */
function pathProblems(root: string, files: readonly OutputFile[]): Diagnostic[] {
  const paths = new Set<string>();
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  const problems: Diagnostic[] = [];
  for (const { path } of files) {
    let problem = pathProblem(path);
    if (path.split('/')[0] === CONTROL_FOLDER) problem ??= 'the folder is reserved';
    if (paths.has(path)) problem ??= 'it is there twice';
    if (folders.has(path)) problem ??= 'it is a file and a folder at once';
    paths.add(path);
    if (problem !== undefined) problems.push(cannotWrite(root, path, problem));
  }
  return problems;
}

function cannotWrite(root: string, path: string, problem: string): Diagnostic {
  const message = `Cannot write "${path}" in ${root}: ${problem}; nothing was changed.`;
  return diagnostic('DPS1002', message);
}

function planFile(
  root: string,
  file: OutputFile,
  index: OutputIndex,
  force: boolean,
  plan: WritePlan,
): void {
  if (pathProblem(file.path) !== undefined) return;
  const problem = placeProblem(root, file.path);
  if (problem !== undefined) {
    plan.problems.push(cannotWrite(root, file.path, problem));
    return;
  }
  const target = below(root, file.path);
  const stat = statOf(target);
  const before = hashOfFile(target) ?? null;
  const isSameMode = file.mode === undefined || (stat?.mode ?? 0) % 0o10000 === file.mode;
  if (before === hashOf(file.content) && isSameMode) {
    plan.unchanged.push(file.path);
    return;
  }
  const isOurs = before !== null && [index.get(file.path), hashOf(file.content)].includes(before);
  if (stat !== undefined && !isOurs && !force)
    plan.problems.push(inTheWay(target, index.has(file.path)));
  const ownership = ownershipOf(stat, file.mode);
  plan.written.push(file.path);
  plan.changes.push({ path: file.path, content: file.content, before, ...ownership });
}

/** A replaced file keeps its owner and permissions; a new one gets what the system gives. */
function ownershipOf(
  stat: ReturnType<typeof statOf>,
  mode: number | undefined,
): { ownership?: Ownership } {
  if (stat?.isFile() === true) {
    return { ownership: { mode: mode ?? stat.mode % 0o10000, uid: stat.uid, gid: stat.gid } };
  }
  return mode === undefined ? {} : { ownership: { mode } };
}

function inTheWay(target: string, wasOurs: boolean): Diagnostic {
  const what = wasOurs ? 'was changed by hand' : 'is in the way and was not written by this tool';
  return diagnostic('DPS1005', `${target} ${what}; nothing was changed.`, {
    fix: 'Move the file away, or use --force to overwrite it.',
  });
}

/** Files of the old index that are no longer produced; a file that is gone already is forgotten. */
function planRemovals(
  root: string,
  files: readonly OutputFile[],
  index: OutputIndex,
  force: boolean,
  plan: WritePlan,
): void {
  const produced = new Set(files.map(({ path }) => path));
  for (const [path, hash] of index) {
    if (produced.has(path)) continue;
    const before =
      placeProblem(root, path) === undefined ? hashOfFile(below(root, path)) : undefined;
    if (before === undefined) continue;
    if (before !== hash && !force) {
      plan.problems.push(inTheWay(below(root, path), true));
      continue;
    }
    plan.removed.push(path);
    plan.changes.push({ path, before });
  }
}
