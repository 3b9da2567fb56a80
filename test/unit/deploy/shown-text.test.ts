import { expect } from 'chai';
import { config, read } from './problems.ts';

const CANARY = 'canary-7f3a';

/** Everything that is said of a configuration. */
function said(changes: Record<string, string | null>): string {
  const { diagnostics } = read(config(changes));
  return JSON.stringify(diagnostics);
}

describe('deploy: a secret through an anchor is in no message', () => {
  const helm = `{password: &p ${CANARY}}`;
  const cases: [string, string, Record<string, string | null>][] = [
    [
      'an option said twice',
      'DPS2082',
      {
        helm,
        storage_classes: '{shared: {type: efs, efs: {filesystem_id: "a::b", access_point_id: *p}}}',
      },
    ],
    ['a storage type', 'DPS2022', { helm, storage_classes: '{block: {type: *p}}' }],
    [
      'an SCC',
      'DPS2061',
      {
        internal_docker_registry: `{s3_override: {secret_access_key: &p ${CANARY}}}`,
        pod_security: '{openshift_version: "4.18", openshift: {additional_sccs: [*p]}}',
      },
    ],
  ];
  for (const [title, code, changes] of cases) {
    it(title, () => {
      const text = said(changes);
      expect(text).to.include(code);
      expect(text).to.not.include(CANARY);
    });
  }
});

describe('deploy: a key of any length is shortened', () => {
  const key = 'k'.repeat(100_000);
  const cases: [string, string, Record<string, string | null>][] = [
    ['unknown, at the top', 'DPS2021', { [key]: '1', [`x${key}`]: '2' }],
    ['unknown, an error', 'DPS2020', { pod_security: `{"${key}": 1}` }],
    ['given twice', 'DPS7006', { helm: `{"${key}": 1, "${key}": 2}` }],
  ];
  for (const [title, code, changes] of cases) {
    it(title, () => {
      const found = read(config(changes)).diagnostics.find((entry) => entry.code === code);
      expect(found?.message).to.include(`${'k'.repeat(60)}..."]`);
      expect(found?.message.length).to.be.below(300);
    });
  }

  it('with control characters escaped', () => {
    const { diagnostics } = read(config({ '"a\\u001b[2J\\nb"': '1' }));
    expect(diagnostics[0]?.message).to.include('["a\\u001b[2J\\nb"]');
  });
});
