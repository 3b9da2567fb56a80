import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rules } from '../../../src/audit/rules/index.ts';
import { codes } from '../../../src/codes/index.ts';

const FOLDER = join(import.meta.dirname, '../../../src/audit/rules');
const TESTS = join(import.meta.dirname, '../../rules');

describe('audit rules', () => {
  const files = readdirSync(FOLDER)
    .filter((name) => name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));

  it('are the files of the folder, no more and no less', () => {
    expect(rules.map(({ id }) => id).sort()).to.deep.equal([...files].sort());
  });

  it('have ids and codes of their own, in order, apart from the message codes', () => {
    const numbers = rules.map(({ code }) => code);
    expect(new Set(numbers).size).to.equal(rules.length);
    expect([...numbers].sort()).to.have.length(rules.length);
    for (const code of numbers) {
      expect(code).to.match(/^DPS40\d\d$/);
      expect(Object.keys(codes)).not.to.include(code);
    }
  });

  for (const rule of rules) {
    it(`${rule.id} is described and tested`, () => {
      const { title, why, fix, docs, fields } = rule;
      for (const text of [why, fix]) expect(text).to.match(/^[A-Z].*\.$|^[a-z]\w+ .*\.$/s);
      expect(title).to.match(/^[A-Za-z].*[^.]$/);
      expect(docs).to.match(/^https:\/\//);
      expect(fields.length).to.be.greaterThan(0);
      expect(existsSync(join(TESTS, `${rule.id}.test.ts`))).to.equal(true);
    });

    it(`${rule.id} has the header that every rule file has`, () => {
      const text = readFileSync(join(FOLDER, `${rule.id}.ts`), 'utf8');
      const header = text.slice(0, text.indexOf('*/'));
      expect(header).to.match(
        /^\/\*\*\n \* \S[^]*\.\n \*\n \* Fields: [^]+\n \* Allowed: [^]+\n \* Since: [^]+ Source: /,
      );
    });
  }
});
