/** For programs: the schema is schemas/report.schema.json. One finding a line, so that `grep` works too. */
import { jsonSafe } from '../../text/terminal-safe.ts';
import { allSections } from '../report.ts';
import type { Finding, Report, ReportFormat } from '../report.ts';

/** Raised only when a reader of the old form would misread the new one. */
export const JSON_SCHEMA_VERSION = 1;

export const jsonFormat: ReportFormat = {
  id: 'json',
  description: 'For programs: schemas/report.schema.json, versioned; all findings.',
  mediaType: 'application/json',
  write: writeJson,
};

function* writeJson(report: Report): Generator<string> {
  const { tool, version, command, subject, totals } = report;
  const head = {
    schemaVersion: JSON_SCHEMA_VERSION,
    tool: { name: tool, version },
    command,
    subject,
  };
  yield `${jsonText(head, 2).slice(0, -2)},\n  "findings": `;
  yield* list(report.findings, '  ', (finding) => jsonText(ordered(finding)));
  yield `,\n  "totals": ${jsonText(totals)},\n  "sections": `;
  yield* sections(report);
  if (report.data !== undefined) yield* data(report.data);
  yield '\n}\n';
}

function jsonText(value: unknown, indent?: number): string {
  return jsonSafe(JSON.stringify(value, null, indent));
}

/** A list with an item a line, `margin` deep. */
function* list<T>(
  items: Iterable<T>,
  margin: string,
  text: (item: T) => string,
): Generator<string> {
  let isEmpty = true;
  for (const item of items) {
    yield `${isEmpty ? '[' : ','}\n${margin}  ${text(item)}`;
    isEmpty = false;
  }
  yield isEmpty ? '[]' : `\n${margin}]`;
}

function* sections(report: Report): Generator<string> {
  let isEmpty = true;
  for (const { title, columns, rows, note } of allSections(report)) {
    const head = jsonText({ title, columns, ...(note !== undefined && { note }) });
    yield `${isEmpty ? '[' : ','}\n    ${head.slice(0, -1)},"rows":`;
    yield* list(rows, '    ', (row) => jsonText(row));
    yield '}';
    isEmpty = false;
  }
  yield isEmpty ? '[]' : '\n  ]';
}

function* data(named: Readonly<Record<string, Iterable<unknown>>>): Generator<string> {
  let isEmpty = true;
  yield ',\n  "data": {';
  for (const [name, items] of Object.entries(named)) {
    yield `${isEmpty ? '' : ','}\n    ${jsonText(name)}: `;
    yield* list(items, '    ', (item) => jsonText(item));
    isEmpty = false;
  }
  yield isEmpty ? '}' : '\n  }';
}

/** Fields in a fixed order, whatever order the finding was built in; unknown ones stay out. */
function ordered(finding: Finding): Finding {
  const { code, severity, message, rule, state, location, related, subject } = finding;
  const { effective, fix, patch, docs, fingerprint, frame } = finding;
  const all = { code, severity, message, rule, state, location, related, subject };
  return { ...all, effective, fix, patch, docs, fingerprint, frame } as Finding;
}
