/** Reports for the tests of the formats: a small one with everything, and one of any strings. */
import fc from 'fast-check';
import type { Finding, Report } from '../../src/report/report.ts';
import { countTotals } from '../../src/report/report.ts';

export const FINDINGS: Finding[] = [
  {
    code: 'DPS4001',
    severity: 'error',
    rule: 'run-as-non-root',
    state: 'undocumented exception',
    message: 'Containers "web", "worker" must set securityContext.runAsNonRoot=true.',
    location: { file: 'charts/nucleus.yaml', line: 14, column: 11, endLine: 14, endColumn: 15 },
    related: [
      {
        message: 'the pod sets it here',
        location: { file: 'charts/nucleus.yaml', line: 9, column: 7 },
      },
    ],
    subject: {
      kind: 'Deployment',
      namespace: 'domino-platform',
      name: 'nucleus',
      container: 'web',
    },
    effective: [{ field: 'securityContext.runAsNonRoot', value: false, origin: 'pod' }],
    fix: 'Set it on the pod.',
    patch: 'spec:\n  securityContext:\n    runAsNonRoot: true\n',
    docs: 'https://example.com/policy',
    fingerprint: 'f00d',
    frame: '  13 | a: 1\n> 14 | b: 2\n     |    ^',
  },
  {
    code: 'DPS4002',
    severity: 'warning',
    message: 'Container "web" adds the capability "NET_ADMIN".',
    location: { file: 'charts/nucleus.yaml', line: 20, column: 3 },
    subject: {
      kind: 'Deployment',
      namespace: 'domino-platform',
      name: 'nucleus',
      container: 'web',
    },
  },
  { code: 'DPS1001', severity: 'note', message: 'Pod web is listed by the configuration only.' },
];

export function reportOf(findings: Finding[], more: Partial<Report> = {}): Report {
  return {
    tool: 'domino-podsec',
    version: '0.1.0',
    command: 'audit',
    subject: {},
    findings,
    totals: countTotals(findings),
    sections: [],
    ...more,
  };
}

export const FULL: Report = reportOf(FINDINGS, {
  subject: { kubernetesVersion: '1.29', dominoVersion: '5.11.0', config: 'deploy.yaml' },
  totals: countTotals(FINDINGS, { pods: 12 }),
  sections: [
    {
      title: 'Expected pods',
      columns: ['Pod', 'State'],
      rows: [
        ['falco', 'missing'],
        ['fluentd', 'seen'],
      ],
      note: 'As the configuration installs them.',
    },
  ],
  rules: [
    {
      code: 'DPS4001',
      id: 'run-as-non-root',
      severity: 'error',
      title: 'Runs as root',
      why: 'Root in a container is root on the node after an escape.',
      fix: 'Set runAsNonRoot.',
      docs: 'https://example.com/policy',
    },
  ],
});

/** Text that breaks things: markup, control characters, quotes, half characters. */
export const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...['\x1b', '\x9b', '\0', '\n', '\r', '\t', '"', "'", ',', '|', '`', '<', '>', '&', ']]>'],
      ...[
        '=',
        '+',
        '-',
        '@',
        '\\',
        '\u202e',
        '\u2028',
        '\ud800',
        '\udc00',
        '\uffff',
        'a',
        ' ',
        '😀',
      ],
    ),
  }),
);

/** A report in which every text is any text. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    texts: fc.array(fc.tuple(nasty, nasty, nasty, nasty), { maxLength: 4 }),
    severity: fc.constantFrom('error' as const, 'warning' as const, 'note' as const),
    row: fc.tuple(nasty, nasty),
    title: nasty,
  })
  .map(({ texts, severity, row, title }) => {
    const findings = texts.map(([message, name, file, fix]): Finding => ({
      code: 'DPS4001',
      severity,
      message,
      subject: { kind: 'Pod', namespace: fix, name, container: message },
      location: { file, line: 1, column: 2 },
      related: [{ message: name, location: { file, line: 1, column: 1 } }],
      fix,
      patch: `${fix}\n${name}`,
      frame: `${message}\n${name}`,
      fingerprint: name,
      docs: file,
      state: title,
    }));
    const section = { title, columns: row, rows: [row, [...row].reverse()], note: title };
    return reportOf(findings, { subject: { config: title }, sections: [section] });
  });
