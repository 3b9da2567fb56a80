/** For spreadsheets: RFC 4180, with cells that a spreadsheet would run as a formula made text. */
import { terminalSafeLines } from '../../text/terminal-safe.ts';
import type { Finding, Report, ReportFormat } from '../report.ts';

export const csvFormat: ReportFormat = {
  id: 'csv',
  description: 'For spreadsheets: a finding a row; formulas in names are defused.',
  mediaType: 'text/csv',
  write: writeCsv,
};

const COLUMNS: readonly (readonly [string, (finding: Finding) => string | number | undefined])[] = [
  ['severity', (finding) => finding.severity],
  ['code', (finding) => finding.code],
  ['rule', (finding) => finding.rule],
  ['state', (finding) => finding.state],
  ['file', (finding) => finding.location?.file],
  ['line', (finding) => finding.location?.line],
  ['column', (finding) => finding.location?.column],
  ['kind', (finding) => finding.subject?.kind],
  ['namespace', (finding) => finding.subject?.namespace],
  ['name', (finding) => finding.subject?.name],
  ['container', (finding) => finding.subject?.container],
  ['message', (finding) => finding.message],
  ['fix', (finding) => finding.fix],
  ['docs', (finding) => finding.docs],
  ['fingerprint', (finding) => finding.fingerprint],
];

function* writeCsv(report: Report): Generator<string> {
  if (report.table !== undefined) {
    yield line(report.table.columns);
    for (const row of report.table.rows)
      yield line(report.table.columns.map((_, at) => row[at] ?? ''));
    return;
  }
  yield line(COLUMNS.map(([title]) => title));
  for (const finding of report.findings) {
    yield line(COLUMNS.map(([, value]) => `${value(finding) ?? ''}`));
  }
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** OWASP, CSV injection: what a spreadsheet takes for a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

function cell(value: string): string {
  const text = terminalSafeLines(FORMULA.test(value) ? `'${value}` : value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
