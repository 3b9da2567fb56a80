/** `validate`: every problem of deploy.yaml at once, and which keys of old schemas moved. */
import './core.ts';
import { UserError, type Diagnostic } from '../diagnostics.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { Io } from '../io/io.ts';
import { exceptionCounts } from '../render/targets/summary.ts';
import type { Args, Command } from './command.ts';
import { DEFAULT_FILE, loadDeploy } from './deploy.ts';
import { deployFlags, listFlag } from './flags.ts';
import { exitCodeOf, reportOf, subjectOf, writeReport } from './report.ts';

export const validate: Command = {
  positional: {
    name: 'FILE',
    describe: `Configuration of the Domino installer (default ${DEFAULT_FILE})`,
    variadic: true,
  },
  options: {
    ...deployFlags,
    'fail-on': {
      choices: ['error', 'warning', 'note', 'never'],
      default: 'error',
      group: 'Output:',
      describe: 'Lowest severity that makes the exit code 1 (errors of the file: always 2)',
    },
  },
  examples: [
    ['', 'check ./deploy.yaml'],
    ['clusters/*.yaml --format json', 'check a fleet, for a program'],
    ['deploy.yaml --fail-on warning', 'in CI: warnings fail, too'],
  ],
  run,
};

interface Validated {
  file: string;
  findings: readonly Diagnostic[];
  options?: DeployOptions;
  verdict: string;
}

async function run(args: Args, io: Io): Promise<number> {
  const given = listFlag(args, 'FILE');
  const files = given.length === 0 ? [DEFAULT_FILE] : given;
  const results = files.map((file) => validated(file, args, io));
  const findings = results.flatMap((result) => result.findings);
  const report = reportOf({
    command: 'validate',
    subject: results.length === 1 ? subjectOf(results[0]?.options) : {},
    findings,
    sections: [
      {
        title: 'Files',
        columns: ['file', 'verdict'],
        rows: results.map(({ file, verdict }) => [file, verdict]),
      },
    ],
  });
  await writeReport(report, args, io);
  if (results.some(({ options }) => options === undefined)) return 2;
  return exitCodeOf(findings, args);
}

function validated(file: string, args: Args, io: Io): Validated {
  try {
    const { options, context } = loadDeploy(file, args, io, { kubernetesVersion: false });
    const counts = exceptionCounts(context.selection?.selected ?? []);
    const verdict = `valid: ${counts.pods ?? 0} pods of the catalog, ${counts.privileged ?? 0} privileged, ${counts.root ?? 0} root`;
    return { file, findings: options.notes, options, verdict };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { file, findings: error.diagnostics, verdict: 'not valid' };
  }
}
