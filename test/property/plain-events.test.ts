/** The short way of parsing plain texts: where it gives events at all, they are those of the parser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseEvents, type Event } from '../../src/yaml/js-yaml.ts';
import { plainEvents } from '../../src/yaml/plain-events.ts';
import { splitStream } from '../../src/yaml/split.ts';
import { skip } from '../helpers/programs.ts';
import { CORPUS, corpusCharts, hasCorpus, NO_CORPUS } from '../helpers/shared.ts';

function parsed(text: string): readonly Event[] | string {
  try {
    return parseEvents(text, { maxDepth: 1000 });
  } catch (error) {
    return String(error);
  }
}

/** True when the text was plain. */
function agree(text: string): boolean {
  const events = plainEvents(text);
  if (events === undefined) return false;
  expect(events, JSON.stringify(text)).to.deep.equal(parsed(text));
  return true;
}

const KEYS = ['a', 'b-c', 'app.kubernetes.io/name', '0', 'on', '_x'];
const VALUES = [
  'x',
  '1',
  'a b',
  'a:b',
  'http://x/y?z#w',
  '--port=1',
  '-1',
  '~',
  'x#y',
  'a - b',
  '.5',
];
const QUOTED = ['"x"', "'x y'", '""', "''", '"a: b # c"', "'[x]'", '{}', '[]'];
const word = fc.constantFrom(...VALUES, ...QUOTED);
const key = fc.constantFrom(...KEYS);
const indent = fc.constantFrom(0, 0, 1, 2, 2, 3, 4, 4, 6).map((width) => ' '.repeat(width));
const dashes = fc.constantFrom('', '', '', '- ', '- ', '-   ', '- - ');
const end = fc.constantFrom(
  '',
  '',
  '',
  '',
  ' ',
  '  # note',
  ' #',
  '\n',
  '\n# note',
  '\n      # deep',
);

/** Lines that often fit together, at columns that are often right. */
const line = fc
  .tuple(
    indent,
    dashes,
    fc.oneof(
      key.map((name) => `${name}:`),
      fc.tuple(key, word).map(([name, value]) => `${name}: ${value}`),
      word,
      fc.constantFrom('-', ''),
    ),
    end,
  )
  .map((parts) => parts.join(''));
const BITS = [
  ...[
    ' ',
    '\n',
    ':',
    ': ',
    '#',
    ' #',
    '"',
    "'",
    '{',
    '[',
    '{}',
    '---\n',
    '...\n',
    '|',
    '>',
    '&a ',
    '*a',
  ],
  ...[
    '!t ',
    '? ',
    '\t',
    '\r',
    '%',
    '\u00e9',
    '\\',
    '<<: ',
    '- ',
    '-',
    ',',
    '`',
    '@',
    '\u2028',
    '\0',
  ],
];
const change = fc.tuple(fc.nat(), fc.constantFrom(0, 0, 1, 3), fc.constantFrom('', ...BITS));

function changed(text: string, changes: readonly [number, number, string][]): string {
  return changes.reduce((made, [place, removed, bit]) => {
    const at = place % (made.length + 1);
    return made.slice(0, at) + bit + made.slice(at + removed);
  }, text);
}

describe('property: plain texts parsed the short way', () => {
  it('gives the events of the parser for lines of every kind, or none', () => {
    let plain = 0;
    const lines = fc.array(line, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.boolean(), fc.boolean(), (list, opened, closed) => {
        if (agree(`${opened ? '---\n' : ''}${list.join('\n')}${closed ? '\n' : ''}`)) plain++;
      }),
      { numRuns: 20_000 },
    );
    expect(plain).to.be.greaterThan(400);
  });

  it('gives them for every chart, and for charts with mistakes in them, or none', function () {
    if (!hasCorpus()) skip(this, NO_CORPUS);
    const texts = corpusCharts().flatMap((chart) =>
      splitStream(readFileSync(join(CORPUS, `${chart}.yaml`), 'utf8')).chunks.map(
        ({ text }) => text,
      ),
    );
    expect(texts.filter(agree).length).to.be.greaterThan(texts.length / 4);
    const part = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 15 }));
    fc.assert(
      fc.property(part, fc.array(change, { maxLength: 3 }), ([text, from, count], changes) => {
        const lines = text.split('\n');
        const start = from % lines.length;
        const cut = lines.slice(start, start + count);
        const margin = Math.min(
          ...cut
            .filter((one) => one.trim() !== '')
            .map((one) => one.length - one.trimStart().length),
        );
        const moved = cut.map((one) => one.slice(Number.isFinite(margin) ? margin : 0));
        agree(changed(`${moved.join('\n')}\n`, changes));
      }),
      { numRuns: 10_000 },
    );
  });

  const LEFT: [string, string][] = [
    ['a block scalar', 'a: |\n  x\n'],
    ['brackets with something in them', 'a: [x]\n'],
    ['a value that goes on in the next line', 'a: b\n  c\n'],
    ['an anchor', 'a: &x b\n'],
    ['a merge key', '<<: {}\n'],
    ['a tab', 'a:\tb\n'],
    ['a character that is not ASCII', 'a: \u00e9\n'],
    ['CRLF', 'a: b\r\n'],
    ['a second document', 'a: b\n---\nc: d\n'],
    ['a directive', '%YAML 1.1\n---\na: b\n'],
    ['an explicit key', '? a\n: b\n'],
    ['an indentation that fits nothing', 'a:\n    b: c\n  d: e\n'],
    ['nothing', '\n# x\n'],
    ['levels without end', `${'- '.repeat(150)}a\n`],
  ];
  for (const [name, text] of LEFT) {
    it(`leaves ${name} to the parser`, () => {
      expect(plainEvents(text)).to.equal(undefined);
    });
  }
});
