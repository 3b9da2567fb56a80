/** For CI systems that show tests: a finding is a test case, failed at or above --fail-on. */
import { atLeast, type Severity } from '../../diagnostics.ts';
import { terminalSafeLines } from '../../text/terminal-safe.ts';
import { subjectName } from '../report.ts';
import type { Finding, FormatOptions, Report, ReportFormat } from '../report.ts';

export const junitFormat: ReportFormat = {
  id: 'junit',
  description: 'For CI systems: a finding is a test case, failed at or above --fail-on.',
  mediaType: 'application/xml',
  write: writeJunit,
};

/** The counts stand in the head, so they come from the report's counters and not from the findings. */
function* writeJunit(report: Report, options: FormatOptions = {}): Generator<string> {
  const threshold = options.failOn ?? 'error';
  const { error, warning, note } = report.totals;
  const tests = Math.max(1, error + warning + note);
  const failures = failureCount(report, threshold);
  const name = `${report.tool} ${report.command}`;
  const counts = attributes({ tests, failures, errors: 0 });
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name })}${counts}>\n  <testsuite${attributes({ name })}${counts}>\n`;
  let isEmpty = true;
  for (const finding of report.findings) {
    isEmpty = false;
    yield testCase(finding, threshold);
  }
  // Systems that expect at least one test would take an empty suite for a broken run.
  if (isEmpty)
    yield `    <testcase${attributes({ classname: report.command, name: 'no findings' })}/>\n`;
  yield '  </testsuite>\n</testsuites>\n';
}

function failureCount({ totals }: Report, threshold: Severity | 'never'): number {
  if (threshold === 'never') return 0;
  return (['error', 'warning', 'note'] as const)
    .filter((severity) => atLeast(severity, threshold))
    .reduce((sum, severity) => sum + totals[severity], 0);
}

function testCase(finding: Finding, threshold: Severity | 'never'): string {
  const { code, severity, message, location, fix } = finding;
  const subject = subjectName(finding);
  const names = {
    classname: location?.file ?? finding.rule ?? code,
    name:
      subject === ''
        ? `${code} ${message}`
        : `${subject}: ${code} ${finding.subject?.container ?? ''}`.trimEnd(),
    ...(location && { file: location.file, line: location.line }),
  };
  const place =
    location === undefined ? '' : `${location.file}:${location.line}:${location.column} `;
  const detail = `${place}${severity} ${code} ${message}${fix === undefined ? '' : `\nFix: ${fix}`}`;
  const isFailure = threshold !== 'never' && atLeast(severity, threshold);
  const inner = isFailure
    ? `<failure${attributes({ message, type: `${severity} ${code}` })}>${xmlText(detail)}</failure>`
    : `<system-out>${xmlText(detail)}</system-out>`;
  return `    <testcase${attributes(names)}>\n      ${inner}\n    </testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) => ` ${name}="${xmlText(`${value}`).replace(/[\n\t"]/g, attributeEscape)}"`,
    )
    .join('');
}

function attributeEscape(character: string): string {
  return character === '"' ? '&quot;' : `&#${character.charCodeAt(0)};`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML 1.0 has no way to write most control characters, nor U+FFFE and U+FFFF: they are shown as `\x1b`. */
function xmlText(text: string): string {
  return terminalSafeLines(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}
