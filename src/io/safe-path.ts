import { sep } from 'node:path';
import { statOf } from './disk.ts';

/** The folder inside an output folder that holds our index, journal and staged files. */
export const CONTROL_FOLDER = '.domino-podsec';

/**
 * Why a relative path may not be written below an output folder, as the end of a sentence;
 * undefined when it may. Paths use `/` on every system and stay inside the folder.
 */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.includes('\0')) return 'it holds a NUL character';
  if (path.includes('\\')) return 'it holds a backslash';
  if (/^[A-Za-z]:/.test(path) || path.startsWith('/')) return 'it is not relative';
  const segments = path.split('/');
  if (segments.includes('..')) return 'it leads out of the folder';
  if (segments.includes('') || segments.includes('.')) return 'it has an empty part';
  return undefined;
}

/** The folders between an output folder and a file in it, outermost first: `a/b/c` gives `a`, `a/b`. */
export function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** A path below a root, in the system's spelling. */
export function below(root: string, path: string): string {
  return `${root}${root.endsWith(sep) ? '' : sep}${path.split('/').join(sep)}`;
}

/**
 * Why nothing can be written at `path` below `root` as the disk is now: a link or a file where a
 * folder should be, a folder or a device where the file should be, another file system (renames
 * would not be atomic). A link at the path itself is reported only as an obstacle that --force
 * replaces, see `isLink`.
 */
export function placeProblem(root: string, path: string): string | undefined {
  const device = statOf(root)?.dev;
  for (const folder of foldersOf(path)) {
    const stat = statOf(below(root, folder));
    if (stat === undefined) return undefined;
    if (stat.isSymbolicLink()) return `"${folder}" is a symbolic link and is not followed`;
    if (!stat.isDirectory()) return `"${folder}" is a file where a folder should be`;
    if (device !== undefined && stat.dev !== device) return `"${folder}" is another file system`;
  }
  const stat = statOf(below(root, path));
  if (stat?.isDirectory() === true) return 'it is a folder where a file should be';
  if (stat !== undefined && !stat.isFile() && !stat.isSymbolicLink())
    return 'it is no regular file';
  return undefined;
}
