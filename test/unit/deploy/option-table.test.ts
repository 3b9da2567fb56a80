import Ajv2020 from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployJsonSchema } from '../../../src/deploy/json-schema.ts';
import { optionTable } from '../../../src/deploy/option-table.ts';
import { knownAt } from '../../../src/deploy/option-tree.ts';
import { readYaml } from '../../../src/yaml/read.ts';
import { config, read } from './problems.ts';

describe('option table', () => {
  it('has each path once', () => {
    const paths = optionTable.map((row) => row.path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).to.deep.equal([]);
  });

  it('says everything in sentences', () => {
    for (const row of optionTable) {
      expect(row.description, row.path).to.match(/^.+\.$/);
      expect(row.effect, row.path).to.match(/^.+\.$/);
      if (row.question) expect(row.question.ask, row.path).to.match(/^[A-Z].*\?$/);
    }
  });

  it('moves old forms to rows that exist, or to keys of the installer', () => {
    for (const row of optionTable) {
      if (row.movedTo?.startsWith('helm.') || row.movedTo?.startsWith('ingress_controller.'))
        continue;
      if (row.movedTo) expect(knownAt(row.movedTo.split('.')), row.path).not.to.equal(undefined);
    }
  });
});

describe('JSON Schema', () => {
  const schema = deployJsonSchema();
  const accepts = new Ajv2020.default({ strict: false }).compile(schema);

  it('is the file in schemas/', () => {
    const path = join(import.meta.dirname, '../../../schemas/deploy.schema.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).to.deep.equal(schema);
  });

  it('describes, gives examples, and marks secrets', () => {
    const text = JSON.stringify(schema);
    for (const row of optionTable)
      expect(text, row.path).to.contain(JSON.stringify(row.description).slice(1, -1));
    const key = knownSchema(['monitoring', 'newrelic', 'license_key']);
    expect(key).to.deep.equal({ description: 'The licence key of New Relic.', writeOnly: true });
  });

  const eks = (rest: string): Record<string, string> => ({
    pod_security: `{platform: eks, ${rest}}`,
  });
  const cases: readonly [name: string, changes: Record<string, string | null>, verdict: boolean][] =
    [
      ['a quiet file', {}, true],
      ['unknown key of the top', { new_thing: '1' }, true],
      ['unknown key in schema 1.4', { schema: '"1.4"', version: '5.7.0', new_thing: '1' }, false],
      [
        'unknown key in schema 1.0 as a number',
        { schema: '1.0', version: '5.2.1', new_thing: '1' },
        false,
      ],
      ['unknown key in a strict section', { istio: '{ambient: true}' }, false],
      ['wrong type', { gpu: '{enabled: 1}' }, false],
      ['empty section', { gpu: '' }, true],
      ['short namespace', { namespaces: '{platform: a, compute: b, system: c}' }, true],
      ['bad namespace', { namespaces: '{platform: A, compute: b, system: c}' }, false],
      [
        'boolean label',
        { namespaces: '{platform: {labels: {a: true}}, compute: b, system: c}' },
        false,
      ],
      ['both registries', { external_docker_registry: 'r.example' }, false],
      ['no registry', { internal_docker_registry: null }, false],
      ['PSP on with 1.25', eks('kubernetes_version: "1.25", psp: on'), false],
      ['PSP on with 1.24', eks('kubernetes_version: "1.24", psp: on'), true],
      [
        'policies created with 1.25',
        {
          ...eks('kubernetes_version: "1.25"'),
          schema: '"1.0"',
          version: '5.2.1',
          enable_pod_security_policies: 'true',
        },
        false,
      ],
      [
        'remapping',
        {
          pod_security:
            '{platform: openshift, openshift_version: "4.18", openshift: {uid_remapping: true}}',
        },
        false,
      ],
      [
        'read-only root',
        eks('kubernetes_version: "1.33", require_read_only_root_filesystem: true'),
        false,
      ],
      ['OpenShift version on EKS', eks('openshift_version: "4.18"'), false],
      ['both Domino versions', eks('kubernetes_version: "1.33", domino_version: 6.2.0'), false],
      [
        'distribution against platform',
        {
          ...eks('kubernetes_version: "1.24", psp: off'),
          schema: '"1.0"',
          version: '5.2.1',
          kubernetes_distribution: 'openshift',
        },
        false,
      ],
      [
        'exception without reason',
        eks(
          'kubernetes_version: "1.33", exceptions: [{namespace: a, kind: Pod, name: b, rule: c}]',
        ),
        false,
      ],
      [
        'exception with an impossible day',
        eks(
          'kubernetes_version: "1.33", exceptions: [{namespace: a, kind: Pod, name: b, rule: c, reason: d, expires: "2025-02-29"}]',
        ),
        false,
      ],
    ];
  for (const [name, changes, verdict] of cases) {
    it(`${name}: ${verdict ? 'taken' : 'refused'}, as by the parser`, () => {
      const text = config(changes);
      expect(read(text).options !== undefined, 'parser').to.equal(verdict);
      expect(accepts(readYaml(text, 'f')[0]?.value), 'schema').to.equal(verdict);
    });
  }

  function knownSchema(path: readonly string[]): unknown {
    let node: Record<string, unknown> = schema;
    for (const key of path) {
      const parts = (node.anyOf as Record<string, unknown>[] | undefined) ?? [node];
      const section = parts.find((part) => part.properties !== undefined);
      node = (section?.properties as Record<string, Record<string, unknown>>)[key] ?? {};
    }
    return node;
  }
});
