/** Paths of manifests to sources: files, folders, `-` for stdin. */
import { fail, UserError, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { readManifests } from '../workloads/read-manifests.ts';
import type { ManifestObject } from '../workloads/types.ts';

const MANIFEST = /\.(ya?ml|json)$/i;

/**
 * Every file that the paths mean, in their order; of a folder those that end as manifests do. Folders
 * that cannot be listed go to `report`, and the others are still read; without it they are thrown.
 */
export function manifestFiles(
  paths: readonly string[],
  io: Io,
  report?: (problem: Diagnostic) => void,
): string[] {
  const refused: Diagnostic[] = [];
  const refuse =
    report &&
    ((problem: Diagnostic): void => {
      refused.push(problem);
      report(problem);
    });
  const files = paths.flatMap((path) => {
    if (path === '-' || !isFolder(path, io)) return [path];
    return io.list(path, refuse).filter((file) => MANIFEST.test(file));
  });
  if (files.length === 0 && refused.length === 0) {
    fail('DPS1001', `There is no .yaml, .yml or .json file below ${paths.join(', ')}.`, {
      fix: 'Name a file, a folder with manifests, or - for standard input.',
    });
  }
  return files;
}

/** What cannot be told is opened, which says why, when its turn comes. */
function isFolder(path: string, io: Io): boolean {
  try {
    return io.kind(path) === 'folder';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
}

export interface ManifestTotals {
  documents: number;
  skipped: number;
  objects: number;
}

/** Reads every file, one object at a time. Problems of single documents go to `report`. */
export function eachObject(
  files: readonly string[],
  io: Io,
  options: { skip?: boolean; report: (diagnostic: Diagnostic) => void },
  visit: (object: ManifestObject) => void,
): ManifestTotals {
  const totals: ManifestTotals = { documents: 0, skipped: 0, objects: 0 };
  for (const file of files) {
    const source = io.open(file);
    try {
      const result = readManifests(source, options, visit);
      totals.documents += result.documents;
      totals.skipped += result.skipped;
      totals.objects += result.objects;
    } finally {
      source.close();
    }
  }
  return totals;
}
