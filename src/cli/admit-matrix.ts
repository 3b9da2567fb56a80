/** The table of verdicts by version. */
import type { Matrix } from '../admission/matrix.ts';
import type { Section } from '../report/report.ts';

export function matrixSection(matrix: Matrix): Section {
  return {
    title: 'Versions',
    columns: ['version', 'admitted', 'refused', 'undecided', 'verdicts that flip here'],
    rows: matrix
      .rows()
      .map(({ version, admitted, refused, open, flips, moreFlips }) => [
        version,
        String(admitted),
        String(refused),
        String(open),
        [...flips, ...(moreFlips > 0 ? [`and ${moreFlips} more`] : [])].join('; '),
      ]),
  };
}
