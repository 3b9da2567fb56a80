/** Answers: what they may be, how they are read from text, how they are shown. */
import { allowedText, type OptionType } from '../deploy/option-types.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { InitQuestion } from './questions.ts';

/** null: the question is left open, and the key is not written. */
export type AnswerValue = string | boolean | readonly string[] | null;

export interface Answer {
  value: AnswerValue;
  source: 'flag' | 'answers file' | 'prompt' | 'default';
}

/** Answers by the path of their question. */
export type Answers = ReadonlyMap<string, Answer>;

export type ReadAnswer = { value: AnswerValue } | { problem: string };

const YES = /^(true|yes|y|on)$/i;
const NO = /^(false|no|n|off)$/i;

/**
 * The answer that a text stands for, or what is wrong with it, as the end of a sentence that begins
 * with the name of the option. Lists are separated by commas; nothing leaves an optional question open.
 */
export function readAnswer(entry: InitQuestion, text: string): ReadAnswer {
  const { type } = entry.row;
  const trimmed = text.trim();
  if (trimmed === '') {
    if (entry.question.optional !== true) return { problem: `must be ${allowedText(type)}` };
    return { value: null };
  }
  if (type.kind === 'flag') {
    if (YES.test(trimmed)) return { value: true };
    return NO.test(trimmed) ? { value: false } : refused(type, trimmed);
  }
  if (type.kind === 'texts') return readList(type, trimmed);
  return isAllowed(type, trimmed) ? { value: trimmed } : refused(type, trimmed);
}

function readList(type: OptionType & { kind: 'texts' }, text: string): ReadAnswer {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const bad = items.find((item) => type.pattern?.test(item) === false);
  return bad === undefined ? { value: items } : refused(type, bad);
}

function isAllowed(type: OptionType, text: string): boolean {
  if (type.kind === 'version') return type.pattern.test(text);
  if (type.kind === 'text') return type.pattern?.test(text) !== false;
  if (type.kind !== 'choice') return false;
  if (type.values.includes(text)) return true;
  return type.open === true && nearestName(text, type.values) === undefined;
}

function refused(type: OptionType, text: string): ReadAnswer {
  const near = type.kind === 'choice' ? nearestName(text, type.values) : undefined;
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return { problem: `must be ${allowedText(type)}, not ${JSON.stringify(text)}${hint}` };
}

/** How an answer is shown: `true`, `eks`, `a, b`, `left open`. */
export function answerText(value: AnswerValue): string {
  if (value === null) return 'left open';
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ');
  return String(value);
}
