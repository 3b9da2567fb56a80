/** A prompter that answers from a script and remembers what it was asked. */
import { BACK, type Back, type Prompter } from '../../../src/io/prompter.ts';

export interface Scripted extends Prompter {
  /** `question [proposal]`, in the order in which they were asked. */
  readonly asked: string[];
  readonly notes: string[];
}

/**
 * `answers` are taken in turn: text for select and input, a boolean for confirm, `'<'` to go back,
 * undefined for what is proposed. Throws where the script is over, or a text is not allowed.
 */
export function scripted(answers: readonly (string | boolean | undefined)[]): Scripted {
  const rest = [...answers];
  const asked: string[] = [];
  const notes: string[] = [];
  const next = <T extends string | boolean>(
    prompt: { message: string; note: string },
    proposal: T | undefined,
  ): T | Back => {
    asked.push(`${prompt.message} [${String(proposal ?? '')}]`);
    notes.push(prompt.note);
    if (rest.length === 0) throw new Error(`The script has no answer to "${prompt.message}".`);
    const answer = rest.shift();
    if (answer === '<') return BACK;
    return (answer ?? proposal ?? '') as T;
  };
  return {
    asked,
    notes,
    select: async (prompt) => {
      const answer = next(prompt, prompt.proposal);
      if (answer !== BACK && !prompt.choices.some(({ value }) => value === answer))
        throw new Error(`"${answer}" is no choice of "${prompt.message}".`);
      return Promise.resolve(answer);
    },
    confirm: async (prompt) => Promise.resolve(next(prompt, prompt.proposal)),
    input: async (prompt) => {
      const answer = next(prompt, prompt.proposal);
      const problem = answer === BACK ? undefined : prompt.problem(answer);
      if (problem !== undefined) throw new Error(problem);
      return Promise.resolve(answer);
    },
  };
}
