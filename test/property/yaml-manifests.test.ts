import { expect } from 'chai';
import fc from 'fast-check';
import { readManifests } from '../../src/workloads/read-manifests.ts';
import { holdsNoWorkload } from '../../src/workloads/skip.ts';
import { byteSource } from '../helpers/byte-source.ts';

const LINES = [
  ...[
    'apiVersion: v1',
    'apiVersion: apps/v1',
    'kind: ConfigMap',
    'kind: Pod',
    'kind: Secret',
    'kind : Pod',
    '"kind": Pod',
  ],
  ...[
    '  kind: Pod',
    'metadata: {name: a}',
    'spec: {containers: [{name: c}]}',
    'data:',
    '  a: |',
    '    ---',
    '    kind: Pod',
  ],
  ...[
    '---',
    '--- # x',
    '---x',
    '...',
    '# x\u2028kind: Pod',
    '# x\rkind: Pod',
    '\ufeffkind: Pod',
    '<<: {kind: Pod}',
    '? kind',
    ': Pod',
  ],
  ...[
    'x: "',
    '"',
    'y: &a Pod',
    '',
    ' ',
    '# c',
    'kind: !!str Pod',
    'kind: Service',
    'apiVersion: serving.knative.dev/v1',
  ],
  ...[
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"j"}}',
    '{',
    '}',
    '[',
    ']',
    'kind: List',
    'items:',
    '- kind: Pod',
    '  apiVersion: v1',
  ],
];
const stream = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\n', '\r\n')), {
    maxLength: 25,
  })
  .map((lines) => lines.map((line) => line.join('')).join(''));
const start = fc.constantFrom(
  '',
  '',
  'apiVersion: v1\nkind: ConfigMap\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n---\n',
);

function workloads(text: string, skip: boolean, piece: number): string[] {
  const found: string[] = [];
  readManifests(
    byteSource(text, 'f', piece),
    { skip },
    ({ document, item, kind, apiVersion, value }) => {
      if (!holdsNoWorkload(kind, apiVersion))
        found.push(`${document}.${item ?? ''} ${JSON.stringify(value)}`);
    },
  );
  return found;
}

describe('properties of reading manifests', () => {
  it('skipping changes nothing for workloads, and neither does the size of the pieces', () => {
    fc.assert(
      fc.property(start, stream, fc.integer({ min: 1, max: 40 }), (head, rest, piece) => {
        const text = head + rest;
        const whole = workloads(text, false, Infinity);
        expect(workloads(text, true, Infinity)).to.deep.equal(whole);
        expect(workloads(text, true, piece)).to.deep.equal(whole);
      }),
      { numRuns: 4000 },
    );
  });

  it('any bytes are read or reported, never thrown at the caller', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('', '{', '{"items":[', '---\n'),
        (bytes, head) => {
          const source = byteSource(Buffer.concat([Buffer.from(head), bytes]));
          const result = readManifests(source, {}, (object) => object.locate(['spec']));
          expect(result.documents).to.be.at.least(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('a List in any layout gives the items in order', () => {
    const item = fc.record({
      a: fc.jsonValue({ maxDepth: 3 }),
      text: fc.string({ unit: 'grapheme' }),
    });
    const indent = fc.constantFrom<string | number>(0, 1, 4, '\t');
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 30 }),
        indent,
        fc.integer({ min: 1, max: 5000 }),
        (items, layout, repeat) => {
          const padding = 'x'.repeat(repeat);
          const objects = items.map((entry, at) => ({
            apiVersion: 'x/v1',
            kind: 'K',
            metadata: { name: `n${at}` },
            padding,
            entry,
          }));
          const text = JSON.stringify(
            { apiVersion: 'v1', items: objects, kind: 'List' },
            null,
            layout,
          );
          const found: unknown[] = [];
          readManifests(byteSource(text, 'f', 4096), {}, ({ value }) => found.push(value));
          expect(JSON.stringify(found)).to.equal(JSON.stringify(objects));
        },
      ),
      { numRuns: 200 },
    );
  });
});
