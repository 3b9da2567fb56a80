import { expect } from 'chai';
import fc from 'fast-check';
import { POD_READING } from '../../src/audit/shapes.ts';
import { openSieve } from '../../src/workloads/sieve/sieve.ts';
import { construct } from '../../src/yaml/construct.ts';
import { parseEvents } from '../../src/yaml/js-yaml.ts';

const sieve = openSieve(POD_READING)!;
type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries that `keep` wants; what it returns stands for their values. */
function picked(value: unknown, keep: (key: string, value: unknown) => unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, keep(key, entry)] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}

const NAMES = ['name', 'namespace', 'generateName', 'ownerReferences'];
const OF_NOBODY = [
  ...['creationTimestamp', 'generation', 'labels', 'managedFields'],
  ...['resourceVersion', 'selfLink', 'uid'],
];
const OF_OWNERS = ['apiVersion', 'blockOwnerDeletion', 'controller', 'uid'];

/** What must be left of an item, written without the program that is tested. */
function restOf(item: unknown): unknown {
  return picked(item, (key, value) => {
    if (key === 'status') return undefined;
    if (key === 'spec') return picked(value, specField);
    return key === 'metadata' ? picked(value, metadataField) : value;
  });
}

function metadataField(key: string, value: unknown): unknown {
  if (NAMES.includes(key) || OF_NOBODY.includes(key)) return undefined;
  if (key !== 'annotations') return value;
  return picked(value, (name, entry) =>
    typeof entry !== 'string' || /apparmor|seccomp|userns/.test(name) ? entry : undefined,
  );
}

function specField(key: string, value: unknown): unknown {
  if (POD_READING.pod.has(key)) return undefined;
  if (!Array.isArray(value)) return value;
  if (key === 'volumes') return value.map(volume);
  if (!['containers', 'initContainers', 'ephemeralContainers'].includes(key)) return value;
  return value.map((entry) =>
    picked(entry, (name, field) => (POD_READING.container.has(name) ? undefined : field)),
  );
}

/** The type alone, where it is plain. */
function volume(value: unknown): unknown {
  const entries = Object.entries(isObject(value) ? value : {});
  const others = entries.filter(([key, entry]) => key !== 'name' || typeof entry !== 'string');
  const [[source, content] = ['', undefined]] = others;
  const isPlain = others.length === 1 && POD_READING.volumes.has(source) && isObject(content);
  return isPlain ? source : value;
}

function namesOf(item: unknown): unknown {
  const metadata = isObject(item) ? item.metadata : undefined;
  return picked(isObject(metadata) ? metadata : {}, (key, value) => {
    if (!NAMES.includes(key)) return undefined;
    if (key !== 'ownerReferences' || !Array.isArray(value)) return value;
    return value.map((owner) =>
      picked(owner, (name, entry) => (OF_OWNERS.includes(name) ? undefined : entry)),
    );
  });
}

const scalars = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5e-7, -2.25, 1e21, '', 'a', 'web'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
);
/** No key `\` beside `"`: JSON.parse of Node 24 takes the second for the first, once it has seen that. */
const keyed = (keys: readonly string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.dictionary(fc.constantFrom(...keys, 'other', 'a', 'ab', '"', ''), value, {
    maxKeys: 6,
  });
const anything = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }), keyed(['b'], scalars));
const list = (entry: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: fc.array(entry, { maxLength: 3 }) }, anything);

const annotations = keyed(
  ['checksum/config', 'x.apparmor.y/web', 'seccomp', 'userns-mode', 'appArmor'],
  fc.oneof({ weight: 3, arbitrary: fc.string() }, anything),
);
const metadata = fc.record(
  {
    name: scalars,
    namespace: scalars,
    generateName: anything,
    ownerReferences: list(keyed(['kind', 'name', ...OF_OWNERS], anything)),
    annotations: fc.oneof(annotations, anything),
    labels: anything,
    uid: anything,
    finalizers: anything,
  },
  { requiredKeys: [] },
);
const containers = list(
  fc.oneof(keyed(['name', 'securityContext', ...POD_READING.container], anything), anything),
);
const volumes = list(
  fc.oneof(keyed(['name', 'hostPath', ...POD_READING.volumes], anything), keyed(['name'], scalars)),
);
const spec = fc.record(
  {
    containers,
    initContainers: containers,
    ephemeralContainers: containers,
    volumes,
    nodeName: anything,
    tolerations: anything,
    securityContext: anything,
    hostNetwork: scalars,
  },
  { requiredKeys: [] },
);
const items = fc.record(
  {
    apiVersion: scalars,
    kind: scalars,
    metadata: fc.oneof({ weight: 5, arbitrary: metadata }, anything),
    spec: fc.oneof({ weight: 5, arbitrary: spec }, anything),
    status: anything,
    data: anything,
  },
  { requiredKeys: [] },
);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const order = (key: string): Buffer => Buffer.from(JSON.stringify(key));
  const entries = Object.entries(value).sort(([a], [b]) => order(a).compare(order(b)));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}

