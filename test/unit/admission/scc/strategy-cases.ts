// Tables of one SCC and one pod, and what comes of them: one test a row.
import { expect } from 'chai';
import { judge, outcome, scc } from './support.ts';

export type Case = [name: string, scc: Record<string, unknown>, pod: unknown, expected: unknown];

/** Declares the tests of a table, inside a `describe`. */
export function itJudgesEach(cases: readonly Case[]): void {
  for (const [name, more, thePod, expected] of cases) {
    it(name, () => {
      const result = outcome(judge(scc(more), thePod));
      expect(result).to.deep.equal(
        Array.isArray(expected) && expected[1] === undefined ? [expected[0], null] : expected,
      );
    });
  }
}
