/** Tables of configurations and of what is said of each: one test a row. */
import { expect } from 'chai';
import type { DeployOverrides } from '../../../src/deploy/options.ts';
import { config, problems } from './problems.ts';

export interface ProblemCase {
  name: string;
  /** Keys over the quiet configuration, or a whole text. */
  file: Record<string, string | null> | string;
  flags?: DeployOverrides;
  /** False where the command can do without the Kubernetes version. */
  need?: false;
  expected: readonly string[];
}

/** Declares the tests of a table, inside a `describe`. */
export function itSaysOfEach(cases: readonly ProblemCase[]): void {
  for (const { name, file, flags = {}, need = true, expected } of cases) {
    it(name, () => {
      const text = typeof file === 'string' ? file : config(file);
      expect(problems(text, flags, need)).to.deep.equal(expected);
    });
  }
}
