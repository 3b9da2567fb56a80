import { expect } from 'chai';
import { runCli } from '../helpers/run-cli.ts';

describe('selftest', () => {
  it('runs the built-in cases and prints the figures', () => {
    const { code, stdout, stderr } = runCli(['selftest']);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/SecurityContextConstraints, own cases +17 +17 +0/);
    expect(stdout).to.match(/PodSecurityPolicy, own cases +10 +10 +0/);
    expect(stdout).to.match(/v1\.33 to v1\.37, own cases +[0-9]+ +[0-9]+ +0/);
    expect(stdout).to.contain('No findings');
  });
});
