import { expect } from 'chai';
import fc from 'fast-check';
import { csvFormat } from '../../../src/report/formats/csv.ts';
import type { Report } from '../../../src/report/report.ts';
import { terminalSafeLines } from '../../../src/text/terminal-safe.ts';
import { anyReport, FULL, nasty, reportOf } from '../../helpers/reports.ts';

function csv(report: Report): string {
  return [...csvFormat.write(report)].join('');
}

/** RFC 4180, strictly: throws for a quote in a bare cell and for anything after a closing quote. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let rest = text;
  let row: string[] = [];
  while (rest !== '') {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (cell === null) throw new Error(`not RFC 4180: ${JSON.stringify(rest)}`);
    row.push((cell[1] ?? cell[2] ?? '').replaceAll('""', '"'));
    if (cell[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
    rest = rest.slice(cell[0].length);
  }
  return rows;
}

describe('csv', () => {
  it('has a row a finding', () => {
    expect(csv(FULL)).to.equal(
      'severity,code,rule,state,file,line,column,kind,namespace,name,container,message,fix,docs,fingerprint\r\n' +
        'error,DPS4001,run-as-non-root,undocumented exception,charts/nucleus.yaml,14,11,Deployment,domino-platform,nucleus,web,' +
        '"Containers ""web"", ""worker"" must set securityContext.runAsNonRoot=true.",Set it on the pod.,https://example.com/policy,f00d\r\n' +
        'warning,DPS4002,,,charts/nucleus.yaml,20,3,Deployment,domino-platform,nucleus,web,"Container ""web"" adds the capability ""NET_ADMIN"".",,,\r\n' +
        'note,DPS1001,,,,,,,,,,Pod web is listed by the configuration only.,,,\r\n',
    );
  });

  const table = (rows: string[][]): Report =>
    reportOf([], { table: { title: 'T', columns: ['a', 'b'], rows } });

  it('writes the table of a command that has one, every row as wide as the head', () => {
    expect(csv(table([['1', '2'], ['3']]))).to.equal('a,b\r\n1,2\r\n3,\r\n');
  });

  const formulas: [string, string][] = [
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\\x0dx"],
    ['＝1', "'＝1"],
    ['=cmd|"/c calc"!A1', '"\'=cmd|""/c calc""!A1"'],
    ['a=1', 'a=1'],
    ["'", "'"],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['a\x1b[2Jb', 'a\\x1b[2Jb'],
  ];
  for (const [value, cell] of formulas) {
    it(`writes ${JSON.stringify(value)} as ${JSON.stringify(cell)}`, () => {
      expect(csv(table([['x', value]]))).to.equal(`a,b\r\nx,${cell}\r\n`);
    });
  }

  it('reads back as it was, but for apostrophes and shown control characters', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty)), (rows) => {
        const read = parseCsv(csv(table(rows)));
        const expected = rows.map((row) =>
          row.map((value) =>
            terminalSafeLines(/^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value),
          ),
        );
        expect(read).to.deep.equal([['a', 'b'], ...expected]);
      }),
    );
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = parseCsv(csv(report));
        expect(rows.length).to.equal([...report.findings].length + 1);
        for (const row of rows) {
          expect(row.length).to.equal(15);
          for (const cell of row) expect(cell).to.not.match(/^[=+\-@\t\r]/);
        }
      }),
    );
  });
});
