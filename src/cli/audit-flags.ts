/** The flags of `audit`. */
import type { Options } from 'yargs';
import { deployFlags, matchingFlags } from './flags.ts';

const INPUT = 'Input:';
const OUTPUT = 'Output:';

export const DEFAULT_MAX = 200;

export const auditFlags: Readonly<Record<string, Options>> = {
  config: {
    type: 'string',
    group: INPUT,
    describe: 'deploy.yaml that says which pods are installed; none is looked for',
  },
  ...deployFlags,
  ...matchingFlags,
  exceptions: {
    type: 'string',
    array: true,
    group: INPUT,
    describe: 'File with accepted findings: namespace, kind, name, rule and reason of each',
  },
  baseline: {
    type: 'string',
    group: INPUT,
    describe: 'JSON report of an earlier run without --baseline; its findings are left out',
  },
  'allow-empty': {
    type: 'boolean',
    group: INPUT,
    describe: 'No workload in the input is no error',
  },
  'fail-on': {
    choices: ['error', 'warning', 'note', 'never'],
    default: 'error',
    group: OUTPUT,
    describe: 'Lowest severity that makes the exit code 1',
  },
  'show-from': {
    choices: ['error', 'warning', 'note'],
    default: 'note',
    group: OUTPUT,
    describe: 'Lowest severity that is reported',
  },
  'max-findings': {
    type: 'number',
    default: DEFAULT_MAX,
    group: OUTPUT,
    describe: 'How many findings the text format shows',
  },
};
