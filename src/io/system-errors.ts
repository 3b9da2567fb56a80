/** What the operating system refused, in words that a user can act on. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'it exists already',
  ENOTEMPTY: 'the folder is not empty',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EFBIG: 'the file would be too large',
  EIO: 'the disk reports an error',
  ELOOP: 'symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EXDEV: 'it is on another file system',
  ETXTBSY: 'another program is using it',
  EBUSY: 'another program is using it',
};

/** The code of a system error (`ENOENT`, ...), undefined for every other thrown value. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The reason as the end of a sentence, without full stop; an unknown code is named as it is. */
export function reason(error: unknown): string {
  const code = systemCode(error);
  if (code !== undefined) return REASONS[code] ?? `the system answers ${code}`;
  return error instanceof Error ? error.message : String(error);
}

const PERMISSIONS = 'Check the permissions of the file and of its folder.';
const SPACE = 'Free some space, or choose a place on another disk.';
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EROFS: 'Choose a place that can be written to.',
};

/** What to do about it, where that is known better than in general: to be spread into a diagnostic. */
export function remedy(error: unknown): { fix?: string } {
  const fix = REMEDIES[systemCode(error) ?? ''];
  return fix === undefined ? {} : { fix };
}
