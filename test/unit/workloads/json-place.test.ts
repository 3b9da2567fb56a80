import { expect } from 'chai';
import fc from 'fast-check';
import { readManifests } from '../../../src/workloads/read-manifests.ts';
import { batchTexts, jsonPositions } from '../../../src/workloads/json-place.ts';
import { parseDocument } from '../../../src/yaml/document.ts';
import type { Location } from '../../../src/diagnostics.ts';
import type { Path } from '../../../src/yaml/read.ts';
import { byteSource } from '../../helpers/byte-source.ts';

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((entry, at) => pathsOf(entry, [...path, at]))
    : Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]));
  return [path, ...inner, [...path, 'absent'], [...path, 7, 'absent']];
}

const word = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('a"b', 'a\\', '{[', 'é\n', '"'));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
  ),
}));
const safe = tree.filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('places in JSON', () => {
  it('are those that the reader of YAML finds (property)', () => {
    fc.assert(
      fc.property(fc.array(safe, { maxLength: 3 }), fc.constantFrom(0, 2), (values, indent) => {
        const text = values.map((value) => JSON.stringify(value, null, indent)).join(' ,\n');
        const batch = { values, text, length: 0, line: 5, column: 3 };
        for (const unique of [true, false]) {
          const texts = batchTexts(batch, 'f', unique);
          values.forEach((value, index) => {
            const { whole, start, end, at } = texts(index);
            const { line, column } = at(start);
            const part = whole.slice(start, end);
            expect(part).to.equal(JSON.stringify(value, null, indent));
            const known = parseDocument(part, { file: 'f', line, column }, 1);
            const found = jsonPositions(() => texts(index));
            for (const path of pathsOf(value)) {
              expect(found.raw(path)).to.deep.equal(known.raw(path));
              for (const what of ['key', 'value', undefined] as const) {
                expect(found.locate(path, what)).to.deep.equal(known.locate(path, what));
              }
            }
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are those of the last of several keys', () => {
    const text = '{"a": {"b": 1},\n"a": {"b": 22}}';
    const texts = batchTexts({ values: [{}], text, length: 0, line: 1, column: 1 }, 'f', false);
    expect(jsonPositions(() => texts(0)).locate(['a', 'b'])?.line).to.equal(2);
  });

  describe('in an object of more than one batch', () => {
    const big = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'big', annotations: { a: 'ä"{'.repeat(40_000) } },
      spec: { hostPID: true, containers: [{ name: 'web' }] },
    };
    const paths: Path[] = [
      [],
      ['kind'],
      ['metadata'],
      ['metadata', 'name'],
      ['spec', 'hostPID'],
      ['spec', 'containers', 0],
      ['spec', 'containers', 0, 'securityContext'],
      ['spec', 'absent'],
      ['absent'],
    ];
    const read = (text: string) => {
      const places: (Location | undefined)[] = [];
      const duplicates: string[] = [];
      const result = readManifests(byteSource(text, 'f.json'), {}, (object) => {
        for (const path of paths) {
          for (const what of ['key', 'value', undefined] as const) {
            places.push(object.locate(path, what));
          }
        }
        duplicates.push(...object.duplicates.map(({ path }) => path.join('.')));
      });
      return { ...result, places, duplicates };
    };

    for (const indent of [0, 2]) {
      it(`are exact, with an indentation of ${indent}, and the object is a document`, () => {
        const text = `\n  ${JSON.stringify(big, null, indent)}\n`;
        const known = parseDocument(text.trim(), { file: 'f.json', line: 2, column: 3 }, 1);
        const found = read(text);
        expect([found.documents, found.objects, found.diagnostics]).to.deep.equal([1, 1, []]);
        expect(found.places).to.deep.equal(
          paths.flatMap((path) =>
            (['key', 'value', undefined] as const).map((what) => known.locate(path, what)),
          ),
        );
      });
    }

    it('tell keys given twice, at the top and below', () => {
      const text = JSON.stringify(big, null, 2)
        .replace('"hostPID"', '"hostPID": false, "hostPID"')
        .replace('"kind"', '"kind": "Job",\n"kind"');
      const found = read(text);
      expect(found.duplicates).to.deep.equal(['kind', 'spec.hostPID']);
      const lines = text.split('\n');
      // The first place of the paths' second one: the key that counts.
      expect(found.places[3]?.line).to.equal(lines.indexOf('"kind": "Pod",') + 1);
      expect(
        found.diagnostics.map(({ code, location }) => `${code} ${location?.line}`),
      ).to.deep.equal([
        `DPS7006 ${lines.indexOf('"kind": "Pod",') + 1}`,
        `DPS7006 ${lines.findIndex((line) => line.includes('hostPID')) + 1}`,
      ]);
    });

    it('count documents: several big objects, and lists without items', () => {
      const one = JSON.stringify(big);
      const found = read(`${one}\n${one}`);
      expect([found.documents, found.objects]).to.deep.equal([2, 2]);
      expect(found.diagnostics.map(({ code }) => code)).to.deep.equal(['DPS7010']);
      const nameless = read(JSON.stringify({ metadata: big.metadata }));
      expect([nameless.documents, nameless.objects]).to.deep.equal([1, 0]);
      expect(nameless.diagnostics.map(({ code }) => code)).to.deep.equal(['DPS7011']);
    });
  });
});
