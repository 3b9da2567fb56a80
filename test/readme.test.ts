/**
 * Every command of README.md runs. `kubectl apply` needs a cluster, so a kubectl stands in that checks
 * that it was given objects; installing the package globally is what test/cli/package.test.ts does.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BIN, cleanEnv, ROOT } from './helpers/run-cli.ts';
import { useTempFolder } from './helpers/temp-folder.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** Blocks that install or test the project itself: this test run is what they do. */
const SELF = [/npm ci && npm test/, /npm pack/];

function blocks(): string[] {
  return [...README.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text.trim());
}

const KUBECTL = `#!/usr/bin/env bash
if [ "$1" = get ]; then
  cat rendered/chart.yaml
  exit 0
fi
input=$(cat)
grep -q '^kind: ' <<< "$input" || { echo 'no object' >&2; exit 1; }
`;

/** Sets up a folder like a clone, with the built program and stand-ins on PATH. */
function prepare(folder: string): Record<string, string> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const script = (name: string, text: string): void => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  script('domino-podsec', `#!/usr/bin/env bash\nexec node '${BIN}' "$@"\n`);
  script('kubectl', KUBECTL);
  script('npm', '#!/usr/bin/env bash\nexit 0\n');
  cpSync(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
  symlinkSync(join(ROOT, 'dist'), join(folder, 'dist'));
  mkdirSync(join(folder, 'rendered'));
  writeFileSync(join(folder, 'rendered/chart.yaml'), RENDERED);
  writeFileSync(join(folder, 'ns.yaml'), ANNOTATIONS);
  return cleanEnv({ PATH: `${bin}:${process.env.PATH ?? ''}` });
}

const ANNOTATIONS = `openshift.io/sa.scc.uid-range: 1000650000/10000
openshift.io/sa.scc.mcs: s0:c26,c5
openshift.io/sa.scc.supplemental-groups: 1000650000/10000
`;

const RENDERED = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nucleus
  namespace: domino-platform
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.acme.example/nucleus:1
`;

/** Each command of a block on its own, so that a failure names it; a cd stays within its line. */
function commandsOf(block: string): string[] {
  return block
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe('README', () => {
  const folder = useTempFolder();

  it('has commands to run', () => {
    expect(blocks().length).to.be.greaterThan(4);
  });

  for (const block of blocks().filter((text) => !SELF.some((pattern) => pattern.test(text)))) {
    const name = commandsOf(block)[0] ?? '';
    it(`runs: ${name}`, () => {
      const env = prepare(folder());
      for (const command of commandsOf(block)) {
        const result = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
          cwd: folder(),
          env,
          encoding: 'utf8',
        });
        const accepted = /\bdomino-podsec (audit|admit)\b/.test(command) ? [0, 1] : [0];
        expect(accepted, `${command}\n${result.stderr}`).to.include(result.status);
        expect(result.stderr).to.not.contain('bug in domino-podsec');
      }
    });
  }

  it('has commands for CI that run, whatever they find', () => {
    const env = prepare(folder());
    cpSync(join(ROOT, 'examples/eks/deploy.yaml'), join(folder(), 'deploy.yaml'));
    const lines = [...README.matchAll(/^ +- (?:run: )?(domino-podsec .+)$/gm)];
    expect(lines).to.have.length(3);
    for (const [, command = ''] of lines) {
      const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder(), env });
      expect([0, 1], `${command}\n${String(stderr)}`).to.include(status);
    }
    expect(readFileSync(join(folder(), 'audit.sarif'), 'utf8')).to.contain('"version"');
    expect(readFileSync(join(folder(), 'audit.xml'), 'utf8')).to.contain('<testsuite');
  });

  it('shows what generate says of the example', () => {
    const { stdout } = spawnSync(
      'node',
      [BIN, 'generate', 'examples/eks/deploy.yaml', '--output', join(folder(), 'out')],
      { cwd: ROOT, encoding: 'utf8', env: cleanEnv() },
    );
    const last = stdout.trim().split('\n').at(-1) ?? '';
    expect(README).to.contain(last.replace(`${folder()}/`, ''));
  });
});
