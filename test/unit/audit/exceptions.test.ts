import { expect } from 'chai';
import { exceptionBook, glob, type ExceptionRow } from '../../../src/audit/exceptions.ts';
import { readExceptionsFile } from '../../../src/audit/exceptions-file.ts';
import { UserError } from '../../../src/diagnostics.ts';
import type { Finding } from '../../../src/report/report.ts';

const row: ExceptionRow = {
  namespace: 'domino-platform',
  kind: 'Deployment',
  name: 'nucleus',
  rule: 'privileged',
  reason: 'Reviewed.',
  file: 'e.yaml',
};

function finding(more: Partial<Finding> = {}, container?: string): Finding {
  return {
    code: 'DPS4001',
    rule: 'privileged',
    severity: 'error',
    message: 'It is privileged.',
    subject: {
      kind: 'Deployment',
      namespace: 'domino-platform',
      name: 'nucleus',
      ...(container === undefined ? {} : { container }),
    },
    ...more,
  };
}

const NUCLEUS = [{ kind: 'Deployment', name: 'nucleus' }];

describe('exceptions', () => {
  const cases: [string, Partial<ExceptionRow>, boolean][] = [
    ['exactly', {}, true],
    ['the code for the rule', { rule: 'DPS4001' }, true],
    ['an explicit pattern', { name: 'nuc*' }, true],
    ['no prefix without a star', { name: 'nuc' }, false],
    ['no part without a star', { name: 'ucleu' }, false],
    ['another namespace', { namespace: 'domino-compute' }, false],
    ['another kind', { kind: 'Pod' }, false],
    ['another rule', { rule: 'root-uid' }, false],
    ['another case', { name: 'Nucleus' }, false],
    ['the container', { container: 'web' }, true],
    ['another container', { container: 'proxy' }, false],
    ['an empty selector', { name: '' }, false],
  ];
  for (const [name, more, expected] of cases) {
    it(`${expected ? 'match' : 'do not match'}: ${name}`, () => {
      const book = exceptionBook([{ ...row, ...more }], '2026-01-01');
      expect(book.accepts(finding({}, 'web'), NUCLEUS)).to.equal(expected);
      expect(book.uses()[0]?.count).to.equal(expected ? 1 : 0);
    });
  }

  it('match the controller of a live pod as well as its own name', () => {
    const book = exceptionBook([row], '2026-01-01');
    const pod = { kind: 'Pod', name: 'nucleus-5d9f7c6b8-x2x4z' };
    expect(book.accepts(finding(), [pod, ...NUCLEUS])).to.equal(true);
    expect(book.accepts(finding(), [pod])).to.equal(false);
  });

  it('count until the end of their last day', () => {
    const last = { ...row, expires: '2026-01-31' };
    expect(exceptionBook([last], '2026-01-31').accepts(finding(), NUCLEUS)).to.equal(true);
    const book = exceptionBook([last], '2026-02-01');
    expect(book.accepts(finding(), NUCLEUS)).to.equal(false);
    expect(book.remarks().map(({ code, severity }) => [code, severity])).to.deep.equal([
      ['DPS4901', 'error'],
    ]);
  });

  it('stand for a finding without a namespace only by a star', () => {
    const clusterWide = finding({ subject: { kind: 'Deployment', name: 'nucleus' } });
    expect(exceptionBook([row], '2026-01-01').accepts(clusterWide, NUCLEUS)).to.equal(false);
    const any = { ...row, namespace: '*' };
    expect(exceptionBook([any], '2026-01-01').accepts(clusterWide, NUCLEUS)).to.equal(true);
  });

  it('say what is too broad', () => {
    const broad = (more: Partial<ExceptionRow>): string[] =>
      exceptionBook([{ ...row, ...more }], '2026-01-01')
        .remarks()
        .filter(({ code }) => code === 'DPS4903')
        .map(({ message }) => message.replace(/^.* accepts /, ''));
    expect(broad({ name: 'nuc*', namespace: '*' })).to.deep.equal([]);
    expect(broad({ name: '*' })).to.deep.equal(['every name.']);
    expect(broad({ name: '**', kind: '*Set', rule: '*' })).to.deep.equal([
      'every name and every kind and every rule.',
    ]);
  });

  it('treat everything but the star as it is written', () => {
    expect(glob('a.c')('abc')).to.equal(false);
    expect(glob('a[b]*')('a[b]x')).to.equal(true);
    expect(glob('*')('')).to.equal(true);
    expect(glob('a*b')('a\nb')).to.equal(true);
    expect(['ab', 'axbxb', 'abc', 'a', 'b'].map(glob('a*b'))).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['a--b-c', 'abcb', 'abc-'].map(glob('*a*b*c'))).to.deep.equal([true, false, false]);
    expect(glob('a**')('a')).to.equal(true);
  });

  it('matches many stars in no time', () => {
    const start = performance.now();
    expect(glob(`${'*a'.repeat(30)}*b`)('a'.repeat(253))).to.equal(false);
    expect(performance.now() - start).to.be.below(1000);
  });
});

