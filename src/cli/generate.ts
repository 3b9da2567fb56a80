/** `generate`: deploy.yaml to everything the cluster needs. */
import './core.ts';
import { fail, UserError, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { expectShortRun } from '../io/run-length.ts';
import { render } from '../render/render.ts';
import { knownRemarks } from '../render/targets/known-settlement.ts';
import { targets as allTargets } from '../render/targets/index.ts';
import { exceptionCounts } from '../render/targets/summary.ts';
import type { RenderedFile, Target } from '../render/types.ts';
import type { Args, Command } from './command.ts';
import { DEFAULT_FILE, loadDeploy, type LoadedDeploy } from './deploy.ts';
import { printDiagnostics } from './errors.ts';
import { deployFlags, isSet, listFlag, matchingFlags, textFlag } from './flags.ts';
import { subFolders } from './output-folders.ts';
import { deliver, type Rendered } from './generate-output.ts';
import {
  checkFormats,
  exitCodeOf,
  reportOf,
  subjectOf,
  wantsFormat,
  writeReport,
} from './report.ts';

const GROUP = 'Output:';

export const generate: Command = {
  positional: {
    name: 'FILE',
    describe: `Configuration of the Domino installer (default ${DEFAULT_FILE})`,
    variadic: true,
  },
  options: {
    ...deployFlags,
    ...matchingFlags,
    against: {
      type: 'string',
      array: true,
      group: 'Input:',
      describe: 'Rendered manifests (file, folder or -) to write exact patches for',
    },
    'require-all': {
      type: 'boolean',
      group: 'Input:',
      describe: 'With --against: a pod that is not found is an error',
    },
    target: {
      choices: allTargets.map(({ id }) => id),
      array: true,
      group: GROUP,
      describe: 'Only this target; repeatable (default: all that apply, but helm-plugin)',
    },
    output: {
      type: 'string',
      group: GROUP,
      default: './domino-podsec-out',
      describe: 'Folder to write to, or - for objects on stdout',
    },
    'dry-run': { type: 'boolean', group: GROUP, describe: 'Name the files, write nothing' },
    diff: { type: 'boolean', group: GROUP, describe: 'Show what would change, write nothing' },
    check: {
      type: 'boolean',
      group: GROUP,
      describe: 'Write nothing; exit 1 when the folder differs',
    },
    force: { type: 'boolean', group: GROUP, describe: 'Overwrite files that were changed by hand' },
    verify: {
      type: 'boolean',
      group: GROUP,
      describe:
        'Write only what offline admission proves: it admits every pod, and nothing less does',
    },
    'fail-on': {
      choices: ['error', 'warning', 'note', 'never'],
      default: 'error',
      group: GROUP,
      describe: 'Lowest severity that makes the exit code 1',
    },
  },
  examples: [
    ['', 'write ./domino-podsec-out from ./deploy.yaml'],
    ['deploy.yaml --against rendered/ --output out', 'patches that fit the rendered charts'],
    ['deploy.yaml --target namespaces --output - | kubectl apply -f -', 'one target to a cluster'],
    ['clusters/*.yaml --check', 'in CI: fail when a folder is not up to date'],
  ],
  run,
};

async function run(args: Args, io: Io): Promise<number> {
  if (listFlag(args, 'against').length === 0) expectShortRun();
  await checkFormats(args);
  refuseClash(args);
  const given = listFlag(args, 'FILE');
  const files = given.length === 0 ? [DEFAULT_FILE] : given;
  const folders = subFolders(files);
  const rendered = await renderAll(files, folders, args, io);
  const remarks = rendered.flatMap(({ remarks: list }) => list);
  if (!isSet(args, 'quiet')) printDiagnostics(remarks, io, args.color as boolean | undefined);
  const code = await deliver(rendered, args, io);
  if (wantsFormat(args)) await writeReport(reportOfRun(rendered), args, io);
  return Math.max(code, exitCodeOf(remarks, args));
}

/** Each of these says what happens instead of a write; two of them say nothing clear. */
function refuseClash(args: Args): void {
  const modes = ['check', 'diff', 'dry-run'].filter((name) => isSet(args, name));
  const stdout = textFlag(args, 'output') === '-' && modes.length > 0;
  if (modes.length < 2 && !stdout) return;
  const words = [...(stdout ? ['--output -'] : []), ...modes.map((name) => `--${name}`)];
  fail('DPS1003', `${words.join(' and ')} cannot be combined.`, { fix: 'Give one of them.' });
}

/** @throws UserError with the problems of every file: a fleet is mended in one go. */
async function renderAll(
  files: readonly string[],
  folders: readonly string[],
  args: Args,
  io: Io,
): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  const problems: Diagnostic[] = [];
  let code: 1 | 2 | undefined;
  for (const [index, file] of files.entries()) {
    try {
      const entry = await renderFile(file, folders[index] ?? '', args, io);
      const remarks = files.length > 1 ? entry.remarks.map(placedIn(file)) : entry.remarks;
      rendered.push({ ...entry, remarks });
    } catch (error) {
      if (!(error instanceof UserError) || error.exitCode === 130) throw error;
      problems.push(...error.diagnostics.filter((entry) => !isTold(entry, problems)));
      code = code === 2 ? 2 : error.exitCode;
    }
  }
  if (code !== undefined) throw new UserError(problems, code);
  return rendered;
}

