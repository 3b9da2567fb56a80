import { terminalSafe } from '../../text/terminal-safe.ts';
import type { Section } from '../report.ts';
import { displayWidth, pad, wrap } from '../wrap.ts';

/** Rows that decide how wide the columns are; a longer table is written as it comes. */
const MEASURED_ROWS = 200;

/**
 * A table as text: aligned columns with two spaces between them. A table that is wider than `width`
 * is written as a block a row instead, `column: value`, which a narrow terminal can show.
 */
export function* textTable(section: Section, width: number): Generator<string> {
  yield `${terminalSafe(section.title)}\n`;
  const columns = section.columns.map(terminalSafe);
  const first: string[][] = [];
  let row: ((cells: string[]) => string) | undefined;
  for (const cells of section.rows) {
    const safe = columns.map((_, index) => terminalSafe(cells[index] ?? ''));
    if (row !== undefined) {
      yield row(safe);
      continue;
    }
    first.push(safe);
    if (first.length < MEASURED_ROWS) continue;
    row = layout(columns, first, width);
    yield first.map(row).join('');
  }
  if (row === undefined) yield first.map(layout(columns, first, width)).join('');
  if (first.length === 0) yield '  none\n';
  if (section.note !== undefined) yield `${wrap(`  ${terminalSafe(section.note)}`, width, 2)}\n`;
}

/** How a row is written, chosen by the first rows; the first line of aligned columns has the titles above it. */
function layout(
  columns: readonly string[],
  rows: readonly string[][],
  width: number,
): (cells: string[]) => string {
  const widths = columns.map((title, index) =>
    Math.max(displayWidth(title), ...rows.map((cells) => displayWidth(cells[index] ?? ''))),
  );
  const total = widths.reduce((sum, each) => sum + each + 2, 0);
  if (total > width) return (cells) => rowBlock(columns, cells, width);
  let head = rowLine(columns, widths);
  return (cells) => {
    const text = head + rowLine(cells, widths);
    head = '';
    return text;
  };
}

function rowLine(cells: readonly string[], widths: readonly number[]): string {
  const line = cells.map((cell, index) => pad(cell, widths[index] ?? 0)).join('  ');
  return `  ${line}`.trimEnd() + '\n';
}

function rowBlock(columns: readonly string[], cells: readonly string[], width: number): string {
  const lines = columns
    .map((title, index) => ({ title, cell: cells[index] ?? '' }))
    .filter(({ cell }) => cell !== '')
    .map(({ title, cell }) => wrap(`  ${title}: ${cell}`, width, 4));
  return `${lines.join('\n')}\n\n`;
}
