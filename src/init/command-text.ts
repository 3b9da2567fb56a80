/** The command that gives the same file without questions. */
import type { Answer, Answers } from './answer.ts';
import { initQuestions, type InitQuestion } from './questions.ts';

export interface CommandFacts {
  file: string;
  answers: Answers;
  /** Defaults were taken with --yes. */
  yes: boolean;
  /** The file was there before. */
  force: boolean;
}

/** One flag a line, joined by backslashes, quoted for a POSIX shell. Defaults need no flag. */
export function commandText({ file, answers, yes, force }: CommandFacts): string {
  const flags = initQuestions.flatMap((entry) => {
    const answer = answers.get(entry.path);
    return answer === undefined || answer.source === 'default' ? [] : flagText(entry, answer);
  });
  const name = file.startsWith('-') && file !== '-' ? `./${file}` : file;
  const first = `domino-podsec init ${shellQuoted(name)}`;
  const all = [first, ...flags, ...(yes ? ['--yes'] : []), ...(force ? ['--force'] : [])];
  return all.join(' \\\n    ');
}

function flagText({ flag }: InitQuestion, { value }: Answer): string[] {
  if (value === true) return [`--${flag}`];
  if (value === false) return [`--no-${flag}`];
  if (typeof value !== 'object') return [withValue(flag, value)];
  return value === null || value.length === 0
    ? [`--${flag} ''`]
    : value.map((item) => withValue(flag, item));
}

function withValue(flag: string, value: string): string {
  return `--${flag}${value.startsWith('-') ? '=' : ' '}${shellQuoted(value)}`;
}

/** A word that a POSIX shell reads as exactly this text. */
export function shellQuoted(word: string): string {
  return /^[A-Za-z0-9_./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
