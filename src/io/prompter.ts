/** Questions on a terminal as an interface, so that a wizard can be tested with scripted answers. */

/** What a prompt answers when the user wants to return to the question before. */
export const BACK = Symbol('back');
export type Back = typeof BACK;

/** What a user types, or chooses, to go back. */
export const BACK_KEY = '<';

export interface Prompt {
  /** The question, one line. */
  message: string;
  /** What the answer changes, one line; shown below the question while it is asked. */
  note: string;
}

export interface Choice {
  value: string;
  name: string;
}

/**
 * Every method throws UserError with exit code 130 on Ctrl-C, and at the end of the input (Ctrl-D, a
 * closed terminal).
 */
export interface Prompter {
  select(
    prompt: Prompt & { choices: readonly Choice[]; proposal?: string | undefined },
  ): Promise<string | Back>;
  confirm(prompt: Prompt & { proposal: boolean }): Promise<boolean | Back>;
  /** `problem` says what is wrong with a text, or undefined; the question stays until it is right. */
  input(
    prompt: Prompt & {
      proposal?: string | undefined;
      problem: (text: string) => string | undefined;
    },
  ): Promise<string | Back>;
}
