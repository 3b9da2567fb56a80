/** Writing a report in the formats that --format asks for: files whole or not at all, one on stdout. */
import type { Diagnostic, Severity } from '../diagnostics.ts';
import { resolve } from 'node:path';
import { atLeast, fail } from '../diagnostics.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { Io } from '../io/io.ts';
import { textWidth, wantsColor } from '../io/terminal.ts';
import {
  countTotals,
  type FormatOptions,
  type Report,
  type ReportFormat,
  type ReportSubject,
} from '../report/report.ts';
import { VERSION } from '../version.ts';
import type { Args } from './command.ts';
import { listFlag, textFlag } from './flags.ts';

/** What a report of diagnostics needs beside them. */
export interface ReportParts {
  command: string;
  subject?: ReportSubject;
  findings: readonly Diagnostic[];
  sections?: Report['sections'];
  /** The command's own counters: pods, files, ... */
  counters?: Readonly<Record<string, number>>;
  data?: Report['data'];
}

export function reportOf(parts: ReportParts): Report {
  return {
    tool: 'domino-podsec',
    version: VERSION,
    command: parts.command,
    subject: parts.subject ?? {},
    findings: parts.findings,
    totals: countTotals(parts.findings, parts.counters),
    sections: parts.sections ?? [],
    ...(parts.data === undefined ? {} : { data: parts.data }),
  };
}

export interface WriteReportOptions {
  /** Where a format without a file goes: stderr for commands whose result is something else. */
  stream?: 'stdout' | 'stderr';
  /** The formats that --format may name; default: those of reports. */
  formats?: readonly ReportFormat[];
}

/** Writes the report in every wanted format. */
export async function writeReport(
  report: Report,
  args: Args,
  io: Io,
  { stream = 'stdout', formats }: WriteReportOptions = {},
): Promise<void> {
  // Loaded when they are needed: a run that writes files pays nothing for formats of reports.
  const { parseFormatFlags, batched, writeFileAtomic } = await import('./report-writing.ts');
  const requests = parseFormatFlags(listFlag(args, 'format'), formats);
  for (const { format, file } of requests) {
    if (file !== undefined) {
      writeFileAtomic(file, batched(format.write(report, { failOn: failOnOf(args) })));
      continue;
    }
    const isTerminal = stream === 'stdout' ? io.stdoutIsTerminal : io.stderrIsTerminal;
    const options = lookOf(args, io, isTerminal);
    for (const chunk of batched(format.write(report, options))) {
      if (stream === 'stdout') await io.out(chunk);
      else io.err(chunk);
    }
  }
}

/** Refuses bad --format values before anything else is done: UserError DPS1003. */
export async function checkFormats(args: Args): Promise<void> {
  if (!wantsFormat(args)) return;
  const { parseFormatFlags } = await import('./report-writing.ts');
  parseFormatFlags(listFlag(args, 'format'));
}

/** Flags that name no file, whatever their value looks like. */
const NO_FILE = new Set(['format', '_', '$0', 'namespace', 'also-namespace', 'target']);

/** A report must not take the place of a file that the run reads: UserError DPS1003. */
export function refuseOverwrites(args: Args): void {
  const read = Object.keys(args)
    .filter((name) => !NO_FILE.has(name))
    .flatMap((name) => listFlag(args, name));
  const inputs = new Set(['deploy.yaml', ...read].map((path) => resolve(path)));
  for (const value of listFlag(args, 'format')) {
    const file = /^[^=]*=(.+)$/.exec(value)?.[1];
    if (file === undefined || file === '-' || !inputs.has(resolve(file))) continue;
    fail('DPS1003', `--format ${value} would overwrite a file that the run reads.`, {
      fix: 'Name another file for the report.',
    });
  }
}

/** Whether --format asks for anything but the default text. */
export function wantsFormat(args: Args): boolean {
  return listFlag(args, 'format').length > 0;
}

function lookOf(args: Args, io: Io, isTerminal: boolean): FormatOptions {
  const color = args.color as boolean | undefined;
  const max = Number(textFlag(args, 'max-findings') ?? args['max-findings'] ?? 200);
  return {
    color: wantsColor({ color }, (name) => io.env(name), isTerminal),
    width: textWidth(io.columns, isTerminal),
    maxFindings: Number.isInteger(max) && max >= 0 ? max : 200,
    failOn: failOnOf(args),
  };
}

/** --fail-on, default error (contracts: exit codes). */
export function failOnOf(args: Args): Severity | 'never' {
  return (textFlag(args, 'fail-on') ?? 'error') as Severity | 'never';
}

/** 1 when a finding is at or above --fail-on, else 0. */
export function exitCodeOf(findings: Iterable<{ severity: Severity }>, args: Args): 0 | 1 {
  const threshold = failOnOf(args);
  if (threshold === 'never') return 0;
  for (const { severity } of findings) if (atLeast(severity, threshold)) return 1;
  return 0;
}

/** The versions that a report is about (T51: print them in every report). */
export function subjectOf(options: DeployOptions | undefined): ReportSubject {
  if (options === undefined) return {};
  const { file, dominoVersion, kubernetes, openshift } = options;
  const z = openshift?.patch === undefined ? '' : `.${openshift.patch}`;
  return {
    config: file,
    ...(dominoVersion === undefined ? {} : { dominoVersion }),
    ...(kubernetes === undefined ? {} : { kubernetesVersion: `1.${kubernetes.minor}` }),
    ...(openshift === undefined ? {} : { openshiftVersion: `4.${openshift.minor}${z}` }),
  };
}
