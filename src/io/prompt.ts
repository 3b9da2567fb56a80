/** Questions on the real terminal, with inquirer. Prompts go to stderr: stdout is for results. */
import process from 'node:process';
import { interruptedError } from './interrupt.ts';
import { BACK, BACK_KEY, type Back, type Prompter } from './prompter.ts';

export interface PromptLook {
  color: boolean;
  /** Breaks a line of text for the terminal; further lines are indented by `indent` columns. */
  fold: (text: string, indent: number) => string;
}

interface Question {
  type: 'select' | 'confirm' | 'input';
  [setting: string]: unknown;
}

/** How a question ended before it was answered. */
type Ending = 'back' | 'end';

type Ask = (question: Question) => Promise<unknown>;

/** inquirer is loaded here and nowhere else: it costs more than a whole run of other commands. */
export async function terminalPrompter(look: PromptLook): Promise<Prompter> {
  const { createPromptModule } = await import('inquirer');
  const ask: Ask = (question) =>
    attended(question.type, async (signal) => {
      const prompt = createPromptModule({
        output: process.stderr,
        clearPromptOnDone: true,
        signal,
      });
      const answers = await prompt([
        { ...question, name: 'answer', theme: themeOf(look) },
      ] as unknown as Parameters<typeof prompt>[0]);
      return (answers as { answer?: unknown }).answer;
    });
  return prompterOf(ask, look);
}

function prompterOf(ask: Ask, look: PromptLook): Prompter {
  const { paint } = painter(look.color);
  const messageOf = ({ message, note }: { message: string; note: string }): string => {
    // The mark in front of the question takes two columns.
    const [first = '', ...rest] = look.fold(`? ${message}`, 2).slice(2).split('\n');
    const lines = [first, ...rest].map((line) => paint('1', line));
    return `${lines.join('\n')}\n${paint('2', look.fold(`  ${note}`, 2))}\n`;
  };
  /** The question is wiped when it is done; one line of it stays. */
  const done = (message: string, answer: string | Back): void => {
    if (answer === BACK) return;
    const line = look.fold(`* ${message} ${answer}`, 2);
    const question = line.endsWith(answer) ? line.slice(1, -answer.length) : line.slice(1);
    const shown = line.endsWith(answer) ? paint('36', answer) : '';
    process.stderr.write(`${paint('32', '*')}${question}${shown}\n`);
  };
  return {
    async select({ choices, proposal, ...prompt }) {
      const answer = (await ask({
        type: 'select',
        message: messageOf(prompt).trimEnd(),
        choices,
        loop: false,
        pageSize: 10,
        ...(proposal === undefined ? {} : { default: proposal }),
      })) as string | Back;
      const name = choices.find(({ value }) => value === answer)?.name;
      done(prompt.message, answer === BACK ? BACK : (name ?? ''));
      return answer;
    },
    async confirm({ proposal, ...prompt }) {
      const answer = (await ask({
        type: 'confirm',
        message: `${messageOf(prompt)}  >`,
        default: proposal,
      })) as boolean | Back;
      done(prompt.message, answer === BACK ? BACK : answer ? 'yes' : 'no');
      return answer;
    },
    async input({ proposal, problem, ...prompt }) {
      const answer = (await ask({
        type: 'input',
        message: `${messageOf(prompt)}  >`,
        validate: (text: string) => text.trim() === BACK_KEY || (problem(text) ?? true),
        ...(proposal === undefined ? {} : { default: proposal }),
      })) as string | Back;
      const text = answer === BACK || answer.trim() === BACK_KEY ? BACK : answer.trim();
      done(prompt.message, text === '' ? 'nothing' : text);
      return text;
    },
  };
}

/**
 * Runs a prompt and watches the keys beside it: `<` goes back at once where no text is typed;
 * Ctrl-D and a closed terminal end the run as Ctrl-C does.
 */
async function attended(
  type: Question['type'],
  prompt: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const controller = new AbortController();
  let ending: Ending | undefined;
  const stop = (how: Ending): void => {
    ending ??= how;
    controller.abort();
  };
  const onKey = (text: string | undefined, key: { name?: string; ctrl?: boolean }): void => {
    if (key.ctrl === true && key.name === 'd') stop('end');
    else if (text === BACK_KEY && type !== 'input') stop('back');
  };
  const onEnd = (): void => {
    stop('end');
  };
  process.stdin.on('keypress', onKey);
  process.stdin.once('end', onEnd);
  try {
    return await prompt(controller.signal);
  } catch (error) {
    if (ending === 'back') return BACK;
    if (ending === 'end' || isExit(error)) throw interruptedError();
    throw error;
  } finally {
    process.stdin.removeListener('keypress', onKey);
    process.stdin.removeListener('end', onEnd);
  }
}

function isExit(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}

function painter(color: boolean): { paint: (style: string, text: string) => string } {
  return {
    paint: (style, text) => (color && text !== '' ? `\x1b[${style}m${text}\x1b[0m` : text),
  };
}

/** Every style is ours, so that without colour not one escape sequence for colour is written. */
function themeOf({ color, fold }: PromptLook): object {
  const { paint } = painter(color);
  const plain = (text: string): string => text;
  return {
    prefix: { idle: paint('34', '?'), done: paint('32', '*') },
    icon: { cursor: '>' },
    spinner: { interval: 1000, frames: [''] },
    keywords: { yes: 'yes', no: 'no', error: () => `Type y or n, or ${BACK_KEY} to go back.` },
    style: {
      answer: (text: string) => paint('36', text),
      message: plain,
      error: (text: string) => paint('31', fold(`  ${text}`, 2)),
      defaultAnswer: (text: string) => paint('2', `(${text})`),
      help: (text: string) => paint('2', text),
      highlight: (text: string) => paint('36', text),
      key: plain,
      disabled: (text: string) => paint('2', text),
      description: (text: string) => paint('2', text),
      keysHelpTip: () =>
        paint('2', fold(`  arrows move, Enter takes it, ${BACK_KEY} goes back`, 2)),
    },
  };
}
