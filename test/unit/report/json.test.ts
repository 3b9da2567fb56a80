import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { jsonFormat } from '../../../src/report/formats/json.ts';
import { reportJsonSchema } from '../../../src/report/json-schema.ts';
import type { Report } from '../../../src/report/report.ts';
import { anyReport, FINDINGS, FULL, reportOf } from '../../helpers/reports.ts';

const validate = new Ajv2020({ allErrors: true }).compile(reportJsonSchema);

function json(report: Report): unknown {
  return JSON.parse([...jsonFormat.write(report)].join(''));
}

function expectValid(value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).to.deep.equal([]);
}

describe('json', () => {
  it('holds everything that the report holds', () => {
    const value = json(FULL);
    expectValid(value);
    expect(value).to.deep.equal({
      schemaVersion: 1,
      tool: { name: 'domino-podsec', version: '0.1.0' },
      command: 'audit',
      subject: { kubernetesVersion: '1.29', dominoVersion: '5.11.0', config: 'deploy.yaml' },
      findings: FINDINGS,
      totals: { error: 1, warning: 1, note: 1, pods: 12 },
      sections: FULL.sections,
    });
  });

  it('is written with a finding a line, head first', () => {
    const report = reportOf(FINDINGS.slice(2), {
      data: { verdicts: [{ admitted: true }], none: [] },
    });
    expect([...jsonFormat.write(report)].join('')).to.equal(`{
  "schemaVersion": 1,
  "tool": {
    "name": "domino-podsec",
    "version": "0.1.0"
  },
  "command": "audit",
  "subject": {},
  "findings": [
    {"code":"DPS1001","severity":"note","message":"Pod web is listed by the configuration only."}
  ],
  "totals": {"error":0,"warning":0,"note":1},
  "sections": [],
  "data": {
    "verdicts": [
      {"admitted":true}
    ],
    "none": []
  }
}
`);
  });

  it('is valid without findings and with the table of a command', () => {
    const table = { title: 'Verdicts', columns: ['Pod'], rows: [['a']] };
    const value = json(reportOf([], { table, sections: FULL.sections, data: {} }));
    expectValid(value);
    expect(value).to.deep.include({ findings: [], sections: [table, ...FULL.sections], data: {} });
    expectValid(json(reportOf([])));
  });

  it('keeps any text, and none of it acts on a terminal', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = [...jsonFormat.write(report)].join('');
        expect(text).to.not.match(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        const value = JSON.parse(text) as { findings: unknown; sections: unknown };
        expectValid(value);
        expect(value.findings).to.deep.equal([...report.findings]);
        expect(value.sections).to.deep.equal(report.sections);
      }),
    );
  });

  it('refuses what the schema does not know', () => {
    const value = json(FULL) as Record<string, unknown>;
    for (const change of [
      { schemaVersion: 2 },
      { findings: [{ code: 'X' }] },
      { more: 1 },
      { totals: {} },
    ]) {
      expect(validate({ ...value, ...change }), JSON.stringify(change)).to.equal(false);
    }
  });

  it('has its schema in schemas/', () => {
    const file = new URL('../../../schemas/report.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal(reportJsonSchema);
  });
});
