import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../src/diagnostics.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { writeYaml } from '../../src/yaml/write.ts';

const PIECES = [
  ...[
    'a',
    'kind',
    'Pod',
    ': ',
    ':',
    '- ',
    '\n',
    '\n  ',
    '\n- ',
    ' ',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ', ',
  ],
  ...[
    '|\n',
    '>-\n',
    '&x ',
    '*x',
    '<<: ',
    '# ',
    '\t',
    '? ',
    '!',
    '!!str ',
    '0644',
    'yes',
    '~',
    '\r',
    '\u2028',
  ],
  ...[
    '\u0085',
    '\ufeff',
    '\n...\n',
    '\n---\n',
    '%',
    '\\u2028',
    'k: v\n',
    '{{',
    '}}',
    '\0',
    '\ud800',
    'é',
  ],
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join('')),
);

describe('properties of reading and writing YAML', () => {
  it('any text gives documents, or a UserError that names a place inside the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        try {
          for (const document of readYaml(source, 'f')) expect(document.index).to.be.at.least(1);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          for (const { location, message } of error.diagnostics) {
            expect(location?.line).to.be.within(1, source.split('\n').length);
            expect(location?.column).to.be.at.least(1);
            expect(message).to.match(/^[^a-z].*\.$/s);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('what is written is read back, by this reader', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => dropNegativeZero(value));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), json), (value) => {
        const [document] = readYaml(writeYaml(value), 'f');
        expect(JSON.stringify(document?.value)).to.equal(JSON.stringify({ ...value }));
      }),
      { numRuns: 500 },
    );
  });

  it('any line of text survives as a value', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom(...PIECES)), (value) => {
        const plain = Buffer.from(value).toString();
        expect(readYaml(writeYaml({ value: plain }), 'f')[0]?.value).to.deep.equal({
          value: plain,
        });
      }),
      { numRuns: 2000 },
    );
  });
});

/** YAML as Kubernetes reads it has no negative zero and JSON text neither. */
function dropNegativeZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
