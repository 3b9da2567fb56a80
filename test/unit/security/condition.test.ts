import { expect } from 'chai';
import type { Condition } from '../../../src/catalog/types.ts';
import {
  because,
  conditionPaths,
  describe as inWords,
  holds,
  type ConditionFacts,
} from '../../../src/security/condition.ts';

const facts = (more: Partial<ConditionFacts> = {}): ConditionFacts => ({
  values: {},
  given: new Set(),
  platform: 'other',
  dominoVersion: undefined,
  ...more,
});

const block = (type: unknown, create?: boolean): Pick<ConditionFacts, 'values'> => ({
  values: { storage_classes: { block: { type, ...(create === undefined ? {} : { create }) } } },
});

const ebs: Condition = {
  all: [
    { path: 'storage_classes.block.type', equals: 'ebs' },
    { path: 'storage_classes.block.create', equals: true },
  ],
};
const notFalse: Condition = { not: { path: 'image_caching.enabled', equals: false } };
const gate: Condition = {
  any: [{ domino: { before: '5.11' } }, { path: 'extended_catalog', equals: true }],
};
const present: Condition = { path: 'autoscaler', present: true };
const oneOf: Condition = { path: 'storage_classes.block.type', in: ['ebs', 'gce'] };
const gke: Condition = { platform: ['gke', 'eks'] };

