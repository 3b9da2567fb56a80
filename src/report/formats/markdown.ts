/** For reviewers: pull request comments and wikis. Nothing in a name is taken for markup. */
import { terminalSafe } from '../../text/terminal-safe.ts';
import { countersLine, subjectLines, subjectName, totalsLine } from '../report.ts';
import type { Finding, Report, ReportFormat, Section } from '../report.ts';

export const markdownFormat: ReportFormat = {
  id: 'markdown',
  description: 'For reviewers: tables for pull requests and wikis.',
  mediaType: 'text/markdown',
  write: writeMarkdown,
};

const COLUMNS = ['Severity', 'Code', 'Place', 'Object', 'Problem', 'Fix'];

function* writeMarkdown(report: Report): Generator<string> {
  yield `# ${markdownText(`${report.tool} ${report.command}`)}\n\n`;
  const about = subjectLines(report.subject).map(
    ([label, value]) => `- ${label}: ${markdownText(value)}\n`,
  );
  if (about.length > 0) yield `${about.join('')}\n`;
  const counters = countersLine(report.totals);
  yield `**${totalsLine(report.totals)}**${counters === '' ? '' : `, ${markdownText(counters)}`}\n`;
  if (report.table !== undefined) yield* sectionTable(report.table);
  yield* findingsTable(report.findings);
  for (const section of report.sections) yield* sectionTable(section);
}

function* findingsTable(findings: Iterable<Finding>): Generator<string> {
  let isEmpty = true;
  for (const finding of findings) {
    if (isEmpty) yield `\n## Findings\n\n${tableHead(COLUMNS)}`;
    isEmpty = false;
    const { severity, code, location, message, fix = '' } = finding;
    const place =
      location === undefined ? '' : `${location.file}:${location.line}:${location.column}`;
    yield tableRow([severity, code, place, subjectName(finding), message, fix]);
  }
}

export function* sectionTable(section: Section): Generator<string> {
  yield `\n## ${markdownText(section.title)}\n\n`;
  let isEmpty = true;
  for (const row of section.rows) {
    if (isEmpty) yield tableHead(section.columns);
    isEmpty = false;
    yield tableRow(section.columns.map((_, index) => row[index] ?? ''));
  }
  if (isEmpty) yield 'None.\n';
  if (section.note !== undefined) yield `\n${markdownText(section.note)}\n`;
}

function tableHead(columns: readonly string[]): string {
  return `${tableRow(columns)}|${' --- |'.repeat(columns.length)}\n`;
}

function tableRow(cells: readonly string[]): string {
  return `|${cells.map((cell) => ` ${markdownText(cell)} |`).join('')}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': '&#64;',
};

/**
 * Text that stands for itself in markdown, also inside a table: markup is escaped, a line break is
 * a `<br>` of our own, and control characters are shown.
 */
export function markdownText(text: string): string {
  return text.split('\n').map(markdownLine).join('<br>');
}

function markdownLine(line: string): string {
  return terminalSafe(line)
    .replace(/[\\`*_{}[\]#|~!$]/g, '\\$&')
    .replace(/[&<>@]/g, (character) => ENTITIES[character] ?? character)
    .replace(
      /^(\s*)([-+]|\d+[.)])(?=\s)/,
      (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    );
}
