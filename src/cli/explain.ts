/** `explain NAME`: a pod, an option, a rule, a target or a message code. */
import './core.ts';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { explain as explainName, suggestions } from '../reference/explain.ts';
import type { Args, Command } from './command.ts';
import { textFlag } from './flags.ts';
import { names } from './names.ts';
import { referenceFormats } from './reference-formats.ts';
import { reportOf, writeReport } from './report.ts';

export const explain: Command = {
  positional: {
    name: 'NAME',
    describe: 'A pod, an option (dotted path), a rule, a target or a code',
    required: true,
  },
  options: {},
  examples: [
    ['aws-ebs-csi-driver-node', 'a pod: what it may do, why, how to reduce it'],
    ['image_building.rootless', 'an option: what it changes for pods'],
    ['DPS3001', 'a message code'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  const name = textFlag(args, 'NAME') ?? '';
  const found = explainName(name, names);
  if (found.length === 0) {
    const near = suggestions(name, names).map((known) => `"${known}"`);
    return fail('DPS3013', `Nothing is called "${name}".`, {
      fix:
        near.length === 0
          ? 'See list pods, list options, list rules, list targets and list codes.'
          : `Did you mean ${orText(near)}?`,
    });
  }
  const report = reportOf({
    command: 'explain',
    findings: [],
    sections: found.flatMap(({ sections }) => sections),
    data: { found: found.map(({ kind, name: called, data }) => ({ kind, name: called, data })) },
  });
  await writeReport(report, args, io, { formats: referenceFormats });
  return 0;
}

/** "a, b or c". */
function orText(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
