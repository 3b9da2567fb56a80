import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { UserError } from '../../../src/diagnostics.ts';
import { parseFormatFlags } from '../../../src/report/format-flags.ts';
import { formats } from '../../../src/report/formats/index.ts';
import { FULL, reportOf } from '../../helpers/reports.ts';

const HELPERS = ['index.ts', 'text-table.ts'];

describe('the formats', () => {
  it('are the files of the folder', () => {
    const files = readdirSync(new URL('../../../src/report/formats/', import.meta.url));
    const ids = files
      .filter((file) => !HELPERS.includes(file))
      .map((file) => file.replace('.ts', ''));
    expect(formats.map(({ id }) => id).sort()).to.deep.equal(ids.sort());
    for (const { description } of formats) expect(description).to.match(/^[A-Z].*\.$/);
  });

  for (const format of formats) {
    it(`${format.id} comes in pieces, ends with a line end, and can be written again`, () => {
      const pieces = [...format.write(FULL)];
      expect(pieces.length).to.be.greaterThan(3);
      expect(pieces.join('')).to.match(/[^\n]\r?\n$/);
      expect([...format.write(FULL)]).to.deep.equal(pieces);
      expect([...format.write(reportOf([]))].join('')).to.match(/\n$/);
    });
  }
});

describe('--format', () => {
  const accepted: [string[], string[]][] = [
    [[], ['text']],
    [['json'], ['json']],
    [['text=-'], ['text']],
    [
      ['sarif=out.sarif', 'text'],
      ['sarif > out.sarif', 'text'],
    ],
    [
      ['csv=a=b.csv', 'junit=j.xml'],
      ['csv > a=b.csv', 'junit > j.xml'],
    ],
  ];
  for (const [values, expected] of accepted) {
    it(`takes ${JSON.stringify(values)}`, () => {
      const shown = parseFormatFlags(values).map(({ format, file }) =>
        file === undefined ? format.id : `${format.id} > ${file}`,
      );
      expect(shown).to.deep.equal(expected);
    });
  }

  const refused: [string[], string[]][] = [
    [
      ['jsn', 'text='],
      [
        '--format must be one of text, json, sarif, junit, markdown, csv, got "jsn"; did you mean "json"?',
        '--format text= names no file; write --format text=FILE.',
      ],
    ],
    [['yaml'], ['--format must be one of text, json, sarif, junit, markdown, csv, got "yaml".']],
    [[''], ['--format must be one of text, json, sarif, junit, markdown, csv, got "".']],
    [
      ['json', 'text', 'csv=x'],
      [
        'Only one --format can go to stdout, got json and text; write the others as --format NAME=FILE.',
      ],
    ],
    [['json=x', 'csv=x'], ['Two --format flags write to "x": json and csv.']],
  ];
  for (const [values, messages] of refused) {
    it(`refuses ${JSON.stringify(values)}`, () => {
      let error: unknown;
      try {
        parseFormatFlags(values);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(UserError);
      const { diagnostics, exitCode } = error as UserError;
      expect(exitCode).to.equal(2);
      expect(diagnostics.map(({ code, message }) => [code, message])).to.deep.equal(
        messages.map((message) => ['DPS1003', message]),
      );
    });
  }
});
