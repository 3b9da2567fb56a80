/** `admit`: which policy admits each pod on the target cluster, and why the others refuse it. */
import './admission-core.ts';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { expectLongRun } from '../io/run-length.ts';
import { parseFormatFlags } from '../report/format-flags.ts';
import type { Section } from '../report/report.ts';
import { nearestName } from '../text/nearest-name.ts';
import { admitFlags, DEFAULT_MAX } from './admit-flags.ts';
import { namespaceFinder } from './admit-namespace.ts';
import { admitReport } from './admit-report.ts';
import { closeRun, runAdmit, type AdmitOptions, type AdmitRun } from './admit-run.ts';
import { admitSetup, asksWhatIf, isQuiet, type AdmitSetup } from './admit-setup.ts';
import { progressOn } from './audit-progress.ts';
import type { Args, Command } from './command.ts';
import { printDiagnostics } from './errors.ts';
import { isSet, listFlag } from './flags.ts';
import { manifestFiles } from './manifests.ts';
import { writeReport } from './report.ts';

export const admit: Command = {
  positional: {
    name: 'PATH',
    describe: 'Manifests: files, folders, or - for standard input (the default)',
    variadic: true,
  },
  options: admitFlags,
  examples: [
    ['rendered/ --kubernetes-version 1.33 --level baseline', 'judge pods by a level'],
    ['rendered/ --config deploy.yaml', 'judge them where deploy.yaml installs them'],
    [
      'rendered/ --openshift-version 4.20 --bind anyuid,privileged',
      'judge them with SCCs bound to their service accounts',
    ],
    ['rendered/ --config deploy.yaml --without spc_t', 'what changes without a privilege'],
    ['rendered/ --config deploy.yaml --plan', 'which options remove most privileged pods'],
  ],
  run,
};

/** What-if and plan: each sees the pods and gives tables. */
export interface Extra {
  observers: AdmitOptions['observers'];
  sections: () => Section[];
}

async function run(args: Args, io: Io): Promise<number> {
  expectLongRun();
  // Before a long run, not after it.
  parseFormatFlags(listFlag(args, 'format'));
  const max = maxFindings(args);
  const paths = listFlag(args, 'PATH');
  if ((paths.length === 0 || paths.includes('-')) && io.stdinIsTerminal) {
    fail('DPS1003', 'There is nothing to judge: standard input is a terminal.', {
      fix: 'Name files or folders, or pipe manifests in.',
    });
  }
  const setup = await admitSetup(args, io);
  const extras = await extrasOf(setup, args, io);
  const files = manifestFiles(paths.length === 0 ? ['-'] : paths, io);
  if (!isQuiet(args)) printDiagnostics(setup.notes, io, args.color as boolean | undefined);
  const result = runAdmit(
    files,
    setup,
    {
      maxFindings: max,
      allowEmpty: isSet(args, 'allow-empty'),
      textOnly: listFlag(args, 'format').every((value) => /^text(=|$)/.test(value)),
      progress: progressOn(io, isQuiet(args)),
      matrix: isSet(args, 'matrix'),
      observers: (...known) => extras.flatMap((extra) => extra.observers(...known)),
      namespaceOf: namespaceFinder(setup),
    },
    io,
  );
  try {
    checkBound(result);
    const sections = extras.flatMap((extra) => extra.sections());
    const { report, formats } = admitReport(result, setup, sections, max);
    await writeReport(report, args, io, { formats });
  } finally {
    closeRun(result);
  }
  return exitCode(result);
}

async function extrasOf(setup: AdmitSetup, args: Args, io: Io): Promise<Extra[]> {
  const extras: Extra[] = [];
  if (asksWhatIf(args)) {
    const { whatIf } = await import('./admit-what-if.ts');
    extras.push(await whatIf(setup, args, io));
  }
  if (isSet(args, 'plan') && setup.loaded !== undefined) {
    const { plan } = await import('./admit-plan.ts');
    extras.push(plan(setup.loaded, args, io));
  }
  return extras;
}

function maxFindings(args: Args): number {
  const value = Number(args['max-findings'] ?? DEFAULT_MAX);
  if (Number.isInteger(value) && value >= 0) return value;
  return fail('DPS1003', '--max-findings must be a whole number from 0 on.');
}

/** A bound SCC that does not exist grants nothing: a slip that would only show as refusals. */
function checkBound({ facts, tallies }: AdmitRun): void {
  const names = tallies.sccs.map(({ name }) => name);
  const unknown = facts.bind?.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearestName(unknown, names);
  fail('DPS1003', `--bind names "${unknown}", which is no SCC of this release or of the input.`, {
    fix: near === undefined ? `Name one of ${names.join(', ')}.` : `Did you mean "${near}"?`,
  });
}

/** 2 wins over 1 (contracts: exit codes). */
function exitCode({ couldNotRun, counts }: AdmitRun): number {
  if (couldNotRun) return 2;
  return counts.refused > 0 || counts.open > 0 ? 1 : 0;
}
