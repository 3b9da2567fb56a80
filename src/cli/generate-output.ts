/** Where the rendered files go: stdout, a folder, a diff, or only a comparison. */
import { basename, join } from 'node:path';
import type { DeployOptions } from '../deploy/options.ts';
import { diagnostic, fail, UserError, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { checkOutput, writeOutput, type Difference } from '../io/write.ts';
import type { RenderedFile, Target } from '../render/types.ts';
import { terminalSafe } from '../text/terminal-safe.ts';
import type { Args } from './command.ts';
import { isSet, listFlag, textFlag } from './flags.ts';
import { wantsFormat } from './report.ts';

export interface Rendered {
  options: DeployOptions;
  counts: Record<string, number>;
  targets: readonly Target[];
  /** Paths are relative to the output folder. */
  files: readonly RenderedFile[];
  remarks: readonly Diagnostic[];
}

/** @returns 0 done; 1 when --check finds a difference; 130 when interrupted after the write */
export async function deliver(rendered: readonly Rendered[], args: Args, io: Io): Promise<number> {
  if (textFlag(args, 'output') === '-') return toStdout(rendered, args, io);
  if (isSet(args, 'diff')) return showDiff(rendered, args, io);
  if (isSet(args, 'check')) return check(rendered, args, io);
  return toFolder(rendered, args, io);
}

function outputFolder(args: Args): string {
  return textFlag(args, 'output') ?? './domino-podsec-out';
}

/** Only complete objects, in apply order; a target of one file may be named alone. */
async function toStdout(rendered: readonly Rendered[], args: Args, io: Io): Promise<number> {
  if (wantsFormat(args)) {
    fail('DPS1003', '--output - and --format both want stdout; write --format NAME=FILE.');
  }
  if (rendered.length > 1) {
    fail('DPS1003', '--output - takes one configuration: objects of two clusters must not mix.', {
      fix: 'Name a folder with --output DIR, or call generate once for each file.',
    });
  }
  const named = listFlag(args, 'target');
  const texts = rendered.flatMap(({ targets, files, options }) => {
    const single = named.length === 1 && files.length === 1;
    const odd = targets.filter(({ applicable }) => !applicable);
    if (!single && named.length > 0 && odd.length > 0) {
      fail(
        'DPS1003',
        `--target ${odd[0]?.id ?? ''} is not one complete object; it cannot go to stdout.`,
        {
          fix: 'Name a folder with --output DIR.',
        },
      );
    }
    const wanted = single ? files : objectsInOrder(targets, files);
    if (wanted.length === 0) {
      fail('DPS1003', `For ${options.file} there is no object that kubectl could apply.`, {
        fix: 'Name a folder with --output DIR, or one --target.',
      });
    }
    return wanted.map(({ content }) => content);
  });
  await io.out(texts.join(''));
  return 0;
}

/** Namespaces first, then what lives in them. */
const APPLY_ORDER = ['namespaces.yaml', 'openshift-scc.yaml', 'psp.yaml'];

function objectsInOrder(
  targets: readonly Target[],
  files: readonly RenderedFile[],
): RenderedFile[] {
  if (!targets.some(({ applicable }) => applicable)) return [];
  return APPLY_ORDER.flatMap((name) => files.filter(({ path }) => basename(path) === name));
}

async function toFolder(rendered: readonly Rendered[], args: Args, io: Io): Promise<number> {
  const dryRun = isSet(args, 'dry-run');
  const folder = outputFolder(args);
  // One transaction for all inputs: either every cluster of a fleet is written, or none.
  const files = rendered.flatMap((entry) => entry.files);
  const result = await writeOutput(folder, files, {
    force: isSet(args, 'force'),
    dryRun,
    partial: isPartial(args),
  });
  if (!isSet(args, 'quiet') && !wantsFormat(args)) {
    const lines = [
      ...result.written.map((path) => `${dryRun ? 'would write' : 'wrote'} ${join(folder, path)}`),
      ...result.removed.map(
        (path) => `${dryRun ? 'would remove' : 'removed'} ${join(folder, path)}`,
      ),
      `${result.written.length} files ${dryRun ? 'to write' : 'written'}, ${result.unchanged.length} unchanged, ${result.removed.length} ${dryRun ? 'to remove' : 'removed'}.`,
      ...rendered.map((entry) => countsLine(entry, folder)),
    ];
    if (dryRun) lines.push('Nothing was written.');
    await io.out(`${lines.map(terminalSafe).join('\n')}\n`);
  }
  return result.interrupted ? 130 : 0;
}

/** With --target the rest of the folder is another run's. */
function isPartial(args: Args): boolean {
  return listFlag(args, 'target').length > 0;
}

function countsLine({ options, counts, files }: Rendered, folder: string): string {
  const readme = files.find(({ path }) => basename(path) === 'README.md')?.path;
  const where = readme === undefined ? '' : ` What to apply, and why: ${join(folder, readme)}`;
  return `${options.file}: ${counts.pods ?? 0} pods of the catalog, ${counts.privileged ?? 0} privileged, ${counts.root ?? 0} root, ${counts.capabilities ?? 0} with capabilities.${where}`;
}

async function showDiff(rendered: readonly Rendered[], args: Args, io: Io): Promise<number> {
  const { createTwoFilesPatch } = await import('diff');
  const folder = outputFolder(args);
  const files = rendered.flatMap((entry) => entry.files);
  for (const difference of checkOutput(folder, files, isPartial(args))) {
    const file = files.find(({ path }) => path === difference.path);
    const path = join(folder, difference.path);
    const old = io.kind(path) === 'file' ? io.readText(path) : undefined;
    const from = old === undefined ? '/dev/null' : path;
    const to = file === undefined ? '/dev/null' : path;
    await io.out(createTwoFilesPatch(from, to, old ?? '', file?.content ?? '', '', ''));
  }
  return 0;
}

const DIFFERENCE: Record<Difference['kind'], string> = {
  missing: 'is missing',
  changed: 'is not what deploy.yaml asks for',
  edited: 'was changed by hand',
  stale: 'is no longer produced',
  unfinished: 'shows that a run was killed in the middle of its writes',
};

async function check(rendered: readonly Rendered[], args: Args, io: Io): Promise<number> {
  const folder = outputFolder(args);
  const files = rendered.flatMap((entry) => entry.files);
  const problems = checkOutput(folder, files, isPartial(args)).map(({ path, kind }) =>
    diagnostic('DPS1008', `${join(folder, path)} ${DIFFERENCE[kind]}.`, {
      fix: 'Run generate without --check.',
    }),
  );
  if (problems.length > 0) throw new UserError(problems, 1);
  if (!isSet(args, 'quiet') && !wantsFormat(args)) {
    await io.out(`${files.length} files are up to date.\n`);
  }
  return 0;
}
