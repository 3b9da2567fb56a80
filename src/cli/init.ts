/** `init`: asks what the installer's file must say, shows what that means, and writes it. */
import './core.ts';
import { dirname } from 'node:path';
import { fail, UserError } from '../diagnostics.ts';
import type { Answer } from '../init/answer.ts';
import { readAnswers } from '../init/answers-file.ts';
import { readBase } from '../init/base.ts';
import { missingAnswers, startFlow } from '../init/flow.ts';
import type { Io } from '../io/io.ts';
import { wantsColor } from '../io/terminal.ts';
import { terminalSafeLines } from '../text/terminal-safe.ts';
import type { Args, Command } from './command.ts';
import { DEFAULT_FILE } from './deploy.ts';
import { deployFlags, isSet, textFlag } from './flags.ts';
import { flagAnswers, flagUsage, questionFlags } from './init-flags.ts';
import { finish, showResult, STDOUT } from './init-finish.ts';
import { interview, offerGenerate } from './init-interview.ts';
import { resultOf, type InitResult, type Session } from './init-result.ts';
import { folded } from './init-say.ts';
import { wantsFormat } from './report.ts';

const GROUP = 'Input:';

export const init: Command = {
  positional: {
    name: 'FILE',
    describe: `Configuration to write, or to complete where it is there (default ${DEFAULT_FILE}); - writes a new one to stdout`,
  },
  options: {
    answers: {
      type: 'string',
      group: GROUP,
      describe: 'File with answers: a YAML map of option paths (see list options) to values',
    },
    yes: {
      type: 'boolean',
      group: GROUP,
      describe: 'Take what is proposed for every open question',
    },
    review: { type: 'boolean', group: GROUP, describe: 'Ask also what the file says already' },
    'unknown-keys': deployFlags['unknown-keys'],
    force: {
      type: 'boolean',
      group: 'Output:',
      describe: 'Change a file that is there without asking',
    },
    generate: {
      type: 'boolean',
      group: 'Output:',
      describe: 'Run generate afterwards, or --no-generate',
    },
    ...questionFlags(),
  },
  examples: [
    ['', 'ask, then write ./deploy.yaml'],
    ['domino.yml', 'ask what the file does not say, and add it'],
    ['deploy.yaml --platform eks --kubernetes-version 1.33 --yes', 'without questions'],
    ['deploy.yaml --answers answers.yaml', 'in CI: the same answers every time'],
    ['- --platform eks --kubernetes-version 1.33 --yes', 'to stdout, for the next program'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  const file = textFlag(args, 'FILE') ?? DEFAULT_FILE;
  if (file === STDOUT && isSet(args, 'generate')) {
    fail('DPS1003', '--generate needs a file, and - is stdout.', {
      fix: `Name a file, or pipe the configuration into "domino-podsec generate -".`,
    });
  }
  const base = readBase(oldText(file, io), file);
  const preset = presets(args, io);
  const setup = { base, preset, yes: isSet(args, 'yes'), review: isSet(args, 'review') };
  const session: Session = { setup, state: startFlow(setup), args, io };
  if (!isInteractive(io)) {
    const result = withoutQuestions(session);
    if (!isSet(args, 'quiet') && !wantsFormat(args)) showResult(session, result);
    await finish(session, result);
    return isSet(args, 'generate') ? runGenerate(session) : 0;
  }
  const { terminalPrompter } = await import('./terminal-prompt.ts');
  const color = wantsColor(
    { color: args.color as boolean | undefined },
    (name) => io.env(name),
    io.stderrIsTerminal,
  );
  const prompter = await terminalPrompter({ color, fold: folded(io) });
  const result = await interview(session, prompter);
  if (result === undefined) {
    io.err('Nothing was written.\n');
    return 2;
  }
  await finish(session, result);
  const wanted =
    file !== STDOUT &&
    ((args.generate as boolean | undefined) ?? (await offerGenerate(session, prompter)));
  return wanted ? runGenerate(session) : 0;
}

/** Only a person can answer: all three streams are a terminal, and no build system runs us. */
function isInteractive(io: Io): boolean {
  const ci = io.env('CI') ?? '';
  const automated = ci !== '' && ci !== 'false' && ci !== '0';
  return io.stdinIsTerminal && io.stdoutIsTerminal && io.stderrIsTerminal && !automated;
}

/** Reading one of these waits for ever: on a pipe for what init itself is to write. */
const DEVICE = /^\/dev\/(stdout|stderr|fd\/[12])$/;

/** Known before the first question, so that no answer is given in vain. */
function oldText(file: string, io: Io): string | undefined {
  if (file === STDOUT) return undefined;
  if (DEVICE.test(file)) {
    fail('DPS1003', `${file} cannot be read first, as a configuration that is there would be.`, {
      fix: 'Write - for stdout.',
    });
  }
  if (io.kind(file) !== 'absent') return io.readText(file);
  const folder = dirname(file);
  if (io.kind(folder) !== 'folder' && folder !== '.') {
    fail('DPS1002', `Cannot write ${file}: the folder ${folder} does not exist.`, {
      fix: 'Make the folder, or name another file.',
    });
  }
  return undefined;
}

/** Flags stand over the answers file. */
function presets(args: Args, io: Io): Map<string, Answer> {
  const file = textFlag(args, 'answers');
  const fromFile = file === undefined ? [] : readAnswers(io.readText(file), file);
  return new Map([...fromFile, ...flagAnswers(args)]);
}

function withoutQuestions(session: Session): InitResult {
  const { setup, state, args } = session;
  const missing = missingAnswers(setup, state);
  if (missing.length > 0) {
    const count = missing.length === 1 ? 'an answer is' : `${missing.length} answers are`;
    const way = setup.yes
      ? 'They have no default; give them as flags or with --answers FILE:'
      : 'Give them as flags or with --answers FILE, or take what is proposed with --yes:';
    fail('DPS1009', `There is no terminal to ask on, and ${count} missing; nothing was written.`, {
      fix: [way, ...missing.map((entry) => `  ${flagUsage(entry)}`)].join('\n'),
    });
  }
  const { base } = setup;
  const result = resultWithoutFile(session);
  if (base.text !== undefined && result.text !== base.text && !isSet(args, 'force')) {
    fail(
      'DPS1010',
      `${base.file} is there already, and there is no terminal to ask on; nothing was written.`,
      {
        fix: 'Run again with --force to change it, or name another file.',
      },
    );
  }
  return result;
}

/** The places of its problems are in a file that nobody has, so that it is said first. */
function resultWithoutFile(session: Session): InitResult {
  try {
    return resultOf(session);
  } catch (error) {
    if (error instanceof UserError) {
      const { file } = session.setup.base;
      session.io.err(
        terminalSafeLines(
          `Nothing was written. These are the lines of ${file === STDOUT ? 'the output' : file} as it would be:\n\n`,
        ),
      );
    }
    throw error;
  }
}

async function runGenerate({ setup, args, io }: Session): Promise<number> {
  const { generate } = await import('./generate.ts');
  const { quiet, debug, color } = args;
  return generate.run({ FILE: [setup.base.file], quiet, debug, color }, io);
}
