/** The end of `init`: what the file will mean, the write, and how to do it again without questions. */
import { fail } from '../diagnostics.ts';
import { answerText, type AnswerValue } from '../init/answer.ts';
import { editsOf } from '../init/base.ts';
import { previewLines } from '../init/preview.ts';
import { commandText } from '../init/command-text.ts';
import { writeFileAtomic } from '../io/atomic.ts';
import { isMapping } from '../yaml/mapping.ts';
import { terminalSafeLines } from '../text/terminal-safe.ts';
import { printDiagnostics } from './errors.ts';
import { isSet } from './flags.ts';
import type { InitResult, Session } from './init-result.ts';
import { sayer } from './init-say.ts';
import { reportOf, subjectOf, wantsFormat, writeReport } from './report.ts';

/** As FILE: a new configuration goes to stdout. A file of that name is `./-`. */
export const STDOUT = '-';

/** Warnings, what changes in a file that is there, pods with exceptions and how to have fewer. */
export function showResult(session: Session, { options, preview }: InitResult): void {
  const { args, io } = session;
  const say = sayer(args, io);
  const warnings = options.notes.filter(({ severity }) => severity !== 'note');
  printDiagnostics(warnings, io, args.color as boolean | undefined);
  say('What this means', 'heading');
  say(preview.summary);
  for (const line of previewLines(preview)) say(line);
  for (const line of changes(session)) say(line);
}

function changes({ setup: { base }, state }: Session): string[] {
  const edits = base.isNew ? [] : editsOf(base, state.answers);
  if (edits.length === 0) return [];
  const lines = edits.map(({ path, value }) => `  ${path.join('.')}: ${writtenText(value)}`);
  return ['', `Changes in ${base.file}`, ...lines];
}

/** A map is written only empty; null is a value here, and no open question. */
function writtenText(value: unknown): string {
  if (value === null) return 'null';
  return isMapping(value) ? '{}' : answerText(value as AnswerValue);
}

/**
 * Writes the file, all or nothing; an old one keeps its permissions and owner.
 * @throws UserError DPS1010 where somebody changed it since it was read
 */
export async function finish(session: Session, result: InitResult): Promise<void> {
  const { setup, state, args, io } = session;
  const { base } = setup;
  const isChanged = result.text !== base.text;
  if (base.file === STDOUT) {
    await io.out(result.text);
  } else if (isChanged) {
    const now = io.kind(base.file) === 'absent' ? undefined : io.readText(base.file);
    if (now !== base.text) {
      fail('DPS1010', `${base.file} was changed while init ran; nothing was written.`, {
        fix: 'Run init again.',
      });
    }
    writeFileAtomic(base.file, result.text);
  }
  if (!isSet(args, 'quiet')) {
    const command = commandText({
      file: base.file,
      answers: state.answers,
      yes: setup.yes,
      force: base.text !== undefined,
    });
    const name = base.file === STDOUT ? 'the configuration to stdout' : base.file;
    const what = isChanged ? `Wrote ${name}.` : `${base.file} says all that already.`;
    io.err(terminalSafeLines(`\n${what}\nThe same without questions:\n  ${command}\n`));
  }
  if (wantsFormat(args)) {
    const { sections } = result.preview;
    const report = reportOf({
      command: 'init',
      subject: subjectOf(result.options),
      findings: result.options.notes,
      counters: { files: isChanged ? 1 : 0 },
      sections,
    });
    await writeReport(report, args, io, { stream: 'stderr' });
  }
}
