import { expect } from 'chai';
import { UserError, type Diagnostic } from '../../../src/diagnostics.ts';
import { readYaml } from '../../../src/yaml/read.ts';

/** `CODE line:column` of the diagnostics that a text is refused with. */
function refused(text: string): string[] {
  return problems(text).map(
    ({ code, location }) => `${code} ${location?.line ?? 0}:${location?.column ?? 0}`,
  );
}

function problems(text: string): readonly Diagnostic[] {
  try {
    readYaml(text, 'f.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.diagnostics;
    throw error;
  }
  return [];
}

const values = (text: string): unknown[] =>
  readYaml(text, 'f.yaml', { duplicateKeys: 'last-wins' }).map(({ value }) => value);

describe('readYaml', () => {
  const scalars: [string, unknown][] = [
    ['yes', true],
    ['off', false],
    ['y', true],
    ['N', false],
    ['yEs', 'yEs'],
    ['~', null],
    ['', null],
    ['Null', null],
    ['0644', 420],
    ['0o17', 15],
    ['08', 8],
    ['1_000', 1000],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1e3', 1000],
    ['.5', 0.5],
    ['.5_0', 0.5],
    ['1e400', '1e400'],
    ['.inf', Infinity],
    ['-.INF', -Infinity],
    ['1:30', '1:30'],
    ['2026-10-01', '2026-10-01'],
    ['"0644"', '0644'],
    ["'yes'", 'yes'],
    ['!!str 12', '12'],
    ['!!int "0o7"', 7],
    ['<<', '<<'],
  ];
  for (const [source, value] of scalars) {
    it(`reads ${source === '' ? 'nothing' : source} as kubectl does`, () => {
      expect(values(`k: ${source}`)).to.deep.equal([{ k: value }]);
    });
  }

  it('writes keys as JSON does', () => {
    const text = 'on: 1\n0o17: 2\n1.50: 3\n~a: 4\n"no": 5\n1e7: 6\n0.00001: 7\n';
    const expected = { '15': 2, true: 1, '1.5': 3, '~a': 4, no: 5, '1e+07': 6, '1e-05': 7 };
    expect(values(text)).to.deep.equal([expected]);
  });

  it('lets a merge override what stands before it, and the first of several win', () => {
    const text = 'x: &x {a: 2, b: 3}\ns:\n  a: 1\n  <<: [*x, {a: 9, c: 9}]\n  b: 4\n';
    expect(values(text)).to.deep.equal([{ x: { a: 2, b: 3 }, s: { a: 2, b: 4, c: 9 } }]);
  });

  it('copies what an alias repeats', () => {
    const [value] = values('a: &a {b: [1]}\nc: *a\n') as [Record<string, { b: number[] }>];
    value['c']?.b.push(2);
    expect(value['a']).to.deep.equal({ b: [1] });
  });

  it('keeps __proto__ as a key and pollutes nothing', () => {
    const [value] = values('__proto__: {polluted: 1}\na: {<<: {__proto__: 2}}\n');
    expect(Object.keys(value as object)).to.deep.equal(['__proto__', 'a']);
    expect(Object.hasOwn((value as { a: object }).a, '__proto__')).to.equal(true);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('counts documents and lines, and leaves empty ones out', () => {
    const text = '---\n# nothing\n---\na: 1\n--- # x\n---\nb: 2\n';
    const found = readYaml(text, 'f.yaml').map(({ index, line, value }) => [index, line, value]);
    expect(found).to.deep.equal([
      [2, 4, { a: 1 }],
      [3, 6, { b: 2 }],
    ]);
  });

  it('lists duplicate keys with both places when the last wins', () => {
    const text = 'a:\n  - b: 1\n    "c": 2\n    b: 3\n';
    const [document] = readYaml(text, 'f.yaml', { duplicateKeys: 'last-wins' });
    expect(document?.value).to.deep.equal({ a: [{ b: 3, c: 2 }] });
    expect(document?.duplicates).to.deep.equal([
      {
        path: ['a', 0, 'b'],
        first: { file: 'f.yaml', line: 2, column: 5 },
        second: { file: 'f.yaml', line: 4, column: 5 },
      },
    ]);
  });

  it('takes a key that a merge brought for no duplicate', () => {
    expect(readYaml('s:\n  <<: {a: 1}\n  a: 2\n', 'f.yaml')[0]?.duplicates).to.deep.equal([]);
  });

  it('names the hidden characters, the dropped content and further JSON', () => {
    const notices = (text: string): string[] =>
      readYaml(text, 'f.yaml').flatMap((document) =>
        document.notices.map(({ code, location }) => `${code} ${location?.line ?? 0}`),
      );
    expect(notices('a: 1 # x\u2028b: 2\n# y\u0085c: 3\n')).to.deep.equal([
      'DPS7007 1',
      'DPS7007 2',
    ]);
    expect(notices('a: 1\n---\n\ufeffb: 2\n')).to.deep.equal(['DPS7009 3']);
    expect(notices('\ufeffa: 1\n')).to.deep.equal([]);
    expect(notices('a: 1\n...\n# x\nb: 2\n')).to.deep.equal(['DPS7008 4']);
    expect(notices('{"a":1}\n{"b":2}\n')).to.deep.equal(['DPS7010 2']);
  });

  const refusals: [string, string, string[]][] = [
    ['a syntax error', 'a: b: c\n', ['DPS7001 1:5']],
    ['every broken document', 'a: [\n---\nb: "\n', ['DPS7001 2:1', 'DPS7001 4:1']],
    ['a tab as indentation', 'a:\n\tb: 1\n', ['DPS7001 2:1']],
    ['a template action as value', 'a: {{ .Values.b }}\n', ['DPS7002 1:4']],
    ['a template action on a line', 'a: b\n{{- if .c }}\nd: e\n{{- end }}\n', ['DPS7002 2:1']],
    ['an unknown tag', 'a: !foo b\n', ['DPS7004 1:4']],
    ['a tag that does not fit', 'a: !!int b\n', ['DPS7004 1:4']],
    ['a tag for something else', 'a: !!js/function "x"\n', ['DPS7004 1:4']],
    ['a set', 'a: !!set {b, c}\n', ['DPS7004 1:4']],
    ['an unknown alias', 'a: *b\n', ['DPS7001 1:4']],
    ['a recursive anchor', 'a: &a [*a]\n', ['DPS7003 1:8']],
    ['nesting', `a: ${'['.repeat(1100)}`, ['DPS7003 1:1003']],
    ['a directive', '# x\n%YAML 1.1\n---\na: 1\n', ['DPS7005 2:1']],
    ['a separator with content', 'a: 1\n--- b: 2\n', ['DPS7005 2:1']],
    ['a NUL', 'a: 1\nb: \0\n', ['DPS7005 2:4']],
    ['a byte order mark inside', 'a: 1\n\ufeffb: 2\n', ['DPS7005 2:1']],
    ['duplicate keys', 'a: 1\na: 2\nb: {c: 1, c: 2}\n', ['DPS7006 2:1', 'DPS7006 3:11']],
    ['a null key', '~: 1\n', ['DPS7001 1:1']],
    ['a merge of no mapping', '<<: 1\n', ['DPS7001 1:5']],
    ['a merge of an alias to a list', 'a: &a [{b: 1}]\n<<: *a\n', ['DPS7001 2:5']],
    ['a colon that only js-yaml sees', 'a: {b:[1]}\n', ['DPS7001 1:6']],
  ];
  for (const [title, text, expected] of refusals) {
    it(`refuses ${title}`, () => {
      expect(refused(text)).to.deep.equal(expected);
    });
  }

  it('refuses an alias bomb quickly', () => {
    const rows = 'bcdefghi'.split('').map((key, at) => {
      const before = 'abcdefgh'.charAt(at);
      return `${key}: &${key} [${`*${before},`.repeat(9)}*${before}]\n`;
    });
    expect(refused(`a: &a [${'x,'.repeat(9)}x]\n${rows.join('')}`)).to.deep.equal(['DPS7003 4:14']);
  });

  it('says what is wrong, shows it and says what to do', () => {
    expect(problems('x: 1\na: {{ .Values.b }}\n')[0]).to.deep.equal({
      code: 'DPS7002',
      severity: 'error',
      message:
        'The text holds template actions ("{{"), so it is a template that is not rendered yet.',
      location: { file: 'f.yaml', line: 2, column: 4 },
      fix: 'Render it first, for example with "helm template RELEASE CHART", and read the result.',
      frame: '  1 | x: 1\n  2 | a: {{ .Values.b }}\n    |    ^\n  3 |',
    });
  });

  it('reads many keys and long lines in reasonable time', () => {
    const keys = Array.from({ length: 100_000 }, (_, at) => `k${at}: v`).join('\n');
    expect(Object.keys(values(keys)[0] as object).length).to.equal(100_000);
    expect(values(`a: "${'x'.repeat(1_000_000)}"`)).to.deep.equal([{ a: 'x'.repeat(1_000_000) }]);
  });
});
