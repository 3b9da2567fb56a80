/** The project about itself: registries match folders, codes are unique, words and files keep the rules. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { CHECKS } from '../src/admission/pss/index.ts';
import { rules } from '../src/audit/rules/index.ts';
import { catalogPaths } from '../src/catalog/paths.ts';
import { codes } from '../src/codes/index.ts';
import { commands } from '../src/cli/commands.ts';
import { optionTable } from '../src/deploy/option-table.ts';
import { targets } from '../src/render/targets/index.ts';
import { formats } from '../src/report/formats/index.ts';
import { ROOT, runCli } from './helpers/run-cli.ts';

const names = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => basename(name, '.ts'));

/** Every file that git has or would have. */
function projectFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('the project', () => {
  it('has a file for every rule, and a rule for every file', () => {
    expect(rules.map(({ id }) => id).sort()).to.deep.equal(names('src/audit/rules').sort());
  });

  it('has a test for every rule', () => {
    const tests = readdirSync(join(ROOT, 'test/rules')).map((name) => basename(name, '.test.ts'));
    expect(tests).to.include.members(rules.map(({ id }) => id));
  });

  it('has a template folder for every target', () => {
    const folders = readdirSync(join(ROOT, 'templates')).sort();
    expect(targets.map(({ id }) => id).sort()).to.deep.equal(folders);
  });

  it('has a file for every report format', () => {
    expect(names('src/report/formats')).to.include.members(formats.map(({ id }) => id));
  });

  it('has a file for every check of Pod Security', () => {
    expect(names('src/admission/pss/checks')).to.have.length(CHECKS.length);
  });

  it('has a file for every command', () => {
    expect(names('src/cli')).to.include.members(commands.map(({ name }) => name));
  });

  it('uses every code once, in the range of its area', () => {
    const all = [...Object.keys(codes), ...rules.map(({ code }) => code)];
    expect(new Set(all).size).to.equal(all.length);
    for (const code of all) expect(code).to.match(/^DPS[1-7]\d{3}$/);
    for (const { code } of rules) expect(code).to.match(/^DPS4/);
  });

  it('says title, reason and remedy of every code, as sentences', () => {
    const entries = [...Object.entries(codes), ...rules.map((rule) => [rule.code, rule] as const)];
    for (const [code, { title, why, fix }] of entries) {
      expect(title, code).to.match(/^\S.*[^.]$/);
      expect(why, code).to.match(/^\S.*[.?]$/);
      expect(fix, code).to.match(/^\S.*[.?]$/);
    }
  });

  it('mentions every code that the source uses', () => {
    const used = new Set<string>();
    for (const path of projectFiles().filter((name) => /^src\/.*\.ts$/.test(name))) {
      for (const code of text(path).match(/DPS[1-7]\d{3}/g) ?? []) used.add(code);
    }
    const known = new Set([...Object.keys(codes), ...rules.map(({ code }) => code)]);
    expect([...used].filter((code) => !known.has(code))).to.deep.equal([]);
  });

  it('knows every key of deploy.yaml that the catalog speaks of', () => {
    const paths = optionTable.map(({ path }) => path);
    const isKnown = (path: string): boolean =>
      path.startsWith('release_overrides.') ||
      paths.some(
        (known) => known === path || known.startsWith(`${path}.`) || path.startsWith(`${known}.`),
      );
    const notRead = ['autoscaler', 'autoscaler.enabled'];
    expect(catalogPaths.filter((path) => !isKnown(path) && !notRead.includes(path))).to.deep.equal(
      [],
    );
  });

  it('has no file past 300 lines in src, and no folder called utils', () => {
    const long = projectFiles()
      .filter((path) => path.startsWith('src/'))
      .filter((path) => text(path).split('\n').length > 301);
    expect(long).to.deep.equal([]);
    expect(projectFiles().filter((path) => /(^|\/)utils?(\/|\.)/.test(path))).to.deep.equal([]);
  });

  it('names no path of the machine that it is built on, and no registry host', () => {
    const words = [
      ['', 'work', 'main'].join('/'),
      ['', 'root', ''].join('/'),
      ['registry', 'npmjs', 'org'].join('.'),
      ['proxy', 'golang', 'org'].join('.'),
    ];
    const bad = projectFiles()
      .filter((path) => !path.startsWith('node_modules'))
      .filter((path) => words.some((word) => text(path).includes(word)));
    expect(bad).to.deep.equal([]);
  });

  it('shows the same commands in help, README and completion', () => {
    const help = runCli(['--help']).stdout;
    const readme = text('README.md');
    const bash = runCli(['completion', 'bash']).stdout;
    for (const { name } of commands) {
      expect(help).to.contain(`domino-podsec ${name}`);
      expect(readme).to.contain(`\`${name}`);
      expect(bash).to.contain(`    ${name})`);
    }
  });

  it('gives every command three examples and the common flags', async () => {
    for (const { name, load } of commands) {
      const command = await load();
      expect(command.examples, name).to.have.length.greaterThan(2);
      const help = runCli([name, '--help']).stdout;
      for (const flag of ['--format', '--quiet', '--debug', '--help']) {
        expect(help, name).to.contain(flag);
      }
    }
  });
});
