/** For people at a terminal: grouped by file and workload, the first findings and the full count. */
import type { Diagnostic, Severity } from '../../diagnostics.ts';
import { terminalSafe, terminalSafeLines } from '../../text/terminal-safe.ts';
import { allSections, countersLine, subjectLines, subjectName, totalsLine } from '../report.ts';
import type { Finding, FormatOptions, Report, ReportFormat, Totals } from '../report.ts';
import { wrap } from '../wrap.ts';
import { textTable } from './text-table.ts';

const DEFAULT_MAX_FINDINGS = 200;

type Style = 'bold' | 'dim' | Severity;
const STYLES: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  error: '31',
  warning: '33',
  note: '36',
};

type Paint = (style: Style, text: string) => string;
const PLAIN: Paint = (_, text) => text;
const COLORED: Paint = (style, text) => `\x1b[${STYLES[style]}m${text}\x1b[0m`;

export const textFormat: ReportFormat = {
  id: 'text',
  description: 'For people: grouped by file and workload, coloured on a terminal.',
  mediaType: 'text/plain',
  write: writeText,
};

function* writeText(report: Report, options: FormatOptions = {}): Generator<string> {
  const { color = false, width = Infinity, maxFindings = DEFAULT_MAX_FINDINGS } = options;
  const paint = color ? COLORED : PLAIN;
  const about = subjectLines(report.subject);
  for (const [label, value] of about) {
    yield `${paint('dim', `${label}:`)} ${terminalSafe(value)}\n`;
  }
  const total = report.totals.error + report.totals.warning + report.totals.note;
  const look = { paint, width };
  let gap = about.length > 0 ? '\n' : '';
  for (const block of groups(report.findings, Math.min(total, maxFindings), look)) {
    yield block.startsWith('\n') && gap === '' ? block.slice(1) : block;
    gap = '\n';
  }
  const hidden = total - maxFindings;
  if (hidden > 0) {
    yield `\n... and ${hidden} more; --max-findings shows more, the other formats show all.\n`;
  }
  for (const section of allSections(report)) {
    yield gap;
    gap = '\n';
    yield* textTable(section, width);
  }
  yield `${gap}${paint('bold', summary(report.totals))}\n`;
}

/** `1 error, 2 notes (12 pods).` */
function summary(totals: Totals): string {
  const line = totalsLine(totals);
  const counters = countersLine(totals);
  const more = counters === '' ? '' : ` (${counters})`;
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${more}.`;
}

interface Look {
  paint: Paint;
  width: number;
}

function* groups(findings: Iterable<Finding>, limit: number, look: Look): Generator<string> {
  let file: string | undefined;
  let workload = '';
  let shown = 0;
  for (const finding of findings) {
    if (shown >= limit) return;
    shown += 1;
    const nextFile = finding.location?.file ?? '';
    const nextWorkload = subjectName(finding);
    if (nextFile !== file) {
      yield `\n${nextFile === '' ? '' : `${look.paint('bold', terminalSafe(nextFile))}\n`}`;
      workload = '';
    }
    if (nextWorkload !== workload && nextWorkload !== '') yield `  ${terminalSafe(nextWorkload)}\n`;
    file = nextFile;
    workload = nextWorkload;
    yield body(finding, position(finding), workload === '' ? 2 : 4, look);
  }
}

function position({ location }: Diagnostic): string {
  return location === undefined ? '' : `${location.line}:${location.column} `;
}

/** The problem, its source lines, other places, and what to do; `indent` columns from the left. */
function body(finding: Finding, place: string, indent: number, look: Look): string {
  const margin = ' '.repeat(indent);
  const inner = indent + 2;
  const { severity, code } = finding;
  const head = `${margin}${terminalSafe(place)}${severity} ${code} ${terminalSafe(finding.message)}`;
  const lines = [colorHead(wrap(head, look.width, inner), severity, code, look.paint)];
  if (finding.frame !== undefined && finding.frame !== '') {
    lines.push(look.paint('dim', block(finding.frame, inner)));
  }
  for (const { message, location } of finding.related ?? []) {
    const where = `${location.file}:${location.line}:${location.column}`;
    lines.push(
      wrap(`${' '.repeat(inner)}${terminalSafe(`${where} ${message}`)}`, look.width, inner + 2),
    );
  }
  if (finding.fix !== undefined) lines.push(remedy('Fix', finding.fix, inner, look.width));
  if (finding.patch !== undefined) lines.push(remedy('Patch', finding.patch, inner, look.width));
  return `${lines.join('\n')}\n`;
}

/** Only the severity is coloured. The first match is ours: a place is made of digits, a file of a path without spaces around. */
function colorHead(head: string, severity: Severity, code: string, paint: Paint): string {
  const at = head.search(new RegExp(`${severity}\\s+${code}`));
  if (at < 0) return head;
  return head.slice(0, at) + paint(severity, severity) + head.slice(at + severity.length);
}

function remedy(label: string, text: string, indent: number, width: number): string {
  const margin = ' '.repeat(indent);
  const clean = text.replace(/\n+$/, '');
  if (clean.includes('\n')) return `${margin}${label}:\n${block(clean, indent + 2)}`;
  return wrap(`${margin}${label}: ${terminalSafe(clean)}`, width, indent + 2);
}

function block(text: string, indent: number): string {
  const margin = ' '.repeat(indent);
  return terminalSafeLines(text)
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n');
}

/**
 * One diagnostic as it is shown on stderr, where there is no report around it:
 * `file:line:column severity CODE message`, source lines, `Fix:`. Ends with a line feed.
 */
export function diagnosticText(
  diagnostic: Diagnostic,
  options: Pick<FormatOptions, 'color' | 'width'> = {},
): string {
  const { location } = diagnostic;
  const place =
    location === undefined ? '' : `${location.file}:${location.line}:${location.column} `;
  const paint = options.color === true ? COLORED : PLAIN;
  return body(diagnostic, place, 0, { paint, width: options.width ?? Infinity });
}
