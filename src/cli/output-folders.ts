/** Where an input's files go: into the output folder for one, into a sub-folder each for several. */
import { basename, dirname } from 'node:path';

/**
 * @param files deploy files as the user named them
 * @returns for each file a sub-folder with a slash at its end, all different; empty for a single file
 */
export function subFolders(files: readonly string[]): string[] {
  if (files.length === 1) return [''];
  const names = files.map(stem);
  // Files of one name in different folders are told apart by their folder.
  const isClear = new Set(names).size === names.length;
  const labels = isClear ? names : files.map((file) => basename(dirname(file)));
  const counts = new Map<string, number>();
  return labels.map((label) => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return count === 1 ? `${label}/` : `${label}-${count}/`;
  });
}

function stem(file: string): string {
  return basename(file).replace(/\.(ya?ml|json)$/i, '');
}
