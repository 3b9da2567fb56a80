// The reference's verdicts through the command's own function: what a user gets is what was compared.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { admit } from '../../src/cli/admit.ts';
import { fakeIo } from '../helpers/fake-io.ts';
import { CONFORMANCE } from '../helpers/shared.ts';

interface Entry {
  document: number;
  kind: string;
  name: string;
  admitted: boolean | null;
  policy: string | null;
  mutated: { pod: unknown; containers: unknown } | null;
  refusals: { policy: string; check: string | null; field: string | null; reason: string }[];
}

type Json = Record<string, unknown>;

async function run(documents: readonly unknown[], args: Json, files = {}): Promise<Entry[]> {
  const stdin = documents.map((document) => JSON.stringify(document)).join('\n---\n');
  const io = fakeIo({ stdin, files });
  const code = await admit.run({ format: ['json'], ...args }, io);
  const { pods } = JSON.parse(io.stdout) as { pods: Entry[] };
  expect(code).to.equal(pods.every(({ admitted }) => admitted) ? 0 : 1);
  return pods;
}

/** Every built-in form of a workload, and an item of a List. */
const FORMS: Readonly<Record<string, (pod: Json) => Json>> = {
  Pod: (pod) => ({ apiVersion: 'v1', ...pod, kind: 'Pod' }),
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => [
      kind,
      ({ metadata, spec }: Json) => ({
        apiVersion: 'apps/v1',
        kind,
        metadata: { name: 'x' },
        spec: { template: { metadata, spec } },
      }),
    ]),
  ),
  Job: ({ metadata, spec }) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'x' },
    spec: { template: { metadata, spec } },
  }),
  CronJob: ({ metadata, spec }) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'x' },
    spec: { jobTemplate: { spec: { template: { metadata, spec } } } },
  }),
  List: (pod) => ({
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', ...pod, kind: 'Pod' }],
  }),
};

interface PssCase {
  pod: Json;
  pass: boolean;
  /** Lower-case id of the failed check. */
  made: string;
}

/** The distinct pods of a level by the newest version that has them. */
function pssCases(): Map<string, PssCase[]> {
  const seen = new Set<string>();
  const cases = new Map<string, PssCase[]>();
  for (const level of ['baseline', 'restricted']) {
    const root = join(CONFORMANCE, 'pod-security', level);
    const versions = readdirSync(root).sort((a, b) => Number(b.slice(3)) - Number(a.slice(3)));
    for (const version of versions) {
      const list: PssCase[] = [];
      cases.set(`${level} ${version}`, list);
      const paths = ['pass', 'fail'].flatMap((verdict) => {
        const folder = join(root, version, verdict);
        const names = existsSync(folder) ? readdirSync(folder) : [];
        return names.map((file) => ({ verdict, file, path: join(folder, file) }));
      });
      for (const { verdict, file, path } of paths) {
        const text = readFileSync(path, 'utf8');
        const key = `${level}${verdict}${text}`;
        const isNew = !seen.has(key);
        seen.add(key);
        const made = file.replace(/\d*\.yaml$/, '');
        if (isNew) list.push({ pod: load(text) as Json, pass: verdict === 'pass', made });
      }
    }
  }
  return cases;
}

/** Checks of the restricted level that stand for one of baseline, in the newest version. */
const REPLACED: Readonly<Record<string, string>> = {
  hostpathvolumes: 'restrictedvolumes',
  seccompprofile_baseline: 'seccompprofile_restricted',
  capabilities_baseline: 'capabilities_restricted',
};

describe('admit against the references', () => {
  before(function () {
    if (existsSync(join(CONFORMANCE, 'openshift'))) return;
    console.log('      skipped: ../shared/conformance is absent');
    this.skip();
  });

  it('gives every pod of Pod Security its verdict in every form of a workload', async () => {
    const wrong: string[] = [];
    const counts = { pods: 0, verdicts: 0 };
    for (const [key, cases] of pssCases()) {
      if (cases.length === 0) continue;
      const [level = '', version = ''] = key.split(' ');
      counts.pods += cases.length;
      const documents = cases.flatMap(({ pod }) => Object.values(FORMS).map((form) => form(pod)));
      const entries = await run(documents, { 'kubernetes-version': version.slice(1), level });
      expect(entries).to.have.length(documents.length);
      const forms = Object.keys(FORMS);
      entries.forEach((entry, index) => {
        counts.verdicts++;
        const { pass, made } = cases[Math.floor(index / forms.length)] ?? { pass: null, made: '' };
        const form = forms[index % forms.length] ?? '';
        const ids = entry.refusals.map(({ check }) => check?.toLowerCase());
        const isRight =
          entry.admitted === pass &&
          entry.document === index + 1 &&
          entry.kind === (form === 'List' ? 'Pod' : form) &&
          entry.policy === (pass ? level : null) &&
          (pass || ids.includes(made) || ids.includes(REPLACED[made]));
        if (!isRight) wrong.push(`${key} ${made} as ${form}: ${JSON.stringify(entry)}`);
      });
    }
    console.log(
      `      ${counts.pods} distinct pods in ${Object.keys(FORMS).length} forms, ${counts.verdicts} verdicts: ${wrong.length} differ`,
    );
    expect(wrong.slice(0, 3)).to.deep.equal([]);
    expect(counts.pods).to.be.greaterThan(300);
  });

  it('gives every row of the SCC plugin: SCC, contexts, first reasons', async () => {
    const own = JSON.parse(
      readFileSync(join(CONFORMANCE, 'openshift', 'own-pods.json'), 'utf8'),
    ) as Record<string, Json>;
    const rows = readFileSync(join(CONFORMANCE, 'openshift', 'scc-verdicts.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string | null> & { pod?: unknown });
    const files = {
      'ns.yaml': [
        'openshift.io/sa.scc.uid-range: 1000650000/10000',
        'openshift.io/sa.scc.mcs: "s0:c26,c5"',
        'openshift.io/sa.scc.supplemental-groups: 1000650000/10000',
      ].join('\n'),
    };
    const podOf = (id: string): Json =>
      id.startsWith('own/')
        ? (own[id.slice(4)] ?? {})
        : (load(readFileSync(join(CONFORMANCE, 'pod-security', id), 'utf8')) as Json);
    const wrong: string[] = [];
    for (const bindings of new Set(rows.map((row) => row['bindings'] ?? ''))) {
      const mine = rows.filter((row) => row['bindings'] === bindings);
      const entries = await run(
        mine.map(({ id }) => podOf(id ?? '')),
        {
          'openshift-version': '4.20',
          bind: [bindings.replaceAll('+', ',')],
          'namespace-annotations': 'ns.yaml',
        },
        files,
      );
      expect(entries).to.have.length(mine.length);
      entries.forEach(({ admitted, policy, mutated, refusals }, index) => {
        const row = mine[index];
        const refused = row?.['refused'];
        const isRight =
          refused === undefined || refused === null
            ? admitted === true &&
              policy === row?.['scc'] &&
              isDeepStrictEqual(mutated, { pod: row.pod, containers: row['containers'] })
            : admitted === false &&
              policy === null &&
              mutated === null &&
              refusals.every(
                ({ field, reason }) =>
                  refused.includes(reason) && (field === null || refused.includes(field)),
              );
        if (!isRight)
          wrong.push(`${row?.['id'] ?? ''} with ${bindings}: ${JSON.stringify(refusals)}`);
      });
    }
    console.log(`      ${rows.length} rows: ${wrong.length} differ`);
    expect(wrong.slice(0, 3)).to.deep.equal([]);
    expect(rows.length).to.be.greaterThan(2000);
  });
});
