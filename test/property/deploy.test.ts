import Ajv2020 from 'ajv/dist/2020.js';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { deployJsonSchema } from '../../src/deploy/json-schema.ts';
import { optionTable } from '../../src/deploy/option-table.ts';
import { parseDeploy } from '../../src/deploy/parse.ts';
import { UserError } from '../../src/diagnostics.ts';
import { writeYaml } from '../../src/yaml/write.ts';
import { arbitraryConfig } from '../helpers/arbitrary-config.ts';

const need = { kubernetesVersion: true };
const accepts = new Ajv2020.default({ strict: false }).compile(deployJsonSchema());

function parse(text: string): ReturnType<typeof parseDeploy> | UserError {
  try {
    return parseDeploy(text, 'deploy.yaml', {}, need);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Every error has a place inside the text; messages are sentences. */
function expectPlaced(text: string): void {
  const result = parse(text);
  if (!(result instanceof UserError)) return;
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).length;
  expect(result.diagnostics.some((entry) => entry.severity === 'error')).to.equal(true);
  for (const entry of result.diagnostics) {
    expect(entry.message, entry.message).to.match(/^.+\.$/su);
    expect(entry.location?.line, entry.message).to.be.within(1, lines);
    expect(entry.location?.column, entry.message).to.be.at.least(1);
  }
}

/** Trees in which known keys and plausible values meet in any combination. */
const leaf = fc.oneof(
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.constantFrom('ebs', 'openshift', 'on', '1.24', '4.18', '5.4.0', 'x', ''),
  fc.string(),
);
const segment = fc.constantFrom(
  ...new Set(optionTable.flatMap((row) => row.path.split('.'))),
  'kind',
  'apiVersion',
  '__proto__',
  'constructor',
  'toString',
  'spec',
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    leaf,
    fc.dictionary(segment, tie('tree'), { maxKeys: 8 }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

function put(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) root[key] = value;
  else {
    const next = root[key];
    const child = typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {};
    root[key] = child;
    put(child as Record<string, unknown>, rest, value);
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('deploy: any input', () => {
  it('is options or a placed error, never a crash: text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), expectPlaced), {
      numRuns: 500,
    });
  });

  it('is options or a placed error, never a crash: trees of known keys', () => {
    const object = fc.dictionary(segment, tree, { minKeys: 1, maxKeys: 12 });
    fc.assert(
      fc.property(object, (value) => {
        expectPlaced(writeYaml(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('is options or a placed error, never a crash: a valid file with one option replaced', () => {
    const path = fc.constantFrom(
      ...optionTable.map((row) => row.path.replaceAll('*', 'falco').split('.')),
    );
    fc.assert(
      fc.property(arbitraryConfig, path, tree, (config, where, value) => {
        const copy = structuredClone(config);
        put(copy, where, value);
        expectPlaced(writeYaml(copy));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('deploy: random valid configurations', () => {
  it('1,000 of them are taken, by the parser and by the JSON Schema', () => {
    fc.assert(
      fc.property(arbitraryConfig, (config) => {
        const result = parse(writeYaml(config));
        expect(result instanceof UserError ? result.message : '').to.equal('');
        expect(accepts(config), JSON.stringify(accepts.errors)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('mean the same in any order of their keys', () => {
    fc.assert(
      fc.property(arbitraryConfig, (config) => {
        const [left, right] = [config, reversed(config)].map((value) => parse(writeYaml(value)));
        if (left instanceof UserError || right instanceof UserError || !left || !right)
          throw new Error('refused');
        const plain = ({
          values,
          given,
          releases,
          namespaces,
          psp,
          moved = [],
        }: typeof left): unknown => ({
          values,
          releases,
          namespaces,
          psp,
          given: [...given].sort(),
          moved: moved.map((move) => `${move.from} ${move.to}`).sort(),
        });
        expect(plain(left)).to.deep.equal(plain(right));
      }),
      { numRuns: 200 },
    );
  });

  it('with one option replaced by a scalar get the same verdict from the JSON Schema', () => {
    // What the schema cannot say is listed at the head of json-schema.ts.
    const onlyHere = new Set([
      'DPS2040',
      'DPS2041',
      'DPS2050',
      'DPS2051',
      'DPS2052',
      'DPS2063',
      'DPS2070',
      'DPS2071',
      'DPS2082',
      'DPS2083',
      'DPS2090',
      'DPS2091',
    ]);
    const rows = optionTable.filter(
      (row) => row.type.kind !== 'version' && !(row.type.kind === 'choice' && row.type.open),
    );
    const path = fc.constantFrom(
      ...rows.map((row) => row.path.replaceAll('*', 'falco').split('.')),
    );
    fc.assert(
      fc.property(arbitraryConfig, path, leaf, (config, where, value) => {
        const copy = structuredClone(config);
        put(copy, where, value);
        const result = parse(writeYaml(copy));
        const errors =
          result instanceof UserError
            ? result.diagnostics.filter((entry) => entry.severity === 'error')
            : [];
        if (errors.some((entry) => !onlyHere.has(entry.code)) || errors.length === 0) {
          expect(accepts(copy), JSON.stringify([errors, accepts.errors])).to.equal(
            errors.length === 0,
          );
        }
      }),
      { numRuns: 1500 },
    );
  });
});
