/** Paths of manifests to sources: files, folders, `-` for stdin. */
import { fail, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { readManifests } from '../workloads/read-manifests.ts';
import type { ManifestObject } from '../workloads/types.ts';

const MANIFEST = /\.(ya?ml|json)$/i;

/** Every file that the paths mean, in their order; of a folder those that end as manifests do. */
export function manifestFiles(paths: readonly string[], io: Io): string[] {
  const files = paths.flatMap((path) => {
    if (path === '-' || io.kind(path) !== 'folder') return [path];
    return io.list(path).filter((file) => MANIFEST.test(file));
  });
  if (files.length === 0) {
    fail('DPS1001', `There is no .yaml, .yml or .json file below ${paths.join(', ')}.`, {
      fix: 'Name a file, a folder with manifests, or - for standard input.',
    });
  }
  return files;
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
