/** The flags of `admit`. */
import type { Options } from 'yargs';
import { deployFlags, matchingFlags } from './flags.ts';

const INPUT = 'Input:';
const CLUSTER = 'Cluster:';
const WHAT_IF = 'What if:';
const OUTPUT = 'Output:';

export const DEFAULT_MAX = 200;

export const admitFlags: Readonly<Record<string, Options>> = {
  config: {
    type: 'string',
    group: INPUT,
    describe:
      'deploy.yaml whose namespaces, bindings and policies are in force; none is looked for',
  },
  ...deployFlags,
  namespace: matchingFlags.namespace,
  'also-namespace': matchingFlags['also-namespace'],
  'allow-empty': {
    type: 'boolean',
    group: INPUT,
    describe: 'No workload in the input is no error',
  },
  level: {
    choices: ['privileged', 'baseline', 'restricted'],
    group: CLUSTER,
    describe: 'Enforce this level of Pod Security in every namespace',
  },
  bind: {
    type: 'string',
    array: true,
    group: CLUSTER,
    describe: 'SCCs, with commas, bound to the service accounts of every namespace; or none',
  },
  'namespace-annotations': {
    type: 'string',
    group: CLUSTER,
    describe:
      'File with annotations of namespaces: KEY: VALUE, NAMESPACE: {KEY: VALUE} or a Namespace',
  },
  'admission-configuration': {
    type: 'string',
    group: CLUSTER,
    describe: "The API server's AdmissionConfiguration: defaults and exemptions of Pod Security",
  },
  as: { type: 'string', group: CLUSTER, describe: 'The user who creates bare pods' },
  'as-group': {
    type: 'string',
    array: true,
    group: CLUSTER,
    describe: 'A group of that user; repeatable',
  },
  without: {
    type: 'string',
    array: true,
    group: WHAT_IF,
    describe: 'What changes without spc_t, privileged, root, ... or without a pod of the catalog',
  },
  set: {
    type: 'string',
    array: true,
    group: WHAT_IF,
    describe: 'What changes with another value in deploy.yaml, as PATH=VALUE; needs --config',
  },
  plan: {
    type: 'boolean',
    group: WHAT_IF,
    describe: 'Rank the options by the privileged pods that they remove; needs --config',
  },
  matrix: {
    type: 'boolean',
    group: WHAT_IF,
    describe: 'The verdicts on every version, and where they flip',
  },
  'max-findings': {
    type: 'number',
    default: DEFAULT_MAX,
    group: OUTPUT,
    describe: 'How many findings and pods the text format shows',
  },
};
