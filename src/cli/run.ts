/** The yargs root. Only the module of the command that is called is loaded. */
import './core.ts';
import yargs, { type Argv } from 'yargs';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { nearestName } from '../text/nearest-name.ts';
import { VERSION } from '../version.ts';
import type { Args, Command } from './command.ts';
import { commands, type CommandEntry } from './commands.ts';
import { explainError } from './errors.ts';
import { globalFlags, listFlag } from './flags.ts';
import { refuseOverwrites } from './report.ts';

export { explainError };

const EPILOGUE =
  'Exit codes: 0 done; 1 findings, or a check that differs; 2 could not run; 130 interrupted.';

export async function runCommandLine(argv: readonly string[], io: Io): Promise<number> {
  const debug = argv.includes('--debug');
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return explainError(error, io, { debug, color: colorFlag(argv) });
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const called = calledCommand(argv);
  const command = await called?.load();
  let given: Args | undefined;
  const parser = root(io);
  if (called === undefined || command === undefined) {
    for (const { name, describe } of commands) parser.command(name, describe);
  } else {
    parser.command(
      usageOf(called, command),
      called.describe,
      (builder) => describeCommand(builder, called, command),
      (args) => {
        given = withRest(restored(args), command);
        // yargs would now put the text of --help together, in case that it is asked for.
        throw PARSED;
      },
    );
  }
  // With a callback yargs hands over what it would print, so that help goes to stdout through Io.
  let printed = '';
  try {
    await parser.parseAsync(withDashes(argv, command), {}, (_error, _args, output) => {
      printed = output;
    });
  } catch (error) {
    if (error !== PARSED) throw error;
  }
  if (called !== undefined && command !== undefined && given !== undefined) {
    refuseEmpty(given, called, command);
    refuseOverwrites(given);
    return command.run(given, io);
  }
  if (printed !== '') await io.out(`${printed}\n`);
  return 0;
}

/** Ends the parsing as soon as the arguments are known. */
const PARSED = new Error('The arguments are parsed.');

/** yargs takes a lone dash for a positional; after a flag that wants a value it is that value. */
function withDashes(argv: readonly string[], command: Command | undefined): string[] {
  const options = { ...command?.options, ...globalFlags };
  const result: string[] = [];
  for (const argument of argv) {
    const flag = Object.entries(options).find(([name]) => result.at(-1) === `--${name}`);
    if (argument === '-' && flag !== undefined && flag[1].type !== 'boolean') {
      result.push(`${result.pop() ?? ''}=-`);
    } else result.push(argument === '-' ? LONE_DASH : argument);
  }
  return result;
}

/** yargs drops a lone dash among positionals; no argument of a process can hold a NUL. */
const LONE_DASH = '\0-';

function restored(args: Args): Args {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    return value === LONE_DASH ? '-' : value;
  };
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, plain(value)]));
}

/** What stands behind `--` is positional, too; yargs leaves it in a list of its own. */
function withRest(args: Args, { positional }: Command): Args {
  const [, ...rest] = Array.isArray(args._) ? args._.map(String) : [];
  if (rest.length === 0) return args;
  if (positional === undefined) return usageError(`Unknown argument: ${rest.join(', ')}`);
  const words = [...listFlag(args, positional.name), ...rest];
  if (positional.variadic !== true && words.length > 1) {
    return usageError(`Unknown argument: ${words.slice(1).join(', ')}`);
  }
  return { ...args, [positional.name]: positional.variadic === true ? words : words[0] };
}

/** An empty value is a variable that was not set; init alone has a meaning for it. */
function refuseEmpty(args: Args, { name }: CommandEntry, { options, positional }: Command): void {
  if (name === 'init') return;
  for (const flag of [...Object.keys({ ...options, ...globalFlags }), positional?.name ?? '']) {
    if (!listFlag(args, flag).includes('')) continue;
    usageError(`${flag === positional?.name ? flag : `--${flag}`} is empty`);
  }
}

function root(io: Io): Argv {
  return yargs()
    .scriptName('domino-podsec')
    .usage(
      '$0 COMMAND [OPTIONS]\n\nPod security configuration for Domino on Kubernetes and OpenShift.',
    )
    .locale('en')
    .version(VERSION)
    .help()
    .wrap(Math.min(100, io.columns))
    .strict()
    .demandCommand(1, 'Name a command.')
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
    })
    .epilogue(EPILOGUE)
    .fail((message: string | null, error: Error | undefined) => {
      if (error instanceof Error && error.name !== 'YError') throw error;
      usageError(message ?? error?.message ?? 'Wrong usage.');
    });
}

/** A full stop, the words in quotes, and the nearest name where a command is unknown. */
function usageError(message: string): never {
  if (message.startsWith('Not enough non-option arguments')) {
    return fail('DPS1003', 'The command needs an argument.', { fix: 'Run it with --help.' });
  }
  const text = message.replace(/\s*\n\s*/g, ' ').trim();
  const unknown = /^Unknown (?:argument|command)s?: (.+)$/.exec(message)?.[1];
  if (unknown === undefined) {
    return fail('DPS1003', text.endsWith('.') ? text : `${text}.`, {
      fix: 'Run it with --help.',
    });
  }
  const [word = ''] = unknown.split(', ');
  const near = nearestName(
    word,
    commands.map(({ name }) => name),
  );
  return fail('DPS1003', `Unknown argument "${unknown}".`, {
    fix: near === undefined ? 'Run it with --help.' : `Did you mean "${near}"?`,
  });
}

function calledCommand(argv: readonly string[]): CommandEntry | undefined {
  const word = argv.find((argument) => !argument.startsWith('-'));
  return commands.find(({ name }) => name === word);
}

function usageOf({ name }: CommandEntry, { positional }: Command): string {
  if (positional === undefined) return name;
  const word = positional.variadic === true ? `${positional.name}..` : positional.name;
  return positional.required === true ? `${name} <${word}>` : `${name} [${word}]`;
}

function describeCommand(builder: Argv, entry: CommandEntry, command: Command): Argv {
  const { positional } = command;
  if (positional !== undefined) {
    builder.positional(positional.name, {
      type: 'string',
      describe: positional.describe,
      ...(positional.choices === undefined ? {} : { choices: positional.choices }),
    });
  }
  for (const [name, option] of Object.entries({ ...command.options, ...globalFlags })) {
    builder.option(name, option.type === 'boolean' ? option : { ...option, requiresArg: true });
  }
  for (const [line, text] of command.examples)
    builder.example(`$0 ${entry.name} ${line}`.trim(), text);
  return builder.usage(`$0 ${usageOf(entry, command)}\n\n${entry.describe}.`);
}

function colorFlag(argv: readonly string[]): boolean | undefined {
  if (argv.includes('--no-color')) return false;
  return argv.includes('--color') ? true : undefined;
}
