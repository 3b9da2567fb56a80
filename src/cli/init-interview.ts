/** The conversation of `init` on a terminal: questions, preview, the last word. */
import { UserError } from '../diagnostics.ts';
import { converse, goBack } from '../init/flow.ts';
import { BACK, type Prompter } from '../io/prompter.ts';
import { printDiagnostics } from './errors.ts';
import { isSet } from './flags.ts';
import { showResult, STDOUT } from './init-finish.ts';
import { questionOf, resultOf, type InitResult, type Session } from './init-result.ts';
import { sayer } from './init-say.ts';

/**
 * Asks until the answers give a valid file and the user agrees to write it.
 * @returns undefined when the user does not
 * @throws UserError where the file has problems that no answer can mend; exit code 130 on Ctrl-C
 */
export async function interview(
  session: Session,
  prompter: Prompter,
): Promise<InitResult | undefined> {
  const { setup, state, args, io } = session;
  const say = sayer(args, io);
  const { file } = setup.base;
  if (setup.base.isNew) say(`New configuration ${file === STDOUT ? 'for stdout' : file}.`);
  else say(`${file} is there; questions that it answers are not asked (--review asks all).`);
  say('Enter takes what is proposed, < goes back, Ctrl-C ends and writes nothing.');
  for (;;) {
    await converse(setup, state, prompter, say);
    const result = judged(session);
    if (result === undefined) continue;
    showResult(session, result);
    if (isUndisturbed(session, result)) return result;
    const answer = await agreement(session, prompter);
    if (answer !== BACK) return answer ? result : undefined;
    if (!goBack(state)) say('There is no question to go back to.');
  }
}

/** undefined: there are problems, and the question that can mend them is open again. */
function judged(session: Session): InitResult | undefined {
  try {
    return resultOf(session);
  } catch (error) {
    if (!(error instanceof UserError) || session.state.asked.length === 0) throw error;
    printDiagnostics(error.diagnostics, session.io, session.args.color as boolean | undefined);
    goBack(session.state, questionOf(error, session));
    return undefined;
  }
}

/** Nothing is left to agree to: nothing changes, or the flags said yes to all of it. */
function isUndisturbed(
  { setup: { base, yes }, state, args }: Session,
  result: InitResult,
): boolean {
  if (result.text === base.text) return true;
  const agreed = isSet(args, 'force') || (yes && base.text === undefined);
  return agreed && state.asked.length === 0;
}

function agreement(
  { setup: { base } }: Session,
  prompter: Prompter,
): ReturnType<Prompter['confirm']> {
  const isOld = base.text !== undefined;
  return prompter.confirm({
    message: isOld
      ? `Change ${base.file}?`
      : `Write ${base.file === STDOUT ? 'it to stdout' : base.file}?`,
    note: isOld
      ? 'Other keys, comments and secrets stay as they are.'
      : 'Nothing has been written yet.',
    proposal: !isOld,
  });
}

/** The file is written whatever is answered here. */
export async function offerGenerate(session: Session, prompter: Prompter): Promise<boolean> {
  try {
    const answer = await prompter.confirm({
      message: 'Generate the files for the cluster now?',
      note: 'generate writes ./domino-podsec-out; it can be run at any time.',
      proposal: true,
    });
    return answer === true;
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode !== 130) throw error;
    session.io.err('Interrupted; the configuration is written, generate was not run.\n');
    throw new UserError([], 130);
  }
}
