import { expect } from 'chai';
import { readManifests } from '../../../src/workloads/read-manifests.ts';
import type { ManifestObject, ReadOptions, ReadResult } from '../../../src/workloads/types.ts';
import { byteSource } from '../../helpers/byte-source.ts';

interface Read extends ReadResult {
  seen: ManifestObject[];
}

function read(text: string, options: ReadOptions = {}, piece = Infinity): Read {
  const seen: ManifestObject[] = [];
  const result = readManifests(byteSource(text, 'f.yaml', piece), options, (object) => {
    seen.push(object);
  });
  return { ...result, seen };
}

const ids = ({ seen }: Read): string[] =>
  seen.map(
    ({ document, item, kind, name }) =>
      `${document}${item === undefined ? '' : `.${item}`} ${kind}/${name}`,
  );
const codes = ({ diagnostics }: ReadResult): string[] =>
  diagnostics.map(
    ({ code, severity, location }) =>
      `${code} ${severity} ${location?.line ?? 0}:${location?.column ?? 0}`,
  );

const object = (kind: string, name: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

describe('readManifests', () => {
  it('describes an object', () => {
    const text = `---
# Source: chart/templates/a.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: domino-platform
  labels: {app: web, num: 1}
  annotations:
    helm.sh/hook: pre-install, post-upgrade
  ownerReferences:
  - {kind: Domino, name: d, apiVersion: x/v1}
spec:
  template:
    metadata: {labels: {a: b}}
    spec:
      initContainers: [{name: i}, {name: s, restartPolicy: Always}]
      containers: [{name: c}, {image: x}]
      ephemeralContainers: [{name: e}]
`;
    const found = read(text).seen[0]!;
    const { pods, labels, annotations } = found;
    const apart = ['value', 'locate', 'text', 'pods', 'labels', 'annotations'];
    const rest = Object.fromEntries(Object.entries(found).filter(([key]) => !apart.includes(key)));
    expect(rest).to.deep.equal({
      file: 'f.yaml',
      document: 1,
      base: [],
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: 'domino-platform',
      source: 'chart/templates/a.yaml',
      hooks: ['pre-install', 'post-upgrade'],
      owners: [{ kind: 'Domino', name: 'd' }],
      duplicates: [],
      notices: [],
    });
    expect({ ...labels }).to.deep.equal({ app: 'web', num: '1' });
    expect({ ...annotations }).to.deep.equal({ 'helm.sh/hook': 'pre-install, post-upgrade' });
    expect(
      pods.map(({ path, specPath, metadata }) => ({ path, specPath, metadata })),
    ).to.deep.equal([
      {
        path: ['spec', 'template'],
        specPath: ['spec', 'template', 'spec'],
        metadata: { labels: { a: 'b' } },
      },
    ]);
    expect(
      pods[0]?.containers.map(({ name, type, index, path }) => [name, type, index, path.slice(3)]),
    ).to.deep.equal([
      ['i', 'init', 0, ['initContainers', 0]],
      ['s', 'sidecar', 1, ['initContainers', 1]],
      ['c', 'container', 0, ['containers', 0]],
      ['', 'container', 1, ['containers', 1]],
      ['e', 'ephemeral', 0, ['ephemeralContainers', 0]],
    ]);
  });

  it('reads documents, skips what is no workload, counts both', () => {
    const text = `${object('ConfigMap', 'a')}---\n${object('Pod', 'b')}---\n# empty\n---\n${object('Namespace', 'c')}`;
    const found = read(text);
    expect(ids(found)).to.deep.equal(['2 Pod/b', '4 Namespace/c']);
    expect([found.documents, found.skipped, found.objects]).to.deep.equal([4, 1, 2]);
    expect(ids(read(text, { skip: false }))).to.deep.equal([
      '1 ConfigMap/a',
      '2 Pod/b',
      '4 Namespace/c',
    ]);
  });

  it('reads the same in pieces of any size', () => {
    const text = `${object('Pod', 'a')}---\n${object('Secret', 's')}---  # c\n${object('Pod', 'b')}`;
    const whole = ids(read(text));
    expect(whole).to.deep.equal(['1 Pod/a', '3 Pod/b']);
    for (const piece of [1, 2, 3, 7, 50]) expect(ids(read(text, {}, piece))).to.deep.equal(whole);
  });

  it('finds lines behind skipped documents', () => {
    const { seen } = read(`${object('ConfigMap', 'a')}---\n${object('Pod', 'b')}`);
    expect(seen[0]?.locate(['metadata', 'name'])).to.deep.equal({
      file: 'f.yaml',
      line: 9,
      column: 9,
      endLine: 9,
      endColumn: 10,
    });
  });

  it('reads on behind a broken document', () => {
    const found = read(
      `${object('Pod', 'a')}---\na: [\n---\n${object('Pod', 'b')}--- x\n${object('Pod', 'c')}`,
    );
    expect(ids(found)).to.deep.equal(['1 Pod/a', '3 Pod/b', '4 Pod/c']);
    expect(codes(found)).to.deep.equal(['DPS7001 error 7:1', 'DPS7005 error 12:1']);
  });

  it('refuses a separator with content as the first line too', () => {
    const found = read(`--- {kind: Pod}\n${object('Pod', 'a')}`);
    expect(codes(found)).to.deep.equal(['DPS7005 error 1:1']);
    expect(ids(found)).to.deep.equal(['1 Pod/a']);
  });

  it('notes what is no manifest', () => {
    const found = read('a: 1\n---\njust text\n---\napiVersion: v2\nname: chart\n---\n- 1\n');
    expect(found.objects).to.equal(0);
    expect(codes(found)).to.deep.equal([
      'DPS7011 note 1:1',
      'DPS7011 note 3:1',
      'DPS7011 note 5:1',
      'DPS7011 note 8:3',
    ]);
  });

  it('reads a pod that names no apiVersion, and says so', () => {
    const spec = 'spec: {containers: [{name: c, image: x}]}\n';
    const found = read(
      `kind: Pod\nmetadata: {name: a}\n${spec}---\nkind: DaemonSet\nimage: x\n---\nkind: Job\napiVersion: ""\nspec: {template: {${spec.trim()}}}\n`,
    );
    expect(ids(found)).to.deep.equal(['1 Pod/a', '3 Job/']);
    expect(codes(found)).to.deep.equal([
      'DPS7015 warning 1:7',
      'DPS7011 note 5:1',
      'DPS7015 warning 8:7',
    ]);
    expect(found.seen.map(({ pods }) => pods.map(({ specPath }) => specPath))).to.deep.equal([
      [['spec']],
      [['spec', 'template', 'spec']],
    ]);
  });

  it('reports duplicates: a warning, an error inside a securityContext', () => {
    const text = `${object('Pod', 'a')}spec:\n  hostPID: true\n  hostPID: false\n  containers:\n  - name: c\n    securityContext: {privileged: true, privileged: false}\n`;
    const found = read(text);
    expect(codes(found)).to.deep.equal(['DPS7006 warning 7:3', 'DPS7006 error 10:41']);
    expect(found.seen[0]?.duplicates.map(({ path }) => path.at(-1))).to.deep.equal([
      'hostPID',
      'privileged',
    ]);
  });

  it('gives items of a List their own duplicates and places', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- apiVersion: v1\n  kind: Pod\n  kind: Pod\n  metadata: {name: b}\n';
    const found = read(text);
    expect(ids(found)).to.deep.equal(['1.0 Pod/a', '1.1 Pod/b']);
    expect(found.seen.map(({ duplicates }) => duplicates.map(({ path }) => path))).to.deep.equal([
      [],
      [['kind']],
    ]);
    expect(found.seen[1]?.locate(['metadata', 'name'])?.line).to.equal(8);
  });

  it('takes the kind of items from their List, flattens Lists in Lists, and reads what has items and is none', () => {
    const inner = '{apiVersion: v1, kind: PodList, items: [{metadata: {name: a}}]}';
    expect(ids(read(`apiVersion: v1\nkind: List\nitems: [${inner}]\n`))).to.deep.equal([
      '1.0 Pod/a',
    ]);
    expect(ids(read(`${object('Pod', 'p')}items: [${inner}]\n`))).to.deep.equal([
      '1.0 Pod/a',
      '1 Pod/p',
    ]);
    expect(read('apiVersion: v1\nkind: List\n').diagnostics).to.deep.equal([]);
  });

  it('reads the pods in the items of a custom resource once, as the items', () => {
    const pod =
      '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: i}]}}';
    const own = 'spec: {template: {spec: {containers: [{name: d, image: i}]}}}\n';
    const found = read(
      `apiVersion: x.io/v1\nkind: Foo\nmetadata: {name: f}\n${own}items: [${pod}]\n`,
    );
    expect(ids(found)).to.deep.equal(['1.0 Pod/a', '1 Foo/f']);
    expect(found.seen.map(({ pods }) => pods.map(({ specPath }) => specPath))).to.deep.equal([
      [['spec']],
      [['spec', 'template', 'spec']],
    ]);
    const half = read(
      `apiVersion: x.io/v1\nkind: Foo\nitems:\n- {apiVersion: v1, ${own.trim()}}\n`,
    );
    expect(half.seen.map(({ pods }) => pods.length)).to.deep.equal([1]);
    const kind = read(`apiVersion: x.io/v1\nkind: Foo\nitems:\n- {kind: Half, ${own.trim()}}\n`);
    expect(kind.seen.map(({ pods }) => pods.length)).to.deep.equal([1, 0]);
  });

  it('refuses JSON that nests too deep, and reads the rest', () => {
    const pod = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}';
    const nested = (open: string, depth: number, close: string): string =>
      open.repeat(depth) + close.repeat(depth);
    const list = nested('{"apiVersion":"v1","kind":"List","items":[', 2000, ']}');
    const annotated = pod.replace('"a"', `"b","annotations":{"x":${nested('[', 50_000, ']')}}`);
    const large = pod.replace('"a"', `"b","annotations":{"x":${nested('[', 150_000, ']')}}`);
    for (const text of [nested('[', 2000, ']'), list, annotated, large]) {
      const found = read(`${text}\n${pod}`);
      expect(ids(found)).to.deep.equal(['2 Pod/a']);
      expect(codes(found)).to.deep.equal(['DPS7003 error 1:1', 'DPS7010 warning 2:1']);
    }
    expect(codes(read(nested('[', 990, ']')))).to.deep.equal([]);
  });

  it('reports fields of the wrong type', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: y\nspec:\n  containers: {name: x}\n  initContainers: [1]\n';
    const found = read(text);
    expect(found.diagnostics.map(({ code, message }) => `${code} ${message}`)).to.deep.equal([
      'DPS7014 The field spec.initContainers[0] must be a mapping.',
      'DPS7014 The field spec.containers must be a list.',
      'DPS7014 The field metadata.name must be text (put it in quotes).',
    ]);
    expect(ids(found)).to.deep.equal(['1 Pod/true']);
    expect(found.seen[0]?.notices).to.deep.equal(found.diagnostics);
  });

  it('reports fields in the wrong case', () => {
    const text = `${object('Pod', 'a')}Spec: {}\nspec:\n  HostNetwork: true\n  containers:\n  - name: c\n    securityContext: {Privileged: true, capabilities: {Drop: [ALL]}}\n`;
    expect(read(text).diagnostics.map(({ message }) => message)).to.deep.equal([
      'The field Spec is ignored by Kubernetes, which knows only "spec".',
      'The field spec.HostNetwork is ignored by Kubernetes, which knows only "hostNetwork".',
      'The field spec.containers[0].securityContext.Privileged is ignored by Kubernetes, which knows only "privileged".',
      'The field spec.containers[0].securityContext.capabilities.Drop is ignored by Kubernetes, which knows only "drop".',
    ]);
  });

  it('reports as it reads when asked to', () => {
    const reported: string[] = [];
    const found = read('a: [\n', { report: ({ code }) => reported.push(code) });
    expect([reported, found.diagnostics]).to.deep.equal([['DPS7001'], []]);
  });

  it('refuses a document beyond the limit, naming where it begins', () => {
    const text = Buffer.alloc(65 * 1024 * 1024, 'x');
    expect(() =>
      readManifests(
        byteSource(Buffer.concat([Buffer.from('a: 1\n---\nb: '), text])),
        {},
        () => undefined,
      ),
    ).to.throw('A document of f.yaml is larger than 64 MiB.');
  });
});
