import { expect } from 'chai';
import fc from 'fast-check';
import { markdownFormat, markdownText } from '../../../src/report/formats/markdown.ts';
import type { Report } from '../../../src/report/report.ts';
import { anyReport, FULL, nasty, reportOf } from '../../helpers/reports.ts';

function markdown(report: Report): string {
  return [...markdownFormat.write(report)].join('');
}

/** The cells of a table row: split at bars that are not escaped. */
function cells(row: string): string[] {
  return row.split(/(?<!\\)(?:\\\\)*\|/).slice(1, -1);
}

describe('markdown', () => {
  it('has the totals, the findings and the sections as tables', () => {
    expect(markdown(FULL)).to.equal(`# domino-podsec audit

- Configuration: deploy.yaml
- Domino: 5.11.0
- Kubernetes: 1.29

**1 error, 1 warning, 1 note**, 12 pods

## Findings

| Severity | Code | Place | Object | Problem | Fix |
| --- | --- | --- | --- | --- | --- |
| error | DPS4001 | charts/nucleus.yaml:14:11 | Deployment domino-platform/nucleus | Containers "web", "worker" must set securityContext.runAsNonRoot=true. | Set it on the pod. |
| warning | DPS4002 | charts/nucleus.yaml:20:3 | Deployment domino-platform/nucleus | Container "web" adds the capability "NET\\_ADMIN". |  |
| note | DPS1001 |  |  | Pod web is listed by the configuration only. |  |

## Expected pods

| Pod | State |
| --- | --- |
| falco | missing |
| fluentd | seen |

As the configuration installs them.
`);
  });

  it('says that there is nothing', () => {
    const section = { title: 'Pods', columns: ['Pod'], rows: [] };
    expect(markdown(reportOf([], { sections: [section] }))).to.equal(
      '# domino-podsec audit\n\n**no findings**\n\n## Pods\n\nNone.\n',
    );
  });

  const rows: [string, string][] = [
    ['a|b', 'a\\|b'],
    ['a\\|b', 'a\\\\\\|b'],
    ['`rm`', '\\`rm\\`'],
    ['<img src=x>&', '&lt;img src=x&gt;&amp;'],
    ['[a](b) *c* _d_ #e ~f~ !g $h$', '\\[a\\](b) \\*c\\* \\_d\\_ \\#e \\~f\\~ \\!g \\$h\\$'],
    ['@team', '&#64;team'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['a\nb', 'a<br>b'],
    ['a\x1b\u202eb', 'a\\\\x1b\\\\u202eb'],
  ];
  for (const [text, expected] of rows) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
      expect(markdownText(text)).to.equal(expected);
    });
  }

  it('gives every row its cells, and no name its markup', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const written = markdownText(text);
        expect(written).to.not.match(/[\x00-\x1f\x7f-\x9f]/);
        expect(written.replaceAll('<br>', '')).to.not.match(/[<>]/);
        expect(written.replace(/\\[\\`*_{}[\]#|~!$.)+-]/g, '')).to.not.match(/[\\`*|[\]]/);
      }),
    );
    fc.assert(
      fc.property(anyReport, (report) => {
        const lines = markdown(report).split('\n');
        const findings = lines.slice(lines.indexOf('## Findings'));
        const count = [...report.findings].length;
        if (count === 0) return;
        for (const row of findings.slice(2, 4 + count)) expect(cells(row).length).to.equal(6);
        expect(findings[4 + count]).to.equal('');
      }),
    );
  });
});
