/** Flags that several commands share, and typed reading of parsed flags. */
import type { Options } from 'yargs';
import type { Args } from './command.ts';

const INPUT = 'Input:';
const OUTPUT = 'Output:';
const GLOBAL = 'Global options:';

/** Every command takes these. */
export const globalFlags = {
  format: {
    type: 'string',
    array: true,
    group: OUTPUT,
    describe: 'Format of the report as NAME or NAME=FILE; repeatable, at most one to stdout',
  },
  quiet: { type: 'boolean', group: GLOBAL, describe: 'Say nothing but results and errors' },
  debug: { type: 'boolean', group: GLOBAL, describe: 'Show the stack of every error' },
  color: { type: 'boolean', group: GLOBAL, describe: 'Colour the output (--no-color: do not)' },
} as const satisfies Record<string, Options>;

/** Commands that read deploy.yaml take these; they stand over what the file says. */
export const deployFlags = {
  'kubernetes-version': {
    type: 'string',
    group: INPUT,
    describe: 'Version of the target cluster, 1.N',
  },
  'openshift-version': {
    type: 'string',
    group: INPUT,
    describe: 'Version of the target cluster, 4.N or 4.N.Z',
  },
  'domino-version': { type: 'string', group: INPUT, describe: 'Version of Domino' },
  'unknown-keys': {
    choices: ['error', 'warn', 'ignore'],
    group: INPUT,
    describe: 'What an unknown key of deploy.yaml is',
  },
  catalog: {
    type: 'string',
    group: INPUT,
    describe: 'File with rows that correct or add catalog entries',
  },
} as const satisfies Record<string, Options>;

/** Commands that judge manifests take these. */
export const matchingFlags = {
  namespace: {
    type: 'string',
    group: INPUT,
    describe: 'Namespace of objects that state none',
  },
  'also-namespace': {
    type: 'string',
    array: true,
    group: INPUT,
    describe: "A further namespace to treat as Domino's",
  },
  'enforce-assumed': {
    type: 'boolean',
    group: INPUT,
    describe: 'Let limits that are only assumed take privileges away',
  },
} as const satisfies Record<string, Options>;

/** The last value of a flag that takes one string; undefined when it was not given. */
export function textFlag(args: Args, name: string): string | undefined {
  const value = args[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}

export function listFlag(args: Args, name: string): string[] {
  const value = args[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

export function isSet(args: Args, name: string): boolean {
  return args[name] === true;
}
