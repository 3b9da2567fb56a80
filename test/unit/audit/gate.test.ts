import { expect } from 'chai';
import { readBaseline } from '../../../src/audit/baseline.ts';
import { exceptionBook } from '../../../src/audit/exceptions.ts';
import { baselineGate } from '../../../src/audit/gate.ts';
import { UserError } from '../../../src/diagnostics.ts';
import type { Finding } from '../../../src/report/report.ts';

const subject = { kind: 'Pod', namespace: 'a', name: 'web' };
const aliases = [{ kind: 'Pod', name: 'web' }];
const finding = (code: Finding['code'], more: Partial<Finding> = {}): Finding => ({
  code,
  severity: 'error',
  message: 'x',
  subject,
  ...more,
});
const row = { namespace: 'a', kind: 'Pod', name: 'web', rule: 'DPS*', reason: 'r', file: 'f' };

describe('the baseline', () => {
  const report = { schemaVersion: 1, command: 'audit', findings: [{ fingerprint: 'a' }, {}, 1] };

  it('is the fingerprints of a report of audit', () => {
    expect([...readBaseline(JSON.stringify(report), 'f')]).to.deep.equal(['a']);
  });

  it('is nothing else', () => {
    const others = [{ ...report, schemaVersion: 2 }, { ...report, command: 'patch' }, [], { a: 1 }];
    for (const other of [...others.map((value) => JSON.stringify(value)), '{'])
      expect(() => readBaseline(other, 'f')).to.throw(UserError, /^f is /);
  });
});

describe('the gate of findings', () => {
  it('accepts findings of rules, and never a broken input', () => {
    const book = exceptionBook([row], '2026-01-01');
    const gate = baselineGate({ book, showFrom: 'note', baseline: undefined });
    expect(gate.fateOf(finding('DPS4001'), aliases)).to.equal('accepted');
    expect(gate.fateOf(finding('DPS7006'), aliases)).to.equal('keep');
    expect([gate.accepted, gate.open.error, gate.resolved]).to.deep.equal([1, 1, 0]);
  });

  it('counts what is known, what is new, what is hidden, and what is gone', () => {
    const book = exceptionBook([], '2026-01-01');
    const baseline = new Set(['one', 'two', 'three']);
    const gate = baselineGate({ book, showFrom: 'warning', baseline });
    const fates = [
      finding('DPS4001', { fingerprint: 'one' }),
      finding('DPS4001', { fingerprint: 'one' }),
      finding('DPS4001', { fingerprint: 'new' }),
      finding('DPS4001', { fingerprint: 'note', severity: 'note' }),
    ].map((each) => gate.fateOf(each, aliases));
    expect(fates).to.deep.equal(['known', 'known', 'keep', 'hidden']);
    expect([gate.known, gate.resolved]).to.deep.equal([2, 2]);
    expect(gate.open).to.deep.equal({ error: 1, warning: 0, note: 1 });
  });
});
