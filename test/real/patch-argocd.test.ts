/** The command line of the Argo CD plugin, as it stands in the example: with real helm and with one that fails. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readYaml } from '../../src/yaml/read.ts';
import { deployText } from '../helpers/policy.ts';
import { findProgram, NO_PROGRAM, skip } from '../helpers/programs.ts';
import { BIN, cleanEnv, ROOT } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

interface Plugin {
  spec: { generate: { command: string[]; args: string[] } };
}

describe('the plugin for Argo CD', () => {
  const folder = useTempFolder();

  /** Runs `generate` of the plugin in the folder of a chart, with `helm` as the helm on PATH. */
  const generate = (helm: string) => {
    const [bin, temporary, chart] = ['bin', 'temporary', 'chart'].map((name) => {
      mkdirSync(join(folder(), name));
      return join(folder(), name);
    }) as [string, string, string];
    const program = (name: string, script: string): void => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    program('helm', helm);
    program('domino-podsec', `exec node '${BIN}' "$@"`);
    cpSync(join(ROOT, 'test/fixtures/chart'), chart, { recursive: true });
    writeFileSync(join(chart, 'deploy.yaml'), deployText());
    const path = join(ROOT, 'examples/argocd/plugin.yaml');
    const plugin = readYaml(readFileSync(path, 'utf8'), path)[0]?.value as Plugin;
    const [command = '', ...args] = [...plugin.spec.generate.command, ...plugin.spec.generate.args];
    const result = spawnSync(command, args, {
      cwd: chart,
      encoding: 'utf8',
      env: cleanEnv({
        PATH: `${bin}:${process.env.PATH ?? ''}`,
        TMPDIR: temporary,
        ARGOCD_APP_NAME: 'app',
        ARGOCD_APP_NAMESPACE: 'domino-platform',
      }),
    });
    expect(readdirSync(temporary), 'no rendered manifest stays behind').to.deep.equal([]);
    return result;
  };

  for (const name of ['helm3', 'helm4']) {
    it(`patches what ${name} renders`, function () {
      const helm = findProgram(name);
      if (helm === undefined) skip(this, `no ${name}; ${NO_PROGRAM}`);
      const { status, stdout, stderr } = generate(`exec '${helm}' "$@"`);
      expect([status, stderr]).to.deep.equal([0, '']);
      expect(stdout).to.contain('kind: DaemonSet').and.to.contain('type: spc_t');
    });
  }

  const failing: [string, string][] = [
    ['fails', 'echo no chart >&2; exit 3'],
    ['fails half way', `printf 'apiVersion: v1\\nkind: ConfigMap\\n'; exit 3`],
    ['is killed', 'kill -9 $$'],
    ['renders nothing', 'exit 0'],
  ];
  for (const [name, script] of failing) {
    it(`fails, and writes nothing, when helm ${name}`, () => {
      const { status, stdout } = generate(script);
      expect([status === 0, status === null, stdout]).to.deep.equal([false, false, '']);
    });
  }
});
