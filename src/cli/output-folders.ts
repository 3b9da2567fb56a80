/** Where an input's files go: into the output folder for one, into a sub-folder each for several. */
import { resolve, sep } from 'node:path';
import { fail } from '../diagnostics.ts';

/**
 * @param files deploy files as the user named them
 * @returns for each file a sub-folder with a slash at its end, all different; empty for a single file
 */
export function subFolders(files: readonly string[]): string[] {
  if (files.length === 1) return [''];
  // Files of one name are told apart by the folders above them, as few as it takes.
  for (let depth = 1; depth < 8; depth++) {
    const labels = files.map((file) => label(file, depth));
    if (new Set(labels).size === labels.length) return labels.map((name) => `${name}/`);
  }
  return fail('DPS1003', 'The same configuration is named twice.', {
    fix: 'Name each file once; each gets a folder of its own.',
  });
}

/** `deploy`, `eks`, `prod-eks`: the file's own name, or the last folders of its path where that says more. */
function label(file: string, depth: number): string {
  const parts = resolve(file).split(sep);
  const name = (parts.pop() ?? '').replace(/\.(ya?ml|json)$/i, '');
  return depth === 1 ? name : parts.slice(1 - depth).join('-');
}
