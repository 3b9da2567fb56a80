// generate --verify by the built program: what is not proven is not written.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../helpers/run-cli.ts';

describe('generate --verify, the built program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podsec-verify-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (name: string, ...more: string[]) =>
    runCli([
      'generate',
      'examples/openshift/deploy.yaml',
      '--verify',
      '--output',
      join(folder, name),
      ...more,
    ]);

  it('writes what is proven, and says by how many verdicts', () => {
    const { code, stderr } = run('good');
    expect(code).to.equal(0);
    expect(stderr).to.match(/^examples\/openshift\/deploy\.yaml: proven by [0-9]+ verdicts\.\n$/);
    expect(existsSync(join(folder, 'good', 'openshift-scc.yaml'))).to.equal(true);
  });

  it('writes nothing for a release whose SCCs are not known: exit 1', () => {
    const { code, stdout, stderr } = run('bad', '--openshift-version', '4.9');
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.contain('DPS6007');
    expect(existsSync(join(folder, 'bad'))).to.equal(false);
  });
});
