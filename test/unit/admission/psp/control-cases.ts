// Tables of one policy and one pod, and what comes of them: one test a row.
import { expect } from 'chai';
import { outcome } from './support.ts';

export type Case = [
  name: string,
  policy: unknown,
  subject: unknown,
  expected: unknown,
  minor?: number,
];

export const C = 'spec.containers[0].securityContext';
export const P = 'spec.securityContext';

/** Declares the tests of tables by name, inside a `describe`. */
export function itControls(tables: Record<string, Case[]>): void {
  for (const [table, cases] of Object.entries(tables)) {
    for (const [name, policy, subject, expected, minor] of cases) {
      it(`${table.toLowerCase()}: ${name}`, () => {
        expect(outcome(policy, subject, minor)).to.deep.equal(expected);
      });
    }
  }
}
