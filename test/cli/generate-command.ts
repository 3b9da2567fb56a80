/** The built generate in a folder of its own, for the tests of the command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, type CliResult } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

interface GenerateCommand {
  folder: () => string;
  /** Writes a file of the folder and gives its path. */
  write: (name: string, text: string | Buffer) => string;
  generate: (...args: string[]) => CliResult;
}

/** A new folder for every test of the `describe` that calls this. */
export function useGenerate(): GenerateCommand {
  const folder = useTempFolder();
  return {
    folder,
    write: (name, text) => {
      const path = join(folder(), name);
      writeFileSync(path, text);
      return path;
    },
    generate: (...args) => runCli(['generate', ...args], { cwd: folder() }),
  };
}
