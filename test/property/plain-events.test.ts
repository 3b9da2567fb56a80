/** The quick reading of plain texts against the parser: the same events, or none. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseEvents, type Event } from '../../src/yaml/js-yaml.ts';
import { plainEvents } from '../../src/yaml/plain-events.ts';

const CORPUS = '../shared/corpus';

/** Undefined where the parser refuses the text. */
function parsed(text: string): Event[] | undefined {
  try {
    return parseEvents(text, { maxDepth: 1000 });
  } catch {
    return undefined;
  }
}

const PLAIN = [
  ...['a:', 'b: 1', 'kind: Pod', '- a', '- a: 1', '- - x', '-', 'name: "x y"', "c: 'd'", 'e: {}'],
  ...[
    'f: []',
    '# note',
    'g: h # note',
    'i: http://x:80/y',
    'j: -1',
    'k: .5',
    'l: ~',
    'm: $(x)',
    '',
  ],
];
/** What makes a text something else. */
const ODD = [
  ...['  ', 'n: |', 'o: >-', 'p: &q', 'r: *q', 's: !!str 1', 't: {u: v}', '? w', ': x', '<<: *q'],
  ...[
    'y: z: 1',
    'plain words',
    '"a": 1',
    "'b': 2",
    'c:d',
    'e :f',
    'a: b#c',
    'a: "b" c',
    "a: 'b''c'",
  ],
  ...['a: "b\\n"', 'a: é', 'a:\tb', 'a: @b', 'a: `b', 'a: %b', 'a: b\r', '---', '...', '%YAML 1.1'],
  ...[
    'a: -',
    'a: - b',
    '- # note',
    'a: # note',
    'a: b: c',
    'a: [b',
    '}',
    'a: "b',
    '\u2028',
    '=: =',
  ],
];
const line = fc
  .tuple(
    fc.integer({ min: 0, max: 4 }),
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...PLAIN) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD) },
    ),
  )
  .map(([indent, piece]) => ' '.repeat(indent) + piece);
const lines = fc
  .tuple(fc.boolean(), fc.array(line, { minLength: 1, maxLength: 6 }), fc.boolean())
  .map(([opened, all, ended]) => `${opened ? '---\n' : ''}${all.join('\n')}${ended ? '\n' : ''}`);
/** Mostly manifests as charts render them, of which one place is changed. */
const WHOLE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {}
spec:
  template:
    spec:
      containers:
      - name: "web"
        args: []
        image: quay.io/acme/web:1.2.3
        # the port
        ports:
          - containerPort: 80
          -
            name: b
        command:
        - sh
        - -c
`;
const changed = fc
  .tuple(
    fc.nat(WHOLE.length),
    fc.nat(3),
    fc.oneof(
      fc.constantFrom(...PLAIN, ...ODD, ' ', '  ', '\n', ':', ': ', '#', ' #', '"'),
      fc.string(),
    ),
  )
  .map(([at, drop, piece]) => WHOLE.slice(0, at) + piece + WHOLE.slice(at + drop));

describe('plainEvents', () => {
  for (const [title, texts] of [
    ['made of lines', lines],
    ['changed at one place', changed],
  ] as const) {
    it(`gives the parser's events or none for texts ${title}`, () => {
      let plain = 0;
      fc.assert(
        fc.property(texts, (text) => {
          const events = plainEvents(text);
          if (events === undefined) return;
          plain++;
          expect(events, JSON.stringify(text)).to.deep.equal(parsed(text));
        }),
        { numRuns: 15_000 },
      );
      expect(plain).to.be.greaterThan(200);
    });
  }

  it('reads most documents of real charts, with the same events', function () {
    if (!existsSync(CORPUS)) {
      console.log(`      skipped: ${CORPUS} is absent`);
      this.skip();
    }
    let [documents, plain] = [0, 0];
    const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((file) => /\.ya?ml$/.test(file))) {
      for (const text of readFileSync(join(CORPUS, name), 'utf8').split(/^(?=---)/m)) {
        documents++;
        const events = plainEvents(text);
        if (events === undefined) continue;
        plain++;
        expect(events, name).to.deep.equal(parsed(text));
      }
    }
    console.log(`      ${plain} of ${documents} documents are plain`);
    expect(plain / documents).to.be.greaterThan(0.4);
  });
});
