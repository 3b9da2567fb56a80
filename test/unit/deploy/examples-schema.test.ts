/** The JSON Schema, which editors use, says of every example what `validate` says; also when it is spoilt. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parseDeploy } from '../../../src/deploy/parse.ts';
import { UserError } from '../../../src/diagnostics.ts';
import { readYaml } from '../../../src/yaml/read.ts';
import { writeYaml } from '../../../src/yaml/write.ts';
import { EXAMPLES } from '../../helpers/examples.ts';
import { ROOT } from '../../helpers/run-cli.ts';

const schema = JSON.parse(readFileSync(join(ROOT, 'schemas/deploy.schema.json'), 'utf8')) as object;
const validator = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

type Tree = Record<string, unknown>;

function isValid(text: string): boolean {
  try {
    parseDeploy(text, 'deploy.yaml', {}, { kubernetesVersion: false });
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Ways to spoil a configuration that both must refuse. */
const spoilers: [string, (tree: Tree) => void][] = [
  ['a flag that is text', (tree) => (tree.gpu = { enabled: 'sure' })],
  ['an unknown key in a section that is read', (tree) => (tree.istio = { enabeld: true })],
  ['a platform that does not exist', (tree) => ((tree.pod_security as Tree).platform = 'mars')],
  ['a list for a map', (tree) => (tree.namespaces = [])],
  [
    'a namespace name that Kubernetes refuses',
    (tree) => (tree.namespaces = { platform: { name: 'A_b' } }),
  ],
  [
    'an exception without a reason',
    (tree) => {
      (tree.pod_security as Tree).exceptions = [
        { namespace: 'a', kind: 'Pod', name: 'b', rule: 'c' },
      ];
    },
  ],
];

describe('the JSON Schema of deploy.yaml', () => {
  for (const example of EXAMPLES) {
    const text = readFileSync(join(ROOT, 'examples', example, 'deploy.yaml'), 'utf8');
    const tree = (): Tree => readYaml(text, example)[0]?.value as Tree;

    it(`${example}: accepts it, as validate does`, () => {
      expect(validator(tree()), JSON.stringify(validator.errors)).to.equal(true);
      expect(isValid(text)).to.equal(true);
    });

    for (const [name, spoil] of spoilers) {
      it(`${example}: refuses ${name}, as validate does`, () => {
        const bad = tree();
        spoil(bad);
        expect([validator(bad), isValid(writeYaml(bad))]).to.deep.equal([false, false]);
      });
    }
  }
});
