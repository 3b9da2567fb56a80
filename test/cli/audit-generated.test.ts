/** What generate writes audits clean by the configuration that it was written from. */
import { join } from 'node:path';
import { expect } from 'chai';
import { EXAMPLES } from '../helpers/examples.ts';
import { ROOT, runCli } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

interface Reported {
  findings: { severity: string; code: string; message: string }[];
  totals: Record<string, number>;
}

describe('audit of what generate writes', () => {
  const folder = useTempFolder();

  for (const example of EXAMPLES) {
    it(`examples/${example}`, () => {
      const config = join(ROOT, 'examples', example, 'deploy.yaml');
      const out = join(folder(), 'out');
      expect(runCli(['generate', config, '--output', out]).code).to.equal(0);
      const { code, stdout, stderr } = runCli([
        'audit',
        out,
        '--config',
        config,
        '--format',
        'json',
      ]);
      expect(stdout, stderr).to.not.equal('');
      const { findings, totals } = JSON.parse(stdout) as Reported;
      // Patches are parts of workloads and state no namespace: the chart does.
      const open = findings.filter(
        ({ severity, code: of }) => severity !== 'note' && of !== 'DPS3008',
      );
      expect(open).to.deep.equal([]);
      expect([code, totals.pods === 0]).to.deep.equal([0, false]);
    });
  }
});
