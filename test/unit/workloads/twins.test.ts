import { expect } from 'chai';
import { POD_READING } from '../../../src/audit/shapes.ts';
import { readManifests } from '../../../src/workloads/read-manifests.ts';
import { openSieve } from '../../../src/workloads/sieve/sieve.ts';
import type { PodNames, ReadResult } from '../../../src/workloads/types.ts';
import { byteSource } from '../../helpers/byte-source.ts';

const FILL = 'x'.repeat(1000);

interface Seen {
  result: ReadResult;
  /** Names of the objects that were visited, and of the twins that were taken without. */
  visited: string[];
  taken: PodNames[];
}

/** Every Pod that is visited has twins, unless its name begins with "no-". */
function read(
  items: readonly object[],
  accepts = (_names: PodNames): boolean => true,
  kind = 'List',
): Seen {
  const seen: Omit<Seen, 'result'> = { visited: [], taken: [] };
  let last = '';
  const take = (names: PodNames): boolean => {
    if (accepts(names)) seen.taken.push(names);
    return accepts(names);
  };
  const ofVisited = (): typeof take | undefined => (last.startsWith('no-') ? undefined : take);
  const text = JSON.stringify({ apiVersion: 'v1', kind, items }, null, 4);
  const twins = { reading: POD_READING, ofVisited };
  const result = readManifests(byteSource(text), { twins }, ({ name }) => {
    last = name;
    seen.visited.push(name);
  });
  return { result, ...seen };
}

function pod(name: unknown, more: object = {}, data = FILL): object {
  const entries = Object.entries({ name, ...more }).sort(([a], [b]) => (a < b ? -1 : 1));
  const metadata = Object.fromEntries(entries);
  return { apiVersion: 'v1', data, kind: 'Pod', metadata, spec: { containers: [{ name: 'a' }] } };
}

const many = (count: number, of: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('twins', () => {
  it('are taken without a visit, with their names and their place in the list', () => {
    const owner = { kind: 'ReplicaSet', name: 'web' };
    const more = { namespace: 'b', ownerReferences: [owner] };
    const list = many(200, (index) => pod(`web-${index}`, index === 199 ? more : {}));
    const { result, visited, taken } = read(list);
    expect(visited).to.deep.equal(['web-0']);
    expect(taken).to.have.length(199);
    expect(taken[0]).to.deep.equal({
      name: 'web-1',
      generateName: undefined,
      namespace: undefined,
      owners: [],
      item: 1,
    });
    expect(taken[198]).to.include({ name: 'web-199', namespace: 'b', item: 199 });
    expect(taken[198]?.owners).to.deep.equal([owner]);
    expect(result).to.deep.include({ documents: 1, objects: 200, diagnostics: [] });
  });

  it('are visited where the visitor has no use for them, or refuses one', () => {
    const none = read(many(200, (index) => pod(`no-${index}`)));
    expect(none.visited).to.have.length(200);
    const some = read(
      many(200, (index) => pod(`web-${index}`)),
      ({ name }) => name !== 'web-150',
    );
    expect(some.visited).to.deep.equal(['web-0', 'web-150']);
  });

  const strange: [string, object, object][] = [
    ['name is no text', pod(5), {}],
    ['name is empty', pod(''), {}],
    ['name is absent', pod(undefined), {}],
    ['namespace is no text', pod('odd', { namespace: 7 }), {}],
    ['generateName is no text', pod('odd', { generateName: {} }), {}],
    ['unknown field differs', pod('odd', {}, 'other'), {}],
  ];
  for (const [what, item] of strange) {
    it(`are visited where the ${what}`, () => {
      const list = [...many(100, (index) => pod(`web-${index}`)), item];
      const { visited, result } = read(list);
      expect(visited).to.have.length(2);
      expect(result.objects).to.equal(101);
    });
  }

  it('are not taken where something was reported of the first', () => {
    const odd = (index: number): object => ({ ...pod(`web-${index}`), Spec: {} });
    const { visited, result } = read(many(100, odd));
    expect(visited).to.have.length(100);
    expect(result.diagnostics).to.have.length(100);
  });

  it('are Pods of v1 by their own words', () => {
    const others = [
      { kind: 'Cluster' },
      { apiVersion: 'acme.example/v1' },
      { apiVersion: undefined, kind: undefined },
    ];
    for (const other of others) {
      const list = many(100, (index) => ({ ...pod(`web-${index}`), ...other }));
      expect(read(list, () => true, 'PodList').visited).to.have.length(100);
    }
  });

  it('are no pods in a list that is an item itself', () => {
    const lists = many(100, (index) => ({
      apiVersion: 'v1',
      items: [pod('inner')],
      kind: 'List',
      metadata: { name: `outer-${index}` },
    }));
    const { visited, taken } = read(lists);
    expect(taken).to.deep.equal([]);
    expect(visited).to.deep.equal(lists.map(() => 'inner'));
  });

  it('are told apart even where their numbers are the same', () => {
    const sieve = openSieve(POD_READING)!;
    const known = new Map<number, string>();
    let found: [string, string] | undefined;
    for (let index = 0; found === undefined && index < 2_000_000; index++) {
      const data = String(index);
      sieve.take(0, sieve.buffer.write(JSON.stringify(pod('a', {}, data))));
      const other = known.get(sieve.hash(0));
      if (other !== undefined) found = [other, data];
      known.set(sieve.hash(0), data);
    }
    const [left = '', right = ''] = found ?? [];
    const first = many(100, (index) => pod(`fill-${index}`));
    const { visited } = read([...first, pod('left', {}, left), pod('right', {}, right)]);
    expect(visited).to.deep.equal(['fill-0', 'left', 'right']);
  });

  it('are no longer looked for where they do not pay off', () => {
    const different = many(600, (index) => pod(`no-${index}`));
    const same = many(300, (index) => pod(`same-${index}`));
    const { visited, result } = read([...different, ...same]);
    expect(visited).to.have.length(900);
    expect(result.objects).to.equal(900);
  });

  it('stand in front of and behind what has to be read in the ordinary way', () => {
    const unsorted = { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'odd' }, data: FILL };
    const list = many(300, (index) => (index === 150 ? unsorted : pod(`web-${index}`)));
    const { visited, taken, result } = read(list);
    expect(visited).to.include.members(['web-0', 'odd']);
    expect(visited.length + taken.length).to.equal(300);
    expect(taken.at(-1)).to.include({ name: 'web-299', item: 299 });
    expect(result.objects).to.equal(300);
  });

  it('follow a pod that is longer than what the sieve holds', () => {
    const long = pod('long', {}, 'y'.repeat(600_000));
    const list = [
      ...many(150, (index) => pod(`web-${index}`)),
      long,
      ...many(150, (index) => pod(`x-${index}`)),
    ];
    const { visited, taken } = read(list);
    expect(visited).to.include('long');
    expect(visited.length + taken.length).to.equal(301);
    expect(taken.length).to.be.above(200);
  });
});