function taken(text: string): number {
  const end = sieve.buffer.write(text);
  return sieve.take(0, end);
}

const parsed = (text: string): unknown => JSON.parse(text) as unknown;
const rest = (item: number): unknown => parsed(Buffer.from(sieve.rest(item)).toString());

/** Every item that is taken must be JSON without a key that stands twice, and taken apart as it should. */
function check(text: string, count: number): void {
  const bytes = Buffer.from(text);
  for (let item = 0; item < count; item++) {
    const { start, end } = { start: sieve.start(item), end: sieve.end(item) };
    const own = bytes.subarray(start.offset, end.offset).toString();
    const value = parsed(own);
    expect(construct(parseEvents(own, {}), own).duplicates, own).to.deep.equal([]);
    expect(rest(item), own).to.deep.equal(restOf(value));
    expect(parsed(sieve.names(item)), own).to.deep.equal(namesOf(value));
    for (const place of [start, end]) {
      const before = bytes.subarray(0, place.offset).toString('latin1').split('\n');
      expect([place.lines, place.column]).to.deep.equal([
        before.length - 1,
        before[before.length - 1]!.length + 1,
      ]);
    }
  }
}

const RUNS = Number(process.env.RUNS ?? 500);
const spaces = fc.constantFrom<string | number>(4, 2, 0, '\t', '                  ');
const holdsOdd = (value: unknown): boolean =>
  /\\(?!["\\])/.test(
    Object.keys(isObject(value) ? value : {})
      .map((key) => JSON.stringify(key))
      .join(),
  );

describe('the sieve', () => {
  it('takes apart every item whose keys are in order', () => {
    fc.assert(
      fc.property(
        fc.array(items.map(sorted), { minLength: 1, maxLength: 4 }),
        spaces,
        (all, space) => {
          const text = all.map((item) => JSON.stringify(item, null, space)).join(' ,\n ');
          const isDoubtful = all.some((item) => holdsStrangers(item) || holdsOdd(item));
          const count = taken(text);
          if (!isDoubtful) expect(count, text).to.equal(all.length);
          check(text, count);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('takes nothing that is not beyond doubt', () => {
    const pieces = [
      ...['', '"', '\\', '{', '}', '[', ']', ',', ':', ' ', '\n', '\t', '\u0000', '\ufeff', 'é'],
      ...[
        '0',
        '01',
        '-',
        '.5',
        '1.',
        '1e',
        '1e+',
        'nul',
        'true',
        'False',
        '"a":1,',
        '"a":1,"a":1,',
      ],
      ...[
        '\\u0061',
        '\\u00g1',
        '\\x',
        '\\/',
        '{}',
        '[]',
        '[1,]',
        '{"a":1,}',
        '},{',
        '"status":{},',
      ],
    ];
    const change = fc.record({ at: fc.nat(), cut: fc.nat(3), piece: fc.constantFrom(...pieces) });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(items.map(sorted), items, changes, spaces, (first, second, all, space) => {
        let text = [first, second].map((item) => JSON.stringify(item, null, space)).join(',');
        for (const { at, cut, piece } of all) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + piece + text.slice(place + cut);
        }
        check(text, taken(text));
      }),
      { numRuns: RUNS * 4 },
    );
  });
});

/** Lists in which an entry is no object are left to the ordinary way. */
function holdsStrangers(item: unknown): boolean {
  const fields = isObject(item) && isObject(item.spec) ? item.spec : {};
  const lists = [
    fields.containers,
    fields.initContainers,
    fields.ephemeralContainers,
    fields.volumes,
  ];
  return lists.some((entries) => Array.isArray(entries) && !entries.every(isObject));
}