describe('security/condition', () => {
  const rows: [string, Condition, Partial<ConditionFacts>, boolean, string][] = [
    ['always', { always: true }, {}, true, 'always'],
    ['never', { never: 'an administrator starts it' }, {}, false, 'an administrator starts it'],
    [
      'all: both',
      ebs,
      block('ebs', true),
      true,
      'storage_classes.block.type is ebs and storage_classes.block.create is true',
    ],
    ['all: the first fails', ebs, block('gce', true), false, 'storage_classes.block.type is gce'],
    [
      'all: the second fails',
      ebs,
      block('ebs', false),
      false,
      'storage_classes.block.create is false',
    ],
    [
      'all: the second is absent',
      ebs,
      block('ebs'),
      false,
      'storage_classes.block.create is not set',
    ],
    [
      'a text is not a flag',
      { path: 'a', equals: true },
      { values: { a: 'true' } },
      false,
      'a is true',
    ],
    [
      'null is not false',
      { path: 'a', equals: false },
      { values: { a: null } },
      false,
      'a is not set',
    ],
    [
      'a map is never printed',
      { path: 'a', equals: 'b' },
      { values: { a: { b: 'x' } } },
      false,
      'a is set',
    ],
    [
      'a path through a text',
      { path: 'a.b', equals: 'c' },
      { values: { a: 'c' } },
      false,
      'a.b is not set',
    ],
    [
      'a path through a prototype',
      { path: 'toString.name', equals: 'toString' },
      {},
      false,
      'toString.name is not set',
    ],
    ['not: absent', notFalse, {}, true, 'image_caching.enabled is not set'],
    [
      'not: false',
      notFalse,
      { values: { image_caching: { enabled: false } } },
      false,
      'image_caching.enabled is false',
    ],
    [
      'not: true',
      notFalse,
      { values: { image_caching: { enabled: true } } },
      true,
      'image_caching.enabled is true',
    ],
    ['any: before', gate, { dominoVersion: '5.4' }, true, 'Domino 5.4 is before 5.11'],
    [
      'any: 5.9 is before 5.11',
      gate,
      { dominoVersion: '5.9.3' },
      true,
      'Domino 5.9.3 is before 5.11',
    ],
    [
      'any: 5.11 itself is not',
      gate,
      { dominoVersion: '5.11' },
      false,
      'Domino 5.11 is not before 5.11 and extended_catalog is not set',
    ],
    [
      'any: opened',
      gate,
      { dominoVersion: '6.2.2.catalog-34a6626', values: { extended_catalog: true } },
      true,
      'extended_catalog is true',
    ],
    [
      'any: unknown version is the newest',
      gate,
      {},
      false,
      'the Domino version is not given, so the newest is not before 5.11 and extended_catalog is not set',
    ],
    [
      'since: included',
      { domino: { since: '5.11' } },
      { dominoVersion: '5.11.0' },
      true,
      'Domino 5.11.0 is 5.11 or later',
    ],
    [
      'since: 5.4 is below 5.11',
      { domino: { since: '5.11' } },
      { dominoVersion: '5.4' },
      false,
      'Domino 5.4 is not 5.11 or later',
    ],
    [
      'since: unknown',
      { domino: { since: '5.11' } },
      {},
      true,
      'the Domino version is not given, so the newest is 5.11 or later',
    ],
    [
      'present: the key',
      present,
      { given: new Set(['autoscaler']), values: { autoscaler: {} } },
      true,
      'autoscaler is given',
    ],
    [
      'present: a key below',
      present,
      { given: new Set(['autoscaler.groups']), values: { autoscaler: { groups: [] } } },
      true,
      'autoscaler is given',
    ],
    [
      'present: a longer name',
      present,
      { given: new Set(['autoscaler_x']), values: { autoscaler: {} } },
      false,
      'autoscaler is not given',
    ],
    [
      'present: null',
      present,
      { given: new Set(['autoscaler']), values: { autoscaler: null } },
      false,
      'autoscaler is not given',
    ],
    [
      'present: a default only',
      present,
      { values: { autoscaler: {} } },
      false,
      'autoscaler is not given',
    ],
    [
      'present: false is given',
      { path: 'a', present: true },
      { given: new Set(['a']), values: { a: false } },
      true,
      'a is given',
    ],
    ['in: yes', oneOf, block('gce'), true, 'storage_classes.block.type is gce'],
    ['in: no', oneOf, block('hostpath'), false, 'storage_classes.block.type is hostpath'],
    ['in: not a text', oneOf, block(1), false, 'storage_classes.block.type is 1'],
    ['platform: yes', gke, { platform: 'eks' }, true, 'the platform is eks'],
    ['platform: no', gke, { platform: 'aks' }, false, 'the platform is aks'],
    ['nothing at all', { all: [] }, {}, true, ''],
    ['none of nothing', { any: [] }, {}, false, ''],
    ['not all', { not: ebs }, block('ebs', false), true, 'storage_classes.block.create is false'],
  ];
  for (const [title, condition, more, expected, words] of rows) {
    it(title, () => {
      expect(holds(condition, facts(more))).to.equal(expected);
      expect(because(condition, facts(more))).to.equal(words);
    });
  }

  const texts: [Condition, string][] = [
    [{ always: true }, 'always'],
    [{ never: 'an administrator starts it' }, 'an administrator starts it'],
    [ebs, 'storage_classes.block.type is ebs and storage_classes.block.create is true'],
    [notFalse, 'image_caching.enabled is not false'],
    [{ not: present }, 'autoscaler is not given'],
    [
      { not: ebs },
      'not (storage_classes.block.type is ebs and storage_classes.block.create is true)',
    ],
    [gate, 'the Domino version is before 5.11 or extended_catalog is true'],
    [
      { domino: { since: '5.4', before: '5.6' } },
      'the Domino version is 5.4 or later and before 5.6',
    ],
    [{ domino: {} }, 'the Domino version is any'],
    [oneOf, 'storage_classes.block.type is ebs or gce'],
    [
      { all: [gke, gate] },
      'the platform is gke or eks and (the Domino version is before 5.11 or extended_catalog is true)',
    ],
    [{ all: [{ any: [gke] }] }, 'the platform is gke or eks'],
  ];
  for (const [condition, expected] of texts) {
    it(`says: ${expected}`, () => {
      expect(inWords(condition)).to.equal(expected);
    });
  }

  it('lists the paths that a condition reads, each once', () => {
    expect(
      conditionPaths({ any: [ebs, { not: notFalse }, gate, ebs, gke, present, { never: 'x' }] }),
    ).to.deep.equal([
      'storage_classes.block.type',
      'storage_classes.block.create',
      'image_caching.enabled',
      'extended_catalog',
      'autoscaler',
    ]);
  });
});
