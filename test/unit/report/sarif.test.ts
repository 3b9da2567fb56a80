import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'chai';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { fileUri, sarifFormat } from '../../../src/report/formats/sarif.ts';
import type { Report } from '../../../src/report/report.ts';
import { anyReport, FINDINGS, FULL, reportOf } from '../../helpers/reports.ts';

const SCHEMA = '../shared/conformance/sarif-schema-2.1.0.json';

/** The official schema, written for draft 4: its name and its dialect are all that ajv does not take. */
function sarifValidator(): ValidateFunction {
  const text = readFileSync(SCHEMA, 'utf8').replace(/^ {2}"(?:\$schema|id)": .*$/gm, '');
  const schema = JSON.parse(text) as Record<string, unknown>;
  const isUri = (text: string): boolean =>
    URL.canParse(text, 'https://base.example/') && !/[^!-~]/.test(text);
  const formats = { uri: isUri, 'uri-reference': isUri, 'date-time': true } as const;
  const options = { strict: false, unicodeRegExp: false, allErrors: true, formats };
  return new Ajv(options).compile(schema);
}

interface Sarif {
  runs: {
    results: Record<string, unknown>[];
    tool: { driver: { rules: Record<string, unknown>[] } };
  }[];
}

function sarif(report: Report): Sarif {
  return JSON.parse([...sarifFormat.write(report)].join('')) as Sarif;
}

describe('sarif', () => {
  it('is valid by the official schema, also when empty and with any text', function () {
    if (!existsSync(SCHEMA)) {
      console.log(`      skipped: ${SCHEMA} is not there`);
      this.skip();
    }
    const validate = sarifValidator();
    const expectValid = (report: Report): void => {
      void validate(sarif(report));
      expect(validate.errors ?? []).to.deep.equal([]);
    };
    expectValid(reportOf([]));
    expectValid(FULL);
    fc.assert(fc.property(anyReport, expectValid), { numRuns: 50 });
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).to.equal(false);
  });

  it('has an empty list of results without findings', () => {
    expect(sarif(reportOf([])).runs[0]).to.deep.equal({
      columnKind: 'utf16CodeUnits',
      automationDetails: { id: 'domino-podsec/audit/' },
      results: [],
      tool: {
        driver: { name: 'domino-podsec', version: '0.1.0', semanticVersion: '0.1.0', rules: [] },
      },
      properties: { totals: { error: 0, warning: 0, note: 0 }, subject: {} },
    });
  });

  it('has places, fingerprints and rules of the findings', () => {
    const { results, tool } = sarif(FULL).runs[0]!;
    const [first, second, third] = results;
    const artifactLocation = { uri: 'charts/nucleus.yaml' };
    const logical = {
      name: 'nucleus',
      fullyQualifiedName: 'Deployment domino-platform/nucleus/web',
      kind: 'resource',
    };
    expect(first).to.deep.equal({
      ruleId: 'DPS4001',
      ruleIndex: 0,
      level: 'error',
      message: { text: `${FINDINGS[0]!.message}\nFix: Set it on the pod.` },
      locations: [
        {
          physicalLocation: {
            artifactLocation,
            region: { startLine: 14, startColumn: 11, endLine: 14, endColumn: 15 },
          },
          logicalLocations: [logical],
        },
      ],
      relatedLocations: [
        {
          id: 0,
          message: { text: 'the pod sets it here' },
          physicalLocation: { artifactLocation, region: { startLine: 9, startColumn: 7 } },
        },
      ],
      partialFingerprints: { 'dominoPodsec/v1': 'f00d' },
      properties: {
        rule: 'run-as-non-root',
        state: 'undocumented exception',
        docs: 'https://example.com/policy',
        fix: 'Set it on the pod.',
        patch: FINDINGS[0]!.patch,
        effective: FINDINGS[0]!.effective,
      },
    });
    expect(second).to.deep.include({ ruleId: 'DPS4002', ruleIndex: 1, level: 'warning' });
    expect(third).to.deep.equal({
      ruleId: 'DPS1001',
      ruleIndex: 2,
      level: 'note',
      message: { text: 'Pod web is listed by the configuration only.' },
      properties: {},
    });
    expect(tool.driver.rules.map(({ id, name }) => [id, name])).to.deep.equal([
      ['DPS4001', 'run-as-non-root'],
      ['DPS4002', 'Audit rule'],
      ['DPS1001', 'File cannot be read'],
    ]);
    expect(tool.driver.rules[0]).to.deep.equal({
      id: 'DPS4001',
      name: 'run-as-non-root',
      shortDescription: { text: 'Runs as root.' },
      fullDescription: { text: 'Root in a container is root on the node after an escape.' },
      help: {
        text: 'Root in a container is root on the node after an escape.\n\nSet runAsNonRoot.',
      },
      helpUri: 'https://example.com/policy',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'kubernetes'] },
    });
  });

  it('has no region where the line is not known', () => {
    for (const line of [0, -1, 1.5]) {
      const finding = { ...FINDINGS[2]!, location: { file: 'a b.yaml', line, column: 0 } };
      expect(sarif(reportOf([finding])).runs[0]!.results[0]!.locations).to.deep.equal([
        { physicalLocation: { artifactLocation: { uri: 'a%20b.yaml' } } },
      ]);
    }
  });

  it('writes paths as URIs', () => {
    const rows: [string, string][] = [
      ['charts/a.yaml', 'charts/a.yaml'],
      ['./a.yaml', 'a.yaml'],
      ['../a.yaml', '../a.yaml'],
      ['/etc/a#b?.yaml', 'file:///etc/a%23b%3F.yaml'],
      ['C:\\x\\a.yaml', 'file:///C:/x/a.yaml'],
      ['a:b.yaml', 'a%3Ab.yaml'],
      ['ä\ud800.yaml', '%C3%A4%EF%BF%BD.yaml'],
    ];
    expect(rows.map(([path]) => fileUri(path))).to.deep.equal(rows.map(([, uri]) => uri));
  });

  it('names stdin', () => {
    const finding = { ...FINDINGS[2]!, location: { file: '<stdin>', line: 3, column: 1 } };
    expect(sarif(reportOf([finding])).runs[0]!.results[0]!.locations).to.deep.equal([
      {
        physicalLocation: {
          artifactLocation: { uri: 'stdin', description: { text: 'Standard input.' } },
          region: { startLine: 3, startColumn: 1 },
        },
      },
    ]);
  });
});
