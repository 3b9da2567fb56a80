import { diagnostic, UserError } from '../diagnostics.ts';
import { nearestName } from '../text/nearest-name.ts';
import { formats } from './formats/index.ts';
import type { ReportFormat } from './report.ts';

/** A report to write: to a file, or to stdout when there is none. */
export interface FormatRequest {
  format: ReportFormat;
  file?: string;
}

/**
 * The values of `--format NAME[=FILE]`; none means text on stdout, and `NAME=-` is stdout. UserError
 * DPS1003 with every problem: an unknown name, an empty file, two for stdout, two for one file.
 */
export function parseFormatFlags(
  values: readonly string[],
  known: readonly ReportFormat[] = formats,
): FormatRequest[] {
  const problems: string[] = [];
  const requests: FormatRequest[] = [];
  for (const value of values.length === 0 ? ['text'] : values) {
    const request = parseFlag(value, known);
    if (typeof request === 'string') problems.push(request);
    else requests.push(request);
  }
  problems.push(...clashes(requests));
  if (problems.length > 0) {
    throw new UserError(problems.map((problem) => diagnostic('DPS1003', problem)));
  }
  return requests;
}

function parseFlag(value: string, known: readonly ReportFormat[]): FormatRequest | string {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  const format = known.find(({ id }) => id === name);
  if (format === undefined) {
    const names = known.map(({ id }) => id);
    const near = nearestName(name, names);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    return `--format must be one of ${names.join(', ')}, got "${name}"${hint === '' ? '.' : hint}`;
  }
  const file = at < 0 ? '-' : value.slice(at + 1);
  if (file === '') return `--format ${name}= names no file; write --format ${name}=FILE.`;
  return file === '-' ? { format } : { format, file };
}

function clashes(requests: readonly FormatRequest[]): string[] {
  const names = (file: string | undefined): string[] =>
    requests.filter((request) => request.file === file).map(({ format }) => format.id);
  const targets = [...new Set(requests.map(({ file }) => file))].filter(
    (file) => names(file).length > 1,
  );
  return targets.map((file) => {
    const list = names(file).join(' and ');
    return file === undefined
      ? `Only one --format can go to stdout, got ${list}; write the others as --format NAME=FILE.`
      : `Two --format flags write to "${file}": ${list}.`;
  });
}
