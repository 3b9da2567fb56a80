import { expect } from 'chai';
import fc from 'fast-check';
import { audit } from '../../src/cli/audit.ts';
import { byteSource } from '../helpers/byte-source.ts';
import { fakeIo } from '../helpers/fake-io.ts';
import { context, set, type Tweak } from '../helpers/pods.ts';
import { deployText } from '../helpers/policy.ts';
import {
  custom,
  damaged,
  details,
  dumps,
  dumpWith,
  OWNED,
  SMALL,
  tweaks,
  type Dump,
} from './twins-arbitrary.ts';

/** Reads pods one by one, as Node without WebAssembly does. */
async function withoutSieve<T>(work: () => Promise<T>): Promise<T> {
  const known = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')!;
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  try {
    return await work();
  } finally {
    Object.defineProperty(globalThis, 'WebAssembly', known);
  }
}

async function report({ text, piece }: Dump, flags: object): Promise<string> {
  const io = {
    ...fakeIo({ files: { 'deploy.yaml': deployText(), 'exceptions.yaml': EXCEPTIONS } }),
    stdout: '',
    out(more: string): Promise<void> {
      this.stdout += more;
      return Promise.resolve();
    },
    kind: () => 'file' as const,
    open: () => byteSource(text, 'dump.json', piece),
  };
  const code = await audit.run({ _: [], $0: '', PATH: ['dump.json'], quiet: true, ...flags }, io);
  return `${code}\n${io.stdout}`;
}

const EXCEPTIONS = `
- { namespace: domino-platform, kind: Pod, name: "web-1*", rule: privileged, reason: reviewed }
- { namespace: domino-system, kind: Pod, name: "*", container: web, rule: "*", reason: reviewed }
- { namespace: domino-platform, kind: Pod, name: web-7, rule: host-network, reason: r, expires: 2020-01-01 }
`;

const CONFIG = { format: ['json'], config: 'deploy.yaml' };
/** What is not shown is only counted, so that twins are taken where something is found, too. */
const SHORT = [
  { 'max-findings': 2 },
  { 'max-findings': 0, 'show-from': 'error' },
  { 'max-findings': 1, exceptions: ['exceptions.yaml'], 'show-from': 'warning' },
  { 'max-findings': 3, exceptions: ['exceptions.yaml'], 'domino-version': '6.2.2' },
];
const flags = fc.constantFrom<object>(
  { format: ['json'] },
  CONFIG,
  { format: ['json'], 'domino-version': '6.2.2' },
  { format: ['json'], namespace: 'domino-platform', 'show-from': 'error' },
  ...SHORT,
);

const PLAIN: Tweak = () => undefined;

describe('twins in big lists', () => {
  it('are told from every pod that differs in one thing', async () => {
    const image = set('spec.containers.0.image', 5);
    const pairs: [Tweak, Tweak][] = [
      ...[...tweaks, ...details, OWNED].map((tweak): [Tweak, Tweak] => [PLAIN, tweak]),
      [set('metadata.namespace', 'other'), set('metadata.namespace', 'domino-platform')],
      [custom('acme.example/v1', 'Pod'), image],
      [custom('v1', 'Cluster'), image],
    ];
    for (const [base, tweak] of pairs) {
      for (const given of [{ format: ['json'] }, { ...CONFIG, 'domino-version': '6.2.2' }]) {
        const dump = dumpWith(base, tweak);
        expect(await report(dump, given)).to.equal(await withoutSieve(() => report(dump, given)));
      }
    }
  });

  it('are counted where something is found that is not shown', async () => {
    const privileged = context('privileged', true);
    const same: Tweak[] = [...details.slice(0, SMALL), ...tweaks, OWNED];
    for (const tweak of [...same, set('metadata.namespace', 'domino-system')]) {
      for (const given of SHORT) {
        const dump = dumpWith(privileged, tweak);
        expect(await report(dump, given)).to.equal(await withoutSieve(() => report(dump, given)));
      }
    }
  });

  it('are reported as if each had been read', async () => {
    await fc.assert(
      fc.asyncProperty(dumps, flags, async (dump, given) => {
        expect(await report(dump, given)).to.equal(await withoutSieve(() => report(dump, given)));
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  });

  it('hide nothing in a damaged dump', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, flags, async (dump, given) => {
        expect(await report(dump, given)).to.equal(await withoutSieve(() => report(dump, given)));
      }),
      { numRuns: Number(process.env.RUNS ?? 100) },
    );
  });
});
