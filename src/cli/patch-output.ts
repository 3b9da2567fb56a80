/** Where patched manifests go: stdout after everything has been checked, the files, or a diff. */
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { createSpill, type Spill } from '../io/spill.ts';
import type { PatchJob } from '../patch/document.ts';
import { patchStream } from '../patch/stream.ts';
import { hideSecrets } from '../text/codeframe.ts';
import type { Args } from './command.ts';
import { isSet } from './flags.ts';
import { refuseOutput } from './patch.ts';
import { addPod, missingPods, newRun, type PatchRun } from './patch-report.ts';

export interface PatchOutcome {
  run: PatchRun;
  code: number;
}

/** Helm 4 takes an empty answer of a post-renderer for a failure, even where it had nothing to send. */
const NO_MANIFESTS = '# No manifests.\n';

/** Nothing reaches stdout before the whole input has been read, patched and checked. */
export async function patchToStdout(
  files: readonly string[],
  job: PatchJob,
  args: Args,
  io: Io,
): Promise<PatchOutcome> {
  const run = newRun();
  const spill = createSpill();
  const diff = isSet(args, 'diff') ? await diffWriter(spill) : undefined;
  try {
    for (const file of files) patchFile(file, job, io, run, { spill, diff });
    refuseOutput(run, missingPods(run, job.policy), args);
    if (run.isBlank && diff === undefined) spill.append(NO_MANIFESTS);
    await spill.copyTo(io);
  } finally {
    spill.close();
  }
  // Whoever reads the other end got a part of the manifests: that must not look like success.
  if (io.outClosed)
    fail('DPS1002', 'Standard output was closed before all manifests were written.');
  return { run, code: 0 };
}

/** Rewrites the files that change, all or none. */
export async function patchInPlace(
  files: readonly string[],
  job: PatchJob,
  args: Args,
  io: Io,
): Promise<PatchOutcome> {
  if (files.includes('-')) fail('DPS1003', '--in-place cannot rewrite standard input.');
  const run = newRun();
  const spills: { path: string; spill: Spill; before: number }[] = [];
  if (isSet(args, 'diff')) fail('DPS1003', '--diff writes nothing and --in-place does; name one.');
  try {
    for (const path of files) {
      const spill = createSpill();
      const before = run.counts.changed;
      spills.push({ path, spill, before });
      patchFile(path, job, io, run, { spill, diff: undefined });
      if (run.counts.changed === before) {
        spill.close();
        spills.pop();
      }
    }
    refuseOutput(run, missingPods(run, job.policy), args);
    const { replaceFiles } = await import('./replace-files.ts');
    const changes = spills.map(({ path, spill }) => ({ path, content: spill.chunks() }));
    const { interrupted } = await replaceFiles(changes);
    return { run, code: interrupted ? 130 : 0 };
  } finally {
    for (const { spill } of spills) spill.close();
  }
}

type DiffWriter = (file: string, before: string, after: string, line: number) => void;

function patchFile(
  file: string,
  job: PatchJob,
  io: Io,
  run: PatchRun,
  { spill, diff }: { spill: Spill; diff: DiffWriter | undefined },
): void {
  const source = io.open(file);
  try {
    patchStream(source, job, {
      write: (piece) => {
        run.isBlank &&= Buffer.from(piece).toString().trim() === '';
        if (diff === undefined) spill.append(piece);
      },
      report: (entry) => run.diagnostics.push(entry),
      pod: (pod) => {
        addPod(run, pod);
      },
      ...(diff === undefined
        ? {}
        : {
            changed: (before: string, after: string, line: number) => {
              diff(source.name, before, after, line);
            },
          }),
    });
  } finally {
    source.close();
  }
}

/** A unified diff a document, with the lines of the file; secrets in the lines around are hidden. */
async function diffWriter(spill: Spill): Promise<DiffWriter> {
  const { formatPatch, structuredPatch } = await import('diff');
  return (file, before, after, line) => {
    const patch = structuredPatch(file, file, hideSecrets(before), hideSecrets(after), '', '');
    for (const hunk of patch.hunks) {
      hunk.oldStart += line - 1;
      hunk.newStart += line - 1;
    }
    spill.append(formatPatch(patch));
  };
}
