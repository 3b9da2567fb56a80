/** Text of `init` for a person, on stderr: broken at the width of the terminal, headings in bold. */
import type { Io } from '../io/io.ts';
import { textWidth, wantsColor } from '../io/terminal.ts';
import { wrap } from '../report/wrap.ts';
import { terminalSafeLines } from '../text/terminal-safe.ts';
import type { Args } from './command.ts';

/** A line of text broken at spaces for the terminal; one column stays free for the cursor. */
export function folded(io: Io): (text: string, indent: number) => string {
  return (text, indent) => wrap(text, textWidth(io.columns, io.stderrIsTerminal) - 1, indent);
}

export type Say = (text: string, style?: 'heading' | 'plain') => void;

export function sayer(args: Args, io: Io): Say {
  const color = wantsColor(
    { color: args.color as boolean | undefined },
    (name) => io.env(name),
    io.stderrIsTerminal,
  );
  const fold = folded(io);
  return (text, style = 'plain') => {
    const safe = fold(terminalSafeLines(text), text.startsWith('    ') ? 4 : 2);
    if (style === 'plain') io.err(`${safe}\n`);
    else io.err(`\n${color ? `\x1b[1m${safe}\x1b[0m` : safe}\n`);
  };
}
