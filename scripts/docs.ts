/**
 * Writes what is generated and committed: schemas/ and the tables of README.md between their marks.
 * With --check nothing is written, and a file that is stale makes the exit code 1.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { deployJsonSchema } from '../src/deploy/json-schema.ts';
import { parseDeploy } from '../src/deploy/parse.ts';
import { exceptionCounts } from '../src/render/targets/summary.ts';
import { select } from '../src/security/select.ts';
import { functionJsonSchema } from '../src/patch/krm-schema.ts';
import { optionTable } from '../src/deploy/option-table.ts';
import { catalog } from '../src/catalog/index.ts';
import { targets } from '../src/render/targets/index.ts';
import { rules } from '../src/audit/rules/index.ts';
import { optionsTable, podTable, ruleTable, targetTable } from '../src/reference/tables.ts';
import { admitJsonSchema } from '../src/report/admit-json-schema.ts';
import { reportJsonSchema } from '../src/report/json-schema.ts';
import { formats } from '../src/report/formats/index.ts';
import { sectionTable } from '../src/report/formats/markdown.ts';
import type { Section } from '../src/report/report.ts';

const ROOT = join(import.meta.dirname, '..');

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const formatTable: Section = {
  title: 'Formats',
  columns: ['format', 'for'],
  rows: formats.map(({ id, description }) => [id, description]),
};

/** The first sentence of an example's comment is what it is. */
function exampleTable(): Section {
  const folder = join(ROOT, 'examples');
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'deploy.yaml')));
  return {
    title: 'Examples',
    columns: ['example', 'what it is', 'pods', 'privileged', 'root', 'capabilities'],
    rows: names.sort().map((name) => {
      const text = readFileSync(join(folder, name, 'deploy.yaml'), 'utf8');
      const options = parseDeploy(text, name, {}, { kubernetesVersion: true });
      const counts = exceptionCounts(select(catalog, options).selected);
      const comment = text
        .split('\n')
        .slice(1)
        .filter((line) => line.startsWith('# '));
      const [about = ''] = comment
        .map((line) => line.slice(2))
        .join(' ')
        .split(/(?<=[.:]) /);
      return [name, about.replace(/:$/, '.'), ...Object.values(counts).map(String)];
    }),
  };
}

const TABLES: Readonly<Record<string, Section>> = {
  pods: podTable(catalog),
  options: optionsTable(optionTable.filter(({ movedTo }) => movedTo === undefined)),
  targets: targetTable(targets),
  rules: ruleTable(rules),
  formats: formatTable,
  examples: exampleTable(),
};

/** The README with each table between `<!-- BEGIN name -->` and `<!-- END name -->` made anew. */
async function freshReadme(): Promise<string> {
  const path = join(ROOT, 'README.md');
  let text = readFileSync(path, 'utf8');
  for (const [name, section] of Object.entries(TABLES)) {
    const [begin, end] = [`<!-- BEGIN ${name} -->`, `<!-- END ${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`README.md has no marks for ${name}.`);
    const table = [...sectionTable(section)].join('').replace(/^\n*## .*\n+/, '');
    text = `${text.slice(0, from + begin.length)}\n\n${table.trim()}\n\n${text.slice(to)}`;
  }
  const options = await prettier.resolveConfig(path);
  return prettier.format(text, { ...options, filepath: path });
}

const files: Readonly<Record<string, string>> = {
  'schemas/deploy.schema.json': json(deployJsonSchema()),
  'schemas/report.schema.json': json(reportJsonSchema),
  'schemas/admit.schema.json': json(admitJsonSchema),
  'schemas/function.schema.json': json(functionJsonSchema),
  'README.md': await freshReadme(),
};

const check = process.argv.includes('--check');
for (const [name, content] of Object.entries(files)) {
  const path = join(ROOT, name);
  if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) === content) continue;
  if (check) {
    process.stderr.write(`${name} is stale; run npm run docs.\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, content);
    process.stdout.write(`wrote ${name}\n`);
  }
}
