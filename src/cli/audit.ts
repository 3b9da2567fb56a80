/** `audit`: the security context of every pod, against the policy and the documented exceptions. */
import './core.ts';
import { readBaseline } from '../audit/baseline.ts';
import { describeRow, type ExceptionBook } from '../audit/exceptions.ts';
import { ruleInfos } from '../audit/rule-info.ts';
import { atLeast, fail, UserError, type Diagnostic, type Severity } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { expectLongRun } from '../io/run-length.ts';
import { parseFormatFlags } from '../report/format-flags.ts';
import type { Report, Section } from '../report/report.ts';
import { VERSION } from '../version.ts';
import { auditFlags, DEFAULT_MAX } from './audit-flags.ts';
import { auditPolicy, type AuditPolicy } from './audit-policy.ts';
import { runAudit, type AuditRun } from './audit-run.ts';
import type { Args, Command } from './command.ts';
import { printDiagnostics } from './errors.ts';
import { isSet, listFlag, textFlag } from './flags.ts';
import { manifestFiles } from './manifests.ts';
import { progressOn } from './audit-progress.ts';
import { failOnOf, writeReport } from './report.ts';

export const audit: Command = {
  positional: {
    name: 'PATH',
    describe: 'Manifests: files, folders, or - for standard input (the default)',
    variadic: true,
  },
  options: auditFlags,
  examples: [
    ['rendered/ --config deploy.yaml', 'rendered charts against the pods that it installs'],
    ['--domino-version 6.2.2 < dump.yaml', 'a dump of "kubectl get pods -A -o yaml"'],
    ['rendered/ --config deploy.yaml --format sarif=audit.sarif', 'in CI: for code scanning'],
    ['rendered/ --baseline last.json --fail-on warning', 'only what is new fails'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  // Before a long run, not after it.
  expectLongRun();
  parseFormatFlags(listFlag(args, 'format'));
  const paths = listFlag(args, 'PATH');
  if ((paths.length === 0 || paths.includes('-')) && io.stdinIsTerminal) {
    fail('DPS1003', 'There is nothing to audit: standard input is a terminal.', {
      fix: 'Name files or folders, or pipe manifests in.',
    });
  }
  const policy = auditPolicy(args, io);
  const baseline = textFlag(args, 'baseline');
  const unlisted: Diagnostic[] = [];
  const files = filesOf(paths.length === 0 ? ['-'] : paths, args, io, unlisted);
  const quiet = isSet(args, 'quiet');
  if (!quiet) printDiagnostics(policy.notes, io, args.color as boolean | undefined);
  const result = runAudit(
    files,
    policy,
    {
      showFrom: (textFlag(args, 'show-from') ?? 'note') as Severity,
      maxFindings: maxFindings(args),
      allowEmpty: isSet(args, 'allow-empty'),
      textOnly: listFlag(args, 'format').every((value) => /^text(=|$)/.test(value)),
      progress: progressOn(io, quiet),
      unlisted,
      ...(baseline === undefined
        ? {}
        : { baseline: readBaseline(io.readText(baseline), baseline) }),
    },
    io,
  );
  try {
    await writeReport(reportOf(result, policy), args, io);
  } finally {
    result.store.close();
  }
  return exitCode(result, args);
}

/** Folders without manifests are a finding, not the end: the reports that a pipeline waits for are written. */
function filesOf(paths: readonly string[], args: Args, io: Io, problems: Diagnostic[]): string[] {
  try {
    return manifestFiles(paths, io, (problem) => problems.push(problem));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (!isSet(args, 'allow-empty')) problems.push(...error.diagnostics);
    return [];
  }
}

function maxFindings(args: Args): number {
  const value = Number(args['max-findings'] ?? DEFAULT_MAX);
  if (Number.isInteger(value) && value >= 0) return value;
  return fail('DPS1003', '--max-findings must be a whole number from 0 on.');
}

function reportOf({ store, gate, tally, book }: AuditRun, { subject }: AuditPolicy): Report {
  const { accepted, known, resolved } = gate;
  const sections = [tally.catalogPods(), acceptedSection(book)];
  return {
    tool: 'domino-podsec',
    version: VERSION,
    command: 'audit',
    subject,
    findings: store.findings,
    totals: {
      ...store.counts,
      ...tally.counters(),
      ...(accepted === 0 ? {} : { accepted }),
      ...(known === 0 ? {} : { 'in the baseline': known }),
      ...(resolved === 0 ? {} : { 'resolved since the baseline': resolved }),
    },
    sections: sections.filter((section) => section !== undefined),
    rules: ruleInfos,
    data: { states: tally.states() },
  };
}

function acceptedSection(book: ExceptionBook): Section | undefined {
  const uses = book.uses();
  if (uses.length === 0) return undefined;
  return {
    title: 'Accepted exceptions',
    columns: ['exception', 'findings', 'reason', 'owner', 'expires'],
    rows: uses.map(({ row, count, isExpired }) => [
      describeRow(row),
      String(count),
      row.reason,
      row.owner ?? '',
      `${row.expires ?? ''}${isExpired ? ' (expired)' : ''}`,
    ]),
  };
}

/** 2 wins over 1 (contracts: exit codes). */
function exitCode({ couldNotRun, gate }: AuditRun, args: Args): number {
  if (couldNotRun) return 2;
  const threshold = failOnOf(args);
  if (threshold === 'never') return 0;
  const severities = ['error', 'warning', 'note'] as const;
  return severities.some((name) => gate.open[name] > 0 && atLeast(name, threshold)) ? 1 : 0;
}