/** A flag that is wrong is wrong for every file. */
function isTold({ message, location }: Diagnostic, problems: readonly Diagnostic[]): boolean {
  return location === undefined && problems.some((entry) => entry.message === message);
}

/** What is said of a whole configuration has no place; of several files it must be told which. */
function placedIn(file: string): (remark: Diagnostic) => Diagnostic {
  return (remark) => ({ location: { file, line: 1, column: 1 }, ...remark });
}

async function renderFile(file: string, subFolder: string, args: Args, io: Io): Promise<Rendered> {
  const loaded = loadDeploy(file, args, io, { kubernetesVersion: true });
  if (isSet(args, 'verify')) (await import('./generate-verify.ts')).proveDeploy(loaded, args, io);
  const chosen = chosenTargets(loaded, args);
  const paths = listFlag(args, 'against');
  const against =
    paths.length === 0
      ? undefined
      : (await import('./against.ts')).readAgainst(
          paths,
          loaded.context,
          io,
          isSet(args, 'require-all'),
        );
  const selection = loaded.context.selection ?? { selected: [], omitted: [] };
  const remarks = against?.remarks ?? knownRemarks(selection.selected, loaded.context.decision);
  const files: RenderedFile[] = render(chosen, {
    options: loaded.options,
    catalog: loaded.catalog,
    selection,
    decision: loaded.context.decision,
    ...(against === undefined ? {} : { against: against.workloads }),
    remarks,
    targets: chosen.map(({ id }) => id),
  });
  return {
    options: loaded.options,
    counts: exceptionCounts(selection.selected),
    targets: chosen,
    files: files.map((entry) => ({ ...entry, path: subFolder + entry.path })),
    remarks: [...loaded.options.notes, ...remarks],
  };
}

function chosenTargets({ options }: LoadedDeploy, args: Args): Target[] {
  const wanted = listFlag(args, 'target');
  const applying = allTargets.filter((target) => target.applies(options));
  if (wanted.length === 0) return applying.filter(({ onRequest }) => onRequest !== true);
  for (const id of wanted) {
    if (applying.some((target) => target.id === id)) continue;
    const target = allTargets.find((candidate) => candidate.id === id);
    fail('DPS1003', `--target ${id} does not apply to ${options.file}.`, {
      fix: `It is produced for: ${target?.when ?? ''}.`,
    });
  }
  return applying.filter(({ id }) => wanted.includes(id));
}

function reportOfRun(rendered: readonly Rendered[]): ReturnType<typeof reportOf> {
  const [first] = rendered;
  return reportOf({
    command: 'generate',
    subject: rendered.length === 1 ? subjectOf(first?.options) : {},
    findings: rendered.flatMap(({ remarks }) => remarks),
    counters: { files: rendered.reduce((sum, { files }) => sum + files.length, 0) },
    sections: [
      {
        title: 'Files',
        columns: ['configuration', 'file'],
        rows: rendered.flatMap(({ options, files }) =>
          files.map(({ path }) => [options.file, path]),
        ),
      },
    ],
  });
}
