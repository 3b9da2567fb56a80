import { expect } from 'chai';
import { findingStore } from '../../../src/cli/audit-store.ts';
import { batched } from '../../../src/cli/batched.ts';
import type { Finding } from '../../../src/report/report.ts';

const finding = (index: number): Finding => ({
  code: 'DPS4001',
  severity: index % 3 === 0 ? 'error' : 'note',
  message: `Finding ${index} with a line\nfeed and \u2028 é.`,
});

describe('the store of findings', () => {
  it('gives them back in order, again and again, in memory and on disk', () => {
    const all = Array.from({ length: 3000 }, (_, index) => finding(index));
    for (const memoryLimit of [1, 1024, 64 * 1024 * 1024]) {
      const store = findingStore({ memoryLimit });
      all.forEach(store.add);
      expect([...store.findings]).to.deep.equal(all);
      expect([...store.findings]).to.have.length(3000);
      expect(store.counts).to.deep.equal({ error: 1000, warning: 0, note: 2000 });
      expect(store.isOnDisk).to.equal(memoryLimit < 64 * 1024 * 1024);
      store.close();
    }
  });

  it('is empty without findings', () => {
    const store = findingStore();
    expect([...store.findings]).to.deep.equal([]);
    store.close();
  });
});

describe('batched', () => {
  it('keeps the text and makes pieces of the wanted size', () => {
    const pieces = ['a', 'bc', '', 'defg', 'h'];
    expect([...batched(pieces, 3)]).to.deep.equal(['abc', 'defg', 'h']);
    expect([...batched([])]).to.deep.equal([]);
  });
});
