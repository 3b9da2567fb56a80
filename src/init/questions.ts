/** The questions of `init`, taken from the option table: their order, their flags, what they propose. */
import type { Condition } from '../catalog/types.ts';
import { optionTable } from '../deploy/option-table.ts';
import type { OptionRow, Question, QuestionSection } from '../deploy/option-types.ts';

export interface InitQuestion {
  /** Dotted path of the key that the answer is written to. */
  path: string;
  /** Dotted path under which conditions read it: the newer name of an old form. */
  canonical: string;
  /** The flag without its dashes in front. */
  flag: string;
  /** The same by the rule of flagOf, where that is another one. */
  pathFlag: string | undefined;
  row: OptionRow;
  question: Question;
}

/** The headings of the steps, in the order in which an installer thinks. */
export const sectionTitles: Readonly<Record<QuestionSection, string>> = {
  cluster: 'Platform and versions',
  release: 'Domino release',
  namespaces: 'Namespaces',
  storage: 'Storage',
  registry: 'Image registry',
  gpu: 'GPU',
  istio: 'Istio',
  monitoring: 'Monitoring',
  images: 'Image building and caching',
  components: 'Other components',
  hardening: 'Hardening',
};

/** Flags that mean something else for every command. */
const taken: ReadonlySet<string> = new Set([
  'version',
  'help',
  'format',
  'quiet',
  'debug',
  'color',
]);

/** Every question, in the order in which it is asked. */
export const initQuestions: readonly InitQuestion[] = questionsOf(optionTable);

/**
 * The questions of a table by section, in the order of the table; a question whose condition reads
 * the answer of another one of its section comes after that one.
 */
export function questionsOf(table: readonly OptionRow[]): InitQuestion[] {
  const all = table.flatMap((row): InitQuestion[] => {
    const { question, path } = row;
    if (question === undefined || row.secret === true) return [];
    const flag = question.flag ?? flagOf(path);
    const pathFlag = taken.has(flagOf(path)) || flag === flagOf(path) ? undefined : flagOf(path);
    return [{ path, canonical: row.movedTo ?? path, flag, pathFlag, row, question }];
  });
  return Object.keys(sectionTitles).flatMap((section) =>
    afterWhatTheyRead(all.filter(({ question }) => question.section === section)),
  );
}

function afterWhatTheyRead(section: readonly InitQuestion[]): InitQuestion[] {
  const ordered: InitQuestion[] = [];
  const visiting = new Set<InitQuestion>();
  const visit = (entry: InitQuestion): void => {
    if (visiting.has(entry)) return;
    visiting.add(entry);
    const read = entry.question.when === undefined ? [] : readPaths(entry.question.when);
    for (const other of section) if (read.includes(other.canonical)) visit(other);
    ordered.push(entry);
  };
  for (const entry of section) visit(entry);
  return ordered;
}

/**
 * The paths whose values a condition compares. That a key is present at all speaks of the file and
 * the flags, not of an earlier answer, and orders nothing.
 */
function readPaths(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(readPaths);
  if ('any' in condition) return condition.any.flatMap(readPaths);
  if ('not' in condition) return readPaths(condition.not);
  return 'path' in condition && !('present' in condition) ? [condition.path] : [];
}

/**
 * The flag of an option: its path with dashes for dots and underscores, without `pod_security.` and
 * the `.name` of a namespace in front and behind. `pod_security.kubernetes_version` is kubernetes-version.
 */
export function flagOf(path: string): string {
  return path
    .replace(/^pod_security\./, '')
    .replace(/^(namespaces\..*)\.name$/, '$1')
    .replace(/[._]/g, '-');
}

/** What is proposed, and taken with --yes; undefined: the user must say it. */
export function proposalOf({ row, question }: InitQuestion): string | boolean | undefined {
  const value = question.suggest ?? row.default ?? (row.type.kind === 'flag' ? false : undefined);
  return typeof value === 'string' && question.values?.includes(value) === false
    ? undefined
    : value;
}

/** The allowed values that are offered; of spellings that mean the same (azure-disk) the first. */
export function offeredValues({ row, question }: InitQuestion): string[] {
  if (question.values !== undefined) return [...question.values];
  if (row.type.kind !== 'choice') return [];
  const plain = (value: string): string => value.replaceAll('_', '-');
  return row.type.values.filter(
    (value, index, values) => values.findIndex((other) => plain(other) === plain(value)) === index,
  );
}
