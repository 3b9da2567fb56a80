/** The built program in a pseudo-terminal: starts it, waits for its questions, types. */
import { spawn, type IPty } from '@lydell/node-pty';
import { join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';

/** `npm test` builds it first. */
export const PROGRAM = join(import.meta.dirname, '../../dist/bin.js');
const PATIENCE = 20_000;

export const UP = '\x1b[A';
export const ENTER = '\r';
export const CTRL_C = '\x03';
export const CTRL_D = '\x04';

/** What decides on prompts and colours must not come from whoever runs the tests. */
const DECIDING = ['CI', 'NO_COLOR', 'FORCE_COLOR'];

/** Programs that a failed test left at a question. */
export const children = new Set<IPty>();

interface Terminal {
  /** Waits until the text comes after what was answered last, then types; nothing types nothing. */
  answer(text: string | RegExp, keys?: string): Promise<void>;
  /** Waits for the end of the program. */
  ended(): Promise<number>;
  /** Everything that was written, with its escape sequences. */
  raw(): string;
}

export function start(
  folder: string,
  argv: readonly string[],
  { columns = 80, env = {} }: { columns?: number; env?: Record<string, string> } = {},
): Terminal {
  const inherited = Object.entries(process.env).filter(([name]) => !DECIDING.includes(name));
  const child: IPty = spawn(process.execPath, [PROGRAM, 'init', ...argv], {
    cols: columns,
    rows: 24,
    cwd: folder,
    env: { ...Object.fromEntries(inherited), TERM: 'xterm-256color', ...env },
  });
  children.add(child);
  let raw = '';
  let seen = 0;
  let code: number | undefined;
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  child.onData((data) => {
    raw += data;
    wake();
  });
  child.onExit(({ exitCode }) => {
    code = exitCode;
    children.delete(child);
    wake();
  });
  const wait = <T>(look: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        clearTimeout(timer);
        watchers.delete(check);
        finish();
      };
      const timer = setTimeout(() => {
        end(() => {
          reject(new Error(`No ${what} in:\n${stripVTControlCharacters(raw.slice(-2000))}`));
        });
      }, PATIENCE);
      const check = (): void => {
        const found = look();
        if (found !== undefined) {
          end(() => {
            resolve(found);
          });
        }
      };
      watchers.add(check);
      check();
    });
  return {
    answer: async (text, keys = '') => {
      const length = await wait(() => {
        const rest = plain(raw.slice(seen));
        const found = typeof text === 'string' ? rest.includes(text) : text.test(rest);
        return found ? raw.length : undefined;
      }, String(text));
      if (keys === '') return;
      seen = length;
      child.write(keys);
    },
    ended: () => wait(() => code, 'end'),
    raw: () => raw,
  };
}

/** Without escape sequences, line breaks and margins, so that a narrow window reads the same. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\s+/g, ' ');
}

export const COLOR = /\x1b\[[0-9;]*m/;

/** A question is ready for keys when its last line is there. */
const ready = (question: string, end: string): RegExp =>
  new RegExp(`${question.replace(/[?()]/g, '\\$&').replaceAll(' ', '\\s')}.*${end}`);
export const text = (question: string): RegExp => ready(question, '> ?');
export const yesNo = (question: string): RegExp => ready(question, '\\([yY]/[nN]\\)');
export const choice = (question: string): RegExp => ready(question, 'goes back');
