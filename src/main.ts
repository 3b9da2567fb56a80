/** Arguments to exit code: yargs for usage and help, one place that turns errors into messages. */
import type { Io } from './io/io.ts';
import { VERSION } from './version.ts';

/** @returns the exit code: 0 done, 1 findings, 2 could not run, 130 interrupted */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // Answered before anything else is loaded: it is what pipelines call to see that we are there.
  if (argv.length === 1 && argv[0] === '--version') {
    try {
      await io.out(`${VERSION}\n`);
      return 0;
    } catch (error) {
      const { explainError } = await import('./cli/run.ts');
      return explainError(error, io, { debug: false, color: undefined });
    }
  }
  const { runCommandLine } = await import('./cli/run.ts');
  return runCommandLine(argv, io);
}
