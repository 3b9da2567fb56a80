/** Rows of the tables for edited texts: `set('spec.containers.0.image', 'x')` and their check. */
import { expect } from 'chai';
import type { ValueEdit } from '../../../src/patch/apply.ts';
import { editDocument } from '../../../src/patch/edit-text.ts';

export type Row = [name: string, before: string, edits: ValueEdit[], after: string];

function pathOf(path: string): (string | number)[] {
  return path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

export const set = (path: string, value: unknown): ValueEdit => ({
  path: pathOf(path),
  op: 'set',
  value,
});

export const remove = (path: string): ValueEdit => ({ path: pathOf(path), op: 'remove' });

/** One test a row: the exact text, and that the same edits change nothing the second time. */
export function checkRows(rows: readonly Row[]): void {
  for (const [name, before, edits, after] of rows) {
    it(name, () => {
      expect(editDocument(before, edits, { file: 'm.yaml' })).to.equal(after);
      expect(editDocument(after, edits, { file: 'm.yaml' })).to.equal(after);
    });
  }
}
