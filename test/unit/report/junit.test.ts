import { expect } from 'chai';
import fc from 'fast-check';
import { junitFormat } from '../../../src/report/formats/junit.ts';
import type { FormatOptions, Report } from '../../../src/report/report.ts';
import { terminalSafeLines } from '../../../src/text/terminal-safe.ts';
import { anyReport, FULL, reportOf } from '../../helpers/reports.ts';
import { parseXml } from '../../helpers/xml.ts';

function junit(report: Report, options?: FormatOptions): string {
  return [...junitFormat.write(report, options)].join('');
}

describe('junit', () => {
  it('has a test case a finding and its counts in the head', () => {
    expect(junit(FULL)).to.equal(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="domino-podsec audit" tests="3" failures="1" errors="0">
  <testsuite name="domino-podsec audit" tests="3" failures="1" errors="0">
    <testcase classname="charts/nucleus.yaml" name="Deployment domino-platform/nucleus: DPS4001 web" file="charts/nucleus.yaml" line="14">
      <failure message="Containers &quot;web&quot;, &quot;worker&quot; must set securityContext.runAsNonRoot=true." type="error DPS4001">charts/nucleus.yaml:14:11 error DPS4001 Containers "web", "worker" must set securityContext.runAsNonRoot=true.
Fix: Set it on the pod.</failure>
    </testcase>
    <testcase classname="charts/nucleus.yaml" name="Deployment domino-platform/nucleus: DPS4002 web" file="charts/nucleus.yaml" line="20">
      <system-out>charts/nucleus.yaml:20:3 warning DPS4002 Container "web" adds the capability "NET_ADMIN".</system-out>
    </testcase>
    <testcase classname="DPS1001" name="DPS1001 Pod web is listed by the configuration only.">
      <system-out>note DPS1001 Pod web is listed by the configuration only.</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
  });

  it('has one passed test when there are no findings', () => {
    expect(junit(reportOf([]))).to.equal(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="domino-podsec audit" tests="1" failures="0" errors="0">
  <testsuite name="domino-podsec audit" tests="1" failures="0" errors="0">
    <testcase classname="audit" name="no findings"/>
  </testsuite>
</testsuites>
`);
  });

  for (const [failOn, failures] of [
    ['error', 1],
    ['warning', 2],
    ['note', 3],
    ['never', 0],
  ] as const) {
    it(`fails ${failures} of three with --fail-on ${failOn}`, () => {
      const suite = parseXml(junit(FULL, { failOn })).children[0]!;
      expect(suite.attributes.failures).to.equal(`${failures}`);
      const failed = suite.children.filter(({ children }) => children[0]?.name === 'failure');
      expect(failed.length).to.equal(failures);
    });
  }

  it('is well-formed whatever the names are, and counts what it holds', () => {
    fc.assert(
      fc.property(
        anyReport,
        fc.constantFrom('error' as const, 'note' as const),
        (report, failOn) => {
          const suite = parseXml(junit(report, { failOn })).children[0]!;
          const findings = [...report.findings];
          expect(suite.children.length).to.equal(Math.max(1, findings.length));
          expect(suite.attributes.tests).to.equal(`${suite.children.length}`);
          for (const [index, { message, location }] of findings.entries()) {
            const { attributes, children } = suite.children[index]!;
            const shown = (text: string): string =>
              terminalSafeLines(text)
                .replaceAll('\uffff', '\\uffff')
                .replaceAll('\ufffe', '\\ufffe');
            expect(attributes.file).to.equal(shown(location!.file));
            if (children[0]!.name === 'failure') {
              expect(children[0]!.attributes.message).to.equal(shown(message));
            }
            expect(children[0]!.text).to.contain(shown(message));
          }
        },
      ),
    );
  });
});
