import { expect } from 'chai';
import fc from 'fast-check';
import { diagnosticText, textFormat } from '../../../src/report/formats/text.ts';
import type { Finding, FormatOptions, Report } from '../../../src/report/report.ts';
import { displayWidth, wrap } from '../../../src/report/wrap.ts';
import { anyReport, FINDINGS, FULL, reportOf } from '../../helpers/reports.ts';

function text(report: Report, options?: FormatOptions): string {
  return [...textFormat.write(report, options)].join('');
}

describe('text', () => {
  it('groups by file and workload and ends with the totals', () => {
    expect(text(FULL)).to.equal(`Configuration: deploy.yaml
Domino: 5.11.0
Kubernetes: 1.29

charts/nucleus.yaml
  Deployment domino-platform/nucleus
    14:11 error DPS4001 Containers "web", "worker" must set securityContext.runAsNonRoot=true.
        13 | a: 1
      > 14 | b: 2
           |    ^
      charts/nucleus.yaml:9:7 the pod sets it here
      Fix: Set it on the pod.
      Patch:
        spec:
          securityContext:
            runAsNonRoot: true
    20:3 warning DPS4002 Container "web" adds the capability "NET_ADMIN".

  note DPS1001 Pod web is listed by the configuration only.

Expected pods
  Pod      State
  falco    missing
  fluentd  seen
  As the configuration installs them.

1 error, 1 warning, 1 note (12 pods).
`);
  });

  it('says that there is nothing', () => {
    expect(text(reportOf([]))).to.equal('No findings.\n');
  });

  it('wraps to a narrow terminal and turns wide tables into blocks', () => {
    const { code, severity, message, location, related, subject, fix } =
      FINDINGS[0]! as Required<Finding>;
    const finding = { code, severity, message, location, related, subject, fix };
    const section = {
      title: 'Verdicts',
      columns: ['Pod', 'Why'],
      rows: [['a', 'a reason that does not fit into the terminal at all']],
    };
    expect(text(reportOf([finding], { sections: [section] }), { width: 40 })).to
      .equal(`charts/nucleus.yaml
  Deployment domino-platform/nucleus
    14:11 error DPS4001 Containers
      "web", "worker" must set
      securityContext.runAsNonRoot=true.
      charts/nucleus.yaml:9:7 the pod
        sets it here
      Fix: Set it on the pod.

Verdicts
  Pod: a
  Why: a reason that does not fit into
    the terminal at all


1 error.
`);
  });

  it('colours only when asked', () => {
    const coloured = text(reportOf(FINDINGS.slice(1, 2)), { color: true });
    expect(coloured).to.equal(
      '\x1b[1mcharts/nucleus.yaml\x1b[0m\n' +
        '  Deployment domino-platform/nucleus\n' +
        '    20:3 \x1b[33mwarning\x1b[0m DPS4002 Container "web" adds the capability "NET_ADMIN".\n' +
        '\n\x1b[1m1 warning.\x1b[0m\n',
    );
  });

  it('shows the first findings and the full count', () => {
    const many = Array.from({ length: 250 }, () => FINDINGS[1]!);
    const lines = text(reportOf(many)).split('\n');
    expect(lines.filter((line) => line.includes('DPS4002')).length).to.equal(200);
    expect(lines.slice(-4)).to.deep.equal([
      '... and 50 more; --max-findings shows more, the other formats show all.',
      '',
      '250 warnings.',
      '',
    ]);
    expect(text(reportOf(many), { maxFindings: 250 })).to.not.contain('more;');
  });

  it('does not walk further than it shows', () => {
    let walked = 0;
    const findings = {
      *[Symbol.iterator]() {
        for (;;) {
          walked += 1;
          yield FINDINGS[1]!;
        }
      },
    };
    text(reportOf([], { findings, totals: { error: 0, warning: 1e9, note: 0 } }), {
      maxFindings: 3,
    });
    expect(walked).to.be.at.most(4);
  });

  it('never lets a terminal escape through but its own colours', () => {
    const ours = /\x1b\[(?:0|1|2|31|33|36)m/g;
    fc.assert(
      fc.property(
        anyReport,
        fc.boolean(),
        fc.constantFrom(40, Infinity),
        (report, color, width) => {
          const output = text(report, { color, width });
          const rest = color ? output.replace(ours, '') : output;
          expect(rest).to.not.match(
            /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]/,
          );
        },
      ),
    );
  });
});

describe('a diagnostic on stderr', () => {
  it('names its file, frame and fix', () => {
    expect(
      diagnosticText({
        code: 'DPS1001',
        severity: 'error',
        message: 'storage_classes.block.type must be one of ebs, gce; got "e\x1b[2Jbz".',
        location: { file: 'deploy.yaml', line: 14, column: 11 },
        frame: '  14 |     type: ebz\n     |           ^^^',
        fix: 'Did you mean "ebs"?',
      }),
    ).to
      .equal(`deploy.yaml:14:11 error DPS1001 storage_classes.block.type must be one of ebs, gce; got "e\\x1b[2Jbz".
    14 |     type: ebz
       |           ^^^
  Fix: Did you mean "ebs"?
`);
  });

  it('has no place when there is none', () => {
    expect(diagnosticText({ code: 'DPS1003', severity: 'error', message: 'No.' })).to.equal(
      'error DPS1003 No.\n',
    );
  });
});

describe('wrapping', () => {
  it('counts wide characters twice and never cuts a word', () => {
    expect(displayWidth('a日😀')).to.equal(5);
    expect(wrap('  aa bb cccccccccc d', 8, 4)).to.equal('  aa bb\n    cccccccccc\n    d');
  });

  it('keeps every word in its order', () => {
    const words = fc.array(
      fc.string({ minLength: 1 }).filter((word) => !/\s/.test(word)),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 60 }), (list, width) => {
        const lines = wrap(list.join(' '), width, 2).split('\n');
        expect(lines.map((line) => line.trim()).join(' ')).to.equal(list.join(' '));
        for (const line of lines) {
          if (line.trim().includes(' ')) expect(displayWidth(line)).to.be.at.most(width);
        }
      }),
    );
  });
});
