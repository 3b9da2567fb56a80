import { expect } from 'chai';
import { readManifests } from '../../../src/workloads/read-manifests.ts';
import type { ReadResult } from '../../../src/workloads/types.ts';
import { byteSource } from '../../helpers/byte-source.ts';

const pod = (name: string, extra = {}): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'x"{[\\' }] },
  ...extra,
});

interface Read extends ReadResult {
  ids: string[];
  lines: (number | undefined)[];
}

function read(text: string, piece = Infinity): Read {
  const ids: string[] = [];
  const lines: (number | undefined)[] = [];
  const result = readManifests(byteSource(text, 'f.json', piece), {}, (object) => {
    const { document, item, kind, name, pods } = object;
    ids.push(`${document}.${item ?? '-'} ${kind}/${name} ${pods.length}`);
    lines.push(object.locate(['metadata', 'name'])?.line);
  });
  return { ...result, ids, lines };
}

const codes = ({ diagnostics }: ReadResult): string[] =>
  diagnostics.map(
    ({ code, location }) => `${code} ${location?.line ?? 0}:${location?.column ?? 0}`,
  );

/** Far more than one batch. */
const MANY = 1000;
const many = Array.from({ length: MANY }, (_, at) =>
  pod(`p${at}`, { status: { text: 'ä: {"'.repeat(20) } }),
);
const expectedIds = many.map((_, at) => `1.${at} Pod/p${at} 1`);

describe('JSON manifests', () => {
  it('reads one object, several, and a small List', () => {
    expect(read(JSON.stringify(pod('a'))).ids).to.deep.equal(['1.- Pod/a 1']);
    const several = read(`${JSON.stringify(pod('a'))}${JSON.stringify(pod('b'), null, 2)}\n`);
    expect(several.ids).to.deep.equal(['1.- Pod/a 1', '2.- Pod/b 1']);
    expect(codes(several)).to.deep.equal([`DPS7010 1:${JSON.stringify(pod('a')).length + 1}`]);
    const list = read(
      JSON.stringify({ apiVersion: 'v1', items: [pod('a'), pod('b')], kind: 'List' }),
    );
    expect(list.ids).to.deep.equal(['1.0 Pod/a 1', '1.1 Pod/b 1']);
  });

  const list = { apiVersion: 'v1', items: many, kind: 'List', metadata: { resourceVersion: '' } };
  const uneven = JSON.stringify(list, null, 4).replace(
    /\n {12}"spec": \{/g,
    '\n        "spec": {\n        "a": {\n        },',
  );
  const layouts: [string, string, number][] = [
    ['as kubectl prints it', JSON.stringify(list, null, 4), 4],
    ['with tabs', JSON.stringify(list, null, '\t'), 4],
    ['with Windows line ends', JSON.stringify(list, null, 2).replaceAll('\n', '\r\n'), 4],
    ['on one line', JSON.stringify(list), 0],
    [
      'with a kind in front',
      JSON.stringify({ kind: 'List', apiVersion: 'v1', items: many }, null, 1),
      4,
    ],
    ['with misleading indentation', uneven, 4],
    [
      'an item a line',
      `{"kind":"List","apiVersion":"v1","items":[\n${many.map((item) => JSON.stringify(item)).join(',\n')}\n]}`,
      0,
    ],
    ['as an array', JSON.stringify(many, null, 2), 4],
    ['behind a byte order mark', `\ufeff${JSON.stringify(list, null, 4)}`, 4],
  ];
  for (const [title, text] of layouts) {
    it(`reads a big List ${title}`, () => {
      const found = read(text);
      expect(found.diagnostics).to.deep.equal([]);
      expect(found.ids).to.deep.equal(expectedIds);
      const lines = text.split('\n');
      expect(found.lines).to.deep.equal(
        many.map((_, at) => lines.findIndex((line) => line.includes(`"p${at}"`)) + 1),
      );
      expect([found.documents, found.objects]).to.deep.equal([1, MANY]);
    });
  }

  it('reads a big List in small pieces', () => {
    expect(read(JSON.stringify(list, null, 4), 1013).ids).to.deep.equal(expectedIds);
  });

  it('reads items far bigger than a batch', () => {
    const big = pod('big', { status: { text: 'x'.repeat(3_000_000) } });
    const text = JSON.stringify(
      { kind: 'List', apiVersion: 'v1', items: [pod('a'), big, pod('b')] },
      null,
      4,
    );
    expect(read(text).ids).to.deep.equal(['1.0 Pod/a 1', '1.1 Pod/big 1', '1.2 Pod/b 1']);
  });

  it('finds pods in items whose kind comes behind them', () => {
    const items = many.map(({ metadata, spec, status }) => ({ metadata, spec, status }));
    const found = read(JSON.stringify({ items, kind: 'PodList', apiVersion: 'v1' }));
    expect(found.ids.slice(0, 2)).to.deep.equal(['1.0 /p0 1', '1.1 /p1 1']);
    expect(found.ids.length).to.equal(MANY);
  });

  it('reports a broken big List and keeps what came before', () => {
    const text = JSON.stringify(list, null, 4);
    const found = read(`${text.slice(0, text.indexOf('"p900"'))}"p900" oops`);
    expect(found.ids.length).to.be.within(800, 900);
    expect(found.diagnostics.map(({ code }) => code)).to.deep.equal(['DPS7013']);
  });

  it('reports duplicate keys with their places, also in big Lists', () => {
    const small = read('{"apiVersion":"v1","kind":"Pod","kind":"Pod","metadata":{"name":"a"}}');
    expect(codes(small)).to.deep.equal(['DPS7006 1:34']);
    const text = JSON.stringify(list, null, 4).replace(
      '"name": "p700"',
      '"name": "x",\n"name" : "p700"',
    );
    const line = text.split('\n').findIndex((entry) => entry.includes('"name" :')) + 1;
    const found = read(text);
    expect(codes(found)).to.deep.equal([`DPS7006 ${line}:2`]);
    expect(found.ids).to.deep.equal(expectedIds);
  });

  it('reads text behind JSON, flow mappings and templates as YAML', () => {
    const one = JSON.stringify(pod('a'));
    const mixed = read(`${one}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n`);
    expect(mixed.ids).to.deep.equal(['1.- Pod/a 1', '2.- Pod/b 0']);
    expect(read('{apiVersion: v1, kind: Pod, metadata: {name: a}}').ids).to.deep.equal([
      '1.- Pod/a 0',
    ]);
    expect(codes(read('{{- if .x }}\na: b\n{{- end }}\n'))).to.deep.equal(['DPS7002 1:1']);
    expect(codes(read('{"a": '))).to.deep.equal(['DPS7001 1:7']);
  });
});
