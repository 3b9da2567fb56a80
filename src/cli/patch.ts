/** `patch`: sets the decided contexts on real manifests, and changes nothing else. */
import './core.ts';
import { codeEntry } from '../codes/index.ts';
import { UserError, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { Args, Command } from './command.ts';
import { loadDeploy } from './deploy.ts';
import { deployFlags, isSet, listFlag, matchingFlags, textFlag } from './flags.ts';
import { fail } from '../diagnostics.ts';
import { manifestFiles } from './manifests.ts';
import { patchInPlace, patchToStdout } from './patch-output.ts';
import { patchReport, type PatchRun } from './patch-report.ts';
import { checkFormats, writeReport } from './report.ts';

const GROUP = 'Decision:';

export const patch: Command = {
  positional: {
    name: 'PATH',
    describe: 'Manifests: files, folders or - (default: standard input)',
    variadic: true,
  },
  options: {
    config: {
      type: 'string',
      group: 'Input:',
      describe: 'Configuration of the Domino installer; --krm may carry it in its functionConfig',
    },
    ...deployFlags,
    ...matchingFlags,
    'allow-empty': {
      type: 'boolean',
      group: 'Input:',
      describe: 'An empty input is no error; a comment is written for it',
    },
    'only-catalog': {
      type: 'boolean',
      group: GROUP,
      describe: 'Leave pods alone that no row of the catalog matches',
    },
    'patch-unknown': {
      type: 'boolean',
      group: GROUP,
      describe: "Apply the default policy to users' pods, too",
    },
    strict: {
      type: 'boolean',
      group: GROUP,
      describe: 'Exit 1 and write nothing when a pod asks for more than it may have',
    },
    'require-all': {
      type: 'boolean',
      group: GROUP,
      describe: 'Exit 1 and write nothing when a pod of the configuration is missing',
    },
    diff: { type: 'boolean', group: 'Output:', describe: 'Show what would change instead' },
    'in-place': {
      type: 'boolean',
      group: 'Output:',
      describe: 'Rewrite the named files, all or none',
    },
    krm: {
      type: 'boolean',
      group: 'Output:',
      describe: 'Speak the ResourceList of kustomize, kpt and Argo CD',
    },
  },
  examples: [
    ['--config deploy.yaml < rendered.yaml | kubectl apply -f -', 'between a chart and a cluster'],
    ['rendered/ --config deploy.yaml --diff', 'what would change'],
    ['rendered/ --config deploy.yaml --in-place --strict', 'files of your own; nothing on a loss'],
    ['--krm < resource-list.yaml', 'as a KRM function'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  await checkFormats(args);
  if (isSet(args, 'krm')) return (await import('./patch-krm.ts')).runKrm(args, io);
  const config = textFlag(args, 'config');
  if (config === undefined) {
    return fail('DPS1003', 'patch needs --config FILE, the configuration of the installer.', {
      fix: 'Name the deploy.yaml whose pods the manifests hold.',
    });
  }
  const files = filesOf(args, io);
  const { context, options } = loadDeploy(config, args, io, { kubernetesVersion: false });
  const job = {
    policy: context,
    options: {
      onlyCatalog: isSet(args, 'only-catalog'),
      patchUnknown: isSet(args, 'patch-unknown'),
    },
  };
  const outcome = isSet(args, 'in-place')
    ? await patchInPlace(files, job, args, io)
    : await patchToStdout(files, job, args, io);
  const report = patchReport(outcome.run, options.notes, context, args);
  if (!isSet(args, 'quiet')) await writeReport(report, args, io, { stream: 'stderr' });
  return outcome.code;
}

function filesOf(args: Args, io: Io): string[] {
  const paths = listFlag(args, 'PATH');
  if (paths.length > 0) return manifestFiles(paths, io);
  if (isSet(args, 'in-place')) {
    fail('DPS1003', '--in-place needs the files to rewrite.', { fix: 'Name them as PATH.' });
  }
  if (io.stdinIsTerminal) {
    fail('DPS1003', 'patch reads manifests from standard input, which is a terminal.', {
      fix: 'Pipe manifests in, or name a PATH.',
    });
  }
  return ['-'];
}

/** Ends the run when the input, or the user's own demands, do not allow any output. */
export function refuseOutput(run: PatchRun, missing: readonly Diagnostic[], args: Args): void {
  const errors = run.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UserError(errors, 2);
  if (run.isBlank && !isSet(args, 'allow-empty')) {
    fail('DPS5007', 'The input is empty.', { fix: codeEntry('DPS5007').fix });
  }
  const lost = isSet(args, 'strict')
    ? run.diagnostics.filter(({ code }) => code === 'DPS3001')
    : [];
  const absent = isSet(args, 'require-all') ? missing : [];
  if (lost.length + absent.length > 0) throw new UserError([...lost, ...absent], 1);
}
