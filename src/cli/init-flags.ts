/** The flags of `init`: one a question, read into answers. */
import type { Options } from 'yargs';
import { diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import type { OptionType } from '../deploy/option-types.ts';
import { readAnswer, type Answer } from '../init/answer.ts';
import {
  initQuestions,
  offeredValues,
  proposalOf,
  sectionTitles,
  type InitQuestion,
} from '../init/questions.ts';
import type { Args } from './command.ts';

/**
 * Yargs options of all questions, grouped by their step. Where a flag is shorter than the path of its
 * option, the path works as a flag, too, and the help does not name it.
 */
export function questionFlags(): Record<string, Options> {
  return Object.fromEntries(
    initQuestions.flatMap((entry): [string, Options][] => {
      const { row, question, flag, pathFlag } = entry;
      const proposal = proposalOf(entry);
      const values = offeredValues(entry);
      const more = [
        ...(values.length > 0 ? [values.join(', ')] : []),
        ...(proposal === undefined ? [] : [`proposed: ${String(proposal)}`]),
      ];
      const described = {
        ...yargsType(row.type),
        group: `${sectionTitles[question.section]}:`,
        describe: `${row.description}${more.length > 0 ? ` (${more.join('; ')})` : ''}`,
      };
      const hidden = { ...yargsType(row.type), hidden: true };
      return [
        [flag, described],
        ...(pathFlag === undefined ? [] : [[pathFlag, hidden] as [string, Options]]),
      ];
    }),
  );
}

function yargsType({ kind }: OptionType): Options {
  if (kind === 'flag') return { type: 'boolean' };
  return kind === 'texts' ? { type: 'string', array: true } : { type: 'string' };
}

/** @throws UserError DPS1003 with every flag whose value is not allowed */
export function flagAnswers(args: Args): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const problems: Diagnostic[] = [];
  for (const entry of initQuestions) {
    const text = flagText(entry, args[entry.flag] ?? args[entry.pathFlag ?? '']);
    if (text === undefined) continue;
    const read = readAnswer(entry, text);
    if ('value' in read) answers.set(entry.path, { value: read.value, source: 'flag' });
    else problems.push(diagnostic('DPS1003', `--${entry.flag} ${read.problem}.`));
  }
  if (problems.length > 0) throw new UserError(problems);
  return answers;
}

/** Of a flag that is given twice the last counts, but for lists. */
function flagText({ row }: InitQuestion, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const values = (Array.isArray(value) ? value : [value]).map(String);
  return row.type.kind === 'texts' ? values.join(',') : values.at(-1);
}

/** `--psp on|off`, as it stands in the list of missing flags. */
export function flagUsage(entry: InitQuestion): string {
  const { type } = entry.row;
  const values = offeredValues(entry);
  if (type.kind === 'flag') return `--${entry.flag} or --no-${entry.flag}`;
  if (values.length > 0) return `--${entry.flag} ${values.join('|')}`;
  return `--${entry.flag} ${type.kind === 'version' ? 'VERSION' : 'TEXT'}`;
}
