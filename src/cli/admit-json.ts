/** The JSON of `admit`: the contract of schemas/admit.schema.json. One pod a line, so that `grep` works too. */
import type { AdmitEntry } from '../admission/judge/entry.ts';
import { JSON_SCHEMA_VERSION } from '../report/formats/json.ts';
import type { Report, ReportFormat, Section } from '../report/report.ts';
import { jsonSafe } from '../text/terminal-safe.ts';
import type { PodRecord } from './admit-pod.ts';

function text(value: unknown): string {
  return jsonSafe(JSON.stringify(value));
}

function* list<T>(items: Iterable<T>, item: (value: T) => string): Generator<string> {
  let isEmpty = true;
  for (const value of items) {
    yield `${isEmpty ? '[' : ','}\n    ${item(value)}`;
    isEmpty = false;
  }
  yield isEmpty ? '[]' : '\n  ]';
}

function sectionText({ title, columns, rows, note }: Section): string {
  return text({ title, columns, ...(note === undefined ? {} : { note }), rows: [...rows] });
}

/** @param hidden titles of tables that say what `pods` says */
export function admitJson(records: Iterable<PodRecord>, hidden: readonly string[]): ReportFormat {
  return {
    id: 'json',
    description: 'For programs: schemas/admit.schema.json, versioned; all pods.',
    mediaType: 'application/json',
    *write(report: Report) {
      const { tool, version, command, subject, totals, findings, sections } = report;
      yield `{\n  "schemaVersion": ${JSON_SCHEMA_VERSION},\n  "tool": ${text({ name: tool, version })},\n`;
      yield `  "command": ${text(command)},\n  "subject": ${text(subject)},\n  "pods": `;
      yield* list(records, ({ entry }: { entry: AdmitEntry }) => text(entry));
      yield ',\n  "findings": ';
      yield* list(findings, text);
      yield `,\n  "totals": ${text(totals)},\n  "sections": `;
      yield* list(
        sections.filter(({ title }) => !hidden.includes(title)),
        sectionText,
      );
      yield '\n}\n';
    },
  };
}
