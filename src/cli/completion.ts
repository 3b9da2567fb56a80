/** `completion SHELL`: a script that completes commands, flags, pods, options, targets and rules. */
import './core.ts';
import type { Options } from 'yargs';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import {
  completionScript,
  SHELLS,
  type CompletionCommand,
  type CompletionFlag,
} from '../reference/completion.ts';
import { allNames } from '../reference/explain.ts';
import type { Args, Command } from './command.ts';
import { commands } from './commands.ts';
import { globalFlags, textFlag } from './flags.ts';
import { names } from './names.ts';

export const completion: Command = {
  positional: { name: 'SHELL', describe: 'Which shell', required: true, choices: SHELLS },
  options: {},
  examples: [
    ['bash > /etc/bash_completion.d/domino-podsec', 'for bash, for every user'],
    ['zsh > "${fpath[1]}/_domino-podsec"', 'for zsh'],
    ['fish > ~/.config/fish/completions/domino-podsec.fish', 'for fish'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  const shell = SHELLS.find((name) => name === textFlag(args, 'SHELL'));
  if (shell === undefined) return fail('DPS1003', `completion knows ${SHELLS.join(', ')}.`);
  const list: CompletionCommand[] = [];
  for (const { name, describe, load } of commands) {
    const { options, positional } = name === 'completion' ? completion : await load();
    list.push({
      name,
      describe,
      flags: Object.entries({ ...options, ...globalFlags }).map(flagOf),
      words: name === 'explain' ? allNames(names) : (positional?.choices ?? []),
    });
  }
  await io.out(completionScript(shell, list));
  return 0;
}

function flagOf([name, { describe, choices, type }]: [string, Options]): CompletionFlag {
  return {
    name,
    describe: describe ?? '',
    values: (choices ?? []).map(String),
    takesValue: type !== 'boolean',
  };
}
