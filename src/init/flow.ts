/** Which question comes next, and the conversation about all of them, with a way back. */
import { holds } from '../security/condition.ts';
import { BACK, type Prompter } from '../io/prompter.ts';
import type { Answer, Answers, AnswerValue } from './answer.ts';
import { askQuestion } from './ask.ts';
import { baseValue, type Base } from './base.ts';
import { factsOf } from './facts.ts';
import { initQuestions, proposalOf, sectionTitles, type InitQuestion } from './questions.ts';

export interface FlowSetup {
  base: Base;
  /** Answers of flags and of the answers file: never asked, never taken back. */
  preset: Answers;
  /** Take what is proposed where something is. */
  yes: boolean;
  /** Ask also what the file says already. */
  review: boolean;
}

export interface FlowState {
  answers: Map<string, Answer>;
  /** Paths of the questions that were answered at a prompt, in their order. */
  asked: string[];
  /** Answers that were taken back: proposed when the question comes again. */
  earlier: Map<string, AnswerValue>;
}

export function startFlow(setup: FlowSetup): FlowState {
  return { answers: new Map(setup.preset), asked: [], earlier: new Map() };
}

/**
 * The first question that matters after the answers so far and has none; undefined at the end.
 * With `yes` the proposals on the way are taken as answers. `skip`: paths to pass over.
 */
export function nextQuestion(
  setup: FlowSetup,
  state: FlowState,
  skip: ReadonlySet<string> = new Set(),
): InitQuestion | undefined {
  let facts = factsOf(setup.base, state.answers);
  for (const entry of initQuestions) {
    if (state.answers.has(entry.path) || skip.has(entry.path)) continue;
    if (!setup.review && baseValue(setup.base, entry) !== undefined) continue;
    const { when } = entry.question;
    if (when !== undefined && !holds(when, facts)) continue;
    const value = setup.yes ? defaultAnswer(setup.base, entry) : undefined;
    if (value === undefined) return entry;
    state.answers.set(entry.path, { value, source: 'default' });
    facts = factsOf(setup.base, state.answers);
  }
  return undefined;
}

/** undefined: nothing stands for the answer, so the user must give it. */
function defaultAnswer(base: Base, entry: InitQuestion): AnswerValue | undefined {
  const written = baseValue(base, entry);
  if (written !== undefined) return written as AnswerValue;
  return proposalOf(entry) ?? (entry.question.optional === true ? null : undefined);
}

/**
 * Without prompts: takes the defaults that `yes` allows and returns the questions that stay open.
 * What would follow from an open question is told by what it proposes.
 */
export function missingAnswers(setup: FlowSetup, state: FlowState): InitQuestion[] {
  const missing: InitQuestion[] = [];
  for (;;) {
    const entry = nextQuestion(setup, state, new Set(missing.map(({ path }) => path)));
    if (entry === undefined) break;
    missing.push(entry);
    const value = defaultAnswer(setup.base, entry);
    if (value !== undefined) state.answers.set(entry.path, { value, source: 'default' });
  }
  if (!setup.yes) for (const { path } of missing) state.answers.delete(path);
  return missing;
}

/** Asks until no question is open. `say` shows a line of text above the prompts. */
export async function converse(
  setup: FlowSetup,
  state: FlowState,
  prompter: Prompter,
  say: (text: string, style: 'heading' | 'plain') => void,
): Promise<void> {
  let section: string | undefined;
  for (;;) {
    const entry = nextQuestion(setup, state);
    if (entry === undefined) return;
    const title = sectionTitles[entry.question.section];
    if (title !== section) say(title, 'heading');
    section = title;
    const value = await askQuestion(entry, proposed(setup, state, entry), prompter);
    if (value !== BACK) {
      state.answers.set(entry.path, { value, source: 'prompt' });
      state.asked.push(entry.path);
    } else if (!goBack(state)) {
      say('This is the first question; Ctrl-C ends without a file.', 'plain');
    }
  }
}

function proposed(
  setup: FlowSetup,
  state: FlowState,
  entry: InitQuestion,
): AnswerValue | undefined {
  const earlier = state.earlier.get(entry.path);
  return earlier === undefined ? defaultAnswer(setup.base, entry) : earlier;
}

/**
 * Takes back the last answer that was given at a prompt, or all from the one to `path` on, and the
 * defaults that followed from them. False where there is none.
 */
export function goBack(state: FlowState, path?: string): boolean {
  if (state.asked.length === 0) return false;
  const at = path === undefined ? state.asked.length - 1 : state.asked.indexOf(path);
  for (const taken of state.asked.splice(Math.max(at, 0))) {
    const answer = state.answers.get(taken);
    if (answer !== undefined) state.earlier.set(taken, answer.value);
    state.answers.delete(taken);
  }
  for (const [key, { source }] of state.answers) {
    if (source === 'default') state.answers.delete(key);
  }
  return true;
}
