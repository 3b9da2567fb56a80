/** The package as a user gets it: packed, installed into an empty folder, and run there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cleanEnv, ROOT } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

interface Packed {
  filename: string;
  files: { path: string }[];
  unpackedSize: number;
}

describe('the package', () => {
  const folder = useTempFolder();
  const npm = (args: string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', env: cleanEnv(), stdio: 'pipe' });

  it('installs without dependencies and runs', () => {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder()];
    const [packed] = JSON.parse(npm(args, ROOT)) as Packed[];
    const paths = packed?.files.map(({ path }) => path) ?? [];
    expect(paths).to.include.members([
      'dist/bin.js',
      'schemas/deploy.schema.json',
      'examples/eks/deploy.yaml',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/THIRD_PARTY_LICENCES.txt',
    ]);
    expect(paths.filter((path) => /^(test|src|scripts)\/|\.map$/.test(path))).to.deep.equal([]);
    const home = join(folder(), 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{"private": true}');
    npm(['install', '--offline', '--no-audit', join(folder(), packed?.filename ?? '')], home);
    const bin = join(home, 'node_modules/.bin/domino-podsec');
    const example = 'node_modules/domino-podsec/examples/eks/deploy.yaml';
    const run = (...words: string[]): string =>
      execFileSync(bin, words, { cwd: home, encoding: 'utf8', env: cleanEnv(), stdio: 'pipe' });
    expect(run('--version').trim()).to.match(/^\d+\.\d+\.\d+$/);
    expect(run('generate', example, '--output', 'out')).to.contain('16 pods of the catalog');
    expect(readFileSync(join(home, 'out/namespaces.yaml'), 'utf8')).to.contain('kind: Namespace');
    expect(run('list', 'rules')).to.contain('DPS4001');
  });
});
