/** One question put to a prompter, by the kind of its option. */
import { BACK, type Back, type Choice, type Prompter } from '../io/prompter.ts';
import { readAnswer, type AnswerValue } from './answer.ts';
import { offeredValues, type InitQuestion } from './questions.ts';

/** Values of a choice that are no values of the option. */
const OPEN = '';
const OTHER = '\0other';

/** @returns an answer that `readAnswer` takes, or BACK */
export async function askQuestion(
  entry: InitQuestion,
  proposal: AnswerValue | undefined,
  prompter: Prompter,
): Promise<AnswerValue | Back> {
  const prompt = { message: entry.question.ask, note: `Security: ${entry.row.effect}` };
  const { type } = entry.row;
  if (type.kind === 'flag') return prompter.confirm({ ...prompt, proposal: proposal === true });
  if (type.kind !== 'choice') return askText(entry, proposal, prompter);
  const choice = await prompter.select({
    ...prompt,
    choices: choicesOf(entry),
    proposal: proposal === null ? OPEN : textOf(proposal),
  });
  if (choice === BACK) return BACK;
  if (choice !== OTHER) return choice === OPEN ? null : choice;
  const text = await askText(entry, undefined, prompter);
  return text === BACK ? askQuestion(entry, proposal, prompter) : text;
}

function choicesOf(entry: InitQuestion): Choice[] {
  const choices = offeredValues(entry).map((value) => ({ value, name: value }));
  const { type } = entry.row;
  if (type.kind === 'choice' && type.open === true)
    choices.push({ value: OTHER, name: 'another, type its name' });
  if (entry.question.optional === true) choices.push({ value: OPEN, name: 'leave it open' });
  return choices;
}

async function askText(
  entry: InitQuestion,
  proposal: AnswerValue | undefined,
  prompter: Prompter,
): Promise<AnswerValue | Back> {
  const optional = entry.question.optional === true ? ' Empty: left open.' : '';
  const text = await prompter.input({
    message: entry.question.ask,
    note: `Security: ${entry.row.effect}${optional}`,
    proposal: proposal === null ? undefined : textOf(proposal),
    problem: (typed) => {
      const read = readAnswer(entry, typed);
      return 'problem' in read ? `It ${read.problem}.` : undefined;
    },
  });
  if (text === BACK) return BACK;
  const read = readAnswer(entry, text);
  return 'value' in read ? read.value : null;
}

function textOf(value: AnswerValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
