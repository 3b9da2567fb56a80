/** DPS1xxx: usage, files, terminal, disk. */
import type { CodeEntry } from './types.ts';

export const ioCodes = {
  DPS1001: {
    severity: 'error',
    title: 'File cannot be read',
    why: 'A file that was named does not exist, is a folder, is not readable, or is not text.',
    fix: 'Check the path and the permissions; name a UTF-8 text file.',
  },
  DPS1002: {
    severity: 'error',
    title: 'Output cannot be written',
    why: 'The output folder or a file in it could not be written; nothing was changed.',
    fix: 'Check permissions and free space, or choose another --output.',
  },
  DPS1003: {
    severity: 'error',
    title: 'Wrong use of the command line',
    why: 'A flag, a value or a combination of flags is not known.',
    fix: 'Run the command with --help.',
  },
  DPS1004: {
    severity: 'error',
    title: 'Interrupted',
    why: 'The run was stopped by a signal before its output was complete; nothing was changed.',
    fix: 'Run the command again.',
  },
  DPS1005: {
    severity: 'error',
    title: 'File in the output folder is not as it was written',
    why: 'A file was changed by hand since the last run, or a file of another origin is in the way; writing would lose its content.',
    fix: 'Move the change into deploy.yaml, move the file away, or run again with --force.',
  },
  DPS1006: {
    severity: 'error',
    title: 'Another run is writing to the same place',
    why: 'Two runs that write to one folder at the same time would mix their files.',
    fix: 'Wait for the other run, or give each run its own --output.',
  },
  DPS1007: {
    severity: 'error',
    title: 'Record of earlier writes is damaged',
    why: 'The index or the journal in the output folder cannot be understood, so it cannot be told which files are ours.',
    fix: 'Remove the named file, then run again with --force.',
  },
  DPS1008: {
    severity: 'error',
    title: 'Output is not up to date',
    why: 'With --check: the folder does not hold what the configuration asks for now.',
    fix: 'Run generate without --check, review the difference and commit it.',
  },
  DPS1009: {
    severity: 'error',
    title: 'Answers are missing',
    why: 'init asks only on a terminal; elsewhere every question must be answered by a flag, a file or a default.',
    fix: 'Give the named flags, use --answers FILE, or take what is proposed with --yes.',
  },
  DPS1010: {
    severity: 'error',
    title: 'File is there already',
    why: 'init changes a file only after a yes, and never one that somebody else changed while it ran.',
    fix: 'Run again with --force, or name another file.',
  },
  DPS1011: {
    severity: 'error',
    title: 'Answer is not usable',
    why: 'An entry of the answers file is no question of init, or its value is not allowed.',
    fix: 'Correct the entry; list options names the paths and what they take.',
  },
} as const satisfies Record<string, CodeEntry>;
