/** Every example is a golden case: what generate writes and says, byte for byte. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { EXAMPLES } from './helpers/examples.ts';
import { expectGolden, readTree } from './helpers/golden.ts';
import { ROOT, runCli } from './helpers/run-cli.ts';

describe('examples', () => {
  it('are all tested', () => {
    expect(
      readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('argo'))
        .map(({ name }) => name)
        .sort(),
    ).to.deep.equal([...EXAMPLES]);
  });

  for (const example of EXAMPLES) {
    it(`${example}: generate writes the golden files`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'example-'));
      try {
        const output = join(folder, 'out');
        const args = ['generate', `examples/${example}/deploy.yaml`, '--output', output];
        const { code, stdout, stderr } = runCli(args);
        expect(code, stderr).to.equal(0);
        const mask = (text: string): string => text.replaceAll(output, 'OUT');
        const files = Object.fromEntries(
          Object.entries(readTree(output)).map(([path, text]) => [`out/${path}`, mask(text)]),
        );
        expectGolden(join(ROOT, 'test', 'golden', example), {
          ...files,
          'stdout.txt': mask(stdout),
          'stderr.txt': mask(stderr),
        });
        // A second run changes nothing, and --check agrees.
        expect(runCli(args).stdout).to.match(/^0 files written, \d+ unchanged, 0 removed\.$/m);
        expect(runCli([...args, '--check']).code).to.equal(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it(`${example}: validate accepts it without a warning`, () => {
      const { code, stdout } = runCli([
        'validate',
        `examples/${example}/deploy.yaml`,
        '--fail-on',
        'warning',
      ]);
      expect(code, stdout).to.equal(0);
    });
  }
});
