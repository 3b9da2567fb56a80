/** The table test of one rule: rows that pass, and rows that fail with exactly these hits. */
import { expect } from 'chai';
import type { Rule, RuleHit } from '../../src/audit/types.ts';
import { formatPath } from '../../src/yaml/read.ts';
import {
  objectInput,
  podOf,
  tweaked,
  visitObject,
  type Setting,
  type Tweak,
  type Value,
} from './pods.ts';

export interface RuleRow {
  name: string;
  /** Of the minimal pod; or a whole object. */
  tweaks?: readonly Tweak[];
  object?: Value;
  setting?: Setting;
}

export interface FailingRow extends RuleRow {
  /** `severity container path`, `-` for no container. */
  hits: readonly string[];
  /** Text that the first message must hold. */
  says?: string;
}

/** Every rule has rows of both sorts: a rule that never fires, or always does, is no rule. */
export function ruleTable(
  rule: Rule,
  rows: { pass: readonly RuleRow[]; fail: readonly FailingRow[] },
): void {
  describe(`rule ${rule.id}`, () => {
    it('has rows that pass and rows that fail', () => {
      expect(rows.pass.length).to.be.greaterThan(0);
      expect(rows.fail.length).to.be.greaterThan(0);
    });
    for (const row of rows.pass) {
      it(`passes: ${row.name}`, () => {
        expect(hitsOf(rule, row).map((hit) => shown(rule, hit))).to.deep.equal([]);
      });
    }
    for (const row of rows.fail) {
      it(`fails: ${row.name}`, () => {
        const hits = hitsOf(rule, row);
        expect(hits.map((hit) => shown(rule, hit))).to.deep.equal(row.hits);
        for (const { message } of hits) expect(message).to.match(/^[\p{L}].*\.$/su);
        if (row.says !== undefined) expect(hits[0]?.message).to.contain(row.says);
      });
    }
  });
}

function hitsOf(rule: Rule, row: RuleRow): RuleHit[] {
  const value = row.object ?? tweaked(...(row.tweaks ?? []));
  return visitObject(value, (object) => {
    if (rule.scope === 'pod') return rule.check(podOf(object, row.setting));
    if (rule.scope === 'object') return rule.check(objectInput(object, row.setting));
    throw new Error('A rule on namespaces is tested with its facts.');
  });
}

function shown(rule: Rule, { severity, container, path }: RuleHit): string {
  return `${severity ?? rule.severity} ${container ?? '-'} ${formatPath(path)}`;
}
