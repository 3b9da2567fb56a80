/** What a command module exports; main.ts turns it into a yargs command. */
import type { Options } from 'yargs';
import type { Io } from '../io/io.ts';

/** Parsed flags: yargs gives plain values; each command reads its own with the helpers of flags.ts. */
export type Args = Readonly<Record<string, unknown>>;

export interface Command {
  /** Positional part of the usage: `[FILE...]`. */
  positional?: {
    name: string;
    describe: string;
    variadic?: boolean;
    required?: boolean;
    choices?: readonly string[];
  };
  options: Readonly<Record<string, Options>>;
  /** At least three: command line and what it does. */
  examples: readonly (readonly [string, string])[];
  /** @returns the exit code; throws UserError */
  run: (args: Args, io: Io) => Promise<number>;
}
