/** `selftest`: the built-in cases of the admission engines, with their figures. */
import './admission-core.ts';
import { runSelftest } from '../admission/selftest.ts';
import { diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { Args, Command } from './command.ts';
import { reportOf, writeReport } from './report.ts';

export const selftest: Command = {
  options: {},
  examples: [
    ['', 'run all cases'],
    ['--format json', 'the figures for a program'],
    ['--quiet --format json=selftest.json', 'keep the figures in a file'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  const rows = runSelftest();
  const findings = rows.flatMap(({ engine, wrong }) =>
    wrong.map((problem) => diagnostic('DPS6008', `${engine}: ${problem}`)),
  );
  const report = reportOf({
    command: 'selftest',
    findings,
    counters: {
      cases: rows.reduce((sum, { cases }) => sum + cases, 0),
      verdicts: rows.reduce((sum, { verdicts }) => sum + verdicts, 0),
    },
    sections: [
      {
        title: 'Self-test',
        columns: ['engine', 'cases', 'verdicts', 'wrong'],
        rows: rows.map(({ engine, cases, verdicts, wrong }) => [
          engine,
          String(cases),
          String(verdicts),
          String(wrong.length),
        ]),
      },
    ],
  });
  await writeReport(report, args, io);
  return findings.length > 0 ? 1 : 0;
}
