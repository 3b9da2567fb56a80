import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readManifests } from '../../src/workloads/read-manifests.ts';
import { byteSource } from '../helpers/byte-source.ts';
import { CASES as VALUE_CASES } from './kubectl-cases.ts';
import { LINE_CASES } from './kubectl-line-cases.ts';
import { kubectls, NO_PROGRAM, skip } from '../helpers/programs.ts';

const CASES = [...VALUE_CASES, ...LINE_CASES];

interface Seen {
  kind: string;
  name: string;
  spec: unknown;
}

describe('reading, judged by a real kubectl', function () {
  const programs = kubectls();
  if (programs.length === 0) {
    it('reads every case', function () {
      skip(this, `kubectl is absent; ${NO_PROGRAM}`);
    });
  }
  for (const program of programs)
    describe(basename(program), () => {
      judge(program);
    });
});

function judge(program: string): void {
  const byCase = new Map<string, Seen[]>();

  before(() => {
    const folder = mkdtempSync(join(tmpdir(), 'judge-'));
    const files = CASES.map(({ text }, at) => {
      const file = join(folder, `c${String(at).padStart(3, '0')}.yaml`);
      writeFileSync(file, text.replaceAll('@', prefix(at)));
      return ['-f', file];
    });
    const run = spawnSync(program, ['annotate', '--local', '-o', 'json', 'x=y', ...files.flat()], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    rmSync(folder, { recursive: true });
    readManifests(byteSource(run.stdout), {}, ({ kind, name, value }) => {
      const id = name.slice(0, 5);
      byCase.set(id, [...(byCase.get(id) ?? []), { kind, name, spec: value.spec }]);
    });
    expect(byCase.size, run.stderr).to.be.greaterThan(20);
  });

  CASES.forEach(({ title, text, codes, refused, more }, at) => {
    it(title, () => {
      const seen: Seen[] = [];
      const source = byteSource(text.replaceAll('@', prefix(at)));
      const { diagnostics } = readManifests(source, { skip: false }, ({ kind, name, value }) => {
        seen.push({ kind, name, spec: value.spec });
      });
      const reported = diagnostics.map((entry) => entry.code).filter((code) => code !== 'DPS7011');
      expect(reported, JSON.stringify(diagnostics)).to.deep.equal(codes ?? []);
      if (refused === true) expect(seen).to.deep.equal([]);
      else if (more !== undefined) {
        expect(byCase.get(prefix(at))).to.equal(undefined);
        expect(seen.map(({ name }) => name)).to.deep.equal(
          more.map((name) => name.replaceAll('@', prefix(at))),
        );
      } else expect(seen).to.deep.equal(byCase.get(prefix(at)) ?? []);
    });
  });
}

function prefix(at: number): string {
  return `x${String(at).padStart(3, '0')}-`;
}