describe('the exceptions file', () => {
  const text = [
    'exceptions:',
    '  - namespace: domino-platform',
    '    kind: Deployment',
    '    name: nucleus',
    '    container: web',
    '    rule: privileged',
    '    reason: Reviewed.',
    '    owner: ops',
    '    expires: 2026-12-31',
  ].join('\n');

  it('gives rows with their places, as a list too', () => {
    const [read] = readExceptionsFile(text, 'e.yaml');
    expect(read).to.deep.include({ ...row, container: 'web', owner: 'ops', expires: '2026-12-31' });
    expect(read?.location?.line).to.equal(2);
    const list = text.split('\n').slice(1).join('\n');
    expect(readExceptionsFile(list, 'e.yaml')[0]?.name).to.equal('nucleus');
    expect(readExceptionsFile('', 'e.yaml')).to.deep.equal([]);
  });

  const problems: [string, (text: string) => string, string[]][] = [
    [
      'no reason',
      (all) => all.replace(/^.*reason.*\n/m, ''),
      ['2 exceptions[0].reason is missing: say why it is accepted.'],
    ],
    [
      'an empty selector',
      (all) => all.replace('nucleus', '""'),
      ['4 exceptions[0].name is missing: an empty selector would match everything.'],
    ],
    [
      'a misspelt key',
      (all) => all.replace('owner', 'ownr'),
      ['8 exceptions[0].ownr is not known.'],
    ],
    [
      'no day',
      (all) => all.replace('2026-12-31', '2026-02-30'),
      ['9 exceptions[0].expires must be a day written yyyy-mm-dd; got "2026-02-30".'],
    ],
    [
      'a number',
      (all) => all.replace('nucleus', '7'),
      ['4 exceptions[0].name must be text that is not empty.'],
    ],
    ['no mapping', () => '- text', ['1 exceptions[0] must be a mapping.']],
    [
      'no list',
      () => 'a: 1',
      ['1 The file must hold one list of exceptions, or one under "exceptions".'],
    ],
    [
      'another key',
      (all) => `${all}\nmore: 1`,
      ['10 The key "more" beside "exceptions" is not known.'],
    ],
    [
      'two documents',
      (all) => `${all}\n---\nb: 1`,
      ['1 The file must hold one list of exceptions, or one under "exceptions".'],
    ],
    [
      'all problems at once',
      () =>
        '- {kind: Pod, name: x, rule: r, reason: z}\n- {namespace: a, kind: Pod, name: x, rule: r}',
      [
        '1 exceptions[0].namespace is missing: an empty selector would match everything.',
        '2 exceptions[1].reason is missing: say why it is accepted.',
      ],
    ],
  ];
  for (const [name, change, expected] of problems) {
    it(`is refused with ${name}`, () => {
      let thrown: unknown;
      try {
        readExceptionsFile(change(text), 'e.yaml');
      } catch (error) {
        thrown = error;
      }
      expect(thrown).to.be.instanceOf(UserError);
      const { diagnostics } = thrown as UserError;
      expect(
        diagnostics.map(({ message, location }) => `${String(location?.line)} ${message}`),
      ).to.deep.equal(expected);
      expect(diagnostics.every(({ code }) => code === 'DPS4904')).to.equal(true);
    });
  }
});
