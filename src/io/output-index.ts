import { readFileSync } from 'node:fs';
import { fail } from '../diagnostics.ts';
import { statOf } from './disk.ts';
import { below, CONTROL_FOLDER, pathProblem } from './safe-path.ts';

/** Where the index of our files is, relative to the output folder. */
export const INDEX_PATH = `${CONTROL_FOLDER}/index.json`;

/** Our files in an output folder: relative path to the SHA-256 of what we wrote. */
export type OutputIndex = ReadonlyMap<string, string>;

/** The index as text: sorted and without time, so that it can be committed beside the files. */
export function indexText(index: OutputIndex): string {
  const files = Object.fromEntries([...index].sort(([left], [right]) => (left < right ? -1 : 1)));
  return `${JSON.stringify({ schemaVersion: 1, files }, null, 2)}\n`;
}

/**
 * The index of a folder, empty where there is none. It decides what may be removed, so a path in it
 * that leads elsewhere, or a file that is not understood, is UserError DPS1007 unless `force`.
 */
export function readIndex(root: string, force: boolean): OutputIndex {
  const path = below(root, INDEX_PATH);
  if (statOf(path) === undefined) return new Map();
  const index =
    statOf(path)?.isFile() === true ? parseIndex(readFileSync(path, 'utf8')) : undefined;
  if (index !== undefined) return index;
  if (force) return new Map();
  return fail('DPS1007', `The index ${path} is damaged; nothing was changed.`, {
    fix: 'Restore it from version control, or delete it and run again with --force.',
  });
}

function parseIndex(text: string): OutputIndex | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('files' in value)) return undefined;
  if (typeof value.files !== 'object' || value.files === null) return undefined;
  const entries = Object.entries(value.files as Record<string, unknown>);
  const isValid = entries.every(
    ([path, hash]) => typeof hash === 'string' && pathProblem(path) === undefined,
  );
  return isValid ? new Map(entries as [string, string][]) : undefined;
}
