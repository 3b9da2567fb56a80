/**
 * The shorter way of verifying an edited text must never say yes where reading the whole text says no.
 * So it is given changes that no edit would make, and the value that the folded text happens to say.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { buildTree } from '../../src/patch/text/build.ts';
import { fold } from '../../src/patch/text/fold.ts';
import { applySplices, type Splice } from '../../src/patch/text/lines.ts';
import { eventsOf, valueOf } from '../../src/patch/text/reading.ts';
import { says, saysFolded, type ReadText } from '../../src/patch/text/verify.ts';
import { UserError } from '../../src/diagnostics.ts';
import { isMapping } from '../../src/yaml/mapping.ts';
import { document, print, style } from './patch-text-arbitrary.ts';

const ORIGIN = { file: 'm.yaml', line: 1, column: 1 };

/** Forms in which something may reach over the end of what is folded. */
const TRAPS = [
  `a:
  b:
    c: |+
      text


  d: 1
e:
  - f: |
      g
      # no comment
  # a comment
  - h
`,
  `a:
- b: 1
  c:
  - d
  - - e
    - f: {g: 1,
        h: 2}
-   i: >
      j
    k: l
      m
n:
  o:
    p: "q
      r"
`,
  `? a
:
  b:
    c: 1
"d": # note
      # note
  - e:

      f: 1

  -
    g: 2
h: 'i'
`,
  `a:
  b:
    c: |
      d

  e: 1
      # deep
  f:
    - g: |-
        h
i:
  j:
   - k
   - l: m
     n: o
`,
  `a:
  - b:
      c: |2
          d
        e
    f: 1
  - g: 1
a: 2
h:
  - i: &x 1
`,
  `a: &x
  b:
    c: 1
    d: {}
e:
  f: *x
  g:
    <<: *x
    h:
      - i
`,
  'a:\r\n  - b: 1\r\n    c: |\r\n      d\r\n\r\n  - e:\r\n      f: 1\r\ng: 1\r\n',
];

const BITS = [
  ...[
    '',
    '\n',
    ' ',
    '  ',
    '\r\n',
    '#',
    '# n\n',
    '~\n',
    "'",
    '"',
    '[',
    ']',
    '{',
    '}',
    ',',
    '- ',
    ': ',
  ],
  ...[
    'x: 1\n',
    'x:\n',
    'x: |\n',
    'x: >-\n',
    'x: |+\n',
    '- x\n',
    '- x: 1\n',
    "''\n",
    'x\n',
    '? x\n',
  ],
  ...[
    '---\n',
    '...\n',
    '&x ',
    '*x\n',
    '!!str ',
    '<<: {y: 1}\n',
    '\t',
    "x: ''\n",
    'x: {y: 1}\n',
    '%',
  ],
];

const text = fc.oneof(
  fc.constantFrom(...TRAPS),
  fc
    .tuple(document, style, fc.infiniteStream(fc.nat(99)))
    .map(([value, look, dice]) => print(value, look, () => Number(dice.next().value)))
    .filter((made) => made.endsWith('\n')),
);

/** Where a change begins and ends: the starts of lines are where it gets interesting. */
const change = fc.record({
  at: fc.nat(),
  onLine: fc.boolean(),
  lines: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
  more: fc.constantFrom(0, 0, 0, 1, 2, 5),
  indent: fc.constantFrom(0, 0, 1, 2, 3, 4, 6, 8),
  bits: fc.array(fc.constantFrom(...BITS), { maxLength: 3 }),
});

function spliceOf(plain: string, { at, onLine, lines, more, indent, bits }: Change): Splice {
  const starts = [...plain.matchAll(/^/gm)].map(({ index }) => index);
  const line = starts[at % starts.length] ?? 0;
  const start = onLine ? line : at % (plain.length + 1);
  const last = starts[starts.findIndex((place) => place >= start) + lines - 1] ?? start;
  const end = Math.min(Math.max(start, lines === 0 ? start : last) + more, plain.length);
  return { start, end, text: ' '.repeat(indent) + bits.join('') };
}
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function read(plain: string): ReadText | undefined {
  const events = eventsOf(plain, ORIGIN);
  const tree = buildTree(plain, events);
  if (tree === undefined) return undefined;
  const value = valueOf(plain, events, ORIGIN);
  return { plain, original: plain, added: false, tree, value };
}

function valueIn(plain: string): unknown {
  try {
    return valueOf(plain, eventsOf(plain, ORIGIN), ORIGIN);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What a folded text says, with the old collections in the places of the stubs. */
function unfolded(folded: unknown, old: unknown): unknown {
  if (folded === '' && typeof old === 'object' && old !== null) return old;
  if (Array.isArray(folded)) {
    const items: unknown[] = Array.isArray(old) ? old : [];
    return folded.map((item: unknown, index) => unfolded(item, items[index]));
  }
  if (!isMapping(folded)) return folded;
  return Object.fromEntries(
    Object.entries(folded).map(([key, entry]) => [
      key,
      unfolded(entry, isMapping(old) && Object.hasOwn(old, key) ? old[key] : undefined),
    ]),
  );
}

/** Equal parts of `value` become those of `old` themselves, as edits leave them. */
function shared(value: unknown, old: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (JSON.stringify(value) === JSON.stringify(old)) return old;
  if (Array.isArray(value)) {
    const items: unknown[] = Array.isArray(old) ? old : [];
    return value.map((item: unknown, index) => shared(item, items[index]));
  }
  const map = isMapping(old) ? old : {};
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, shared(entry, map[key])]),
  );
}

describe('property: verifying an edited text by what can have changed', () => {
  it('never says yes where the whole text says no', () => {
    const seen = { yes: 0, folds: 0 };
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 3 }), (plain, wanted) => {
        const before = read(plain);
        if (before === undefined) return;
        const splices = wanted.map((one) => spliceOf(plain, one));
        const after = applySplices(plain, splices);
        if (after === undefined) return;
        const claims: unknown[] = [before.value, shared(valueIn(after), before.value)];
        for (const claim of claims.slice()) {
          const folded = fold(before, splices, claim);
          const short = folded && applySplices(plain, [...splices, ...folded.splices]);
          if (short === undefined) continue;
          seen.folds += (folded?.splices.length ?? 0) > 0 ? 1 : 0;
          claims.push(unfolded(valueIn(short), before.value));
        }
        for (const claim of claims) {
          if (!saysFolded(before, splices, claim)) continue;
          seen.yes++;
          expect(says(after, claim), `${plain}\nbecame\n${after}`).to.equal(true);
        }
      }),
      { numRuns: Number(process.env.FOLD_RUNS ?? 4000) },
    );
    // Else the property would hold for want of cases.
    expect(seen.yes).to.be.greaterThan(500);
    expect(seen.folds).to.be.greaterThan(500);
  });
});
