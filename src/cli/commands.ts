/** The commands, in the order of the help. Each is a chunk of its own, loaded when it is called. */
import type { Command } from './command.ts';

export interface CommandEntry {
  name: string;
  describe: string;
  load: () => Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    describe: 'Ask what deploy.yaml must say, show what that means, and write it',
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'validate',
    describe: 'Check a deploy.yaml: every problem at once, with its place',
    load: async () => (await import('./validate.ts')).validate,
  },
  {
    name: 'generate',
    describe: 'Write the pod security configuration that a deploy.yaml asks for',
    load: async () => (await import('./generate.ts')).generate,
  },
  {
    name: 'audit',
    describe: 'Judge manifests by the policy and the documented exceptions',
    load: async () => (await import('./audit.ts')).audit,
  },
  {
    name: 'patch',
    describe: 'Set the decided contexts on manifests, and change nothing else',
    load: async () => (await import('./patch.ts')).patch,
  },
  {
    name: 'admit',
    describe: 'Prove offline which policy admits each pod, and why the others refuse it',
    load: async () => (await import('./admit.ts')).admit,
  },
  {
    name: 'selftest',
    describe: 'Run the built-in cases of the admission engines and print the figures',
    load: async () => (await import('./selftest.ts')).selftest,
  },
  {
    name: 'explain',
    describe: 'Tell about a pod, an option, a rule, a target or a message code',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'list',
    describe: 'Print the tables: pods, options, targets, rules, codes, sources',
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'completion',
    describe: 'Print a completion script for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completion,
  },
];
