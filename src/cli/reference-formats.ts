/** The formats of `list` and `explain`: tables without the head and the totals of a report. */
import type { Report, ReportFormat, Section } from '../report/report.ts';
import { sectionTable } from '../report/formats/markdown.ts';
import { textTable } from '../report/formats/text-table.ts';

function* tables(report: Report): Generator<Section> {
  yield* report.sections;
}

export const referenceFormats: readonly ReportFormat[] = [
  {
    id: 'text',
    description: 'For people.',
    mediaType: 'text/plain',
    *write(report, options) {
      let separator = '';
      for (const section of tables(report)) {
        yield separator;
        yield* textTable(section, options?.width ?? Infinity);
        separator = '\n';
      }
    },
  },
  {
    id: 'json',
    description: 'For programs.',
    mediaType: 'application/json',
    *write(report) {
      const [items = []] = Object.values(report.data ?? {});
      yield `${JSON.stringify([...items], null, 2)}\n`;
    },
  },
  {
    id: 'markdown',
    description: 'For documents.',
    mediaType: 'text/markdown',
    *write(report) {
      for (const section of tables(report)) yield* sectionTable(section);
    },
  },
];
