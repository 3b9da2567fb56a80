import { expect } from 'chai';
import { POD_READING } from '../../../src/audit/shapes.ts';
import { openSieve } from '../../../src/workloads/sieve/sieve.ts';
import { writeTable } from '../../../src/workloads/sieve/table.ts';

const sieve = openSieve(POD_READING)!;

function take(text: string): number {
  return sieve.take(0, sieve.buffer.write(text));
}

function rest(text: string): unknown {
  expect(take(text), text).to.equal(1);
  return JSON.parse(Buffer.from(sieve.rest(0)).toString()) as unknown;
}

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('the sieve of big lists', () => {
  const values = [
    ...[
      '0',
      '-0',
      '10',
      '-1.5',
      '1e5',
      '1E+05',
      '12.25e-3',
      'true',
      'false',
      'null',
      '""',
      '[]',
      '{}',
    ],
    ...['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Ff"', '"é\u2028"', '[1, 2,\t3]', '{ "a" : 1 , "b" : [ ] }'],
    ...[`"${'long '.repeat(20)}"`, '12345678901234567890', deep(40)],
  ];
  for (const value of values) {
    it(`takes ${value.slice(0, 40)}`, () => {
      const text = `{"a":${value}}`;
      expect(rest(text)).to.deep.equal(JSON.parse(text));
    });
  }

  const refused = [
    ...['01', '1.', '.5', '-', '1e', '1e+', '+1', '0x1', '1_0', 'nul', 'nulll', 'True', 'NaN', ''],
    ...['"', '"\\x"', '"\\u00g1"', '"\\u12"', '"a\nb"', '"a\tb"', '"\u0000"', "'a'", '"a" "b"'],
    ...['[1,]', '[,1]', '[1 2]', '[1}', '{"a":1]', '{"a":1,}', '{,}', '{"a"}', '{"a" 1}', '{a:1}'],
    ...[
      '{1:2}',
      '\u00a01',
      '\ufeff1',
      '1 // no',
      deep(60),
      deep(40).slice(0, -1),
      `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`,
    ],
  ];
  for (const value of refused) {
    it(`refuses ${JSON.stringify(value.slice(0, 40))}`, () => {
      expect(take(`{"a":${value}}`)).to.equal(0);
      expect(take(`{"a":1},{"a":${value}}`)).to.equal(1);
    });
  }

  const doubtful: [string, string][] = [
    ['a key that stands twice', '{"a":1,"a":2}'],
    ['a key that stands twice in what is not read', '{"status":{"a":{"b":1,"b":2}}}'],
    ['keys out of order, which could stand twice', '{"b":1,"c":2,"a":3}'],
    ['a longer key in front of its beginning', '{"ab":1,"a":2}'],
    ['a key with an escape that could be written otherwise', '{"stat\\u0075s":1}'],
    ['a key with an escaped slash', '{"a\\/b":1}'],
    ['a container that is no object', '{"spec":{"containers":[{},"a"]}}'],
    ['a volume that is no object', '{"spec":{"volumes":[["emptyDir"]]}}'],
    ['an item that is no object', '[1]'],
    ['the end in the middle', '{"a":{"b":1}'],
  ];
  for (const [what, text] of doubtful) {
    it(`leaves ${what} to the ordinary way`, () => {
      expect(take(text)).to.equal(0);
    });
  }

  const pod = (spec: string): string => `{"spec":{${spec}}}`;
  const kept: [string, string, unknown][] = [
    ['a key with quotes', '{"\\"a\\"":1,"\\\\":2}', { '"a"': 1, '\\': 2 }],
    [
      'no fields of a pod',
      pod('"hostPID":true,"hostname":"a","nodeName":"b"'),
      { spec: { hostPID: true } },
    ],
    ['a spec that is a list', '{"spec":[{"nodeName":"a"}]}', { spec: [{ nodeName: 'a' }] }],
    [
      'containers that are no list',
      pod('"containers":{"image":"a"}'),
      { spec: { containers: { image: 'a' } } },
    ],
    [
      'no fields of containers',
      pod('"initContainers":[{"image":"a","name":"b"}]'),
      { spec: { initContainers: [{ name: 'b' }] } },
    ],
    [
      'the type of a plain volume',
      pod('"volumes":[{"name":"a","secret":{"x":1}},{"emptyDir":{}}]'),
      { spec: { volumes: ['secret', 'emptyDir'] } },
    ],
    [
      'a volume whose name is no text',
      pod('"volumes":[{"name":1,"secret":{}}]'),
      { spec: { volumes: [{ name: 1, secret: {} }] } },
    ],
    [
      'a volume whose source is no object',
      pod('"volumes":[{"name":"a","secret":1}]'),
      { spec: { volumes: [{ name: 'a', secret: 1 }] } },
    ],
    [
      'a volume of two sources',
      pod('"volumes":[{"hostPath":{"path":"/"},"name":"a","secret":{}}]'),
      { spec: { volumes: [{ hostPath: { path: '/' }, name: 'a', secret: {} }] } },
    ],
    [
      'a volume of two plain sources',
      pod('"volumes":[{"emptyDir":{},"secret":{}}]'),
      { spec: { volumes: [{ emptyDir: {}, secret: {} }] } },
    ],
    [
      'annotations that are read',
      '{"metadata":{"annotations":{"a":"1","b":2,"seccomp":"c","x.apparmor/y":"d"}}}',
      { metadata: { annotations: { b: 2, seccomp: 'c', 'x.apparmor/y': 'd' } } },
    ],
    [
      'nothing of the status',
      '{"kind":"Pod","status":{"spec":{"containers":[1]}}}',
      { kind: 'Pod' },
    ],
  ];
  for (const [what, text, expected] of kept) {
    it(`keeps ${what}`, () => {
      expect(rest(text)).to.deep.equal(expected);
    });
  }

  it('sets aside what names a pod', () => {
    const owner = '{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"c","uid":"d"}';
    const text = `{"metadata":{"generateName":"a-","name":"\\u0061","namespace":"b","ownerReferences":[${owner}],"uid":"e"}}`;
    expect(rest(text)).to.deep.equal({ metadata: {} });
    expect(JSON.parse(sieve.names(0))).to.deep.equal({
      generateName: 'a-',
      name: 'a',
      namespace: 'b',
      ownerReferences: [{ kind: 'ReplicaSet', name: 'c' }],
    });
  });

  it('tells where each item stands', () => {
    expect(take('{"a":\n  1}\n ,\n   {"b":2}, {}x')).to.equal(3);
    expect(sieve.start(0)).to.deep.equal({ offset: 0, lines: 0, column: 1 });
    expect(sieve.end(0)).to.deep.equal({ offset: 10, lines: 1, column: 5 });
    expect(sieve.start(1)).to.deep.equal({ offset: 17, lines: 3, column: 4 });
    expect(sieve.start(2)).to.deep.equal({ offset: 26, lines: 3, column: 13 });
    expect(sieve.isRest(2, Buffer.from('{}'))).to.equal(true);
    expect(sieve.isRest(1, Buffer.from('{}'))).to.equal(false);
  });

  it('reads from the given place to the given place, and changes nothing there', () => {
    const text = 'x{"a":1},{"a":2}';
    const end = sieve.buffer.write(text);
    expect(sieve.take(1, end)).to.equal(2);
    expect(sieve.take(1, end - 1)).to.equal(1);
    expect(sieve.take(9, end)).to.equal(1);
    expect(sieve.buffer.toString('utf8', 0, end)).to.equal(text);
  });

  it('takes as much as its memory holds, and no more', () => {
    const { length } = sieve.buffer;
    const item = '{"a":1},';
    sieve.buffer.fill(item);
    expect(sieve.take(0, length)).to.equal(1024);
    sieve.buffer.fill(`{"a":"${'x'.repeat(length)}`);
    expect(sieve.take(0, length)).to.equal(0);
    sieve.buffer.write('"}', length - 2);
    expect(sieve.take(0, length)).to.equal(1);
    expect(sieve.rest(0)).to.have.length(length);
    sieve.buffer.fill('[').write('{"a":');
    expect(sieve.take(0, length)).to.equal(0);
  });

  it('says when a name does not fit into its table', () => {
    const reading = { ...POD_READING, pod: new Set(['x'.repeat(40)]) };
    const write = (): void => {
      writeTable(Buffer.alloc(8192), reading, (name) => (name === 'ENTRY_BYTES' ? 40 : 7));
    };
    expect(write).to.throw(RangeError, 'too long');
  });
});
