/** `list pods|options|targets|rules|codes|sources`: the tables that everything else is built on. */
import './core.ts';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import {
  codeTable,
  optionsTable,
  podTable,
  ruleTable,
  sourceTable,
  targetTable,
  type ReferenceTable,
} from '../reference/tables.ts';
import type { Args, Command } from './command.ts';
import { textFlag } from './flags.ts';
import { names } from './names.ts';
import { referenceFormats } from './reference-formats.ts';
import { reportOf, writeReport } from './report.ts';

const tables: Readonly<Record<string, () => ReferenceTable>> = {
  pods: () => podTable(names.catalog),
  options: () => optionsTable(names.options),
  targets: () => targetTable(names.targets),
  rules: () => ruleTable(names.rules),
  codes: codeTable,
  sources: sourceTable,
};

export const list: Command = {
  positional: {
    name: 'WHAT',
    describe: 'Which table',
    required: true,
    choices: Object.keys(tables),
  },
  options: {},
  examples: [
    ['pods', 'the catalog: which pods need more than the default'],
    ['options --format markdown', 'the options of deploy.yaml for a document'],
    ['rules --format json', 'the rules of audit for a program'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  const what = textFlag(args, 'WHAT') ?? '';
  const table = tables[what]?.();
  if (table === undefined) {
    return fail('DPS1003', `list knows ${Object.keys(tables).join(', ')}; got "${what}".`);
  }
  const report = reportOf({
    command: `list ${what}`,
    findings: [],
    sections: [table],
    data: { [what]: table.items },
  });
  await writeReport(report, args, io, { formats: referenceFormats });
  return 0;
}
